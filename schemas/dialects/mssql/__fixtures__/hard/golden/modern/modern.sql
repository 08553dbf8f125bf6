-- QG213 info 3: The client command ":on error exit" was skipped

-- QG728 warning : "Sales"."Customers" is left out of the SQL: encrypted columns are written as plain ones: their keys are no part of the schema

-- QG728 warning : "Sales"."Customers" is left out of the SQL: its column set is written as a plain column

-- QG728 warning : "Sales"."Customers" is left out of the SQL: columns in files are written as plain ones

-- QG728 warning : dbo."Ledger" is left out of the SQL: it is written as a table without a ledger

-- QG728 warning : dbo."Remote" is left out of the SQL: its data source is no part of the schema, and it is written as a table

-- QG728 warning : "Sales"."Customers"."PXML_Survey" is left out of the SQL: the model does not say whether an XML index is a primary one

-- QG728 warning : "Sales"."Customers"."XMLPATH_Survey" is left out of the SQL: the model does not say whether an XML index is a primary one

CREATE SCHEMA [Sales] AUTHORIZATION [dbo]
GO

CREATE SCHEMA [Sequences]
GO

CREATE TYPE [dbo].[Flag] FROM bit NOT NULL
GO

CREATE TYPE [Sales].[OrderIDList] AS TABLE ([OrderID] int)
GO

CREATE SEQUENCE [Sequences].[OrderID] AS int START WITH 1 INCREMENT BY 1 MINVALUE -2147483648 MAXVALUE 2147483647
GO

CREATE TABLE [Sales].[Carts] (
  [CartID] int IDENTITY(1,1) NOT NULL,
  [Customer] int NOT NULL,
  [Note] varchar(30) NULL,
  [Colour] varchar(9) NULL,
  [Hue] tinyint NULL,
  CONSTRAINT [PK__Carts] PRIMARY KEY NONCLUSTERED HASH ([CartID]) WITH (BUCKET_COUNT = 1024),
  INDEX [ix_hash] NONCLUSTERED HASH ([Customer]) WITH (BUCKET_COUNT = 1024),
  INDEX [ix_note] NONCLUSTERED ([Note])
) WITH (DURABILITY = SCHEMA_ONLY, MEMORY_OPTIMIZED = ON)
GO

CREATE TABLE [Sales].[Customers] (
  [CustomerID] int NOT NULL CONSTRAINT [DF_Customers_ID] DEFAULT (NEXT VALUE FOR [Sequences].[OrderID]),
  [rowguid] uniqueidentifier ROWGUIDCOL NOT NULL CONSTRAINT [DF_rowguid] DEFAULT (newsequentialid()),
  [Name] nvarchar(100) COLLATE Latin1_General_BIN2 MASKED WITH (FUNCTION = 'partial(1, "xxx", 0)') NOT NULL,
  [Secret] nvarchar(11) COLLATE Latin1_General_BIN2 NULL,
  [Survey] xml(CONTENT [Sales].[SurveySchema]) NULL,
  [Loose] xml NULL,
  [Node] hierarchyid NOT NULL,
  [Place] geography NULL,
  [Vip] [dbo].[Flag] NOT NULL,
  [Photo] varbinary(max) NULL,
  [Fax] nvarchar(20) SPARSE NULL,
  [Extras] xml NULL,
  [No] AS (isnull(N'C' + convert(nvarchar(23), [CustomerID]), N'(none)')) PERSISTED NOT NULL,
  [Any] sql_variant NULL,
  [Changed] timestamp NOT NULL,
  [ValidFrom] datetime2(7) GENERATED ALWAYS AS ROW START NOT NULL,
  [ValidTo] datetime2(7) GENERATED ALWAYS AS ROW END NOT NULL,
  PERIOD FOR SYSTEM_TIME (ValidFrom, ValidTo)
) ON [USERDATA]
GO

