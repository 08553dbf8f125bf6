import { describe, expect, it } from "vitest";
import { modelSchema } from "../../json/model.ts";
import type { SchemaModel } from "../../model.ts";
import { readMssqlModel } from "./read-mssql-model.ts";

const read = (...scripts: readonly string[]) =>
  readMssqlModel(
    scripts.map((text, index) => ({ path: `db/${index + 1}.sql`, version: `${index + 1}`, transaction: "none", text })),
  );

/** One line for each thing a table has: what the cases are about. */
function facts({ tables, views, routines, domains, composites, sequences, others, schemas }: SchemaModel): string[] {
  const columns = (owner: { readonly columns: SchemaModel["tables"][number]["columns"] }): string[] =>
    owner.columns.map((column) => {
      const { name, type, nullable, identity, generated, collation, comment, defaultName } = column;
      return [
        `  ${name} ${type.raw}`,
        nullable ? "" : " not null",
        column.default === undefined ? "" : ` default ${column.default}`,
        defaultName === undefined ? "" : ` as ${defaultName}`,
        identity ? ` identity ${identity.start},${identity.increment}` : "",
        generated ? ` = ${generated.expression}${generated.stored ? " stored" : ""}` : "",
        collation === undefined ? "" : ` collate ${collation}`,
        comment === undefined ? "" : ` -- ${comment}`,
      ].join("");
    });
  return [
    ...schemas
      .filter(({ name }) => name !== "dbo")
      .map(({ name, owner }) => `schema ${name}${owner === undefined ? "" : ` of ${owner}`}`),
    ...domains.map(({ id, base, nullable }) => `domain ${id} ${base.raw}${nullable ? "" : " not null"}`),
    ...composites.map(
      ({ id, attributes }) => `type ${id} (${attributes.map(({ name, type }) => `${name} ${type.raw}`).join(", ")})`,
    ),
    ...sequences.map(
      (one) => `sequence ${one.id} ${one.type} ${one.start} by ${one.increment} in ${one.minimum}..${one.maximum}`,
    ),
    ...tables.flatMap((table) => [
      `table ${table.id}${table.comment === undefined ? "" : ` -- ${table.comment}`}`,
      ...columns(table),
      ...table.constraints.map((one) => `  ${one.name}: ${one.definition}${one.validated ? "" : " not validated"}`),
      ...table.indexes
        .filter((one) => one.constraint === undefined)
        .map((one) => `  ${one.definition}${one.valid ? "" : " disabled"}`),
      ...table.triggers.map((one) => `  trigger ${one.name} ${one.timing} ${one.events.join("/")} ${one.enabled}`),
      ...Object.entries(table.options ?? {}).map(([name, value]) => `  option ${name}=${value}`),
    ]),
    ...views.flatMap((view) => [`view ${view.id} reads ${view.dependsOn.join(" ")}`, ...columns(view)]),
    ...routines.map((one) => `${one.variant} ${one.id}${one.returns === undefined ? "" : ` returns ${one.returns}`}`),
    ...others.map(({ kind, id, definition }) => `${kind} ${id}: ${definition}`),
  ];
}

function check(script: string, expected: readonly string[], problems: readonly string[] = []): void {
  const result = read(script);
  expect(facts(result.model)).toEqual(expected);
  expect(result.problems.map(({ code, origin }) => `${code}:${origin?.line}`)).toEqual(problems);
  expect(() => modelSchema.parse(result.model)).not.toThrow();
}

const ORDERS = "create table Orders (Id int not null constraint PK_Orders primary key, Total money null)\n";
const ordersFacts = [
  'table dbo."Orders"',
  "  Id int not null",
  "  Total money",
  "  PK_Orders: PRIMARY KEY CLUSTERED ([Id])",
];

