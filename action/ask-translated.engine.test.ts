import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "#test/support/run-cli.ts";

const projects = {
  mysql: {
    schema:
      "create table customers (id int primary key, name varchar(40), city varchar(40));\ncreate table orders (id int primary key, customer_id int not null, foreign key (customer_id) references customers (id));\n",
    fixtures:
      "SET NAMES utf8mb4;\nSTART TRANSACTION;\nINSERT INTO `customers` (`id`, `name`, `city`) VALUES\n  (1, 'Ann', 'Oslo'),\n  (2, 'Bob', 'Rome'),\n  (3, 'Cid', 'Oslo');\nCOMMIT;\n",
  },
  mssql: {
    schema:
      "create table dbo.customers (id int primary key, name nvarchar(40), city nvarchar(40));\nGO\ncreate table dbo.orders (id int primary key, customer_id int not null references dbo.customers (id));\nGO\n",
    fixtures:
      "BEGIN TRANSACTION;\nINSERT INTO [dbo].[customers] ([id], [name], [city]) VALUES\n  (1, N'Ann', N'Oslo'),\n  (2, N'Bob', N'Rome'),\n  (3, N'Cid', N'Oslo');\nCOMMIT TRANSACTION;\n",
  },
} as const;

test.each(Object.entries(projects))(
  "a question to a %s project finds the value that its committed fixtures hold, and queries find their rows",
  async (dialect, { schema, fixtures }) => {
    const cwd = await mkdtemp(join(tmpdir(), "querygenie-ask-"));
    try {
      await mkdir(join(cwd, "fixtures"));
      await writeFile(join(cwd, "schema.sql"), schema);
      await writeFile(join(cwd, "fixtures/main.sql"), fixtures);
      const words = ["--source", "schema.sql", "--dialect", dialect, "--format", "json"];
      const asked = await runCli(["ask", "How many customers are from oslo?", "--offline", ...words], { cwd });
      expect(JSON.parse(asked.stdout)).toMatchObject({
        kind: "rule",
        valid: true,
        sql: expect.stringContaining("'Oslo'"),
      });
      const query = await runCli(["query", "select count(*) as n from customers where city = 'Oslo'", ...words], {
        cwd,
      });
      expect(JSON.parse(query.stdout)).toMatchObject({ rows: [["2"]] });
    } finally {
      await rm(cwd, { recursive: true });
    }
  },
);
