import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { fakeBrowser, type FakeBrowser } from "#test/support/fake-browser.ts";
import { sessionCookie, shapeOf, signInWorld, type SignInWorld } from "#test/support/sign-in-world.ts";
import { openStore } from "../store/open-store.ts";
import type { AuditEntry } from "../store/server-store.ts";

let world: SignInWorld;
beforeAll(async () => {
  world = await signInWorld();
}, 120_000);
afterAll(() => world.close());
beforeEach(() => world.reset());

describe("somebody who signs in", () => {
  test("goes to GitHub and back to where it began, and is known then", async () => {
    const browser = fakeBrowser(world.home);
    const path = "/?sql=select%201#result";
    const { response, visited } = await browser.follow(
      `${world.home}/auth/login?return_to=${encodeURIComponent(path)}`,
    );
    expect([response.status, await response.text()]).toEqual([200, "<p>The shop</p>"]);
    expect(visited.at(-1)).toBe(world.home + path);
    const asked = new URL(visited[1] ?? "");
    expect(asked.href).toMatch(`${world.github.url}/login/oauth/authorize?`);
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      client_id: world.settings.clientId,
      redirect_uri: `${world.home}/auth/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
    });
    expect(await world.me(browser)).toEqual({
      signIn: "/auth/login?return_to=%2F",
      user: { login: "ada", name: "ADA" },
      role: "write",
      csrfToken: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(await world.ask(browser, "production")).toMatchObject({ status: 200 });
  });

  test("has a cookie that scripts do not read, and the store has neither it nor GitHub's token", async () => {
    const browser = fakeBrowser(world.home);
    const begun = await browser.go(`${world.home}/auth/login`);
    expect(begun.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^querygenie-sign-in=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/),
    ]);
    const consented = await browser.go(begun.headers.get("location") ?? "");
    const done = await browser.go(consented.headers.get("location") ?? "");
    expect(done.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^querygenie-session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^querygenie-sign-in=; Path=\/; Max-Age=0;/),
    ]);
    const granted = world.github.log.findLast(({ call }) => call === "OAUTH POST /login/oauth/access_token")?.answer;
    const { access_token: token } = z.object({ access_token: z.string() }).parse(granted);
    let files = "";
    await world.restart({}, async () => void (files = await readAll(join(world.folder, "store/cluster"))));
    expect(files).toContain("ADA");
    expect(files).not.toContain(token);
    expect(files).not.toContain(browser.cookies.get("querygenie-session"));
    // The next server knows the session from the store.
    expect(await world.me(browser)).toMatchObject({ user: { login: "ada" } });
  });

  test.each([
    ["linus", "read", { embedded: 200, reports: 200, production: 404 }],
    ["ada", "write", { embedded: 200, reports: 200, production: 200 }],
    ["grace", "admin", { embedded: 200, reports: 200, production: 200 }],
    ["mallory", null, { embedded: 200, reports: 404, production: 404 }],
  ])("%s has the role %s, and what goes with it", async (login, role, statuses) => {
    const browser = await world.signedIn(login);
    expect(await world.me(browser)).toMatchObject({ role });
    for (const [name, status] of Object.entries(statuses))
      expect([name, (await world.ask(browser, name)).status]).toEqual([name, status]);
    const listed = z
      .array(z.object({ name: z.string() }))
      .parse(await (await browser.go(`${world.home}/api/connections`)).json());
    const open = Object.entries(statuses).flatMap(([name, status]) => (status === 200 ? [name] : []));
    expect(listed.map(({ name }) => name).toSorted()).toEqual(open.toSorted());
    const csrfToken = (await world.me(browser)).csrfToken ?? "";
    const tested = await browser.go(`${world.home}/api/connections/production/test`, {
      method: "POST",
      headers: { "x-csrf-token": csrfToken },
    });
    expect(tested.status).toBe(role === "admin" ? 200 : 404);
  });

  test("ends the session, here and everywhere its cookie went", async () => {
    const browser = await world.signedIn("ada");
    const stolen = sessionCookie(browser);
    const { csrfToken } = await world.me(browser);
    const ended = await browser.go(`${world.home}/auth/logout`, {
      method: "POST",
      headers: { "x-csrf-token": csrfToken ?? "" },
    });
    expect([ended.status, browser.cookies.size]).toEqual([204, 0]);
    expect(await world.me(browser)).toMatchObject({ user: null, role: null, csrfToken: null });
    expect(
      await world.post("/api/query", { headers: { cookie: stolen, "x-csrf-token": csrfToken ?? "" } }),
    ).toMatchObject({
      status: 401,
    });
  });

  test("reads their own history and nobody else's, and what the audit keeps has no value", async () => {
    const [ada, grace] = [await world.signedIn("ada"), await world.signedIn("grace")];
    const csrf = { "content-type": "application/json", "x-csrf-token": (await world.me(ada)).csrfToken ?? "" };
    const forget = await ada.go(`${world.home}/api/history`, { method: "DELETE", headers: csrf });
    expect(forget.status).toBe(204);
    const sql = "select 'a secret of ada', 4711 \0\ud800";
    await ada.go(`${world.home}/api/query`, {
      method: "POST",
      headers: csrf,
      body: JSON.stringify({ sql: "select 'a secret of ada', 4711", connection: "production" }),
    });
    await ada.go(`${world.home}/api/query`, { method: "POST", headers: csrf, body: JSON.stringify({ sql }) });
    const historyOf = async (browser: FakeBrowser, search = ""): Promise<unknown> =>
      (await browser.go(`${world.home}/api/history${search}`)).json();
    expect(await historyOf(ada)).toEqual([
      expect.objectContaining({
        connection: "embedded",
        asked: "select 'a secret of ada', 4711 \ufffd",
        status: "refused",
        rows: null,
      }),
      expect.objectContaining({
        connection: "production",
        route: "query",
        asked: "select 'a secret of ada', 4711",
        status: "ok",
        rows: 1,
      }),
    ]);
    expect(JSON.stringify(await historyOf(grace))).not.toContain("secret");
    expect(await historyOf(ada, "?limit=0")).toMatchObject({ code: "QG510" });
    expect((await fetch(`${world.home}/api/history`)).status).toBe(401);
    expect(await (await ada.go(`${world.home}/api/usage`)).json()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ who: expect.stringMatching(/\/ada$/), connection: "production" }),
      ]),
    );
    expect(JSON.stringify(await (await ada.go(`${world.home}/api/usage`)).json())).not.toContain("grace");
    await world.ask(grace, "reports");
    const all = JSON.stringify(await (await grace.go(`${world.home}/api/usage`)).json());
    expect(all).toMatch(/\/grace".*\/ada"/);
    // What linus may not use is in the audit, and in nothing that linus may read.
    const linus = await world.signedIn("linus");
    for (const name of ["production", "n0where"]) expect((await world.ask(linus, name)).status).toBe(404);
    expect(JSON.stringify(await historyOf(linus))).not.toMatch(/production|n0where/);
    const usage = await (await linus.go(`${world.home}/api/usage`)).json();
    expect(JSON.stringify(usage)).not.toMatch(/production|n0where/);
    let audited: readonly AuditEntry[] = [];
    await world.restart({}, async () => {
      const store = await openStore(world.settings.store);
      audited = await store.audit.list(10);
      await store.close();
    });
    expect(audited).toContainEqual(
      expect.objectContaining({
        who: expect.stringMatching(/^github:\d+\/ada$/),
        role: "write",
        connection: "production",
        address: "127.0.0.1",
        rows: 1,
      }),
    );
    const refused = audited.filter(({ who, status }) => who.endsWith("/linus") && status === "refused");
    expect(refused.map(({ connection, code }) => [connection, code])).toEqual([
      ["n0where", "QG121"],
      ["production", "QG121"],
    ]);
    expect(JSON.stringify(audited)).not.toMatch(/secret|4711/);
  });
});

describe("a server whose site is private", () => {
  beforeAll(async () => {
    await world.restart({ isPrivate: true, roles: "read=none" });
  });
  afterAll(async () => {
    await world.restart();
  });
  const page = (browser: FakeBrowser, path: string, accept = "text/html") =>
    browser.go(world.home + path, { headers: { accept } });

  test("sends strangers to sign in, and tells their programs nothing", async () => {
    const browser = fakeBrowser(world.home);
    for (const path of ["/", "/tables/secret/?a=b", "/nothing"]) {
      const sent = await page(browser, path);
      expect([sent.status, sent.headers.get("location")]).toEqual([
        302,
        `/auth/login?return_to=${encodeURIComponent(path)}`,
      ]);
    }
    const [known, unknown] = [
      await shapeOf(await page(browser, "/_astro/theme.css", "*/*")),
      await shapeOf(await page(browser, "/x", "*/*")),
    ];
    expect(known).toEqual(unknown);
    expect(known.status).toBe(401);
    expect((await world.post("/api/query", { body: JSON.stringify({ sql: "select 1" }) })).status).toBe(401);
    expect(await (await fetch(`${world.home}/api/connections`)).json()).toEqual([]);
  });

  test("shows the pages to those who may read, and keeps them out of shared caches", async () => {
    const browser = fakeBrowser(world.home);
    world.github.oauth.signedInAs = "ada";
    const { response, visited } = await (async () => {
      const sent = await page(browser, "/");
      return browser.follow(world.home + (sent.headers.get("location") ?? ""));
    })();
    expect([visited.at(-1), await response.text()]).toEqual([`${world.home}/`, "<p>The shop</p>"]);
    const style = await page(browser, "/_astro/theme.css", "*/*");
    expect(style.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    expect(style.headers.get("vary")).toContain("cookie");
  });

  test("is not there for somebody whose permission gives no role", async () => {
    for (const login of ["linus", "mallory"]) {
      world.github.oauth.signedInAs = login;
      const browser = fakeBrowser(world.home);
      const { response } = await browser.follow(`${world.home}/auth/login`);
      expect(response.status).toBe(404);
      const [there, not] = [await shapeOf(await page(browser, "/")), await shapeOf(await page(browser, "/nothing"))];
      expect(there).toEqual(not);
      expect((await world.ask(browser, "embedded")).status).toBe(404);
    }
  });
});

async function readAll(path: string): Promise<string> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), "latin1")))).join("\n");
}