describe("columns", () => {
  it("prints types as sys.types does", () =>
    check(
      `create table t (a [varchar](MAX), b sysname, c rowversion, d integer, e dec(9,2), f float(24), g double precision,
         h national character varying (20), i datetime2, j [decimal], k varchar, l xml(CONTENT dbo.Lines), m binary varying(5))`,
      [
        "table dbo.t",
        "  a varchar(max)",
        "  b sysname not null",
        "  c timestamp not null",
        "  d int",
        "  e decimal(9,2)",
        "  f real",
        "  g float",
        "  h nvarchar(20)",
        "  i datetime2(7)",
        "  j decimal(18,0)",
        "  k varchar(1)",
        "  l xml(CONTENT dbo.Lines)",
        "  m varbinary(5)",
      ],
    ));
  it("keeps names, defaults, identity and collation", () =>
    check(
      `CREATE TABLE [dbo].[Order]]s] (
        "Id" int IDENTITY(10, 5) NOT FOR REPLICATION NOT NULL,
        Total decimal(10,2) CONSTRAINT DF_Total DEFAULT ((0)) NOT NULL,
        Made datetime2(3) NOT NULL DEFAULT (GETUTCDATE()),
        Note nvarchar(50) COLLATE Latin1_General_CI_AS NULL DEFAULT N'it''s', -- a comment
        Rate float DEFAULT -1.5 /* nested /* comment */ */)`,
      [
        'table dbo."Order]s"',
        "  Id int not null identity 10,5",
        "  Total decimal(10,2) not null default 0 as DF_Total",
        "  Made datetime2(3) not null default getutcdate()",
        "  Note nvarchar(50) default N'it''s' collate Latin1_General_CI_AS",
        "  Rate float default -1.5",
      ],
    ));
  it("reads computed, sparse, masked and rowguid columns", () =>
    check(
      `create table t (a int, b as (a * 2) persisted not null, c as a, d uniqueidentifier rowguidcol default newid(),
         e nvarchar(9) masked with (function = 'email()') null, f int sparse null)`,
      [
        "table dbo.t",
        "  a int",
        "  b  not null = a * 2 stored",
        "  c int = a",
        "  d uniqueidentifier default newid()",
        "  e nvarchar(9)",
        "  f int",
        "  option masked=e (function = 'email()')",
        "  option rowguidcol=d",
        "  option sparse=f",
      ],
    ));
});

describe("keys and indexes", () => {
  it("ends a computed column and a full-text index where the next statement begins", () =>
    check(
      `${ORDERS}alter table Orders add Half as (case when Id = 1 then 2 else 3 end) + 1 print 'x'
       create fulltext index on Orders (Total language 1033) key index PK_Orders on shop with stoplist = system, change_tracking auto
       create table Lines (Id int)`,
      [
        'table dbo."Lines"',
        "  Id int",
        'table dbo."Orders"',
        "  Id int not null",
        "  Total money",
        "  Half  = (case when Id = 1 then 2 else 3 end) + 1",
        "  PK_Orders: PRIMARY KEY CLUSTERED ([Id])",
        "  CREATE FULLTEXT INDEX [FULLTEXT] ON [dbo].[Orders] ([Total])",
      ],
    ));
  it("takes named and unnamed keys at both levels", () =>
    check(
      `create table Customers (Id int primary key nonclustered, Email nvarchar(256) not null unique, check (len(Email) > 3))
       create table Orders (Id int, CustomerId int references Customers on delete cascade,
         constraint PK_Orders primary key clustered (Id desc) with (fillfactor = 80) on [PRIMARY],
         constraint FK_Self foreign key (CustomerId) references dbo.Orders (Id) on update set null)`,
      [
        'table dbo."Customers"',
        "  Id int not null",
        "  Email nvarchar(256) not null",
        "  CK__Customers: CHECK (len(Email) > 3)",
        "  PK__Customers: PRIMARY KEY NONCLUSTERED ([Id])",
        "  UQ__Customers__Email: UNIQUE NONCLUSTERED ([Email])",
        'table dbo."Orders"',
        "  Id int not null",
        "  CustomerId int",
        "  FK_Self: FOREIGN KEY ([CustomerId]) REFERENCES [dbo].[Orders] ([Id]) ON UPDATE SET NULL",
        "  FK__Orders__CustomerId: FOREIGN KEY ([CustomerId]) REFERENCES [dbo].[Customers] ([Id]) ON DELETE CASCADE",
        "  PK_Orders: PRIMARY KEY CLUSTERED ([Id] DESC)",
      ],
    ));
  it("reads all kinds of indexes", () =>
    check(
      `${ORDERS}
       create unique nonclustered index IX_a on dbo.Orders (Total desc, Id) include (Id) where (Total is not null) with (online = on) on [PRIMARY]
       create clustered columnstore index IX_c on Orders
       create index IX_d on Orders (Id) with fillfactor = 80
       alter index IX_d on Orders disable
       drop index Orders.IX_missing, IX_c on Orders`,
      [
        ...ordersFacts,
        "  CREATE UNIQUE NONCLUSTERED INDEX [IX_a] ON [dbo].[Orders] ([Total] DESC, [Id]) INCLUDE ([Id]) WHERE Total is not null",
        "  CREATE NONCLUSTERED INDEX [IX_d] ON [dbo].[Orders] ([Id]) disabled",
      ],
      ["QG219:7"],
    ));
});

