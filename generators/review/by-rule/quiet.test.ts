import { expect, it } from "vitest";
import { migration, reviewedByRule } from "#test/support/review-by-rule.ts";

/** Migrations in the ways of well-known applications: new tables, additive changes, and forms that lock nothing. */
const quiet: readonly (readonly [string, "mysql" | "mssql", string, string])[] = [
  [
    "a first schema in the way of a blog",
    "mysql",
    "",
    `CREATE TABLE IF NOT EXISTS bl_posts (
  ID bigint(20) unsigned NOT NULL auto_increment,
  post_author bigint(20) unsigned NOT NULL default 0,
  post_date datetime NULL default NULL,
  post_content longtext NOT NULL,
  post_status varchar(20) NOT NULL default 'publish',
  PRIMARY KEY (ID),
  KEY type_status_date (post_status, post_date, ID),
  KEY post_author (post_author)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
CREATE TABLE IF NOT EXISTS bl_postmeta (
  meta_id bigint(20) unsigned NOT NULL auto_increment,
  post_id bigint(20) unsigned NOT NULL default 0,
  meta_key varchar(191) default NULL,
  meta_value longtext,
  PRIMARY KEY (meta_id), KEY post_id (post_id), KEY meta_key (meta_key)
) DEFAULT CHARSET=utf8mb4;
ALTER TABLE bl_postmeta ADD CONSTRAINT meta_post FOREIGN KEY (post_id) REFERENCES bl_posts (ID);
INSERT INTO bl_posts (post_content) VALUES ('Hello');
UPDATE bl_posts SET post_status = 'draft';`,
  ],
  [
    "a shop's new column and index",
    "mysql",
    "CREATE TABLE sales_order (entity_id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, state VARCHAR(32), grand_total DECIMAL(20,4)) ENGINE=InnoDB;",
    "ALTER TABLE `sales_order` ADD COLUMN `gift_note` VARCHAR(255) DEFAULT NULL COMMENT 'Gift Note', ADD COLUMN coupon VARCHAR(20) NOT NULL DEFAULT '';",
  ],
  [
    "an index built in place",
    "mysql",
    "CREATE TABLE repository (id BIGINT AUTO_INCREMENT PRIMARY KEY, owner_id BIGINT, lower_name VARCHAR(255));",
    "CREATE INDEX IDX_repository_owner_id ON repository (owner_id) ALGORITHM=INPLACE LOCK=NONE;",
  ],
  [
    "a statement that a procedure builds only when the column is missing",
    "mysql",
    "CREATE TABLE user (id BIGINT PRIMARY KEY, name VARCHAR(40));",
    `SET @missing = (SELECT COUNT(*) = 0 FROM information_schema.columns WHERE table_name = 'user' AND column_name = 'theme');
SET @sql = IF(@missing, 'ALTER TABLE user ADD COLUMN theme VARCHAR(30) NULL', 'DO 0');
PREPARE change_user FROM @sql;
EXECUTE change_user;
DEALLOCATE PREPARE change_user;`,
  ],
  [
    "a guarded new table with its index",
    "mssql",
    "CREATE TABLE dbo.Customers (Id bigint NOT NULL PRIMARY KEY);",
    `IF OBJECT_ID('[dbo].[Device]') IS NULL
BEGIN
  CREATE TABLE [dbo].[Device] (
    [Id] UNIQUEIDENTIFIER NOT NULL,
    [UserId] UNIQUEIDENTIFIER NOT NULL,
    [Name] NVARCHAR(50) NOT NULL,
    [CreationDate] DATETIME2(7) NOT NULL,
    CONSTRAINT [PK_Device] PRIMARY KEY CLUSTERED ([Id] ASC)
  );
  CREATE NONCLUSTERED INDEX [IX_Device_UserId] ON [dbo].[Device] ([UserId] ASC);
END
GO
CREATE OR ALTER PROCEDURE [dbo].[Device_ReadById] @Id UNIQUEIDENTIFIER
AS
BEGIN
  SET NOCOUNT ON
  SELECT [Id], [Name] FROM [dbo].[Device] WHERE [Id] = @Id
END
GO`,
  ],
  [
    "a column that is there already",
    "mssql",
    "CREATE TABLE dbo.Orders (Id bigint NOT NULL PRIMARY KEY, Channel int NULL);",
    "IF COL_LENGTH('dbo.Orders', 'Channel') IS NULL\nBEGIN\n  ALTER TABLE dbo.Orders ADD Channel int NOT NULL;\nEND",
  ],
  [
    "an old table changed with a lock timeout, online",
    "mssql",
    "CREATE TABLE dbo.Orders (Id bigint NOT NULL PRIMARY KEY, Status nvarchar(20) NULL);",
    `SET LOCK_TIMEOUT 2000;
ALTER TABLE dbo.Orders ADD Channel int NULL;
ALTER TABLE dbo.Orders ALTER COLUMN Status nvarchar(40) NULL;
CREATE INDEX IX_Orders_Status ON dbo.Orders (Status) WITH (ONLINE = ON (WAIT_AT_LOW_PRIORITY (MAX_DURATION = 1 MINUTES, ABORT_AFTER_WAIT = SELF)));
UPDATE TOP (1000) dbo.Orders SET Channel = 1 WHERE Channel IS NULL;`,
  ],
];

it.each(quiet)("has nothing to say about %s", (_, dialect, history, change) => {
  const review = reviewedByRule({ dialect, history, files: [migration("0002", change)] });
  expect(review.findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
});

it("judges a lone file whose tables no file makes", () => {
  const alone =
    "ALTER TABLE orders ADD COLUMN code VARCHAR(9) NOT NULL;\nALTER TABLE orders MODIFY total BIGINT, DROP COLUMN note;";
  const { findings } = reviewedByRule({ dialect: "mysql", files: [migration("0002", alone)] });
  expect(findings.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(["mysql-implicit-default", "mysql-table-copy", "drop-column", "mysql-several-ddl"]),
  );
});

it("honours an ignore comment, and says when one is of no use", () => {
  const change =
    "# querygenie-ignore drop-table -- nobody reads it\nDROP TABLE visits;\n-- querygenie-ignore drop-column -- what for\nSELECT 1;";
  const review = reviewedByRule({
    dialect: "mysql",
    history: "CREATE TABLE visits (id INT PRIMARY KEY);",
    files: [migration("0002", change)],
  });
  expect(review.findings).toEqual([]);
  expect(review.ignored).toHaveLength(1);
  expect(review.problems.map(({ code }) => code)).toEqual(["QG411"]);
});

it("reports a statement that it cannot read and judges the rest", () => {
  const change = "ALTER TABL orders;\nDROP TABLE orders;";
  const review = reviewedByRule({
    dialect: "mysql",
    history: "CREATE TABLE orders (id INT PRIMARY KEY);",
    files: [migration("0002", change)],
  });
  expect(review.problems.map(({ code, origin }) => [code, origin?.line])).toEqual([["QG202", 1]]);
  expect(review.findings.map(({ rule, span }) => [rule, span.line])).toEqual([["drop-table", 2]]);
});
