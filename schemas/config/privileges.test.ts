import { expect, test } from "vitest";
import { configSchema } from "./schema.ts";
import { withBasePrivileges } from "./privileges.ts";
import type { ConfigInput } from "./schema.ts";

const config = (more: Partial<ConfigInput>): ReturnType<typeof configSchema.parse> =>
  configSchema.parse({ databases: [{ id: "shop", sources: [{ path: "migrations" }] }], ...more });

const greedy = config({
  name: "New name",
  ai: { endpoint: "https://elsewhere.example/v1", privacy: "schema+samples", budget: { calls: 9999 } },
  publish: { mode: "pull-request" },
  connections: { live: { urlFrom: "SECRET_URL" } },
  limits: { statementSeconds: 3600 },
});

test("takes what widens rights from the base branch and the rest from the pull request", () => {
  const base = config({ name: "Old name", connections: { live: { urlFrom: "SHOP_URL" } } });
  const result = withBasePrivileges(greedy, base);
  expect(result).toMatchObject({
    name: "New name",
    connections: base.connections,
    publish: base.publish,
    limits: base.limits,
  });
  expect(result.ai).toEqual(base.ai);
});

test("grants nothing when the base branch has no configuration", () => {
  const result = withBasePrivileges(greedy, null);
  expect(result).toMatchObject({ connections: {}, publish: { mode: "none" }, limits: config({}).limits });
  expect(result.ai).toEqual(config({}).ai);
});

test("lets a pull request do without a model", () =>
  expect(withBasePrivileges(config({ ai: { enabled: false } }), config({})).ai.enabled).toBe(false));

test("lets a pull request read a running database for the schema only where the base branch does", () => {
  const connections = { live: { urlFrom: "SHOP_URL" }, spare: { urlFrom: "SPARE_URL" } };
  const from = (connection: string) => config({ databases: [{ id: "shop", sources: [{ connection }] }], connections });
  const names = (head: string, base: ReturnType<typeof config>): readonly string[] =>
    Object.keys(withBasePrivileges(from(head), base).connections);
  expect(names("live", from("live"))).toEqual(["live", "spare"]);
  expect(names("spare", from("live"))).toEqual(["live"]);
  expect(names("live", config({ connections }))).toEqual(["spare"]);
});
