import { expect, test } from "vitest";
import { parseEnvironment } from "#schemas/config/environment.ts";
import { serverSettings, type ServerFlags } from "./server-settings.ts";

function settings(
  variables: Readonly<Record<string, string>>,
  flags: Omit<ServerFlags, "home"> = {},
  isTerminal = true,
) {
  const { value } = parseEnvironment(variables);
  if (!value) throw new Error("the test's environment is wrong");
  return serverSettings(value, { home: "/home/shop/state", ...flags }, { isTerminal });
}

test("serves this machine alone on any port near its own, without a limit", () => {
  expect(settings({})).toEqual({
    host: "127.0.0.1",
    isPortFixed: false,
    hosts: [],
    isOpen: false,
    connections: [],
    liveAccess: "everyone",
    cacheSeconds: 300,
    proxies: 0,
    ratePerMinute: 0,
    log: { level: "info", format: "text" },
  });
});

test("follows the environment", () => {
  const variables = {
    HOST: "0.0.0.0",
    PORT: "8080",
    QUERYGENIE_HOSTS: "Docs.Example.org, docs.local",
    QUERYGENIE_PROXIES: "1",
    QUERYGENIE_AUDIT_FILE: "-",
    QUERYGENIE_METRICS_TOKEN: "0123456789abcdef",
    QUERYGENIE_LOG: "debug",
    QUERYGENIE_CONNECTIONS: "production, staging",
    QUERYGENIE_TOKEN: "0123456789abcdef0123456789abcdef",
  };
  expect(settings(variables, {}, false)).toEqual({
    host: "0.0.0.0",
    port: 8080,
    isPortFixed: true,
    hosts: ["docs.example.org", "docs.local"],
    isOpen: true,
    connections: ["production", "staging"],
    liveAccess: { token: "0123456789abcdef0123456789abcdef" },
    cacheSeconds: 300,
    proxies: 1,
    ratePerMinute: 120,
    auditFile: "-",
    metricsToken: "0123456789abcdef",
    log: { level: "debug", format: "json" },
  });
});

test("takes what is typed before what is set", () => {
  const flags = { host: "127.0.0.1", port: 9000, hosts: ["shop.local"] };
  expect(settings({ HOST: "0.0.0.0", PORT: "8080", QUERYGENIE_RATE: "5" }, flags)).toMatchObject({
    ...flags,
    isPortFixed: false,
    ratePerMinute: 5,
  });
});

const signIn = {
  GITHUB_CLIENT_ID: "Iv1.0123456789abcdef",
  GITHUB_CLIENT_SECRET: "client-secret",
  QUERYGENIE_SECRET: "a secret of more than thirty-two characters",
  QUERYGENIE_URL: "https://docs.example.org/",
  QUERYGENIE_REPOSITORY: "outdoor/shop",
};

test("lets people sign in when everything for it is there", () => {
  const more = {
    QUERYGENIE_ROLES: "read=none",
    QUERYGENIE_PRIVATE: "true",
    DATABASE_URL: "postgres://store@localhost/store",
    GITHUB_API_URL: "https://github.example.org/api/v3/",
    GITHUB_SERVER_URL: "https://github.example.org/",
  };
  expect(settings({ ...signIn, ...more })).toMatchObject({
    isOpen: true,
    hosts: ["docs.example.org"],
    isPrivate: true,
    signIn: {
      origin: "https://docs.example.org",
      clientId: signIn.GITHUB_CLIENT_ID,
      clientSecret: signIn.GITHUB_CLIENT_SECRET,
      secret: signIn.QUERYGENIE_SECRET,
      repository: "outdoor/shop",
      roles: "read=none",
      serverUrl: "https://github.example.org",
      apiUrl: "https://github.example.org/api/v3",
      store: { kind: "postgres", url: more.DATABASE_URL },
      retentionDays: 90,
    },
  });
  expect(settings({ ...signIn, QUERYGENIE_URL: "http://localhost:4400" })).toMatchObject({
    isOpen: false,
    hosts: [],
    signIn: { store: { kind: "embedded", folder: "/home/shop/state/querygenie/store" } },
  });
});