describe("changes", () => {
  it("adds, alters and drops columns and constraints", () =>
    check(
      `${ORDERS}
       alter table Orders add Note nvarchar(10) null, Paid bit not null constraint DF_Paid default 0 with values, constraint CK_Total check (Total > 0)
       alter table Orders with nocheck add constraint UQ_Note unique (Note)
       alter table Orders alter column Note nvarchar(20) not null
       alter table Orders nocheck constraint CK_Total
       alter table Orders drop constraint if exists DF_Paid, column if exists Gone, Paid
       alter table Orders drop constraint PK__Nothing__3214EC07AAAAAAAA`,
      [
        'table dbo."Orders"',
        "  Id int not null",
        "  Total money",
        "  Note nvarchar(20) not null",
        "  CK_Total: CHECK (Total > 0) not validated",
        "  PK_Orders: PRIMARY KEY CLUSTERED ([Id])",
        "  UQ_Note: UNIQUE NONCLUSTERED ([Note])",
      ],
      ["QG219:8"],
    ));
  it("finds a constraint by the name a server gave it", () =>
    check("create table Orders (Id int primary key)\nalter table Orders drop constraint PK__Orders__3214EC0719CF6B71", [
      'table dbo."Orders"',
      "  Id int not null",
    ]));
  it("follows sp_rename through keys and indexes", () =>
    check(
      `${ORDERS}create index IX on Orders (Total)
       exec sp_rename 'dbo.Orders.Total', 'Sum', 'COLUMN'
       execute sp_rename @objname = N'Orders.IX', @newname = N'IX_Sum', @objtype = N'INDEX'
       exec sp_rename '[dbo].[PK_Orders]', 'PK_Bills', 'OBJECT'
       exec sp_rename 'Orders', 'Bills'`,
      [
        'table dbo."Bills"',
        "  Id int not null",
        "  Sum money",
        "  PK_Bills: PRIMARY KEY CLUSTERED ([Id])",
        "  CREATE NONCLUSTERED INDEX [IX_Sum] ON [dbo].[Bills] ([Sum])",
      ],
    ));
  it("takes descriptions of tables and columns", () =>
    check(
      `${ORDERS}exec sys.sp_addextendedproperty @name=N'MS_Description', @value=N'What is bought', @level0type=N'SCHEMA',@level0name=N'dbo', @level1type=N'TABLE',@level1name=N'Orders'
       exec sp_addextendedproperty 'MS_Description', 'In euros', 'SCHEMA', 'dbo', 'TABLE', 'Orders', 'COLUMN', 'Total'`,
      [
        'table dbo."Orders" -- What is bought',
        "  Id int not null",
        "  Total money -- In euros",
        "  PK_Orders: PRIMARY KEY CLUSTERED ([Id])",
      ],
    ));
  it("makes the history table of a temporal table", () =>
    check(
      `create table Prices (Id int primary key, F datetime2 generated always as row start hidden not null,
         T datetime2 generated always as row end not null, period for system_time (F, T)) with (system_versioning = on (history_table = dbo.PricesHistory))`,
      [
        'table dbo."Prices"',
        "  Id int not null",
        "  F datetime2(7) not null = GENERATED ALWAYS AS ROW START stored",
        "  T datetime2(7) not null = GENERATED ALWAYS AS ROW END stored",
        "  PK__Prices: PRIMARY KEY CLUSTERED ([Id])",
        "  option hidden=F",
        "  option period_for_system_time=F, T",
        "  option system_versioning=dbo.PricesHistory",
        'table dbo."PricesHistory"',
        "  Id int not null",
        "  F datetime2(7) not null",
        "  T datetime2(7) not null",
        "  CREATE CLUSTERED INDEX [ix_PricesHistory] ON [dbo].[PricesHistory] ([T], [F])",
        "  option history_of=dbo.Prices",
      ],
    ));
});

