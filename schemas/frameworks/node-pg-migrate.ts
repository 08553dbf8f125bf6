import { compareNatural, compareNumbers, compareText } from "./order.ts";
import { dependsOn, hasMark, namedSteps } from "./evidence.ts";
import { duplicates, leftovers, readSteps, untouched } from "./steps.ts";
import { keepLines, linesOf } from "./file-parts.ts";
import { nameOf } from "./listing.ts";
import { scores } from "./framework.ts";
import type { Cut, Step } from "./steps.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";

/** https://salsita.github.io/node-pg-migrate: its migrations in JavaScript are reported, those in SQL are read. */
export const nodePgMigrate: Framework = {
  id: "node-pg-migrate",
  title: "node-pg-migrate",
  rule: "the part after -- Up Migration of N_name.sql, or the whole file, in the order of the number N; one transaction a file.",
  kind: "history",
  async detect(folder, listing) {
    const steps = stepsOf(folder, listing);
    if (steps.length === 0) return [];
    const isMarked = await hasMark(listing, steps, UP);
    if (!isMarked && !(await dependsOn(folder, "node-pg-migrate", listing))) return [];
    const why = isMarked ? "the mark -- Up Migration" : "numbered files below a package.json with node-pg-migrate";
    const score = isMarked ? scores.marker : scores.pattern + 10;
    return [{ framework: "node-pg-migrate", path: folder, engine: "postgres", score, why, files: steps.length }];
  },
  async read({ path, listing, engine }) {
    const steps = stepsOf(path, listing);
    const read = await readSteps({ listing, steps, transaction: () => "file", fill: untouched, cut: upPart });
    const taken = new Set(steps.map((step) => nameOf(step.up)));
    const why = "its name is not like N_name.sql";
    const rest = leftovers({ listing, folder: path, taken, code: /^\d+[-_].*\.[cm]?[jt]s$/, why, engine });
    return { value: read.value, problems: [...read.problems, ...duplicates(steps, compareNumbers), ...rest] };
  },
};

function stepsOf(folder: string, listing: FileListing): readonly Step[] {
  const compare = (a: Step, b: Step): number =>
    compareNumbers(a.version, b.version) || compareNatural(a.up, b.up) || compareText(a.up, b.up);
  return namedSteps({ folder, listing, name: /^(\d+)[-_].*\.sql$/, compare });
}

const UP = /^\s*--[\s-]*up\s+migration/im;
const DOWN = /^\s*--[\s-]*down\s+migration/im;

const upPart: Cut = ({ text }) => {
  const lines = linesOf(text);
  const up = lines.findIndex((line) => UP.test(line));
  const found = lines.findIndex((line) => DOWN.test(line));
  // The marks may stand in either order; without one the whole file is the up part.
  const down = found === -1 ? lines.length : found;
  const isUp = (index: number): boolean => (up <= down ? index > up && index < down : index > up);
  const isDown = (index: number): boolean => (up <= down ? index > down : index > down && index < up);
  const undo = keepLines(text, (_, index) => isDown(index));
  return {
    value: { text: keepLines(text, (_, index) => isUp(index)), ...(undo !== "" && { down: undo }) },
    problems: [],
  };
};