CREATE TABLE [Sales].[Orders] (
  [OrderID] int NOT NULL CONSTRAINT [DF_OrderID] DEFAULT (NEXT VALUE FOR Sequences.OrderID),
  [CustomerID] int NOT NULL,
  [PlacedOn] datetime2(7) NOT NULL,
  [Lines] nvarchar(max) NULL,
  [Total] decimal(18,2) NOT NULL DEFAULT (0.0),
  [Comment] nvarchar(50) MASKED WITH (FUNCTION = 'default()') NULL CONSTRAINT [DF_Comment] DEFAULT (N'none')
) ON PS_Date (PlacedOn)
GO

CREATE TABLE [Sales].[Person] (
  [ID] int NOT NULL,
  [Name] varchar(100) NULL
) AS NODE
GO

CREATE TABLE [dbo].[Files] AS FILETABLE
GO

CREATE TABLE [dbo].[Ledger] (
  [ID] int NOT NULL,
  [Amount] money NULL
)
GO

CREATE TABLE [dbo].[Likes] (
  [Rating] int NULL
) AS EDGE
GO

CREATE TABLE [dbo].[Remote] (
  [ID] int NOT NULL
)
GO

ALTER TABLE [Sales].[Customers] ADD CONSTRAINT [PK_Customers] PRIMARY KEY CLUSTERED ([CustomerID])
GO

ALTER TABLE [Sales].[Customers] ADD CONSTRAINT [UQ_Customers_Name] UNIQUE NONCLUSTERED ([Name])
GO

ALTER TABLE [Sales].[Customers] ADD CONSTRAINT [UQ__Customers__rowguid] UNIQUE NONCLUSTERED ([rowguid])
GO

ALTER TABLE [Sales].[Orders] ADD CONSTRAINT [CK_Total] CHECK ([Total]>=(0.00) OR [Total] IS NULL AND NOT [Lines] LIKE N'%[_]%')
GO

ALTER TABLE [Sales].[Orders] ADD CONSTRAINT [CK__Orders__Lines] CHECK (isjson(Lines) = 1)
GO

ALTER TABLE [Sales].[Orders] ADD CONSTRAINT [PK_Orders] PRIMARY KEY NONCLUSTERED ([OrderID], [PlacedOn])
GO

ALTER TABLE [Sales].[Person] ADD CONSTRAINT [PK__Person] PRIMARY KEY CLUSTERED ([ID])
GO

ALTER TABLE [Sales].[Customers] SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = [Sales].[Customers_Archive]))
GO

CREATE UNIQUE NONCLUSTERED INDEX [AK_Customers] ON [Sales].[Customers] ([Name], [Vip] DESC) INCLUDE ([Fax]) WHERE [Fax] IS NOT NULL
GO

CREATE FULLTEXT INDEX ON [Sales].[Customers] ([Name]) KEY INDEX [PK_Customers]
GO

CREATE SPATIAL INDEX [SI_Place] ON [Sales].[Customers] ([Place])
GO

CREATE CLUSTERED COLUMNSTORE INDEX [CCI] ON [Sales].[Orders]
GO

CREATE NONCLUSTERED INDEX [IX_Inline] ON [Sales].[Orders] ([CustomerID])
GO

CREATE NONCLUSTERED INDEX [IX_Placed] ON [Sales].[Orders] ([PlacedOn] DESC) INCLUDE ([Total]) WHERE Total > 0
GO

ALTER TABLE [Sales].[Orders] ADD CONSTRAINT [FK_Orders_Customers] FOREIGN KEY ([CustomerID]) REFERENCES [Sales].[Customers] ([CustomerID]) ON UPDATE CASCADE
GO

CREATE SYNONYM [dbo].[O] FOR [Shop].[Sales].[Orders]
GO

CREATE PROCEDURE Sales.AddCart @Customer int, @Rows Sales.OrderIDList READONLY, @ID int = NULL OUTPUT, @Text nvarchar(max) = N'GO'
WITH NATIVE_COMPILATION, SCHEMABINDING, EXECUTE AS OWNER
AS
BEGIN ATOMIC WITH (TRANSACTION ISOLATION LEVEL = SNAPSHOT, LANGUAGE = N'English')
  INSERT INTO Sales.Carts (Customer) VALUES (@Customer);
