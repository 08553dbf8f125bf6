import { z } from "zod";
import { compareText } from "./order.ts";
import { engineOfFiles, leftovers, readSteps } from "./steps.ts";
import { joinPath } from "./listing.ts";
import { scores } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Problem, WithProblems } from "../problem.ts";
import type { Step } from "./steps.ts";

/**
 * https://orm.drizzle.team/docs/migrations. The journal decides: neither the file names nor `idx` give the order, and a
 * file that the journal does not name is never run. One transaction holds all pending migrations.
 */
export const drizzle: Framework = {
  id: "drizzle",
  title: "Drizzle Kit",
  rule: "the entries of meta/_journal.json in their order; all pending files in one transaction.",
  kind: "history",
  async detect(folder, listing) {
    if (!listing.hasFile(joinPath(folder, JOURNAL))) return detectFolders(folder, listing);
    const journal = await readJournal(folder, listing);
    const files = journal.value?.entries.length ?? 0;
    const engine = journal.value ? (engines[journal.value.dialect] ?? journal.value.dialect) : null;
    return [{ framework: "drizzle", path: folder, engine, score: scores.lock, why: JOURNAL, files }];
  },
  async read({ path, listing, engine }) {
    const fill = <T>(value: T): { value: T; problems: readonly never[] } => ({ value, problems: [] });
    const folders = folderSteps(path, listing);
    if (!listing.hasFile(joinPath(path, JOURNAL))) {
      return readSteps({ listing, steps: folders, transaction: () => "all", fill });
    }
    const journal = await readJournal(path, listing);
    const { steps, problems } = journalSteps(path, journal.value?.entries ?? [], listing);
    const taken = new Set((journal.value?.entries ?? []).map((entry) => `${entry.tag}.sql`));
    const read = await readSteps({ listing, steps, transaction: () => "all", fill });
    const why = "the journal does not name it";
    // A journal that cannot be read names nothing: calling every file an orphan would hide the one real problem.
    const rest = journal.value ? leftovers({ listing, folder: path, taken, code: /^$/, why, engine }) : [];
    return { value: read.value, problems: [...journal.problems, ...problems, ...read.problems, ...rest] };
  },
};

const JOURNAL = "meta/_journal.json";
const engines: Readonly<Record<string, string>> = {
  pg: "postgres",
  postgresql: "postgres",
  mysql: "mysql",
  sqlite: "sqlite",
  turso: "sqlite",
  mssql: "mssql",
};

const journalSchema = z.object({
  dialect: z.string(),
  entries: z.array(z.object({ tag: z.string() })),
});
type Journal = z.output<typeof journalSchema>;

async function readJournal(folder: string, listing: FileListing): Promise<WithProblems<Journal | null>> {
  const path = joinPath(folder, JOURNAL);
  const { value, problems } = await listing.read(path);
  if (!value) return { value: null, problems };
  const parsed = journalSchema.safeParse(parseJson(value.text));
  return parsed.success ? { value: parsed.data, problems } : { value: null, problems: [...problems, broken(path)] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is the same mistake as JSON of another shape: the caller reports both.
    return null;
  }
}

function journalSteps(
  folder: string,
  entries: Journal["entries"],
  listing: FileListing,
): { readonly steps: readonly Step[]; readonly problems: readonly Problem[] } {
  const steps = entries.map((entry) => ({ version: entry.tag, up: joinPath(folder, `${entry.tag}.sql`) }));
  const missing = steps.filter((step) => !listing.hasFile(step.up));
  return {
    steps: steps.filter((step) => listing.hasFile(step.up)),
    problems: missing.map((step) => absent(folder, step)),
  };
}

/** Since drizzle-kit 1.0 each migration is a folder with its own snapshot, and there is no journal. */
function folderSteps(folder: string, listing: FileListing): readonly Step[] {
  return listing
    .foldersIn(folder)
    .filter((name) =>
      ["migration.sql", "snapshot.json"].every((file) => listing.hasFile(joinPath(folder, `${name}/${file}`))),
    )
    .sort(compareText)
    .map((name) => ({ version: name, up: joinPath(folder, `${name}/migration.sql`) }));
}

async function detectFolders(folder: string, listing: FileListing): ReturnType<Framework["detect"]> {
  const steps = folderSteps(folder, listing);
  if (steps.length === 0) return [];
  const paths = steps.map((step) => step.up);
  const engine = await engineOfFiles(listing, paths);
  const why = "folders with migration.sql and snapshot.json";
  return [{ framework: "drizzle", path: folder, engine, score: scores.lock, why, files: steps.length }];
}

function broken(path: string): Problem {
  return {
    code: "QG216",
    severity: "error",
    message: `${path} is not a journal that can be read`,
    help: "Restore it from git, or write it again with drizzle-kit generate.",
    origin: { file: path, line: 1, column: 1 },
    makesIncomplete: true,
  };
}

function absent(folder: string, step: Step): Problem {
  return {
    code: "QG216",
    severity: "error",
    message: `the journal names ${step.version}, but ${step.up} does not exist`,
    help: "Restore the file, or remove its entry from the journal.",
    origin: { file: joinPath(folder, JOURNAL), line: 1, column: 1 },
    makesIncomplete: true,
  };
}
