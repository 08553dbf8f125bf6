import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasMariadb, startMariadb, type MariadbServer } from "#test/support/mariadb.ts";
import { freePort } from "#test/support/postgres.ts";
import { runCli } from "#test/support/run-cli.ts";

const MYSQL = `create table customers (id int unsigned auto_increment primary key, email varchar(80) not null unique, name varchar(40) not null,
  kind enum('person', 'firm') not null, age tinyint unsigned, born year, joined_at timestamp not null, note tinytext, is_new tinyint(1) not null default 0,
  avatar varbinary(16), settings json, flags bit(4) not null default b'0') default charset=utf8mb4;
create table orders (id bigint unsigned auto_increment primary key, customer_id int unsigned not null, total decimal(10,2) not null, small mediumint not null,
  status varchar(10) not null, placed_at datetime(3) not null, paid_at datetime(3), check (status in ('open', 'paid')), check (paid_at is null or paid_at >= placed_at),
  constraint orders_customer foreign key (customer_id) references customers (id)) default charset=utf8mb4;
create table order_lines (order_id bigint unsigned not null, line_no smallint not null, quantity int not null check (quantity > 0), unit_price decimal(8,2) not null,
  primary key (order_id, line_no), foreign key (order_id) references orders (id) on delete cascade) default charset=utf8mb4;
create table firms (id int primary key, seat_id int not null) default charset=utf8mb4;
create table seats (id int primary key, firm_id int not null, foreign key (firm_id) references firms (id)) default charset=utf8mb4;
alter table firms add foreign key (seat_id) references seats (id);
create table tags (label varchar(12) primary key) default charset=utf8mb4 collate utf8mb4_general_ci;
`;

const MSSQL = `create table dbo.customers (id int identity(1,1) primary key, email nvarchar(80) not null unique, age tinyint not null, joined datetime not null, code uniqueidentifier not null);
create table dbo.orders (id bigint identity(1,1) primary key, customer_id int not null references dbo.customers (id), total money not null check (total > 0), paid bit not null);
`;

/** Rows in the database that a script was loaded into, by table. */
const TABLES = ["customers", "firms", "order_lines", "orders", "seats", "tags"];
const count = (server: MariadbServer, database: string): Readonly<Record<string, number>> => {
  const parts = TABLES.map((table) => `select json_object('t', '${table}', 'n', count(*)) from ${database}.${table}`);
  const rows = server.rows<{ t: string; n: number }>(parts.join(" union all "));
  return Object.fromEntries(rows.map(({ t, n }) => [t, n]));
};
const all = (rows: number) => Object.fromEntries(TABLES.map((table) => [table, rows]));

describe("fixtures of other dialects", () => {
  let cwd = "";
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), "querygenie-dialects-"));
    await writeFile(join(cwd, "mysql.sql"), MYSQL);
    await writeFile(join(cwd, "mssql.sql"), MSSQL);
  });
  afterAll(() => rm(cwd, { recursive: true, force: true }));

  it("are written for SQL Server, proven on its translation", async () => {
    const { code, stdout, stderr } = await runCli(
      ["seed", "--rows", "5", "--dialect", "mssql", "--source", "mssql.sql"],
      { cwd },
    );
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("SET IDENTITY_INSERT [dbo].[customers] ON;");
    expect(stdout.match(/^ {2}\(/gm)).toHaveLength(10);
    expect(stdout).toContain("COMMIT TRANSACTION;");
  });

  describe.skipIf(!hasMariadb())("on a MariaDB", () => {
    let server: MariadbServer;
    let port = 0;
    beforeAll(async () => {
      port = await freePort();
      server = await startMariadb({ port });
      for (const database of ["built", "loaded"]) {
        server.run("", [`create database ${database}`]);
        const refused = server.run(
          database,
          MYSQL.split(";\n").filter((one) => one.trim() !== ""),
        );
        if (refused.size > 0) throw new Error([...refused.values()].join("; "));
      }
    });
    afterAll(async () => {
      await server?.stop();
    });

    it("load as they are committed, with every key and condition", async () => {
      const { code, stderr } = await runCli(["build", "--dialect", "mysql", "--source", "mysql.sql"], { cwd });
      expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
      const manifest: { databases: Record<string, { tables: Record<string, { rows: number; source: string }> }> } =
        JSON.parse(await readFile(join(cwd, "fixtures/manifest.json"), "utf8"));
      const [[name, { tables }] = ["", { tables: {} }]] = Object.entries(manifest.databases);
      expect(Object.values(tables).map(({ source }) => source)).toEqual(TABLES.map(() => "generated"));
      const script = await readFile(join(cwd, `fixtures/${name}.sql`), "utf8");
      const refused = server.run(
        "built",
        script.split(/;\n/).filter((one) => one.trim() !== ""),
      );
      expect([...refused.values()]).toEqual([]);
      expect(count(server, "built")).toEqual(all(20));
    });

    it("load into a running server, with progress, and are its own judge", async () => {
      const words = ["--rows", "300", "--dialect", "mysql", "--source", "mysql.sql"];
      const url = `mysql://root@127.0.0.1:${port}/loaded`;
      const { code, stderr } = await runCli(["seed", "--load", url, ...words], { cwd });
      expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
      expect(stderr).toContain("6 tables, committed");
      expect(count(server, "loaded")).toEqual(all(300));
      const again = await runCli(["seed", "--load", url, ...words], { cwd });
      expect({ code: again.code, says: again.stderr.includes("QG414") }).toEqual({ code: 3, says: true });
      expect(count(server, "loaded")).toEqual(all(300));
    });
  });
});
