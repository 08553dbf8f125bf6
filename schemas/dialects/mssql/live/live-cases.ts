/** Scripts whose model must be the same from the file and from a server; each shows what its name says. */
export const liveCases: readonly { readonly name: string; readonly sql: string }[] = [
  {
    name: "a shop with schemas, types, keys, defaults and references",
    sql: `CREATE SCHEMA sales AUTHORIZATION dbo
GO
CREATE TYPE sales.Email FROM nvarchar(320) NOT NULL
GO
CREATE TYPE sales.OrderLines AS TABLE (line int, sku nvarchar(40), quantity decimal(9, 2))
GO
CREATE SEQUENCE sales.order_numbers AS bigint START WITH 1000 INCREMENT BY 5
CREATE TABLE sales.customers (
  id int IDENTITY(10, 2) NOT NULL CONSTRAINT PK_customers PRIMARY KEY CLUSTERED,
  email sales.Email, name nvarchar(max) NULL, code char(8) COLLATE Latin1_General_BIN2 NOT NULL UNIQUE,
  created datetime2(3) NOT NULL CONSTRAINT DF_created DEFAULT (sysutcdatetime()), note varchar(200) SPARSE NULL,
  row uniqueidentifier ROWGUIDCOL NOT NULL DEFAULT (newid()), balance money DEFAULT 0, rating real, payload varbinary(max))
CREATE TABLE sales.orders (
  id bigint NOT NULL DEFAULT (NEXT VALUE FOR sales.order_numbers), customer int NOT NULL REFERENCES sales.customers (id) ON DELETE CASCADE,
  state varchar(12) NOT NULL DEFAULT 'new' CHECK (state <> ''), price decimal(12, 2) NOT NULL, quantity int NOT NULL,
  total AS (price * quantity) PERSISTED, label AS (upper(state)),
  CONSTRAINT PK_orders PRIMARY KEY NONCLUSTERED (id, customer DESC), CONSTRAINT sane CHECK (price >= 0 AND (quantity > 0 OR state = 'gift')))
CREATE CLUSTERED INDEX by_customer ON sales.orders (customer, state DESC)
CREATE UNIQUE INDEX open_orders ON sales.orders (id) INCLUDE (price, quantity) WHERE state = 'new'
GO
ALTER TABLE sales.customers ADD parent int NULL
ALTER TABLE sales.customers WITH NOCHECK ADD CONSTRAINT FK_parent FOREIGN KEY (parent) REFERENCES sales.customers (id)
ALTER TABLE sales.customers NOCHECK CONSTRAINT FK_parent
ALTER TABLE sales.orders WITH NOCHECK ADD CONSTRAINT loose CHECK (quantity < 100)
ALTER INDEX open_orders ON sales.orders DISABLE
GO
EXEC sp_addextendedproperty N'MS_Description', N'Who buys; it''s "them"', N'SCHEMA', N'sales', N'TABLE', N'customers'
EXEC sp_addextendedproperty N'MS_Description', N'What is owed', N'SCHEMA', N'sales', N'TABLE', N'customers', N'COLUMN', N'balance'
GRANT SELECT ON sales.orders TO reporting`,
  },
  {
    name: "views, routines and triggers",
    sql: `CREATE TABLE dbo.items (id int NOT NULL PRIMARY KEY, name nvarchar(50) NOT NULL, price smallmoney NULL)
GO
CREATE VIEW dbo.cheap WITH SCHEMABINDING AS SELECT id, name FROM dbo.items WHERE price < 5
GO
CREATE PROCEDURE dbo.raise_price @id int, @by decimal(5, 2) = 1, @new smallmoney OUTPUT AS
BEGIN
  UPDATE dbo.items SET price = price * @by, @new = price WHERE id = @id; -- it's GO that ends it
END
GO
CREATE FUNCTION dbo.twice (@x int) RETURNS int AS BEGIN RETURN @x * 2 END
GO
CREATE TRIGGER dbo.no_delete ON dbo.items INSTEAD OF DELETE AS RAISERROR('no', 16, 1)
GO
DISABLE TRIGGER dbo.no_delete ON dbo.items
GO
CREATE SYNONYM dbo.things FOR shop.dbo.items`,
  },
  {
    name: "tables with a history and tables in memory",
    sql: `CREATE TABLE dbo.prices (id int NOT NULL PRIMARY KEY, price money NOT NULL,
  since datetime2(7) GENERATED ALWAYS AS ROW START NOT NULL, until datetime2(7) GENERATED ALWAYS AS ROW END NOT NULL,
  PERIOD FOR SYSTEM_TIME (since, until)) WITH (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.prices_before))
CREATE TABLE dbo.sessions (id int NOT NULL PRIMARY KEY NONCLUSTERED, data varbinary(800) NULL) WITH (MEMORY_OPTIMIZED = ON, DURABILITY = SCHEMA_ONLY)
CREATE TABLE dbo.facts (day date NOT NULL, amount int NOT NULL)
CREATE CLUSTERED COLUMNSTORE INDEX facts_store ON dbo.facts`,
  },
];
