import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyAll } from "#test/support/apply-files.ts";
import { hasMariadb, startMariadb } from "#test/support/mariadb.ts";
import { freePort, postgresCase, startPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { runCli, type CliRun } from "#test/support/run-cli.ts";
import { shopFiles, shopFolder } from "#test/support/shop.ts";

const SECRET = "tr0ub4dor";
const postgres = await postgresCase("npm");

describe.skipIf(postgres.isMissing)(`a running database as the schema (PostgreSQL ${postgres.title})`, () => {
  let server: PostgresServer;
  let cwd: string;
  let url: string;
  beforeAll(async () => {
    const hba = "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n";
    server = await startPostgres({ files: { "pg_hba.conf": hba } });
    await applyAll(server.client, shopFiles());
    await server.client.query(`create role live_reader login password '${SECRET}' in role pg_read_all_data`);
    url = `postgres://live_reader:${SECRET}@127.0.0.1:${server.connection.port}/postgres`;
    cwd = await mkdtemp(join(tmpdir(), "querygenie-live-source-"));
    await cp(join(shopFolder, "queries"), join(cwd, "queries"), { recursive: true });
    await writeFile(
      join(cwd, "querygenie.yml"),
      "databases:\n  - id: shop\n    sources:\n      - connection: production\n    fixtures: { rows: 3 }\nconnections:\n  production:\n    urlFrom: SHOP_DATABASE_URL\n",
    );
  });
  afterAll(async () => {
    await server?.close();
    if (cwd) await rm(cwd, { recursive: true, force: true });
  });

  async function run(
    words: readonly string[],
    environment: Record<string, string> = { SHOP_DATABASE_URL: url },
    folder = cwd,
  ): Promise<CliRun> {
    const done = await runCli(words, { cwd: folder, env: environment });
    for (const text of [done.stdout, done.stderr]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain("127.0.0.1");
    }
    return done;
  }

  it("builds documents, diagrams and fixtures, and nothing the second time, whatever the rows do", async () => {
    const first = await run(["build"]);
    expect(first.stderr).toContain("read from PostgreSQL");
    expect(first.code).toBe(0);
    const page = await readFile(join(cwd, "docs/database/sales.orders.md"), "utf8");
    expect(page).toContain("customer_id");
    expect(page).not.toContain("live:production");
    const fixtures = JSON.parse(await readFile(join(cwd, "fixtures/manifest.json"), "utf8"));
    expect(JSON.stringify(fixtures)).toContain("sales.orders");
    await server.client.query("analyze");
    const second = await run(["build", "--check"]);
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining("up to date")]);
    await server.client.query("alter table sales.orders add column gift boolean not null default false");
    const third = await run(["build", "--check"]);
    expect(third.stdout).toContain("docs/database/sales.orders.md");
    expect(third.code).toBe(1);
    await server.client.query("alter table sales.orders drop column gift");
  });

  it("prints its model as SQL and as JSON", async () => {
    const json = await run(["model"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ dialect: "postgres", evidence: "live", complete: true });
    expect(json.stdout).not.toContain("rowEstimate");
    expect((await run(["model", "--format", "sql"])).stdout).toContain('CREATE TABLE "sales"."orders"');
  });

  it("reviews a file on top of what runs", async () => {
    await writeFile(
      join(cwd, "next.sql"),
      "alter table sales.orders alter column customer_id drop not null;\ndrop table support.return_lines;\n",
    );
    const { code, stdout } = await run(["review", "next.sql", "--format", "json"]);
    const { findings } = JSON.parse(stdout) as { findings: readonly { rule: string; span: { file: string } }[] };
    expect(findings.map(({ rule }) => rule)).toContain("drop-table");
    const files = new Set(findings.map(({ span }) => span.file));
    expect([...files].filter((file) => !file.startsWith("queries/"))).toEqual(["next.sql"]);
    expect(code).toBe(1);
    await rm(join(cwd, "next.sql"));
  });

  it("makes fixtures, documents and a review in a folder without a configuration", async () => {
    const empty = await mkdtemp(join(tmpdir(), "querygenie-empty-"));
    await writeFile(join(empty, "a.sql"), "drop table support.return_lines;\n");
    const seed = await run(["seed", "--live", "ANY_URL", "--rows", "5"], { ANY_URL: url }, empty);
    expect([seed.code, seed.stdout]).toEqual([0, expect.stringContaining('INSERT INTO "sales"."orders"')]);
    const built = await run(["build", "--live", "ANY_URL", "--only", "docs"], { ANY_URL: url }, empty);
    expect([built.code, await readFile(join(empty, "docs/database/README.md"), "utf8")]).toEqual([
      0,
      expect.stringContaining("orders"),
    ]);
    const review = await run(["review", "--live", "ANY_URL", "a.sql"], { ANY_URL: url }, empty);
    expect([review.code, review.stdout]).toEqual([1, expect.stringContaining("drop-table")]);
    await rm(empty, { recursive: true });
  });

  const failures: readonly {
    readonly name: string;
    readonly words: readonly string[];
    readonly environment?: Record<string, string>;
    readonly code: number;
    readonly says: string;
  }[] = [
    {
      name: "a wrong password",
      words: ["build"],
      environment: { SHOP_DATABASE_URL: "postgres://live_reader:no@127.0.0.1:PORT/postgres" },
      code: 3,
      says: 'the connection "production" was refused',
    },
    {
      name: "a closed port",
      words: ["seed"],
      environment: { SHOP_DATABASE_URL: `postgres://live_reader:${SECRET}@127.0.0.1:1/postgres` },
      code: 3,
      says: 'the connection "production" cannot be reached',
    },
    { name: "a variable that is not set", words: ["model"], environment: {}, code: 2, says: "SHOP_DATABASE_URL" },
    {
      name: "an event that is not trusted",
      words: ["build"],
      environment: {
        SHOP_DATABASE_URL: "postgres://live_reader:no@127.0.0.1:1/x",
        GITHUB_EVENT_NAME: "pull_request_target",
      },
      code: 2,
      says: "QG725",
    },
    { name: "a name that nothing has", words: ["review", "--live", "staging"], code: 2, says: "QG121" },
    {
      name: "a URL in place of a name",
      words: ["build", "--live", `postgres://x:${SECRET}@127.0.0.1/x`],
      code: 2,
      says: "QG120",
    },
    { name: "two schemas", words: ["seed", "--live", "production", "--source", "a.sql"], code: 2, says: "--source" },
    {
      name: "a server of another dialect",
      words: ["model"],
      environment: { SHOP_DATABASE_URL: "mysql://x:y@127.0.0.1:1/x" },
      code: 3,
      says: '"production"',
    },
    {
      name: "a server of another dialect than was asked for",
      words: ["model", "--dialect", "mysql"],
      code: 2,
      says: "QG702",
    },
  ];
  it.each(failures)("explains $name", async ({ words, environment, code, says }) => {
    const own = Object.entries(environment ?? { SHOP_DATABASE_URL: url });
    const env = own.map(([name, value]) => [name, value.replace("PORT", String(server.connection.port))]);
    const done = await run(words, Object.fromEntries(env));
    expect(done.stderr).toContain(says);
    expect(done.code).toBe(code);
  });
});

