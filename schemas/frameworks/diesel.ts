import { compareText } from "./order.ts";
import { duplicates, engineOfFiles, leftovers, readSteps, untouched } from "./steps.ts";
import { folderOf, joinPath } from "./listing.ts";
import { folderSteps } from "./folder-steps.ts";
import { hasAbove } from "./golang-migrate.ts";
import { scores } from "./framework.ts";
import type { Detection, Framework } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { MigrationFile } from "../source.ts";
import type { Step } from "./steps.ts";

/** https://docs.rs/diesel_migrations: a folder for each migration; loose files are ignored, a down.sql may be missing. */
export const diesel: Framework = {
  id: "diesel",
  title: "Diesel",
  rule: "up.sql of each folder version_name, by version; one transaction a folder unless its metadata.toml says run_in_transaction = false.",
  kind: "history",
  async detect(folder, listing) {
    const steps = stepsOf(folder, listing);
    if (steps.length === 0) return [];
    const engine = await engineOfFiles(
      listing,
      steps.map((step) => step.up),
    );
    const evidence = evidenceOf(folder, steps, listing);
    return [{ framework: "diesel", path: folder, engine, files: steps.length, ...evidence }];
  },
  async read({ path, listing, engine }) {
    const steps = stepsOf(path, listing);
    const read = await readSteps({ listing, steps, transaction: () => "file", fill: untouched });
    const value = await Promise.all(read.value.map((file) => withMetadata(file, listing)));
    const why = "it is in no folder of its own";
    const rest = leftovers({ listing, folder: path, taken: new Set(), code: /^$/, why, engine });
    return { value, problems: [...read.problems, ...duplicates(steps, compareText), ...rest] };
  },
};

/** What stands before the first `_`, without its dashes. */
function versionOf(name: string): string | null {
  return /^\d[\d-]*(?=_|$)/.exec(name)?.[0].replaceAll("-", "") ?? null;
}

function stepsOf(folder: string, listing: FileListing): readonly Step[] {
  const compare = (a: Step, b: Step): number => compareText(a.version, b.version) || compareText(a.up, b.up);
  return folderSteps({ folder, listing, versionOf, compare });
}

function evidenceOf(folder: string, steps: readonly Step[], listing: FileListing): Pick<Detection, "score" | "why"> {
  if (hasAbove(folder, "diesel.toml", listing)) return { score: scores.marker, why: "folders below a diesel.toml" };
  if (listing.foldersIn(folder).includes("00000000000000_diesel_initial_setup")) {
    return { score: scores.marker, why: "the folder diesel setup writes" };
  }
  const why = `${steps.length} folders with an up.sql`;
  if (hasAbove(folder, "Cargo.toml", listing)) return { score: scores.pattern + 10, why: `${why} below a Cargo.toml` };
  return { score: scores.pattern, why };
}

async function withMetadata(file: MigrationFile, listing: FileListing): Promise<MigrationFile> {
  const metadata = await listing.read(joinPath(folderOf(file.path), "metadata.toml"));
  const isOutside = /^\s*run_in_transaction\s*=\s*false\s*(?:#.*)?$/m.test(metadata.value?.text ?? "");
  return isOutside ? { ...file, transaction: "none" } : file;
}
