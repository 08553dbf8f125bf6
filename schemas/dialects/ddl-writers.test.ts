import { existsSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { folderWorkspace } from "#action/workspace/folder-workspace.ts";
import { corpusFolder } from "#test/support/corpus.ts";
import { comparable } from "#test/support/same-model.ts";
import { detectSources } from "../frameworks/detect-sources.ts";
import { listFiles } from "../frameworks/listing.ts";
import { readSource } from "../frameworks/read-source.ts";
import type { Dialect, SchemaModel } from "../model.ts";
import type { MigrationFile } from "../source.ts";
import { ddlScript, writeDdl } from "./ddl-writers.ts";
import { readerOf } from "./readers.ts";

const file = (text: string): MigrationFile => ({ path: "schema.sql", text, version: "1", transaction: "none" });

async function modelOf(dialect: Dialect, files: readonly MigrationFile[]): Promise<SchemaModel> {
  return (await readerOf(dialect).readModel(files, {})).model;
}

/** Read, written and read again it is the same model; returns the script. */
async function checkRoundTrip(dialect: Dialect, files: readonly MigrationFile[]): Promise<string> {
  const model = await modelOf(dialect, files);
  const written = writeDdl(model);
  const script = ddlScript(model, written);
  expect(comparable(await modelOf(dialect, [file(script)]))).toEqual(comparable(model));
  return script;
}

const mysql = `create table customers (
  id int unsigned not null auto_increment, email varchar(190) character set latin1 collate latin1_bin not null default 'it''s' comment 'Where\\nto',
  state enum('a','b,c') default 'a', up timestamp(3) not null default current_timestamp(3) on update current_timestamp(3),
  total decimal(10,2) generated always as (id * 2) stored, secret int invisible, ok boolean,
  primary key (id), unique key by_mail (email(20)), key by_state (state desc), fulltext key words (email), key ((lower(email))), check (id > 0)
) engine=InnoDB default charset=utf8mb4 comment='People';
create table orders (id bigint primary key, customer int unsigned, next bigint,
  constraint fk_c foreign key (customer) references customers (id) on delete cascade);
alter table customers add column last_order bigint, add constraint fk_o foreign key (last_order) references orders (id);
create table parts (id int, y int) partition by range (y) (partition p0 values less than (10) comment = 'x', partition p1 values less than maxvalue);
create view b_view as select id from a_view;
create or replace sql security invoker view a_view as select id, email as mail from customers;
create or replace view b_view as select id from a_view;
delimiter //
create trigger t before insert on orders for each row begin set new.next = 1; set new.next = 2; end//
create procedure p(in a int, out b varchar(3)) begin select 1; end//
delimiter ;
`;

const mssql = `create schema sales;
GO
create type dbo.Code from varchar(10) not null;
create type dbo.Ids as table (Id int, C dbo.Code);
create sequence sales.Numbers as int start with 5 increment by 2;
create table sales.Customers (Id int identity(1,1) not null constraint PK_C primary key clustered, Code dbo.Code,
  Mail nvarchar(max) collate Latin1_General_CI_AS null, Made datetime2 constraint DF_Made default (sysutcdatetime()) not null,
  Full_Name as (Mail + 'x') persisted, Sparse1 int sparse null, constraint U unique nonclustered (Code desc));
create table sales.Orders (Id uniqueidentifier rowguidcol not null default newid(), Customer int not null);
alter table sales.Orders with nocheck add constraint FK_O foreign key (Customer) references sales.Customers (Id) on delete cascade;
alter table sales.Orders nocheck constraint FK_O;
alter table sales.Orders add constraint CK check (Customer > 0);
create nonclustered index IX on sales.Orders (Customer desc) include (Id) where Customer > 5;
exec sp_addextendedproperty 'MS_Description', 'Who''s who', 'SCHEMA', 'sales', 'TABLE', 'Customers', 'COLUMN', 'Mail';
GO
create view sales.V with schemabinding as select o.Id, c.Mail from sales.Orders o join sales.Customers c on c.Id = o.Customer
GO
create procedure sales.P @a int, @b nvarchar(10) output as begin select 1; end
GO
create trigger sales.T on sales.Orders after insert, update as set nocount on
GO
grant select on sales.Orders to readers
`;

test("MySQL: keys, prefixes, partitions, generated columns, views on views, cycles and bodies come back", async () => {
  const script = await checkRoundTrip("mysql", [file(mysql)]);
  expect(script).toContain("DELIMITER $$");
});

test("SQL Server: named defaults, types, filtered indexes, disabled keys, comments and modules come back", async () => {
  const script = await checkRoundTrip("mssql", [file(mssql)]);
  expect(script).toContain("\nGO\n");
});

test("SQL Server: indexes in memory stand in their table, a full-text index names its key, and XML indexes are told", async () => {
  const script = await checkRoundTrip("mssql", [
    file(`create table dbo.Fast (Id int not null, H int not null index ix_h hash with (bucket_count = 64), index ix_n nonclustered (H desc),
      constraint PK_Fast primary key nonclustered (Id)) with (memory_optimized = ON);
    create table dbo.Texts (Id int not null constraint PK_Texts primary key, Body nvarchar(max));
    create fulltext index on dbo.Texts (Body) key index PK_Texts;`),
  ]);
  expect(script).toContain("INDEX [ix_h] NONCLUSTERED HASH ([H]) WITH (BUCKET_COUNT = 1024)");
  expect(script).toContain("INDEX [ix_n] NONCLUSTERED ([H] DESC)");
  expect(script).toContain("CREATE FULLTEXT INDEX ON [dbo].[Texts] ([Body]) KEY INDEX [PK_Texts]");
  const xml = await modelOf("mssql", [
    file(`create table dbo.Files (Id int not null primary key, Body xml);
      create primary xml index PX on dbo.Files (Body); create table dbo.Plain (Body nvarchar(max));
      create fulltext index on dbo.Plain (Body) key index nothing;`),
  ]);
  const { problems } = writeDdl(xml);
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringContaining("whether an XML index is a primary one"),
    expect.stringContaining("a full-text index needs a unique key of one column"),
  ]);
});

