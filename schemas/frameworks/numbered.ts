import { compareNatural, compareText } from "./order.ts";
import { duplicates, engineOfFiles, leftovers, readSteps } from "./steps.ts";
import { engineOfWord } from "./engine-name.ts";
import { fillGoTemplates } from "./placeholders.ts";
import { joinPath, nameOf } from "./listing.ts";
import { scores } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Step } from "./steps.ts";

/** A folder of `0001_name.sql`, whoever runs it: the most common layout there is. */
export const numbered: Framework = {
  id: "numbered",
  title: "Numbered files",
  rule: "0001_name.sql in the order of the number, then of the name; one transaction a file.",
  kind: "history",
  async detect(folder, listing) {
    const steps = stepsOf(folder, listing, null);
    const [first] = steps;
    // The parts of one release lie in a folder named like it: one step of a layout of its own.
    if (!first || /^v?\d+(?:\.\d+)+$/i.test(nameOf(folder))) return [];
    if (steps.length < 2 && !USUAL.test(nameOf(folder))) return [];
    const paths = steps.map((step) => step.up);
    const engine = await engineOfFiles(listing, paths);
    const why = `${steps.length} files named like ${nameOf(first.up)}`;
    return [{ framework: "numbered", path: folder, engine, score: scores.numbered, why, files: steps.length }];
  },
  async read({ path, listing, variables, engine }) {
    const steps = stepsOf(path, listing, engine);
    const taken = new Set(listing.filesIn(path).filter((name) => NAME.test(name)));
    const read = await readSteps({
      listing,
      steps,
      transaction: () => "file",
      fill: (file) => fillGoTemplates(file, variables),
    });
    const why = "its name has no number in front";
    const code = /^\d+[-_.].*\.(?:[cm]?[jt]s|go|py|rb|php)$/;
    const rest = leftovers({ listing, folder: path, taken, code, why, engine });
    return { value: read.value, problems: [...read.problems, ...duplicates(steps, compareVersions), ...rest] };
  },
};

/** The number may have parts, as in a date: `2026-01-31_2_orders.sql`. */
const NAME = /^(\d+(?:[-_.]\d+(?=[-_. ]))*)(?:[-_. ].*)?\.(?:pg)?sql$/i;

function compareVersions(left: string, right: string): number {
  return compareNatural(left.replaceAll(/\D/g, "."), right.replaceAll(/\D/g, "."));
}

/** Folder names where even a single numbered file is a history. */
const USUAL = /^(?:migrations?|migrate|db|database|sql|schema|changes|versions)$/i;

function stepsOf(folder: string, listing: FileListing, engine: string | null): readonly Step[] {
  const names = listing.filesIn(folder);
  const known = new Set(names);
  const steps: Step[] = [];
  for (const name of names) {
    const match = NAME.exec(name);
    if (!match || /[._-](?:up|down|undo|rollback)\.(?:pg)?sql$/i.test(name)) continue;
    const other = engineOfWord(name);
    if (engine !== null && other !== null && other !== engine) continue;
    const down = ["down", "undo", "rollback"]
      .map((word) => name.replace(/\.(\w+)$/, `.${word}.$1`))
      .find((it) => known.has(it));
    steps.push({
      version: match[1] ?? "",
      up: joinPath(folder, name),
      ...(down !== undefined && { down: joinPath(folder, down) }),
    });
  }
  return steps.sort((a, b) => compareVersions(a.version, b.version) || compareText(a.up, b.up));
}
