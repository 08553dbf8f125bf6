/** A scheduled run of the built action against a running PostgreSQL that somebody has changed by hand. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actionWorld, type ActionWorld } from "#test/support/action-world.ts";
import { builtAction, type BuiltAction } from "#test/support/built-action.ts";
import { repositoryJson } from "#test/support/fake-github/rest-json.ts";
import { postgresCase, startPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { pushStep } from "#test/support/run-action.ts";
import { shopFiles } from "#test/support/shop.ts";

const TIMEOUT_MS = 600_000;
const SECRET = "drift-secret-4711";
const CONFIG = `databases:
  - id: shop
    sources: [{ path: migrations }]
    connection: production
connections:
  production:
    urlFrom: SHOP_URL
    tls: off
`;
const server = await postgresCase("npm");

describe.skipIf(server.isMissing)(`a scheduled run, PostgreSQL ${server.title}`, { timeout: TIMEOUT_MS }, () => {
  let action: BuiltAction;
  let world: ActionWorld;
  let postgres: PostgresServer;

  beforeAll(async () => {
    action = builtAction();
    world = await actionWorld(action.folder);
    world.commit("main", { "querygenie.yml": CONFIG });
    postgres = await startPostgres();
    for (const { text } of shopFiles().slice(0, 4)) await postgres.client.query(text);
  }, TIMEOUT_MS);
  afterAll(async () => {
    await postgres.close();
    await world.close();
    action.remove();
  });

  const scheduled = (env: Readonly<Record<string, string>>) =>
    world.onPush({
      ...pushStep(world.repository),
      event: "schedule",
      payload: { schedule: "0 4 * * *", repository: repositoryJson(world.repository) },
      env,
    });
  const url = () => {
    const { host, port, database } = postgres.connection;
    return `postgres://postgres:${SECRET}@${host}:${port}/${database}`;
  };

  test("finds nothing where the running database is what is committed", async () => {
    const run = await scheduled({ SHOP_URL: url() });
    expect(run.summary).toContain("**No drift** `production` (PostgreSQL 18");
    expect(run.outputs["drift"]).toBe("0");
    expect(run.code).toBe(0);
    // What follows has nothing else to do.
    for (const proposal of world.repository.pulls) world.merge(proposal);
  });

  test("names what was changed by hand, turns red and says what to do", async () => {
    await postgres.client.query("ALTER TABLE people.customers ADD COLUMN by_hand text; DROP INDEX IF EXISTS nothing");
    const run = await scheduled({ SHOP_URL: url() });
    expect(run.summary).toContain("`people.customers.by_hand`");
    expect(run.summary).toContain("querygenie diff --live production");
    expect(run.outputs["drift"]).toBe("1");
    expect(run.code).toBe(1);
    expect(run.log + run.summary + run.report).not.toContain(SECRET);
    expect(run.masked).toContain(url());
  });

  test("says that it did not look where the workflow gives it no way in, and stays green", async () => {
    const run = await scheduled({});
    expect(run.log).toContain("SHOP_URL is not set");
    expect(run.outputs["drift"]).toBe("");
    expect(run.code).toBe(0);
  });

  test("names the connection and not its secret when the server is not there", async () => {
    const run = await scheduled({ SHOP_URL: `postgres://postgres:${SECRET}@127.0.0.1:1/shop` });
    expect(run.code).toBe(1);
    expect(run.summary).toContain("production");
    expect(run.log + run.summary + run.report).not.toContain(SECRET);
  });
});
