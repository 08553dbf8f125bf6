import { readMssqlModel } from "#schemas/dialects/mssql/read-mssql-model.ts";
import { readMysqlModel } from "#schemas/dialects/mysql/read-mysql-model.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { MigrationFile } from "#schemas/source.ts";
import type { Bench, Row, Scenario } from "../scenario.ts";

const KILOBYTE = 1024;

/** Large scripts of the dialects that are read by rule, in this process: from the text to the model. */
export const readDdl: Scenario = {
  name: "read mysql",
  gives: ["read mssql"],
  about: "2 MB of MySQL DDL and 350 KB of T-SQL with procedures, read by rule",
  isDefault: true,
  run(bench) {
    const mysql = repeated(mysqlModule, 2048 * KILOBYTE);
    const mssql = repeated(mssqlModule, 350 * KILOBYTE);
    return Promise.resolve([
      measure(bench, "read mysql", mysql, (file) => readMysqlModel([file], { engine: "mysql", version: "8.4" })),
      measure(bench, "read mssql", mssql, (file) => readMssqlModel([file])),
    ]);
  },
};

interface Read {
  readonly model: SchemaModel;
  readonly problems: readonly { readonly message: string }[];
}

function measure(bench: Bench, name: string, text: string, read: (file: MigrationFile) => Read): Row {
  const ours: number[] = [];
  let facts = "";
  for (let run = 0; run < bench.runs; run++) {
    const started = performance.now();
    const { model, problems } = read({ path: "schema.sql", version: "1", transaction: "none", text });
    ours.push((performance.now() - started) / 1000);
    if (problems.length > 0) throw new Error(`${name}: ${problems[0]?.message ?? ""}`);
    facts = `${(text.length / KILOBYTE).toFixed(0)} KB, ${model.tables.length} tables, ${model.routines.length} routines`;
    bench.say(`${name}: ${ours.at(-1)?.toFixed(2)} s`);
  }
  return { name, unit: "s", ours, target: { most: MOST_SECONDS, of: "ours" }, facts };
}

const MOST_SECONDS = 2;

/** As many modules as fit. */
function repeated(make: (at: number) => string, characters: number): string {
  const parts: string[] = [];
  for (let at = 0, length = 0; length < characters; at++) {
    const part = make(at);
    parts.push(part);
    length += part.length;
  }
  return parts.join("");
}

const mysqlModule = (at: number): string => `
CREATE TABLE IF NOT EXISTS \`customer_${at}\` (
  \`id\` bigint unsigned NOT NULL AUTO_INCREMENT,
  \`email\` varchar(190) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL COMMENT 'Where to write; never shown',
  \`status\` enum('new','active','closed') NOT NULL DEFAULT 'new',
  \`balance\` decimal(12,2) unsigned NOT NULL DEFAULT '0.00',
  \`notes\` mediumtext,
  \`settings\` json DEFAULT NULL,
  \`created_at\` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  \`updated_at\` datetime(6) DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP(6),
  \`domain\` varchar(100) GENERATED ALWAYS AS (substring_index(\`email\`, '@', -1)) STORED,
  PRIMARY KEY (\`id\`),
  UNIQUE KEY \`by_email\` (\`email\`(100)),
  KEY \`by_status\` (\`status\`, \`created_at\` DESC),
  CONSTRAINT \`positive_${at}\` CHECK (\`balance\` >= 0)
) ENGINE=InnoDB AUTO_INCREMENT=${at + 1} DEFAULT CHARSET=utf8mb4 COMMENT='Customers of region ${at}';
/*!40000 ALTER TABLE \`customer_${at}\` DISABLE KEYS */;
CREATE TABLE \`order_${at}\` (
  \`id\` int NOT NULL, \`customer_id\` bigint unsigned NOT NULL, \`total\` double DEFAULT 0, \`day\` date NOT NULL,
  PRIMARY KEY (\`id\`), KEY \`by_customer\` (\`customer_id\`),
  CONSTRAINT \`order_${at}_customer\` FOREIGN KEY (\`customer_id\`) REFERENCES \`customer_${at}\` (\`id\`) ON DELETE CASCADE
) ENGINE=InnoDB;
ALTER TABLE \`order_${at}\` ADD COLUMN \`code\` char(8) NOT NULL AFTER \`id\`, ADD UNIQUE INDEX \`by_code\` (\`code\`), MODIFY \`total\` decimal(10,2) NOT NULL DEFAULT 0;
CREATE OR REPLACE VIEW \`open_order_${at}\` AS SELECT o.\`id\`, o.\`total\`, c.\`email\` FROM \`order_${at}\` o JOIN \`customer_${at}\` c ON c.\`id\` = o.\`customer_id\`;
`;

const mssqlModule = (at: number): string => `
IF OBJECT_ID('[dbo].[Customer${at}]') IS NULL
BEGIN
  CREATE TABLE [dbo].[Customer${at}] (
    [Id] UNIQUEIDENTIFIER NOT NULL CONSTRAINT [DF_Customer${at}_Id] DEFAULT (newid()),
    [Name] NVARCHAR (50) COLLATE Latin1_General_CI_AS NOT NULL,
    [Email] VARCHAR (MAX) NULL,
    [Balance] MONEY NOT NULL DEFAULT 0,
    [FullName] AS ([Name] + N' ') PERSISTED,
    [CreationDate] DATETIME2 (7) NOT NULL,
    CONSTRAINT [PK_Customer${at}] PRIMARY KEY CLUSTERED ([Id] ASC) WITH (PAD_INDEX = OFF) ON [PRIMARY]
  );
END
GO
IF COL_LENGTH('[dbo].[Customer${at}]', 'Country') IS NULL
  ALTER TABLE [dbo].[Customer${at}] ADD [Country] CHAR (2) NULL
GO
CREATE NONCLUSTERED INDEX [IX_Customer${at}_Country] ON [dbo].[Customer${at}]([Country] ASC) INCLUDE ([Name]) WHERE [Country] IS NOT NULL
GO
CREATE OR ALTER PROCEDURE [dbo].[Customer${at}_Update]
  @Id UNIQUEIDENTIFIER OUTPUT, @Name NVARCHAR(50), @Country CHAR(2) = NULL
AS
BEGIN
  SET NOCOUNT ON
  IF @Country IS NULL
  BEGIN
    SELECT @Country = CASE WHEN [Country] IS NULL THEN 'CH' ELSE [Country] END FROM [dbo].[Customer${at}] WHERE [Id] = @Id
  END
  ;WITH [Old] AS (SELECT [Id], [Name] FROM [dbo].[Customer${at}] WHERE [Id] = @Id)
  UPDATE C SET C.[Name] = @Name, C.[Country] = @Country FROM [dbo].[Customer${at}] C INNER JOIN [Old] O ON O.[Id] = C.[Id]
END
GO
CREATE OR ALTER VIEW [dbo].[Customer${at}View] AS SELECT [Id], [Name] FROM [dbo].[Customer${at}]
GO
`;
