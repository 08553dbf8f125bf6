import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { fakeBrowser, type FakeBrowser } from "#test/support/fake-browser.ts";
import {
  LATE,
  lastToken,
  NIGHTLY,
  sessionCookie,
  sha256,
  shapeOf,
  signInWorld,
  type SignInWorld,
} from "#test/support/sign-in-world.ts";
import { openStore } from "../store/open-store.ts";

let world: SignInWorld;
beforeAll(async () => {
  world = await signInWorld();
}, 120_000);
afterAll(() => world.close());
beforeEach(() => world.reset());

describe("nobody gets in, and the answer tells nothing", () => {
  /** The one answer to whoever has not signed in. */
  const stranger = async (connection = "no-such-connection") =>
    shapeOf(await world.post("/api/query", { body: JSON.stringify({ sql: "select 1", connection }) }));

  test("a connection that is there and one that is not are the same to a stranger", async () => {
    const unknown = await stranger();
    expect(unknown).toMatchObject({ status: 401, headers: { "www-authenticate": 'Bearer realm="querygenie"' } });
    for (const name of ["production", "reports", "PRODUCTION", "", "outdoor/shop"])
      expect(await stranger(name)).toEqual(unknown);
    for (const path of ["/api/explain", "/api/optimize", "/api/ask"]) {
      const body = JSON.stringify(
        path === "/api/ask"
          ? { question: "How many?", connection: "production" }
          : { sql: "select 1", connection: "production" },
      );
      expect(await shapeOf(await world.post(path, { body }))).toEqual(unknown);
    }
    expect(await shapeOf(await world.post("/api/connections/production/test"))).toEqual(unknown);
    expect(await stranger("embedded")).toMatchObject({ status: 200 });
    const listed: unknown = await (await fetch(`${world.home}/api/connections`)).json();
    expect(listed).toMatchObject([{ name: "embedded" }]);
  });

  test("a role too low and a connection that is not there are the same, but for the name that was sent", async () => {
    const browser = await world.signedIn("linus");
    const [low, unknown] = [
      await shapeOf(await world.ask(browser, "production")),
      await shapeOf(await world.ask(browser, "producti0n")),
    ];
    expect({ ...low, body: low.body.replaceAll("production", "producti0n") }).toEqual(unknown);
    const mallory = await world.signedIn("mallory");
    expect(await shapeOf(await world.ask(mallory, "producti0n"))).toEqual(unknown);
  });

  test("a state that was forged, used or begun in another browser", async () => {
    const browser = fakeBrowser(world.home);
    const begun = await browser.go(`${world.home}/auth/login`);
    const consented = await browser.go(begun.headers.get("location") ?? "");
    const back = consented.headers.get("location") ?? "";
    const refusal = await shapeOf(await fakeBrowser(world.home).go(`${world.home}/auth/callback`));
    expect([refusal.status, refusal.body]).toEqual([400, expect.stringContaining("You are not signed in.")]);
    const refused = async (url: string, by: FakeBrowser = browser) => {
      expect([url, await shapeOf(await by.go(url, { redirect: "manual" }))]).toEqual([url, refusal]);
      expect(by.cookies.has("querygenie-session")).toBe(false);
    };
    const forged = new URL(back);
    forged.searchParams.set("state", "A".repeat(43));
    await refused(forged.href);
    forged.searchParams.set("state", "'; drop table querygenie.sessions --");
    await refused(forged.href);
    forged.searchParams.delete("state");
    await refused(forged.href);
    // Another browser has the link, as somebody who was sent it: it gets nothing, and the link is used up by the try.
    await refused(back, fakeBrowser(world.home));
    const other = fakeBrowser(world.home);
    await other.go(`${world.home}/auth/login`);
    await refused(back, other);
    await refused(back);
  });

  test("a sign-in that was finished once", async () => {
    const browser = fakeBrowser(world.home);
    const { visited } = await browser.follow(`${world.home}/auth/login`);
    const back = visited.find((url) => url.includes("/auth/callback")) ?? "";
    const before = browser.cookies.get("querygenie-session");
    expect((await browser.go(back)).status).toBe(400);
    expect(browser.cookies.get("querygenie-session")).toBe(before);
  });

  test("a code that GitHub does not know, or that another verifier began", async () => {
    const [one, other] = [fakeBrowser(world.home), fakeBrowser(world.home)];
    const ways = await Promise.all(
      [one, other].map(async (browser) => {
        const begun = await browser.go(`${world.home}/auth/login`);
        return (await browser.go(begun.headers.get("location") ?? "")).headers.get("location") ?? "";
      }),
    );
    const [mine, theirs] = ways.map((way) => new URL(way));
    mine?.searchParams.set("code", theirs?.searchParams.get("code") ?? "");
    expect((await one.go(mine?.href ?? "")).status).toBe(400);
    expect(one.cookies.has("querygenie-session")).toBe(false);
    world.github.oauth.signedInAs = null;
    const { response } = await fakeBrowser(world.home).follow(`${world.home}/auth/login`);
    expect(response.status).toBe(400);
  });

  test("a stolen cookie on a page of another site, and without the page's own token", async () => {
    const browser = await world.signedIn("ada");
    const { csrfToken } = await world.me(browser);
    const cookie = sessionCookie(browser);
    const proof = { cookie, "x-csrf-token": csrfToken ?? "" };
    expect(await world.post("/api/query", { headers: proof })).toMatchObject({ status: 200 });
    const refused: [string, Record<string, string>][] = [
      ["no token", { cookie }],
      ["a wrong token", { cookie, "x-csrf-token": "A".repeat(43) }],
      ["an empty token", { cookie, "x-csrf-token": "" }],
      ["the session itself as token", { cookie, "x-csrf-token": browser.cookies.get("querygenie-session") ?? "" }],
      ["another origin", { ...proof, origin: "https://evil.example" }],
      ["no origin to speak of", { ...proof, origin: "null" }],
      ["another site", { ...proof, "sec-fetch-site": "cross-site" }],
    ];
    for (const [what, headers] of refused)
      expect([what, (await world.post("/api/query", { headers })).status]).toEqual([what, 403]);
    const grace = await world.signedIn("grace");
    const hers = (await world.me(grace)).csrfToken ?? "";
    expect((await world.post("/api/query", { headers: { cookie, "x-csrf-token": hers } })).status).toBe(403);
    expect((await world.post("/auth/logout", { headers: { cookie } })).status).toBe(403);
    expect(await world.me(browser)).toMatchObject({ user: { login: "ada" } });
  });

  test("a session number that somebody planted", async () => {
    const planted = "P".repeat(43);
    const browser = fakeBrowser(world.home);
    browser.cookies.set("querygenie-session", planted);
    await browser.follow(`${world.home}/auth/login`);
    expect(browser.cookies.get("querygenie-session")).not.toBe(planted);
    expect(await world.me(browser)).toMatchObject({ user: { login: "ada" } });
    expect((await world.post("/api/query", { headers: { cookie: `querygenie-session=${planted}` } })).status).toBe(401);
    // The session of before ends when somebody else signs in on the same browser.
    const before = sessionCookie(browser);
    world.github.oauth.signedInAs = "linus";
    await browser.follow(`${world.home}/auth/login`);
    expect((await world.post("/api/query", { headers: { cookie: before } })).status).toBe(401);
  });

  test("two cookies of one name, and cookies that are none of ours", async () => {
    const browser = await world.signedIn("ada");
    const csrfToken = (await world.me(browser)).csrfToken ?? "";
    const cookie = sessionCookie(browser);
    for (const sent of [
      `querygenie-session=${"P".repeat(43)}; ${cookie}`,
      `${cookie}; ${cookie}`,
      cookie.slice(0, -1),
      `${cookie}A`,
      `x${cookie}`,
      "querygenie-session=' or '1'='1",
      "querygenie-session",
    ])
      expect([
        sent,
        (await world.post("/api/query", { headers: { cookie: sent, "x-csrf-token": csrfToken } })).status,
      ]).toEqual([sent, 401]);
  });

  test("huge cookies", async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest(`${world.home}/api/me`, {
        headers: { cookie: `querygenie-session=${"A".repeat(1 << 20)}` },
      });
      sent.on("response", (response) => resolve(response.resume().statusCode));
      sent.on("error", reject);
      sent.end();
    });
    expect(status).toBe(431);
    const long = await fetch(`${world.home}/api/me`, {
      headers: { cookie: `querygenie-session=${"A".repeat(12_000)}` },
    });
    expect(await long.json()).toMatchObject({ user: null });
  });

  test("a token that was never given, has ended or stands in another place", async () => {
    const bearing = (authorization: string) => world.post("/api/query", { headers: { authorization } });
    expect((await bearing(`Bearer ${NIGHTLY}`)).status).toBe(200);
    const unknown = await stranger();
    for (const wrong of [
      `Bearer ${LATE}`,
      `Bearer ${NIGHTLY}x`,
      `Bearer ${sha256(NIGHTLY)}`,
      `Basic ${NIGHTLY}`,
      "Bearer",
      NIGHTLY,
    ])
      expect([wrong, await shapeOf(await bearing(wrong))]).toEqual([wrong, unknown]);
    expect(await shapeOf(await world.post(`/api/query?access_token=${NIGHTLY}`))).toEqual(unknown);
    expect(
      (await world.post("/api/connections/production/test", { headers: { authorization: `Bearer ${NIGHTLY}` } }))
        .status,
    ).toBe(404);
  });

  test("a role that was lowered, and rights that were withdrawn, while signed in", async () => {
    const browser = await world.signedIn("ada");
    expect((await world.ask(browser, "production")).status).toBe(200);
    world.repository.collaborators.set("ada", "read");
    expect((await world.ask(browser, "production")).status).toBe(404);
    expect((await world.ask(browser, "reports")).status).toBe(200);
    world.repository.collaborators.set("ada", "none");
    expect((await world.ask(browser, "reports")).status).toBe(404);
    expect(await world.me(browser)).toMatchObject({ user: { login: "ada" }, role: null });
    world.repository.collaborators.set("ada", "admin");
    expect(await world.me(browser)).toMatchObject({ role: "admin" });
    world.github.revokeTokensOf("ada");
    expect(await world.me(browser)).toMatchObject({ user: null, role: null });
    expect((await world.ask(browser, "production")).status).toBe(401);
  });

  test("the session of somebody who was removed", async () => {
    const browser = await world.signedIn("grace");
    const told = await fetch(`${world.github.apiUrl}/user`, {
      headers: { authorization: `Bearer ${lastToken(world.github)}` },
    });
    const { id } = z.object({ id: z.number() }).parse(await told.json());
    await world.restart({}, async () => {
      const store = await openStore(world.settings.store);
      await store.users.remove(id);
      await store.close();
    });
    expect(await world.me(browser)).toMatchObject({ user: null });
  });

  test("anybody while GitHub does not answer", async () => {
    const browser = await world.signedIn("ada");
    const csrfToken = (await world.me(browser)).csrfToken ?? "";
    const server500 = { status: 500, json: { message: "Server Error" } };
    const limited = {
      status: 403,
      json: { message: "API rate limit exceeded" },
      headers: { "x-ratelimit-remaining": "0" },
    };
    for (const what of [server500, limited, "cut" as const, { status: 200, json: { permissions: { admin: "yes" } } }]) {
      world.github.faults.push({ on: /^GET \/repos\/outdoor\/shop$/, times: 1, what });
      const answers = await world.ask(browser, "production", { "x-csrf-token": csrfToken });
      expect([answers.status, await answers.json()]).toEqual([503, expect.objectContaining({ code: "QG514" })]);
    }
    expect((await world.ask(browser, "production")).status).toBe(200);
    world.github.faults.push({ on: /^OAUTH POST/, times: 1, what: server500 });
    const { response } = await fakeBrowser(world.home).follow(`${world.home}/auth/login`);
    expect(response.status).toBe(503);
    expect(world.told).toContain("A sign-in failed.");
  });

  test.each([
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "/.//evil.example/",
    "/x/..//evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    " //evil.example",
    "/auth/logout",
    `/${"x".repeat(3000)}`,
    "playground/",
  ])("a way back that leads elsewhere: %j", async (path) => {
    const browser = fakeBrowser(world.home);
    const begun = await browser.go(`${world.home}/auth/login?return_to=${encodeURIComponent(path)}`);
    const consented = await browser.go(begun.headers.get("location") ?? "");
    const done = await browser.go(consented.headers.get("location") ?? "");
    expect([done.status, done.headers.get("location")]).toEqual([303, "/"]);
  });

  test("a way back that would write a header", async () => {
    const browser = fakeBrowser(world.home);
    const path = "/playground/\r\nset-cookie: querygenie-session=planted\r\n\r\n<script>";
    const begun = await browser.go(`${world.home}/auth/login?return_to=${encodeURIComponent(path)}`);
    const consented = await browser.go(begun.headers.get("location") ?? "");
    const done = await browser.go(consented.headers.get("location") ?? "");
    expect(done.headers.getSetCookie().join()).not.toContain("planted");
    expect(done.headers.get("location")).toMatch(/^\/playground\/[^\s<>]*$/);
  });
});