it.skipIf(!hasMariadb())("documents, seeds and reviews a MariaDB whose dialect only its URL says", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "querygenie-live-source-"));
  const port = await freePort();
  const server = await startMariadb({ port });
  try {
    server.run("", [
      "create database shop",
      "use shop",
      "create table shop.customers (id int primary key, email varchar(80) not null)",
      "create table shop.orders (id int primary key, customer_id int not null, foreign key (customer_id) references shop.customers (id))",
      "create view shop.buyers as select c.id, c.email from shop.customers c join shop.orders o on o.customer_id = c.id",
      "create user reader@'127.0.0.1' identified by 'tr0ub4dor'",
      "grant select, show view, trigger, execute on shop.* to reader@'127.0.0.1'",
    ]);
    const env = { SHOP_URL: `mysql://reader:${SECRET}@127.0.0.1:${port}/shop` };
    await writeFile(join(cwd, "next.sql"), "alter table shop.orders add column note text not null;\n");
    const built = await runCli(["build", "--live", "SHOP_URL"], { cwd, env });
    expect([built.code, built.stderr]).toEqual([0, expect.stringContaining("read from MariaDB")]);
    expect(await readFile(join(cwd, "docs/database/shop.orders.md"), "utf8")).toContain("shop.customers");
    expect(await readFile(join(cwd, "docs/database/shop.buyers.md"), "utf8")).toContain("email");
    const seed = await runCli(["seed", "--live", "SHOP_URL", "--rows", "3"], { cwd, env });
    expect([seed.code, seed.stdout]).toEqual([0, expect.stringContaining("INSERT INTO")]);
    const review = await runCli(["review", "--live", "SHOP_URL", "next.sql"], { cwd, env });
    expect(review.stdout).toContain("next.sql");
    expect(review.stdout).not.toContain("does not exist");
    const again = await runCli(["build", "--live", "SHOP_URL", "--check"], { cwd, env });
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining("up to date")]);
    for (const { stdout, stderr } of [built, seed, review, again]) expect(stdout + stderr).not.toContain(SECRET);
  } finally {
    await server.stop();
    await rm(cwd, { recursive: true, force: true });
  }
});
