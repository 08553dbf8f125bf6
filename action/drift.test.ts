import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { memoryStore } from "#test/support/memory-store.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { silentProgress } from "#test/support/silent-progress.ts";
import { driftProblems, otherReadings } from "./drift.ts";
import { liveDatabase } from "./live-database.ts";
import { openProject, type Project, type ProjectDatabase } from "./project.ts";
import { runReview } from "./run-review.ts";

/** What is said of a MySQL repository with these files: it is read by rule, so no engine is needed. */
async function check(files: Readonly<Record<string, string>>, expected: readonly unknown[]): Promise<void> {
  await withProject(files, async (project, database) => {
    const others = await otherReadings(project, database);
    const { model } = await liveDatabase(project, database).model();
    const found = driftProblems(database, model, others);
    expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual(expected);
  });
}

async function withProject(
  files: Readonly<Record<string, string>>,
  work: (project: Project, database: ProjectDatabase) => Promise<void>,
): Promise<void> {
  const cacheDir = await mkdtemp(`${tmpdir()}/querygenie-drift-`);
  try {
    const project = await openProject(
      {
        root: cacheDir,
        workspace: memoryWorkspace(files),
        store: memoryStore(),
        cacheDir,
        progress: silentProgress,
        clock: { now: () => new Date(0), elapsed: () => 0 },
      },
      { flags: { dialect: "mysql" } },
    );
    const [database] = project.databases;
    if (!database) throw new Error("no database was found");
    await work(project, database);
  } finally {
    await rm(cacheDir, { recursive: true });
  }
}

const ORDERS =
  "CREATE TABLE orders (id int unsigned NOT NULL AUTO_INCREMENT, total decimal(10,2), PRIMARY KEY (id)) ENGINE=InnoDB;\n";
const history = {
  "db/migrations/1_orders.up.sql": ORDERS,
  "db/migrations/2_note.up.sql": "ALTER TABLE orders ADD note varchar(20) NOT NULL;\n",
};
const AFTER = ORDERS.replace("PRIMARY KEY", "note varchar(20) NOT NULL, PRIMARY KEY");

test("a dump that was written after the last migration agrees", () =>
  check({ ...history, "db/schema.sql": AFTER }, []));

test("a dump that was forgotten names what it lacks", () =>
  check({ ...history, "db/schema.sql": ORDERS }, [
    "QG130 db/schema.sql and db/migrations disagree on one object: main.orders.note is in db/migrations only",
  ]));

test("a dump that says otherwise names what differs, and how", () =>
  check({ ...history, "db/schema.sql": AFTER.replace("varchar(20) NOT NULL", "varchar(30)") }, [
    expect.stringMatching(/^QG130 .* disagree on one object: main\.orders\.note differs in nullable, type$/),
  ]));

const RUBY = `ActiveRecord::Schema[7.1].define(version: 2024_01_01_000000) do
  create_table "orders", id: { type: :integer, unsigned: true }, charset: "utf8mb4", force: :cascade do |t|
    t.decimal "total", precision: 10, scale: 2
    t.string "note", limit: 20, null: false
  end
end
`;

test("schema.rb that says what the history makes agrees", () => check({ ...history, "db/schema.rb": RUBY }, []));

test("schema.rb that was edited by hand names the column", () =>
  check({ ...history, "db/schema.rb": RUBY.replace('t.string "note", limit: 20, null: false', 't.bigint "size"') }, [
    expect.stringMatching(
      /^QG130 db\/schema\.rb and db\/migrations disagree on 2 objects: .*main\.orders\.(?:note|size)/,
    ),
  ]));

const PRISMA = `datasource db {
  provider = "mysql"
  url      = env("DATABASE_URL")
}
model orders {
  id    Int      @id @default(autoincrement()) @db.UnsignedInt
  total Decimal? @db.Decimal(10, 2)
  note  String   @db.VarChar(20)
}
`;

test("a Prisma schema is compared in what it can say", () =>
  check(
    {
      ...history,
      "db/migrations/3_view.up.sql": "CREATE VIEW v AS SELECT id FROM orders;\n",
      "db/schema.prisma": PRISMA,
    },
    [],
  ));

test("a Prisma schema without its migration names the table", () =>
  check({ ...history, "db/schema.prisma": `${PRISMA}model refunds {\n  id Int @id\n}\n` }, [
    "QG130 db/schema.prisma and db/migrations disagree on one object: main.refunds is in db/schema.prisma only",
  ]));

test("files of another database are not compared", () =>
  check({ ...history, "db/schema.sql": "CREATE TABLE elsewhere (id int);\n" }, []));

test.each<readonly [string, (files: ProjectDatabase["files"]) => Parameters<typeof runReview>[2], number]>([
  ["a new migration that the dump lacks", (files) => ({ base: files.slice(0, 1), reviewed: files.slice(1) }), 1],
  ["a part of the history", (files) => ({ base: [], reviewed: files.slice(0, 1) }), 0],
  ["files that belong to no history", (files) => ({ base: [], reviewed: files, lone: [files] }), 0],
  ["nothing new", (files) => ({ base: files, reviewed: [] }), 0],
])("a review tells a dump that was forgotten of %s", async (_, scopeOf, count) => {
  await withProject({ ...history, "db/schema.sql": ORDERS }, async (project, database) => {
    const { review } = await runReview(project, database, scopeOf(database.files));
    const drift = review.problems.filter(({ code }) => code === "QG130");
    expect(drift.map(({ message }) => message)).toEqual(
      count === 0
        ? []
        : ["db/schema.sql and db/migrations disagree on one object: main.orders.note is in db/migrations only"],
    );
  });
});
