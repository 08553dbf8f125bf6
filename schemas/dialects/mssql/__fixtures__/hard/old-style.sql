/* A shop as scripts for SQL Server 2000 write it: double quotes, sysobjects, GO in any letters. */
SET NOCOUNT ON
GO
USE master
GO
if exists (select * from sysdatabases where name='Shop')
		drop database Shop
go
DECLARE @folder NVARCHAR(260)
SELECT @folder = LEFT(physical_name, CHARINDEX(N'master', physical_name) - 1) FROM sys.master_files WHERE file_id = 1
EXECUTE (N'CREATE DATABASE Shop ON PRIMARY (NAME = N''Shop'', FILENAME = N''' + @folder + N'shop.mdf'') LOG ON (NAME = N''Shop_log'',  FILENAME = N''' + @folder + N'shop.ldf'')')
go
if CAST(SERVERPROPERTY('ProductMajorVersion') AS INT)<12
BEGIN
  exec sp_dboption 'Shop','trunc. log on chkpt.','true'
  exec sp_dboption 'Shop','select into/bulkcopy','true'
END
ELSE ALTER DATABASE [Shop] SET RECOVERY SIMPLE WITH NO_WAIT
GO
set quoted_identifier on
GO
SET DATEFORMAT mdy
GO
use "Shop"
go
if exists (select * from sysobjects where id = object_id('dbo.Sales by Staff') and sysstat & 0xf = 4)
	drop procedure "dbo"."Sales by Staff"
GO
if exists (select * from sysobjects where id = object_id('dbo.Order Details') and sysstat & 0xf = 3)
	drop table "dbo"."Order Details"
GO
CREATE TABLE "Staff" (
	"StaffID" "int" IDENTITY (1, 1) NOT NULL ,
	"LastName" nvarchar (20) NOT NULL ,
	"Title" nvarchar (30) NULL ,
	"BirthDate" "datetime" NULL ,
	"Photo" "image" NULL ,
	"Notes" "ntext" NULL ,
	"ReportsTo" "int" NULL ,
	CONSTRAINT "PK_Staff" PRIMARY KEY  CLUSTERED
	(
		"StaffID"
	),
	CONSTRAINT "FK_Staff_Staff" FOREIGN KEY
	(
		"ReportsTo"
	) REFERENCES "dbo"."Staff" (
		"StaffID"
	),
	CONSTRAINT "CK_Birthdate" CHECK (BirthDate < getdate())
)
GO
 CREATE  INDEX "LastName" ON "dbo"."Staff"("LastName")
GO
CREATE TABLE "Orders" (
	"OrderID" "int" IDENTITY (1, 1) NOT NULL ,
	"StaffID" "int" NULL ,
	"OrderDate" "datetime" NULL ,
	"Freight" "money" NULL CONSTRAINT "DF_Orders_Freight" DEFAULT (0),
	"ShipName" nvarchar (40) NULL ,
	CONSTRAINT "PK_Orders" PRIMARY KEY  CLUSTERED
	(
		"OrderID"
	),
	CONSTRAINT "FK_Orders_Staff" FOREIGN KEY ("StaffID") REFERENCES "dbo"."Staff" ("StaffID")
)
 CREATE  INDEX "StaffID" ON "dbo"."Orders"("StaffID")
GO
CREATE TABLE "Order Details" (
	"OrderID" "int" NOT NULL ,
	"Line" "smallint" NOT NULL CONSTRAINT "DF_Order_Details_Line" DEFAULT (1),
	"Discount" "real" NOT NULL CONSTRAINT "DF_Order_Details_Discount" DEFAULT (0),
	CONSTRAINT "PK_Order_Details" PRIMARY KEY  CLUSTERED ("OrderID", "Line"),
	CONSTRAINT "FK_Order_Details_Orders" FOREIGN KEY ("OrderID") REFERENCES "dbo"."Orders" ("OrderID"),
	CONSTRAINT "CK_Discount" CHECK (Discount >= 0 and (Discount <= 1))
)
GO
create view "Open Orders" AS
SELECT Orders.OrderID, Orders.OrderDate, "Order Details".Line, Staff.LastName AS "Who"
FROM Staff RIGHT OUTER JOIN (Orders INNER JOIN "Order Details" ON Orders.OrderID = "Order Details".OrderID) ON Staff.StaffID = Orders.StaffID
WHERE Orders.OrderDate BETWEEN '19970101' And '19971231'
GO
create procedure "Sales by Staff"
@From DateTime, @To DateTime AS
SELECT Staff.LastName, Orders.OrderID FROM Staff INNER JOIN Orders ON Staff.StaffID = Orders.StaffID
WHERE Orders.OrderDate Between @From And @To
GO
create procedure "Dearest Lines" AS
SET ROWCOUNT 10
SELECT "Order Details".OrderID AS Dearest FROM "Order Details" ORDER BY "Order Details".Discount DESC
GO
ALTER TABLE "Orders" NOCHECK CONSTRAINT ALL
go
set identity_insert "Orders" on
go
INSERT "Orders"("OrderID","StaffID","ShipName") VALUES(1,5,'Soup; "hot" GO')
INSERT Orders VALUES(2,NULL,NULL,$1.50,N'It''s
GO
not')
go
set identity_insert "Orders" off
go
ALTER TABLE "Orders" CHECK CONSTRAINT ALL
go
EXEC sp_addtype id, 'varchar(11)', 'NOT NULL'
EXEC sp_addtype N'Phone', N'nvarchar (24)', N'null'
GO
CREATE DEFAULT dbo.Zero AS 0
GO
CREATE RULE dbo.Positive AS @value >= 0
GO
CREATE TABLE makers
(
   maker_id          id
         CHECK (maker_id like '[A-Z][0-9][0-9]-[0-9]')
         CONSTRAINT PK_makers PRIMARY KEY CLUSTERED,
   phone          char(12)           NOT NULL
         DEFAULT ('UNKNOWN'),
   fax            Phone,
   balance        int,
   contract       bit                NOT NULL,
   zip            char(5)                NULL
         CHECK (zip like '[0-9][0-9][0-9][0-9][0-9]')
)
GO
EXEC sp_bindefault 'Zero', 'makers.balance'
EXEC sp_bindrule 'dbo.Positive', 'makers.balance'
EXEC sp_addmessage 50001, 16, N'x'
execute sp_tableoption N'makers', 'text in row', 'ON'
GO
CREATE TRIGGER makers_changed ON makers FOR INSERT, UPDATE AS
IF UPDATE(phone) OR (COLUMNS_UPDATED() & 2) > 0
  RAISERROR ('x', 16, 1)
GO
GRANT  SELECT ,  UPDATE ,  INSERT ,  DELETE  ON [makers]  TO [public]
GRANT EXECUTE ON "Dearest Lines" TO guest
DENY CREATE TABLE TO guest
exec sp_addrole 'clerks'
exec sp_grantdbaccess 'anna', 'anna'
GO
CREATE STATISTICS st ON dbo.Orders (OrderDate) WITH FULLSCAN
UPDATE STATISTICS Orders
DUMP TRAN Shop WITH NO_LOG
CHECKPOINT
GO
CREATE INDEX by_phone ON makers (phone, zip) WITH FILLFACTOR = 90, PAD_INDEX, DROP_EXISTING
EXEC sp_rename 'makers.contract', 'has_contract', 'COLUMN'
EXEC sp_rename 'PK_Orders', 'PK_Order'
EXEC sp_changeobjectowner 'makers', 'dbo'
GO
