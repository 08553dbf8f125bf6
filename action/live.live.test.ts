import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { statisticsSchema } from "#schemas/json/statistics.ts";
import { workloadSchema } from "#schemas/json/workload.ts";
import { applyAll } from "#test/support/apply-files.ts";
import { postgresCase, startPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { runCli, type CliRun } from "#test/support/run-cli.ts";
import { shopConfigText, shopFiles, shopFolder } from "#test/support/shop.ts";

const SECRET = "tr0ub4dor";
const postgres = await postgresCase("npm");

describe.skipIf(postgres.isMissing)(`running databases in the terminal (PostgreSQL ${postgres.title})`, () => {
  let server: PostgresServer;
  let cwd: string;
  let url: string;
  beforeAll(async () => {
    const hba = "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n";
    const settings = ["-c", "shared_preload_libraries=pg_stat_statements"];
    server = await startPostgres({ files: { "pg_hba.conf": hba }, settings });
    await applyAll(server.client, shopFiles());
    await server.client.query("create schema tools; create extension pg_stat_statements schema tools");
    await server.client.query(
      `create role live_reader login password '${SECRET}' in role pg_read_all_data, pg_read_all_stats`,
    );
    await server.client.query("select * from catalog.products where name = 'Secret Spoon' /* asked by bob */");
    await server.client.query("alter role live_reader valid until '2099-01-01'");
    await server.client.query("analyze");
    url = `postgres://live_reader:${SECRET}@127.0.0.1:${server.connection.port}/postgres`;
    cwd = await mkdtemp(join(tmpdir(), "querygenie-live-"));
    await cp(join(shopFolder, "migrations"), join(cwd, "migrations"), { recursive: true });
    const connections = `connections:\n  production:\n    urlFrom: SHOP_DATABASE_URL\n  far:\n    urlFrom: FAR_URL\n    tls: no-verify\n`;
    const config = shopConfigText().replace(/^connections:\n(?: .*\n)*/m, "");
    await writeFile(join(cwd, "querygenie.yml"), `${config}\n${connections}`);
  });
  afterAll(async () => {
    await server?.close();
    if (cwd) await rm(cwd, { recursive: true, force: true });
  });

  async function run(
    words: readonly string[],
    environment: Record<string, string> = { SHOP_DATABASE_URL: url },
  ): Promise<CliRun> {
    const done = await runCli(words, { cwd, env: environment });
    for (const text of [done.stdout, done.stderr]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain("live_reader@");
      expect(text).not.toContain("127.0.0.1");
    }
    return done;
  }

  it("prints the model of a connection", async () => {
    const { code, stdout } = await run(["model", "--live", "production"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ dialect: "postgres", evidence: "live" });
  });

  it("prints the model of a variable's database in a folder without a configuration", async () => {
    const empty = await mkdtemp(join(tmpdir(), "querygenie-empty-"));
    const { code, stdout } = await runCli(["model", "--live", "ANY_URL", "--format", "dbml"], {
      cwd: empty,
      env: { ANY_URL: url },
    });
    expect(code).toBe(0);
    expect(stdout).toContain("Table ");
    await rm(empty, { recursive: true });
  });

  it("finds only the extension that the scripts do not make", async () => {
    const { code, stdout } = await run(["diff", "--live", "production", "--exit-code"]);
    expect(stdout).toContain("pg_stat_statements");
    expect(stdout.split("\n").filter((line) => /^\s*[+~-] /.test(line))).toHaveLength(2);
    expect(code).toBe(1);
  });

  it("says what differs, for people, programs and pull requests", async () => {
    await server.client.query("alter table sales.orders add column forgotten int");
    for (const format of ["text", "json", "md"]) {
      const { code, stdout } = await run(["diff", "--live", "production", "--format", format]);
      expect(code).toBe(0);
      expect(stdout).toContain("forgotten");
    }
    await server.client.query("alter table sales.orders drop column forgotten");
  });

  it("keeps statistics and the workload without any value", async () => {
    const words = ["model", "--live", "production", "--save-statistics", "--save-workload"];
    const { code, stdout } = await run(words);
    expect(stdout.trim().split("\n")).toEqual([
      ".querygenie/stats/production.json",
      ".querygenie/workload/production.json",
    ]);
    expect(code).toBe(0);
    const [statistics, workload] = await Promise.all(
      stdout
        .trim()
        .split("\n")
        .map((path) => readFile(join(cwd, path), "utf8")),
    );
    const read = statisticsSchema.parse(JSON.parse(statistics ?? ""));
    expect(Object.keys(read.relations)).toContain("sales.orders");
    expect(statistics).not.toContain("Hashes");
    const { queries } = workloadSchema.parse(JSON.parse(workload ?? ""));
    expect(queries.map(({ text }) => text)).toContain("select * from catalog.products where name = $1");
    for (const hidden of ["Spoon", "bob", "2099", SECRET]) expect(`${statistics}${workload}`).not.toContain(hidden);
  });

  it("keeps hashes of common values when they are asked for, equal in every run", async () => {
    const words = ["model", "--live", "production", "--save-statistics", "--hash-values"];
    const texts: string[] = [];
    for (let time = 0; time < 2; time++) {
      expect((await run(words)).code).toBe(0);
      texts.push(await readFile(join(cwd, ".querygenie/stats/production.json"), "utf8"));
    }
    expect(texts[0]).toContain('"hashKey"');
    expect(texts[1]).toBe(texts[0]);
  });

  it("checks the connections in doctor", async () => {
    const { code, stdout } = await run(["doctor"], { SHOP_DATABASE_URL: url, FAR_URL: url.replace(SECRET, "wrong") });
    expect(stdout).toMatch(/✔ connection production\s+PostgreSQL 18\S* ?; no TLS|✔ connection production .*no TLS/);
    expect(stdout).toMatch(/✖ connection far .*QG70/);
    expect(code).toBe(3);
  });

  const failures: readonly {
    readonly name: string;
    readonly words: readonly string[];
    readonly environment?: Record<string, string>;
    readonly code: number;
    readonly says: string;
  }[] = [
    { name: "a connection that is not known", words: ["diff", "--live", "staging"], code: 2, says: "QG121" },
    {
      name: "a variable that is not set",
      words: ["model", "--live", "production"],
      environment: {},
      code: 2,
      says: "SHOP_DATABASE_URL",
    },
    {
      name: "a URL in place of a name",
      words: ["model", "--live", `postgres://x:${SECRET}@127.0.0.1/x`],
      code: 2,
      says: "QG120",
    },
    {
      name: "a variable that holds no URL",
      words: ["model", "--live", "production"],
      environment: { SHOP_DATABASE_URL: `host=db password=${SECRET}` },
      code: 2,
      says: "QG702",
    },
    {
      name: "a wrong password",
      words: ["diff", "--live", "production"],
      environment: { SHOP_DATABASE_URL: "postgres://live_reader:no@127.0.0.1/x" },
      code: 3,
      says: '"production"',
    },
    { name: "an option without --live", words: ["model", "--save-statistics"], code: 2, says: "--live" },
    { name: "two states beside --live", words: ["diff", "a", "b", "--live", "production"], code: 2, says: "QG120" },
  ];
  it.each(failures)("explains $name", async ({ words, environment, code, says }) => {
    const done = await run(words, environment);
    expect(done.stderr).toContain(says);
    expect(done.code).toBe(code);
  });
});
