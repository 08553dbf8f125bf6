import { compareNumbers, compareText } from "./order.ts";
import { duplicates, engineOfFiles, leftovers, readSteps } from "./steps.ts";
import { hasAbove, pairedSteps } from "./golang-migrate.ts";
import { joinPath } from "./listing.ts";
import { scores } from "./framework.ts";
import type { Detection, Framework } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Step } from "./steps.ts";

/** https://github.com/launchbadge/sqlx: folders are not entered, what does not match is silently ignored. */
export const sqlx: Framework = {
  id: "sqlx",
  title: "sqlx",
  rule: "N_name.sql or N_name.up.sql in the order of the number N; one transaction a file unless it starts with -- no-transaction.",
  kind: "history",
  async detect(folder, listing) {
    const steps = stepsOf(folder, listing, null);
    const [first] = steps;
    if (!first) return [];
    const evidence = await evidenceOf(folder, steps, listing);
    if (!evidence) return [];
    const engine = await engineOfFiles(
      listing,
      steps.map((step) => step.up),
    );
    return [{ framework: "sqlx", path: folder, engine, files: steps.length, ...evidence }];
  },
  async read({ path, listing, engine }) {
    const steps = stepsOf(path, listing, engine);
    const taken = new Set(listing.filesIn(path).filter((name) => SIMPLE.test(name)));
    const read = await readSteps({ listing, steps, transaction: transactionOf, fill: untouched });
    const rest = leftovers({ listing, folder: path, taken, code: /^$/, why: WHY, engine });
    return { value: read.value, problems: [...read.problems, ...duplicates(steps, compareNumbers), ...rest] };
  },
};

const SIMPLE = /^(\d+)_(.*)\.sql$/;
const WHY = "its name is not like N_name.sql";
const untouched = <T>(value: T): { value: T; problems: readonly never[] } => ({ value, problems: [] });

function transactionOf(text: string): "none" | "file" {
  return text.startsWith("-- no-transaction") ? "none" : "file";
}

function stepsOf(folder: string, listing: FileListing, engine: string | null): readonly Step[] {
  const paired = pairedSteps(folder, listing, engine);
  const steps = listing.filesIn(folder).flatMap((name): Step[] => {
    const match = SIMPLE.exec(name);
    if (!match || /\.(?:up|down)\.sql$/.test(name)) return [];
    return [{ version: match[1] ?? "", up: joinPath(folder, name) }];
  });
  return [...paired, ...steps].sort((a, b) => compareNumbers(a.version, b.version) || compareText(a.up, b.up));
}

/** What the sqlx command writes as the first line of a new file. */
const TEMPLATE = /^-- Add (?:up |down )?migration script here/;

async function evidenceOf(
  folder: string,
  steps: readonly Step[],
  listing: FileListing,
): Promise<Pick<Detection, "score" | "why"> | null> {
  if (hasAbove(folder, "Cargo.toml", listing)) {
    return { score: scores.pattern + 10, why: "numbered files below a Cargo.toml" };
  }
  for (const step of steps.slice(0, 3)) {
    const { value } = await listing.read(step.up);
    if (value && TEMPLATE.test(value.text)) return { score: scores.marker, why: "the text sqlx writes in new files" };
  }
  // By names alone golang-migrate fits as well, and reads the same; sqlx always writes UTC seconds and both halves.
  const typical = steps.every((step) => /^\d{14}$/.test(step.version) && step.down !== undefined);
  return typical ? { score: scores.pattern + 1, why: "pairs of up and down files with UTC seconds" } : null;
}
