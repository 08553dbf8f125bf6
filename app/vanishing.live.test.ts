import { Client } from "pg";
import { createConnection, type Connection } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mariadbTarget, postgresTarget } from "#test/support/live-targets.ts";
import { hasMariadb, startMariadb, type MariadbServer } from "#test/support/mariadb.ts";
import { postgresCase, startPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { defaultLimits } from "./query/connection.ts";
import { openLiveConnection } from "./query/live/open-live.ts";
import { serve } from "./serve.ts";
import type { RunningServer } from "./server.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";
const real = await postgresCase("debian");
const isMissing = real.isMissing || !hasMariadb();

// A table that another session has locked makes every query and every plan of it wait, at no cost to the machine.
describe.skipIf(isMissing)("callers who leave a server in front of real databases", () => {
  let postgres: PostgresServer;
  let mariadb: MariadbServer;
  let server: RunningServer;
  let holder: Client;
  let other: Connection;
  beforeAll(async () => {
    [postgres, mariadb] = await Promise.all([startPostgres({ from: real.from }), startMariadb()]);
    await postgres.client.query(
      "create table orders (id int); create role reader login; grant select on orders to reader",
    );
    mariadb.run("mysql", [
      "create database shop",
      "create table shop.orders (id int)",
      "create user reader identified by 's3cret'",
      "grant select on shop.* to reader",
    ]);
    const limits = { ...defaultLimits, timeoutMs: 120_000 };
    const { socket } = mariadb;
    server = await serve({
      port: 0,
      liveAccess: { token: TOKEN },
      live: [
        openLiveConnection(
          { ...postgresTarget({ ...postgres.connection, user: "reader" }), connection: "postgres" },
          limits,
        ),
        openLiveConnection(
          { ...mariadbTarget(socket, "shop", { user: "reader", password: "s3cret" }), connection: "mariadb" },
          limits,
        ),
      ],
    });
    holder = new Client(postgres.connection);
    await holder.connect();
    await holder.query("begin; lock table orders in access exclusive mode");
    other = await createConnection({ socketPath: socket, user: "root", database: "shop" });
    await other.query("lock tables orders write");
  });
  afterAll(async () => {
    await other.end();
    await holder.end();
    await server.close();
    await postgres.close();
    await mariadb.stop();
  });

  /** Statements of callers that a database works on or waits with. */
  const working: Readonly<Record<string, () => Promise<number>>> = {
    async postgres() {
      const { rows } = await postgres.client.query<{ n: number }>(
        "select count(*)::int as n from pg_stat_activity where usename = 'reader' and state = 'active'",
      );
      return rows[0]?.n ?? -1;
    },
    mariadb: () =>
      Promise.resolve(
        mariadb.rows<{ n: number }>(
          "select json_object('n', count(*)) from information_schema.processlist where user = 'reader' and command in ('Execute', 'Query', 'Prepare')",
        )[0]?.n ?? -1,
      ),
  };
  const post = (route: string, connection: string, sql: string, signal?: AbortSignal): Promise<Response> =>
    fetch(`${server.url}api/${route}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ sql, connection }),
      ...(signal ? { signal } : {}),
    });

  test.each([
    ["query", "postgres"],
    ["explain", "postgres"],
    ["query", "mariadb"],
    ["explain", "mariadb"],
  ])("free their %s at %s", async (route, connection) => {
    const left = new AbortController();
    const asked = post(route, connection, "select id from orders", left.signal);
    asked.catch(() => undefined);
    await expect.poll(async () => working[connection]?.() ?? -1, { timeout: 10_000 }).toBe(1);
    left.abort();
    await expect(asked).rejects.toThrow(/abort/i);
    await expect.poll(async () => working[connection]?.() ?? -1, { timeout: 10_000 }).toBe(0);
    expect((await post("query", connection, "select 1")).status).toBe(200);
  });

  test.each(["postgres", "mariadb"])("free all of %s, however many leave at once", async (connection) => {
    const left = new AbortController();
    const asked = Array.from({ length: 12 }, (_, index) =>
      post(index % 2 ? "query" : "explain", connection, "select id from orders", left.signal).catch(() => null),
    );
    await expect.poll(async () => working[connection]?.() ?? -1, { timeout: 10_000 }).toBe(4);
    left.abort();
    await Promise.all(asked);
    await expect.poll(async () => working[connection]?.() ?? -1, { timeout: 10_000 }).toBe(0);
    expect((await post("query", connection, "select 1")).status).toBe(200);
  });
});
