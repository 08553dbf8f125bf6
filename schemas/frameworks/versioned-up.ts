import { compareNumbers, compareText } from "./order.ts";
import { duplicates, engineOfFiles, leftovers, readSteps } from "./steps.ts";
import { joinPath } from "./listing.ts";
import { scores } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Step } from "./steps.ts";

/** `V0001.Name.up.sql` beside `V0001.Name.down.sql`: several projects' own runners name their files so. */
export const versionedUp: Framework = {
  id: "versioned-up",
  title: "V0001.Name.up.sql",
  rule: "V0001.Name.up.sql by file name; one transaction a file.",
  kind: "history",
  async detect(folder, listing) {
    const steps = stepsOf(folder, listing);
    const [first] = steps;
    if (!first) return [];
    const engine = await engineOfFiles(
      listing,
      steps.map((step) => step.up),
    );
    const why = `${steps.length} files named like V${first.version}.Name.up.sql`;
    return [{ framework: "versioned-up", path: folder, engine, score: scores.pattern, why, files: steps.length }];
  },
  async read({ path, listing, engine }) {
    const steps = stepsOf(path, listing);
    const taken = new Set(listing.filesIn(path).filter((name) => NAME.test(name)));
    const fill = <T>(value: T): { value: T; problems: readonly never[] } => ({ value, problems: [] });
    const read = await readSteps({ listing, steps, transaction: () => "file", fill });
    const why = "its name is not like V0001.Name.up.sql";
    const rest = leftovers({ listing, folder: path, taken, code: /^V\d+\..*\.(?:go|js|ts|java)$/, why, engine });
    return { value: read.value, problems: [...read.problems, ...duplicates(steps, compareNumbers), ...rest] };
  },
};

const NAME = /^V(\d+)\.(.+)\.(up|down)\.sql$/;

function stepsOf(folder: string, listing: FileListing): readonly Step[] {
  const names = listing.filesIn(folder);
  const known = new Set(names);
  const steps = names.flatMap((name): Step[] => {
    const match = NAME.exec(name);
    if (!match || match[3] !== "up") return [];
    const down = name.replace(/\.up\.sql$/, ".down.sql");
    const paired = known.has(down) ? { down: joinPath(folder, down) } : {};
    return [{ version: match[1] ?? "", up: joinPath(folder, name), ...paired }];
  });
  return steps.sort((a, b) => compareText(a.up, b.up));
}