describe("guards", () => {
  const guards: readonly (readonly [string, boolean])[] = [
    ["object_id('dbo.Orders') is null", false],
    ["object_id(N'[dbo].[Orders]', 'U') is not null", true],
    ["object_id('Orders', 'V') is null", true],
    ["col_length('dbo.Orders', 'Total') is null", false],
    ["col_length('dbo.Orders', 'Total') = 8", true],
    ["exists (select * from sys.tables where name = 'orders')", true],
    ["not exists (select 1 from sys.objects where object_id = object_id('dbo.Gone') and type in (N'U'))", true],
    ["exists (select 1 from sys.columns where name = N'Total' and object_id = object_id('Orders'))", true],
    ["exists (select 1 from sys.indexes i where i.name = 'PK_Orders')", true],
    [
      "exists (select 1 from sys.columns c join sys.tables t on t.object_id = c.object_id where t.name = 'Orders' and c.name = 'Total')",
      true,
    ],
    [
      "exists (select 1 from sys.columns c join sys.tables t on t.object_id = c.object_id where t.name = 'Gone' and c.name = 'Total')",
      false,
    ],
    ["exists (select 1 from sys.objects where object_id = object_id('Gone'))", false],
    ["exists (select 1 from sys.objects o where o.parent_object_id = object_id('Orders') and o.type = 'PK')", true],
    ["exists (select 1 from sys.objects where parent_object_id = 0 and name = 'Orders')", true],
    ["exists (select 1 from sys.key_constraints where parent_object_id = object_id('Gone'))", false],
    ["exists (select 1 from information_schema.table_constraints where constraint_name = 'pk_orders')", true],
    ["exists (select 1 from sys.types where name = 'Money2')", false],
    ["exists (select * from information_schema.columns where table_name = 'Orders' and column_name = 'Gone')", false],
    [
      "exists (select 1 from sys.columns c join sys.tables t on t.object_id = c.object_id where t.name = 'Orders' and c.name = 'Id')",
      true,
    ],
    ["(select count(*) from information_schema.tables where table_name like 'Ord%') = 1", true],
    ["schema_id('sales') is null and not exists (select 1 from sys.schemas where name = 'sales')", true],
    ["@@error <> 0", false],
  ];
  it.each(guards)("decides %s", (guard, holds) => {
    const { model, problems } = read(
      `${ORDERS}if ${guard} begin create table Made (Id int) end else create table Other (Id int)`,
    );
    expect([model.tables.map(({ name }) => name).sort(), problems]).toEqual([
      [holds ? "Made" : "Other", "Orders"].sort(),
      [],
    ]);
  });
  it("finds an index by its name now, whatever it was called and whoever had one before", () =>
    check(
      `create table Gone (a int, index ix_old (a)); drop table Gone;
create table Orders (a int, b int, index ix_old (a));
go
exec sp_rename 'Orders.ix_old', 'ix_new', 'INDEX';
go
if exists (select 1 from sys.indexes where name = 'ix_old') drop table Orders;
if exists (select 1 from sys.indexes where name = 'IX_NEW') create index ix_b on Orders (b);
drop index ix_new on Orders;
go
if exists (select 1 from sys.indexes where name = 'ix_new') drop table Orders;`,
      ['table dbo."Orders"', "  a int", "  b int", "  CREATE NONCLUSTERED INDEX [ix_b] ON [dbo].[Orders] ([b])"],
    ));

  it("reads a branch it cannot decide as if it ran, and says so", () => {
    const { model, problems } = read("if (select max(Id) from Orders) > 3 create table Made (Id int)");
    expect([model.tables.length, problems.map(({ code, severity }) => `${code} ${severity}`)]).toEqual([
      1,
      ["QG223 info"],
    ]);
  });
  it("ends a batch at a RETURN that runs", () =>
    check(`${ORDERS}if object_id('Orders') is not null return\ncreate table Late (Id int)`, ordersFacts));
});

