import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "#test/support/run-cli.ts";

const SHOP = `create table customers (id int unsigned auto_increment primary key, email varchar(255) not null unique);
create table orders (id int unsigned auto_increment primary key, customer_id int unsigned not null,
  constraint orders_customer foreign key (customer_id) references customers (id));
create view order_emails as select o.id, c.email from orders o join customers c on c.id = o.customer_id;
`;

describe("a MySQL project on the terminal", () => {
  let cwd = "";
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), "querygenie-mysql-"));
    await writeFile(join(cwd, "schema.sql"), SHOP);
  });
  afterAll(() => rm(cwd, { recursive: true, force: true }));

  const run = (...words: readonly string[]) =>
    runCli([...words, "--dialect", "mysql", "--source", "schema.sql"], { cwd });

  it("prints the model, read by rule", async () => {
    const { code, stdout } = await run("model");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      dialect: "mysql",
      evidence: "rule",
      complete: true,
      tables: [{ id: "main.customers" }, { id: "main.orders" }],
      views: [{ columns: [{ type: { raw: "int unsigned" } }, { type: { raw: "varchar(255)" } }] }],
    });
  });

  it("builds documents and diagrams", async () => {
    const { code } = await run("build", "--only", "docs,erd");
    expect(code).toBe(0);
    const files = await readdir(join(cwd, "docs/database"));
    expect(files).toEqual(
      expect.arrayContaining(["README.md", "main.orders.md", "model.json", "schema.dbml", "schema.json"]),
    );
  });

  it("reviews a migration by rule and says so", async () => {
    await writeFile(
      join(cwd, "change.sql"),
      "alter table orders add column note text;\nalter table customers drop column email;",
    );
    const { code, stdout } = await run("review", "change.sql");
    expect(code).toBe(1);
    expect(stdout).toContain("drop-column  Drops main.customers.email");
    expect(stdout).toContain("dependent-object-breaks  The view main.order_emails no longer works after this");
    expect(stdout).toContain("2 statements read by rule for MySQL 8.4, nothing was run");
  });

  it("reviews queries where no migration is new, and says when none is", async () => {
    const repository = await mkdtemp(join(tmpdir(), "querygenie-queries-"));
    const git = (...words: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...words], { cwd: repository });
    const review = (...words: readonly string[]) =>
      runCli(["review", "--dialect", "mysql", "--source", "schema.sql", "--base", "HEAD", ...words], {
        cwd: repository,
      });
    await mkdir(join(repository, "queries"));
    await writeFile(join(repository, "schema.sql"), SHOP);
    await writeFile(join(repository, "queries/old.sql"), "-- title: Old\nselect nothing_old from orders\n");
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "-m", "base");
    const idle = await review();
    expect([idle.code, idle.stderr + idle.stdout]).toEqual([0, expect.stringContaining("no query is new")]);

    await writeFile(join(repository, "queries/new.sql"), "-- title: New\nselect nothing_new from orders\n");
    await writeFile(join(repository, "app.ts"), "export const text = 'select no query, only words';\n");
    const { code, stdout } = await review("--format", "md");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^### QueryGenie · 1 error · 1 query$/m);
    expect(stdout).toMatch(/\*\*queries\/new.sql:2\*\* `select nothing_new from orders` \| unknown-column:/);
    expect(stdout).not.toContain("nothing_old");
    await rm(repository, { recursive: true, force: true });
  });

  it("prints the DDL that makes the model again", async () => {
    const { code, stdout } = await run("model", "--format", "sql");
    expect({ code, makes: stdout.includes("CREATE TABLE `orders`") }).toEqual({ code: 0, makes: true });
  });
});
