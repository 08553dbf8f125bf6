import { Client } from "pg";
import { startFakeGithub, type FakeGithub } from "../support/fake-github/fake-github.ts";
import { hasMariadb, startMariadb, type MariadbServer } from "../support/mariadb.ts";
import { freePort, postgresCase, startPostgres, type PostgresServer } from "../support/postgres.ts";
import { hasRedis, startRedis, type RedisServer } from "../support/redis.ts";

/** What deploy/compose.yml puts beside the server, as programs of this machine, with databases to query and a GitHub to sign in to. */
export interface ComposeServices {
  /** The server's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What the configuration says of the connections. */
  readonly config: string;
  /** Routes and callers that the store's audit has. */
  readonly audited: () => Promise<readonly string[]>;
  /** Answers that the cache holds. */
  readonly cached: () => Promise<number>;
  close(): Promise<void>;
}

/** Whether all of them are here; in CI their absence is a failure. */
export async function hasServices(): Promise<boolean> {
  const { isMissing } = await postgresCase("debian");
  return !isMissing && hasMariadb() && hasRedis();
}

export async function startServices(): Promise<ComposeServices> {
  const [postgres, redis, mariadb, github, port] = await Promise.all([
    startPostgres({ from: "debian" }),
    startRedis(),
    startMariadb({ port: await freePort() }),
    startFakeGithub(),
    freePort(),
  ]);
  const { host, port: databasePort } = postgres.connection;
  await postgres.client.query("create database store");
  await postgres.client.query(`create table parcels (id int primary key, carrier text);
    insert into parcels values (1, 'Posten'), (2, 'Bring'); create role reader login; grant select on parcels to reader`);
  mariadb.run("mysql", [
    "create database stock",
    "create table stock.shelves (id int primary key, place varchar(20))",
    "insert into stock.shelves values (1, 'north'), (2, 'south')",
    "create user reader@'127.0.0.1' identified by 's3cret'",
    "grant select on stock.* to reader@'127.0.0.1'",
  ]);
  const mariadbPort = mariadb.rows<{ port: number }>("select json_object('port', @@port)")[0]?.port ?? 0;
  const clientId = "Iv1.0123456789abcdef";
  const clientSecret = "0123456789abcdef0123456789abcdef01234567";
  const home = `http://127.0.0.1:${port}`;
  signInAs(github, { clientId, clientSecret, callbackUrl: `${home}/auth/callback` });
  return {
    env: {
      PORT: String(port),
      DATABASE_URL: `postgres://postgres@${host}:${databasePort}/store`,
      REDIS_URL: redis.url,
      QUERYGENIE_CONNECTIONS: "parcels,stock",
      PARCELS_URL: `postgres://reader@${host}:${databasePort}/postgres?sslmode=disable`,
      STOCK_URL: `mysql://reader:s3cret@127.0.0.1:${mariadbPort}/stock`,
      GITHUB_CLIENT_ID: clientId,
      GITHUB_CLIENT_SECRET: clientSecret,
      GITHUB_SERVER_URL: github.url,
      GITHUB_API_URL: github.apiUrl,
      QUERYGENIE_SECRET: "a secret of more than thirty-two characters",
      QUERYGENIE_URL: home,
      QUERYGENIE_REPOSITORY: "outdoor/shop",
    },
    config: "connections:\n  parcels: { urlFrom: PARCELS_URL }\n  stock: { urlFrom: STOCK_URL }\n",
    audited: () => auditOf(postgres),
    cached: () => redis.client.dbsize(),
    close: () => closeAll({ postgres, redis, mariadb, github }),
  };
}

function signInAs(github: FakeGithub, app: { clientId: string; clientSecret: string; callbackUrl: string }): void {
  github.addRepository({ isPrivate: true }).collaborators.set("ada", "write");
  github.oauth.apps.push(app);
  github.oauth.signedInAs = "ada";
}

async function auditOf({ connection }: PostgresServer): Promise<readonly string[]> {
  const client = new Client({ ...connection, database: "store" });
  await client.connect();
  const { rows } = await client.query<{ entry: string }>(
    "select distinct concat_ws(' ', split_part(who, '/', 2), route, connection, status) as entry from querygenie.audit order by 1",
  );
  await client.end();
  return rows.map(({ entry }) => entry);
}

async function closeAll(all: {
  postgres: PostgresServer;
  redis: RedisServer;
  mariadb: MariadbServer;
  github: FakeGithub;
}) {
  await Promise.all([all.postgres.close(), all.redis.stop(), all.mariadb.stop(), all.github.close()]);
}