describe("text that is run", () => {
  it("applies the text of EXEC and sp_executesql", () =>
    check(
      `declare @sql nvarchar(max) = N'create table ', @name sysname = 'Orders'
       exec('CREATE SCHEMA sales AUTHORIZATION dbo')
       set @sql = @sql + N'sales.' + quotename(@name) + ' (Id int)'
       exec sp_executesql @sql`,
      ["schema sales of dbo", 'table sales."Orders"', "  Id int"],
    ));
  it("drops a default by the name that the catalog has", () =>
    check(
      `create table Orders (Id int, Total money constraint DF_T default 0)
       declare @name sysname
       select @name = d.name from sys.default_constraints d inner join sys.columns c on d.parent_column_id = c.column_id and d.parent_object_id = c.object_id
         where d.parent_object_id = object_id(N'[Orders]') and c.name = N'Total'
       if @name is not null exec(N'ALTER TABLE Orders DROP CONSTRAINT [' + @name + '];')
       alter table Orders drop column Total`,
      ['table dbo."Orders"', "  Id int"],
    ));
  it("says when a text cannot be known", () =>
    expect(read("exec(@made)").problems.map(({ code, makesIncomplete }) => [code, makesIncomplete])).toEqual([
      ["QG223", true],
    ]));
});

describe("modules and other objects", () => {
  it("finds a view's columns", () =>
    check(
      `${ORDERS}GO
       create view dbo.Paid with schemabinding as
       with big as (select o.Id as OrderId, o.Total from dbo.Orders o)
       select b.*, cast(1 as bit) as IsPaid, Sum = b.Total, count(*) over () as Count_, isnull(b.Total, 0) Safe, b.Total + 1 as More, case when b.Total > 3 then null else b.OrderId end as Rank from big b`,
      [
        ...ordersFacts,
        'view dbo."Paid" reads dbo."Orders"',
        "  OrderId int not null",
        "  Total money",
        "  IsPaid bit",
        "  Sum money",
        "  Count_ int not null",
        "  Safe money not null",
        "  More unknown",
        "  Rank int",
      ],
    ));
  it("keeps a view's columns until it is refreshed", () => {
    const { model } = read(
      `${ORDERS}GO\ncreate view A as select * from Orders\nGO\ncreate view B as select * from Orders\nGO\nalter table Orders add Note int\nexec sp_refreshview 'dbo.A'`,
    );
    expect(model.views.map(({ name, columns }) => `${name} ${columns.length}`)).toEqual(["A 3", "B 2"]);
  });
  it("keeps procedures, functions and triggers with their bodies", () => {
    const { model } = read(
      `${ORDERS}GO\ncreate or alter proc [dbo].[Pay] @id int, @sum decimal(9,2) = 0 output, @lines dbo.Lines readonly with execute as owner as begin select 1; end\nGO
create function Twice (@a int) returns int as begin return @a * 2 end\nGO
create trigger trg on Orders instead of insert, update as select 1\nGO
disable trigger trg on Orders`,
    );
    expect(facts(model)).toEqual([
      ...ordersFacts,
      "  trigger trg instead of insert/update disabled",
      'procedure dbo."Pay"(int, decimal(9,2), dbo.Lines)',
      'function dbo."Twice"(int) returns int',
    ]);
    expect(model.routines[0]).toMatchObject({
      body: "begin select 1; end",
      securityDefiner: true,
      arguments: [{}, { mode: "inout", default: "0" }, {}],
    });
  });
  it("reads types, sequences and synonyms", () =>
    check(
      `create type Email from nvarchar(256) not null
       create type dbo.Lines as table (Id int not null primary key, Mail dbo.Email)
       create sequence OrderNumbers as int start with 5 increment by 10 no cycle cache 5
       create synonym Bills for other.dbo.Orders
       create table t (Mail Email)`,
      [
        'domain dbo."Email" nvarchar(256) not null',
        'type dbo."Lines" (Id int, Mail dbo.Email)',
        'sequence dbo."OrderNumbers" int 5 by 10 in -2147483648..2147483647',
        "table dbo.t",
        "  Mail dbo.Email not null",
        'synonym dbo."Bills": CREATE SYNONYM [dbo].[Bills] FOR other.dbo.Orders',
      ],
    ));
  it("makes a table by SELECT INTO", () =>
    check(`${ORDERS}select o.Id, o.Total into Copies from Orders o where 1 = 0`, [
      'table dbo."Copies"',
      "  Id int not null",
      "  Total money",
      ...ordersFacts,
    ]));
});

