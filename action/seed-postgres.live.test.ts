import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, whyNoPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { runCli } from "#test/support/run-cli.ts";

const SCHEMA = `
create table firms (id serial primary key, name text not null unique, boss_id int not null);
create table people (id serial primary key, firm_id int not null references firms, born date not null check (born < '2010-01-01'));
alter table firms add foreign key (boss_id) references people deferrable initially deferred;
create table visits (id bigint generated always as identity primary key, person_id int not null references people, pages smallint check (pages > 0));
`;
const TABLES = ["firms", "people", "visits"];
/** A table that no row can fill, and one that refers to it. */
const IMPOSSIBLE = `${SCHEMA}
create table never (id int primary key, constraint no_row check (false));
create table never_notes (id int primary key, never_id int not null references never);
`;

const why = await whyNoPostgres();

describe("seed for PostgreSQL", () => {
  let cwd = "";
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), "querygenie-seed-"));
    await writeFile(join(cwd, "good.sql"), SCHEMA);
    await writeFile(join(cwd, "impossible.sql"), IMPOSSIBLE);
  });
  afterAll(() => rm(cwd, { recursive: true, force: true }));

  it("ends with 1 for a table that cannot be filled, says why, and writes the others", async () => {
    const { code, stderr } = await runCli(
      ["seed", "--rows", "5", "--source", "impossible.sql", "--format", "csv", "--out", "seed"],
      { cwd },
    );
    expect({ code, stderr: code === 1 ? "" : stderr }).toEqual({ code: 1, stderr: "" });
    expect(stderr).toContain("public.never could not be filled");
    expect(stderr).toContain("no_row");
    expect(stderr).toContain("3 of 5 tables");
    const file = (await readdir(join(cwd, "seed"))).find((name) => name.endsWith("_public.people.csv"));
    const people = await readFile(join(cwd, "seed", file ?? "public.people.csv"), "utf8");
    expect(people.trimEnd().split("\n")).toHaveLength(6);
  });

  it("finds the same migrations again beside the numbered files that it wrote", async () => {
    const folder = await mkdtemp(join(tmpdir(), "querygenie-seed-"));
    await mkdir(join(folder, "db"));
    await writeFile(join(folder, "db/0001_all.sql"), SCHEMA);
    await writeFile(join(folder, "db/0002_note.sql"), "alter table people add note text;");
    const words = ["seed", "--rows", "5", "--format", "copy", "--out", "rows"];
    for (let run = 0; run < 2; run++) {
      const { code, stderr } = await runCli(words, { cwd: folder });
      expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
      expect(stderr).toContain("3 of 3 tables");
    }
    const list: unknown = JSON.parse(await readFile(join(folder, "rows/querygenie-seed.json"), "utf8"));
    const written = (await readdir(join(folder, "rows"))).filter((name) => name.endsWith(".sql"));
    expect(list).toEqual({ version: 1, files: written.toSorted() });
    await rm(folder, { recursive: true });
  });

  describe.skipIf(why !== null)("on a server", () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres();
      await server.client.query(SCHEMA);
    });
    afterAll(() => server?.close());

    const counts = async (): Promise<readonly unknown[]> => {
      const parts = TABLES.map((table) => `select '${table}' as name, count(*)::int as rows from ${table}`);
      return (await server.client.query(`${parts.join(" union all ")} order by 1`)).rows;
    };
    const all = (rows: number): readonly unknown[] => TABLES.map((name) => ({ name, rows }));

    it("loads with progress, refuses to load twice, and reloads when asked", async () => {
      const { host, port, user, database } = server.connection;
      const url = `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
      const words = ["seed", "--load", url, "--rows", "300", "--source", "good.sql"];
      const { code, stderr } = await runCli(words, { cwd });
      expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
      expect(stderr).toContain("3 tables, committed");
      expect(await counts()).toEqual(all(300));
      const again = await runCli(words, { cwd });
      expect({ code: again.code, says: again.stderr.includes("QG414") }).toEqual({ code: 3, says: true });
      expect(await counts()).toEqual(all(300));
      const reloaded = await runCli([...words, "--reload"], { cwd });
      expect({ code: reloaded.code, stderr: reloaded.code === 0 ? "" : reloaded.stderr }).toEqual({
        code: 0,
        stderr: "",
      });
      expect(await counts()).toEqual(all(300));
      // The sequences go on where the rows end.
      await server.client.query("insert into visits (person_id) select min(id) from people");
    });
  });
});