/** Columns and keys of any kind; names are the hard part. */
const hardName = fc.oneof(
  fc.constantFrom("order", "Group", "a b", "x`y", "x]y", 'x"y', "tab.le", "ünïcode", "from", "1st"),
  fc.stringMatching(/^[a-z_]{1,12}$/),
);
const column = fc.record({
  name: hardName,
  type: fc.constantFrom("int", "bigint", "decimal(10,2)", "varchar(20)", "date"),
  nullable: fc.boolean(),
});
const table = fc.record({
  name: hardName,
  columns: fc.uniqueArray(column, { minLength: 1, maxLength: 5, selector: ({ name }) => name.toLowerCase() }),
  isKeyed: fc.boolean(),
  comment: fc.option(fc.string({ maxLength: 12 }), { nil: undefined }),
});
const tables = fc.uniqueArray(table, { maxLength: 4, selector: ({ name }) => name.toLowerCase() });
const quoteFor: Readonly<Record<"mysql" | "mssql", (name: string) => string>> = {
  mysql: (name) => `\`${name.replaceAll("`", "``")}\``,
  mssql: (name) => `[${name.replaceAll("]", "]]")}]`,
};

test.each(["mysql", "mssql"] as const)("%s: any tables with any names come back", async (dialect) => {
  const quote = quoteFor[dialect];
  await fc.assert(
    fc.asyncProperty(tables, async (list) => {
      const sql = list.map(({ name, columns, isKeyed }) => {
        const key = columns.find(({ nullable }) => !nullable);
        const parts = columns.map((one) => `${quote(one.name)} ${one.type}${one.nullable ? " null" : " not null"}`);
        if (isKeyed && key) parts.push(`primary key (${quote(key.name)})`);
        return `create table ${quote(name)} (${parts.join(", ")});`;
      });
      await checkRoundTrip(dialect, [file(sql.join("\n"))]);
    }),
    { numRuns: 60 },
  );
});

const folders: readonly (readonly [Dialect, string])[] = [
  ...["authelia", "memos", "uaa", "chinook", "mediawiki", "phpipam", "quartz"].map((name) => ["mysql", name] as const),
  ...["quartz", "chinook", "exceptional"].map((name) => ["mssql", name] as const),
];

describe.skipIf(!existsSync(corpusFolder))("real schemas", () => {
  test.each(folders)("%s of %s is the same model when its SQL is read", async (dialect, name) => {
    const listing = await listFiles(folderWorkspace(join(corpusFolder, name)), { fileMegabytes: 64 });
    const { value } = await detectSources({ listing, engine: dialect });
    expect(value.length).toBeGreaterThan(0);
    for (const { path, framework } of value) {
      const source = { path, framework };
      await checkRoundTrip(dialect, (await readSource({ source, engine: dialect, listing })).value);
    }
  });
});