describe("what stands around", () => {
  it("passes over data, session and server commands", () =>
    check(
      `USE Shop\nSET ANSI_NULLS, QUOTED_IDENTIFIER ON\nBEGIN TRAN\n${ORDERS}INSERT INTO Orders (Id) SELECT 1 UNION ALL SELECT 2
       INSERT Orders EXEC Fill UPDATE Orders SET Total = CASE WHEN Id = 1 THEN 2 ELSE 3 END FROM Orders
       MERGE Orders t USING x ON 1=1 WHEN MATCHED THEN UPDATE SET Total = 1 WHEN NOT MATCHED THEN INSERT (Id) VALUES (1);
       CREATE TABLE #temp (Id int) DROP TABLE #temp
       PRINT 'GO'
       ALTER DATABASE Shop SET RECOVERY SIMPLE
       GRANT SELECT, INSERT ON Orders TO clerk
       COMMIT`,
      ordersFacts,
    ));
  it("cuts batches at GO lines only", () =>
    check("/*\nGO\n*/ create table a (b varchar(9) default '\nGO\n')\n  go 2 -- twice\ncreate table [GO] (Id int)", [
      'table dbo."GO"',
      "  Id int",
      "table dbo.a",
      "  b varchar(9) default '\nGO\n'",
    ]));
  it("never takes a right that is denied for one that is given", () => {
    const { model } = read(
      `${ORDERS}grant select, insert on Orders to clerk deny delete on Orders to public
       deny insert on Orders to clerk cascade`,
    );
    expect(model.tables[0]?.grants).toEqual([{ grantee: "clerk", privileges: ["SELECT"] }]);
  });
  it("fills variables of sqlcmd and DbUp", () => {
    const text =
      ':setvar Table "Orders"\ncreate table $(Schema).[$(Table)] (Id int)\ncreate table $Schema$.Bills (Id int, c int default $(Gone))';
    const { model, problems } = readMssqlModel([{ path: "a.sql", version: "1", transaction: "none", text }], {
      variables: { schema: "sales" },
    });
    expect([model.tables.map(({ id }) => id), problems.map(({ code }) => code)]).toEqual([
      ['sales."Bills"', 'sales."Orders"'],
      ["QG208"],
    ]);
  });
  it("loses only the clause and only the statement it does not know", () =>
    check(
      "create table Orders (Id int frobnicate not null, Total money)\ncreate table (x int)\ncreate table Lines (Id int)",
      ['table dbo."Lines"', "  Id int", 'table dbo."Orders"', "  Id int not null", "  Total money"],
      ["QG222:1", "QG202:2"],
    ));
  it("says where things were made and changed", () => {
    const { model } = read("\ncreate table Orders (\n  Id int)", "\n\nalter table Orders alter column Id bigint");
    expect(model.tables[0]?.columns[0]?.origin).toEqual({
      created: { file: "db/1.sql", line: 3, column: 3 },
      changed: { file: "db/2.sql", line: 3, column: 1 },
    });
  });
});
