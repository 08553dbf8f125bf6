-- QG223 warning 11: This EXEC runs a text that is not known before it runs; what it does is not in the model

CREATE TYPE [dbo].[Phone] FROM nvarchar(24) NULL
GO

CREATE TYPE [dbo].[id] FROM varchar(11) NOT NULL
GO

CREATE TABLE [dbo].[Order Details] (
  [OrderID] int NOT NULL,
  [Line] smallint NOT NULL CONSTRAINT [DF_Order_Details_Line] DEFAULT (1),
  [Discount] real NOT NULL CONSTRAINT [DF_Order_Details_Discount] DEFAULT (0)
)
GO

CREATE TABLE [dbo].[Orders] (
  [OrderID] int IDENTITY(1,1) NOT NULL,
  [StaffID] int NULL,
  [OrderDate] datetime NULL,
  [Freight] money NULL CONSTRAINT [DF_Orders_Freight] DEFAULT (0),
  [ShipName] nvarchar(40) NULL
)
GO

CREATE TABLE [dbo].[Staff] (
  [StaffID] int IDENTITY(1,1) NOT NULL,
  [LastName] nvarchar(20) NOT NULL,
  [Title] nvarchar(30) NULL,
  [BirthDate] datetime NULL,
  [Photo] image NULL,
  [Notes] ntext NULL,
  [ReportsTo] int NULL
)
GO

CREATE TABLE [dbo].[makers] (
  [maker_id] [dbo].[id] NOT NULL,
  [phone] char(12) NOT NULL DEFAULT ('UNKNOWN'),
  [fax] [dbo].[Phone] NULL,
  [balance] int NULL,
  [has_contract] bit NOT NULL,
  [zip] char(5) NULL
)
GO

ALTER TABLE [dbo].[Order Details] ADD CONSTRAINT [CK_Discount] CHECK (Discount >= 0 and (Discount <= 1))
GO

ALTER TABLE [dbo].[Order Details] ADD CONSTRAINT [PK_Order_Details] PRIMARY KEY CLUSTERED ([OrderID], [Line])
GO

ALTER TABLE [dbo].[Orders] ADD CONSTRAINT [PK_Order] PRIMARY KEY CLUSTERED ([OrderID])
GO

ALTER TABLE [dbo].[Staff] ADD CONSTRAINT [CK_Birthdate] CHECK (BirthDate < getdate())
GO

ALTER TABLE [dbo].[Staff] ADD CONSTRAINT [PK_Staff] PRIMARY KEY CLUSTERED ([StaffID])
GO

ALTER TABLE [dbo].[makers] ADD CONSTRAINT [CK__makers__maker_id] CHECK (maker_id like '[A-Z][0-9][0-9]-[0-9]')
GO

ALTER TABLE [dbo].[makers] ADD CONSTRAINT [CK__makers__zip] CHECK (zip like '[0-9][0-9][0-9][0-9][0-9]')
GO

ALTER TABLE [dbo].[makers] ADD CONSTRAINT [PK_makers] PRIMARY KEY CLUSTERED ([maker_id])
GO

CREATE NONCLUSTERED INDEX [StaffID] ON [dbo].[Orders] ([StaffID])
GO

CREATE NONCLUSTERED INDEX [LastName] ON [dbo].[Staff] ([LastName])
GO

CREATE NONCLUSTERED INDEX [by_phone] ON [dbo].[makers] ([phone], [zip])
GO

ALTER TABLE [dbo].[Order Details] ADD CONSTRAINT [FK_Order_Details_Orders] FOREIGN KEY ([OrderID]) REFERENCES [dbo].[Orders] ([OrderID])
GO

ALTER TABLE [dbo].[Orders] WITH NOCHECK ADD CONSTRAINT [FK_Orders_Staff] FOREIGN KEY ([StaffID]) REFERENCES [dbo].[Staff] ([StaffID])
GO

ALTER TABLE [dbo].[Staff] ADD CONSTRAINT [FK_Staff_Staff] FOREIGN KEY ([ReportsTo]) REFERENCES [dbo].[Staff] ([StaffID])
GO

CREATE procedure "Dearest Lines" AS
SET ROWCOUNT 10
SELECT "Order Details".OrderID AS Dearest FROM "Order Details" ORDER BY "Order Details".Discount DESC
GO

CREATE procedure "Sales by Staff"
@From DateTime, @To DateTime AS
SELECT Staff.LastName, Orders.OrderID FROM Staff INNER JOIN Orders ON Staff.StaffID = Orders.StaffID
WHERE Orders.OrderDate Between @From And @To
GO

CREATE VIEW [dbo].[Open Orders] ([OrderID], [OrderDate], [Line], [Who]) AS
SELECT Orders.OrderID, Orders.OrderDate, "Order Details".Line, Staff.LastName AS "Who"
FROM Staff RIGHT OUTER JOIN (Orders INNER JOIN "Order Details" ON Orders.OrderID = "Order Details".OrderID) ON Staff.StaffID = Orders.StaffID
WHERE Orders.OrderDate BETWEEN '19970101' And '19971231'
GO

CREATE TRIGGER makers_changed ON makers FOR INSERT, UPDATE AS
IF UPDATE(phone) OR (COLUMNS_UPDATED() & 2) > 0
  RAISERROR ('x', 16, 1)
GO

GRANT DELETE, INSERT, SELECT, UPDATE ON [dbo].[makers] TO [public]
GO

GRANT EXECUTE ON [dbo].[Dearest Lines] TO [guest]
GO
