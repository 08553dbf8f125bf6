import { codeMigration, engineOfFiles, orphan, readSteps } from "./steps.ts";
import { compareText } from "./order.ts";
import { joinPath } from "./listing.ts";
import { prismaEngines } from "../languages/prisma/provider.ts";
import { scores } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Problem } from "../problem.ts";
import type { Step } from "./steps.ts";

/** https://www.prisma.io/docs/orm/prisma-migrate: one script a migration, an implicit transaction on PostgreSQL. */
export const prisma: Framework = {
  id: "prisma",
  title: "Prisma Migrate",
  rule: "migration.sql of each folder beside migration_lock.toml, by the folder's name; each script is one transaction.",
  kind: "history",
  async detect(folder, listing) {
    const steps = stepsOf(folder, listing);
    const locked = listing.hasFile(joinPath(folder, LOCK));
    if (steps.length === 0 || (!locked && !looksAlone(folder, steps, listing))) return [];
    const paths = steps.map((step) => step.up);
    const engine = (locked && (await provider(folder, listing))) || (await engineOfFiles(listing, paths));
    const why = locked ? LOCK : `${steps.length} folders with a migration.sql`;
    const score = locked ? scores.lock : scores.pattern;
    return [{ framework: "prisma", path: folder, engine, score, why, files: steps.length }];
  },
  async read({ path, listing }) {
    const steps = stepsOf(path, listing);
    const fill = <T>(value: T): { value: T; problems: readonly never[] } => ({ value, problems: [] });
    const read = await readSteps({ listing, steps, transaction: () => "file", fill });
    return { value: read.value, problems: [...read.problems, ...strangers(path, listing)] };
  },
};

const LOCK = "migration_lock.toml";
function stepsOf(folder: string, listing: FileListing): readonly Step[] {
  return listing
    .foldersIn(folder)
    .filter((name) => listing.hasFile(joinPath(folder, `${name}/migration.sql`)))
    .sort(compareText)
    .map((name) => ({ version: name, up: joinPath(folder, `${name}/migration.sql`) }));
}

/** Without the lock file only folders that start with a number are taken, and not those Drizzle writes. */
function looksAlone(folder: string, steps: readonly Step[], listing: FileListing): boolean {
  const numbered = steps.every((step) => /^\d+_/.test(step.version));
  const drizzle = steps.some((step) => listing.hasFile(joinPath(folder, `${step.version}/snapshot.json`)));
  return numbered && !drizzle;
}

async function provider(folder: string, listing: FileListing): Promise<string | null> {
  const { value } = await listing.read(joinPath(folder, LOCK));
  const name = /^\s*provider\s*=\s*"([^"]+)"/m.exec(value?.text ?? "")?.[1];
  return name === undefined ? null : (prismaEngines[name] ?? name);
}

function strangers(folder: string, listing: FileListing): readonly Problem[] {
  const problems: Problem[] = [];
  for (const name of listing.foldersIn(folder)) {
    const inside = joinPath(folder, name);
    const files = listing.filesIn(inside);
    const code = files.find((file) => /\.(?:[cm]?[jt]s)$/.test(file) && !file.endsWith(".d.ts"));
    if (code !== undefined) problems.push(codeMigration(joinPath(inside, code)));
    else if (!files.includes("migration.sql") && files.some((file) => file.endsWith(".sql"))) {
      problems.push(orphan(joinPath(inside, files[0] ?? ""), "Prisma reads migration.sql only"));
    }
  }
  for (const name of listing.filesIn(folder)) {
    if (name.endsWith(".sql")) problems.push(orphan(joinPath(folder, name), "it is in no folder of its own"));
  }
  return problems;
}