END
GO

CREATE FUNCTION Sales.Lines (@ID int) RETURNS @t TABLE (Line int NOT NULL PRIMARY KEY, Note nvarchar(9)) AS BEGIN INSERT @t SELECT 1, N'x'; RETURN END
GO

CREATE FUNCTION Sales.Net (@Gross decimal(18, 2)) RETURNS decimal(18, 2) WITH SCHEMABINDING, RETURNS NULL ON NULL INPUT AS BEGIN RETURN @Gross / 1.2 END
GO

CREATE FUNCTION Sales.fnFilter (@Customer int) RETURNS TABLE WITH SCHEMABINDING AS RETURN SELECT 1 AS ok WHERE @Customer = CAST(SESSION_CONTEXT(N'id') AS int)
GO

CREATE FUNCTION dbo.Clr(@a nvarchar(9)) RETURNS int AS EXTERNAL NAME [Clr].[T].[M]
GO

CREATE VIEW [Sales].[Recent] ([OrderID], [key], [Value], [Names]) AS
WITH Latest (ID, Rank) AS (SELECT o.OrderID, ROW_NUMBER() OVER (PARTITION BY o.CustomerID ORDER BY o.PlacedOn DESC) FROM Sales.Orders o)
SELECT o.OrderID, j.[key], x.Value, STRING_AGG(c.Name, N', ') WITHIN GROUP (ORDER BY c.Name) AS Names
FROM Sales.Orders AS o JOIN Latest AS l ON l.ID = o.OrderID AND l.Rank = 1 CROSS APPLY OPENJSON(o.Lines) AS j
OUTER APPLY (SELECT TOP (1) WITH TIES s.Name AS Value FROM Sales.Snapshot s ORDER BY s.Name) AS x
LEFT JOIN Sales.Customers FOR SYSTEM_TIME AS OF '2020-01-01' AS c ON c.CustomerID = o.CustomerID
GROUP BY o.OrderID, j.[key], x.Value
WITH CHECK OPTION
GO

CREATE VIEW [Sales].[vTotals] ([CustomerID], [Orders], [Total], [Latest]) WITH SCHEMABINDING AS
SELECT o.[CustomerID], COUNT_BIG(*) AS [Orders], SUM(ISNULL(o.[Total], 0)) AS [Total], MAX(o.PlacedOn) AS Latest FROM [Sales].[Orders] AS o GROUP BY o.[CustomerID]
GO

CREATE UNIQUE CLUSTERED INDEX [IX_vTotals] ON [Sales].[vTotals] ([CustomerID])
GO

CREATE TRIGGER Sales.tOrders ON Sales.Orders WITH EXECUTE AS 'dbo' AFTER INSERT, UPDATE NOT FOR REPLICATION AS BEGIN SET NOCOUNT ON; IF TRIGGER_NESTLEVEL() > 1 RETURN; END
GO

DISABLE TRIGGER [tOrders] ON [Sales].[Orders]
GO

CREATE TRIGGER Sales.tRecent ON Sales.Recent INSTEAD OF DELETE AS THROW 50000, 'no', 1
GO

CREATE TRIGGER [ddlLog] ON DATABASE FOR DDL_DATABASE_LEVEL_EVENTS AS BEGIN DECLARE @data xml = EVENTDATA(); END
GO

EXEC sys.sp_addextendedproperty N'MS_Description', N'Who buys; it''s all here', N'SCHEMA', N'Sales', N'TABLE', N'Customers'
GO

EXEC sys.sp_addextendedproperty N'MS_Description', N'Their name', N'SCHEMA', N'Sales', N'TABLE', N'Customers', N'COLUMN', N'Name'
GO

GRANT SELECT ON [Sales].[Customers] TO [readers]
GO

GRANT UPDATE ON [Sales].[Customers] ([Name]) TO [readers]
GO
