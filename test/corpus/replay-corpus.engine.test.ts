import { corpusWorld } from "#test/support/corpus-world.ts";
import { describe, expect, test } from "vitest";
import { openProject } from "#action/project.ts";
import { ddlScript, writeDdl } from "#schemas/dialects/ddl-writers.ts";
import { diffModels } from "#schemas/diff/diff-models.ts";
import { readModel, type ReadModel } from "#schemas/replay/read-model.ts";
import type { SchemaModel, Table, Trigger } from "#schemas/model.ts";
import type { MigrationFile } from "#schemas/source.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { hasCorpus } from "#test/support/corpus.ts";
import { comparable } from "#test/support/same-model.ts";

async function read(
  folder: string,
  sources: readonly string[] = [],
): Promise<ReadModel & { readonly notes: readonly string[]; readonly preludes: readonly MigrationFile[] }> {
  const project = await openProject(corpusWorld(folder), { flags: { sources } });
  const [database] = project.databases;
  if (!database) throw new Error(`${folder} has no database`);
  const result = await readModel(database.files, { cacheDir: testCacheDir });
  const preludes = database.files.filter(({ isPrelude }) => isPrelude === true);
  return { ...result, preludes, notes: [...project.problems, ...database.problems].map(({ code }) => code) };
}

/** Layouts that are found by themselves. Statements do not count comment-only files and `SET client_encoding`, which is dropped. */
const layouts = [
  { folder: "umami", files: 19, tables: 17, statements: 177, failed: 0 },
  { folder: "authelia", files: 26, tables: 25, statements: 206, failed: 0 },
  { folder: "svix", files: 16, tables: 9, statements: 56, failed: 0 },
  { folder: "uaa", files: 89, tables: 15, statements: 202, failed: 0 },
  { folder: "sim", files: 298, tables: 112, statements: 1913, failed: 0 },
  { folder: "trigger.dev", files: 820, tables: 86, statements: 2309, failed: 0 },
  { folder: "formbricks", files: 167, tables: 56, statements: 891, failed: 0 },
  { folder: "lago", files: 1, tables: 137, statements: 2683, failed: 0 },
  { folder: "pagila", files: 1, tables: 71, statements: 387, failed: 0 },
  { folder: "chinook", files: 1, tables: 11, statements: 59, failed: 0 },
  { folder: "makerkit", files: 1, tables: 1, statements: 41, failed: 0 },
  { folder: "memos", files: 1, tables: 11, statements: 13, failed: 0 },
  { folder: "quartz", files: 1, tables: 11, statements: 20, failed: 0 },
] as const;

/**
 * A comparison of rows is a tree of ORs that PostgreSQL prints and then reads as one flat list: no text of its own makes
 * it again, a dump's neither.
 */
const FLATTENED = "public.document.document_secret_provenance_demote";

function withoutFlattened(model: SchemaModel): unknown {
  const flat = (trigger: Trigger): Trigger =>
    trigger.id === FLATTENED ? { ...trigger, when: "flat", definition: "flat" } : trigger;
  return comparable({
    ...model,
    tables: model.tables.map((table) => ({ ...table, triggers: table.triggers.map(flat) })),
  });
}

function withoutGrants(table: Table): Table {
  const { grants: _, ...rest } = table;
  return rest;
}

describe.skipIf(!hasCorpus)("real repositories", () => {
  test.for(layouts)("$folder is found, ordered and replayed whole", async ({ folder, ...expected }) => {
    const { model, files, statements, preludes } = await read(folder);
    expect({ files, tables: model.tables.length, statements: statements.total, failed: statements.failed }).toEqual(
      expected,
    );
    // What `model --format sql` prints makes the same model.
    const text = ddlScript(model, writeDdl(model));
    const printed: MigrationFile = { path: "out.sql", version: "1", transaction: "none", text };
    const again = await readModel([...preludes, printed], { cacheDir: testCacheDir });
    expect(again.statements.failed).toBe(0);
    // What a platform grants by default on all that is made comes from its prelude, in the first reading as in this.
    const [left, right] = [again.model, model].map((one) =>
      withoutFlattened(preludes.length === 0 ? one : { ...one, tables: one.tables.map(withoutGrants) }),
    );
    expect(left).toEqual(right);
  });

  test("coder's 532 migrations equal its own dump, but for one view whose EXTRACT older versions type otherwise", async () => {
    const folder = "coderd/database";
    const history = await read("coder", [`${folder}/migrations`]);
    const dump = await read("coder", [`${folder}/dump.sql`]);
    expect([history.files, history.statements.failed, dump.statements.failed]).toEqual([532, 0, 0]);
    const changed = diffModels(dump.model, history.model).map((change) => change.parent ?? change.id);
    expect([...new Set(changed)]).toEqual(["public.provisioner_job_stats"]);
  });

  test("a history without its beginning says so and gives what is there", async () => {
    const { problems, model, statements } = await read("memos", ["store/migration/postgres"]);
    expect(problems[0]?.code).toBe("QG205");
    expect(statements).toEqual({ total: 62, applied: 21, shimmed: 0, failed: 41 });
    expect(model.complete).toBe(false);
  });
});