test.each([
  ["one of them is missing", { ...signIn, QUERYGENIE_SECRET: "" }, /QUERYGENIE_SECRET is missing/],
  ["its secret is short", { ...signIn, QUERYGENIE_SECRET: "short" }, /QUERYGENIE_SECRET/],
  ["others reach it without TLS", { ...signIn, QUERYGENIE_URL: "http://docs.example.org" }, /QUERYGENIE_URL/],
  ["its address has a path", { ...signIn, QUERYGENIE_URL: "https://docs.example.org/shop" }, /QUERYGENIE_URL/],
  ["a private site lets nobody in", { QUERYGENIE_PRIVATE: "true" }, /nobody can sign in/],
  ["a token stands for its hash", { QUERYGENIE_TOKENS: "ci:read:0123456789abcdef" }, /QUERYGENIE_TOKENS/],
])("opens no server where %s", (_, variables, message) => {
  const { value, problems } = parseEnvironment(variables);
  expect([value, problems.map((problem) => problem.message).join()]).toEqual([null, expect.stringMatching(message)]);
});

test.each([
  [{ HOST: "0.0.0.0" }, null],
  [{ QUERYGENIE_PROXIES: "1" }, null],
  [{ QUERYGENIE_HOSTS: "docs.example.org" }, null],
  [{ QUERYGENIE_TOKEN: "0123456789abcdef0123456789abcdef" }, { token: "0123456789abcdef0123456789abcdef" }],
])("with %j, running databases are for %j", (variables, access) => {
  expect(settings(variables).liveAccess).toEqual(access);
});

test("is a GitHub App where the environment says so, on an Enterprise server too", () => {
  const variables = {
    GITHUB_APP_ID: "12",
    GITHUB_APP_PRIVATE_KEY: "-----BEGIN RSA PRIVATE KEY-----",
    GITHUB_WEBHOOK_SECRET: "0123456789abcdef",
  };
  expect(settings({}).app).toBeUndefined();
  expect(settings(variables).app).toEqual({
    id: "12",
    privateKey: "-----BEGIN RSA PRIVATE KEY-----",
    secrets: ["0123456789abcdef"],
    serverUrl: "https://github.com",
    apiUrl: "https://api.github.com",
    dataDir: "/home/shop/state/querygenie",
  });
  const own = { GITHUB_API_URL: "https://git.example/api/v3", GITHUB_SERVER_URL: "https://git.example" };
  const moved = { GITHUB_WEBHOOK_SECRET_BEFORE: "fedcba9876543210", QUERYGENIE_DATA_DIR: "/data" };
  expect(settings({ ...variables, ...own, ...moved }).app).toMatchObject({
    apiUrl: "https://git.example/api/v3",
    serverUrl: "https://git.example",
    secrets: ["0123456789abcdef", "fedcba9876543210"],
    dataDir: "/data",
  });
});

test("shares its queue and gives keys where the environment says so", () => {
  const more = {
    REDIS_URL: "rediss://redis.example.org:6379",
    DATABASE_URL: "postgres://querygenie@db.example.org/querygenie",
    QUERYGENIE_AI_KEYS: "acme/OPENAI_API_KEY=ACME_KEY",
  };
  const { app } = settings({
    GITHUB_APP_ID: "12",
    GITHUB_APP_PRIVATE_KEY: "-----BEGIN RSA PRIVATE KEY-----",
    GITHUB_WEBHOOK_SECRET: "0123456789abcdef",
    ...more,
  });
  expect(app).toMatchObject({
    redisUrl: more.REDIS_URL,
    databaseUrl: more.DATABASE_URL,
    aiKeys: more.QUERYGENIE_AI_KEYS,
  });
});

test("reports its errors where the environment says so", () => {
  expect(settings({}).sentryDsn).toBeUndefined();
  expect(settings({ SENTRY_DSN: "https://key@sentry.example.org/42" }).sentryDsn).toBe(
    "https://key@sentry.example.org/42",
  );
});
