import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { cookieJar } from "./cookies.ts";
import { openGate } from "./gate.ts";
import { databaseCaller, nameOfIdentity, type Identity } from "./identity.ts";
import { machineWith, parseMachines } from "./machines.ts";
import { roleReader } from "./role-reader.ts";
import { defaultRoles, parseRoleMap, type Permission } from "./roles.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

describe("roles", () => {
  test("follow the list, and what it does not name stays", () => {
    expect(parseRoleMap("read=none, triage = write,admin=read")).toEqual({
      ...defaultRoles,
      read: null,
      triage: "write",
      admin: "read",
    });
  });

  test("give nobody without a right one", () => expect(parseRoleMap("none=admin")).toEqual(defaultRoles));

  test.each(["", "read", "read=root", "owner=admin", "read=write=admin", "read:write"])("are no list: %j", (text) =>
    expect(parseRoleMap(text)).toBeNull(),
  );
});

describe("machines", () => {
  test("are known by their token until its last day is over", () => {
    const machines = parseMachines(`ci:read:${sha256("one")}, nightly:admin:${sha256("two")}:2026-11-28`) ?? [];
    const at = (time: string) =>
      ["one", "two", "three", ""].map((token) => machineWith(token, machines, new Date(time))?.name);
    expect(at("2026-11-28T23:59:59Z")).toEqual(["ci", "nightly", undefined, undefined]);
    expect(at("2026-11-29T00:00:00Z")).toEqual(["ci", undefined, undefined, undefined]);
  });

  test.each([
    ["a role that there is not", `ci:root:${sha256("one")}`],
    ["a token in place of its hash", "ci:read:one"],
    ["a day that there is not", `ci:read:${sha256("one")}:2026-13-01`],
    ["a name twice", `ci:read:${sha256("one")},ci:read:${sha256("two")}`],
    ["nothing", ""],
  ])("are no list: %s", (_, text) => expect(parseMachines(text)).toBeNull());
});

describe("cookies", () => {
  const jar = cookieJar({ isSecure: true });
  const request = (cookie: string): Request => new Request("https://docs.example.org/", { headers: { cookie } });

  test("belong to this host alone where there is TLS", () => {
    expect(jar.write("session", "x", 60)).toBe(
      "__Host-querygenie-session=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure",
    );
    expect(jar.clear("session")).toMatch(/^__Host-querygenie-session=; Path=\/; Max-Age=0; .*Secure$/);
  });

  test("are read by their whole name, once", () => {
    expect(jar.read(request("a=b; __Host-querygenie-session=x"), "session")).toBe("x");
    expect(jar.read(request("querygenie-session=x"), "session")).toBeNull();
    expect(jar.read(request("__Host-querygenie-session=x; __Host-querygenie-session=y"), "session")).toBeNull();
  });
});

describe("the role that is believed", () => {
  test("is asked for once by all who wait, again when it is old, and at once after a failure", async () => {
    let time = 0;
    const answers: (Permission | null | Error)[] = ["write", new Error("gone"), "read", null];
    let asked = 0;
    const reader = roleReader({
      roles: defaultRoles,
      now: () => new Date(time),
      keepMs: 600_000,
      async read() {
        const answer = answers[asked++] ?? null;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    });
    expect(await Promise.all([reader.of("a", "t"), reader.of("a", "t")])).toEqual(["write", "write"]);
    time = 59_999;
    expect(await reader.of("a", "t")).toBe("write");
    // However long it may be kept, a minute is the most.
    time = 60_000;
    await expect(reader.of("a", "t")).rejects.toThrow("gone");
    expect(await reader.of("a", "t")).toBe("read");
    reader.forget("a");
    expect(await reader.of("a", "t")).toBe("ended");
    expect(asked).toBe(4);
  });
});

describe("who asks, as others are told", () => {
  const user: Identity = {
    kind: "user",
    user: { id: 7, login: "ada", name: null },
    role: "write",
    csrfToken: "",
    sessionHash: "",
  };
  test.each<[Identity, string, object]>([
    [user, "github:7/ada", { id: "7", role: "write" }],
    [{ ...user, role: null }, "github:7/ada", { id: "7", role: "anonymous" }],
    [{ kind: "machine", name: "nightly", role: "read" }, "machine:nightly", { id: "machine:nightly", role: "read" }],
    [{ kind: "anonymous" }, "anonymous", { id: "", role: "anonymous" }],
    [{ kind: "local" }, "local", { id: "", role: "anonymous" }],
  ])("%j", (identity, name, caller) =>
    expect([nameOfIdentity(identity), databaseCaller(identity)]).toEqual([name, caller]),
  );
});

test("who sits at a machine that nobody else reaches may ask everything, and others nothing but the embedded database", async () => {
  const production = { name: "production", engine: "postgres" } as const;
  const embedded = { name: "embedded", engine: "embedded" } as const;
  const mayAsk = async (isLocal: boolean) => {
    const gate = openGate({ isLocal });
    const identified = await gate.identify(new Request("http://localhost/api/query", { method: "POST" }));
    return identified.ok && [production, embedded].map((one) => gate.mayAsk(identified.identity, one));
  };
  expect([await mayAsk(true), await mayAsk(false)]).toEqual([
    [true, true],
    [false, true],
  ]);
});
