import { compareNumbers, compareText } from "./order.ts";
import { duplicates, engineOfFiles, leftovers, readSteps, untouched } from "./steps.ts";
import { folderSteps } from "./folder-steps.ts";
import { mentionedAbove } from "./evidence.ts";
import { nameOf } from "./listing.ts";
import { pairedSteps } from "./golang-migrate.ts";
import { scores } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Step } from "./steps.ts";

/**
 * https://hasura.io/docs/2.0/migrations-metadata-seeds/manage-migrations: a folder for each database, in it a folder
 * for each migration, whose name begins with milliseconds. Each file is one request, so an implicit transaction.
 */
export const hasura: Framework = {
  id: "hasura",
  title: "Hasura CLI",
  rule: "up.sql of each folder N_name, or the older N_name.up.sql, in the order of the number N; one transaction a file.",
  kind: "history",
  async detect(folder, listing) {
    const steps = stepsOf(folder, listing, null);
    if (steps.length === 0) return [];
    const mark = /^(?:endpoint|metadata_directory|migrations_directory):/m;
    const isConfigured = await mentionedAbove({ folder, listing, name: /^config\.yaml$/, mark });
    const isTypical = steps.every((step) => /^\d{13}$/.test(step.version) && nameOf(step.up) === "up.sql");
    if (!isConfigured && !isTypical) return [];
    const engine = await engineOfFiles(
      listing,
      steps.map((step) => step.up),
    );
    const why = isConfigured ? "migrations below Hasura's config.yaml" : "folders named by milliseconds with an up.sql";
    const score = isConfigured ? scores.marker : scores.pattern + 5;
    return [{ framework: "hasura", path: folder, engine, score, why, files: steps.length }];
  },
  async read({ path, listing, engine }) {
    const steps = stepsOf(path, listing, engine);
    const read = await readSteps({ listing, steps, transaction: () => "file", fill: untouched });
    const taken = new Set(listing.filesIn(path).filter((name) => /^\d+_.*\.(?:up|down)\.sql$/.test(name)));
    const why = "it is neither in a folder of its own nor named like N_name.up.sql";
    const rest = leftovers({ listing, folder: path, taken, code: /^$/, why, engine });
    return { value: read.value, problems: [...read.problems, ...duplicates(steps, compareNumbers), ...rest] };
  },
};

function stepsOf(folder: string, listing: FileListing, engine: string | null): readonly Step[] {
  const versionOf = (name: string): string | null => /^(\d+)_/.exec(name)?.[1] ?? null;
  const compare = (a: Step, b: Step): number => compareNumbers(a.version, b.version) || compareText(a.up, b.up);
  const folders = folderSteps({ folder, listing, versionOf, compare });
  return [...folders, ...pairedSteps(folder, listing, engine)].sort(compare);
}
