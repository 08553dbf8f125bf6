import { compareNumbers, compareText } from "./order.ts";
import { dependsOn, hasMark, namedSteps } from "./evidence.ts";
import { duplicates, leftovers, readSteps, untouched } from "./steps.ts";
import { headerOf, misshapen } from "./file-parts.ts";
import { nameOf } from "./listing.ts";
import { scores } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Problem } from "../problem.ts";
import type { Step } from "./steps.ts";

/** https://github.com/thomwright/postgres-migrations: the numbers go from 1 without a gap, whatever their zeros. */
export const postgresMigrations: Framework = {
  id: "postgres-migrations",
  title: "postgres-migrations",
  rule: "N_name.sql or N-name.sql in the order of the number N, from 1 without gaps; one transaction a file unless it starts with -- postgres-migrations disable-transaction.",
  kind: "history",
  async detect(folder, listing) {
    const steps = stepsOf(folder, listing);
    if (steps.length === 0) return [];
    const isMarked = await hasMark(listing, steps, new RegExp(`^${ALONE}`, "m"));
    if (!isMarked && !(await dependsOn(folder, "postgres-migrations", listing))) return [];
    const why = isMarked ? `the mark ${ALONE}` : "numbered files below a package.json with postgres-migrations";
    const score = isMarked ? scores.marker : scores.pattern + 10;
    return [{ framework: "postgres-migrations", path: folder, engine: "postgres", score, why, files: steps.length }];
  },
  async read({ path, listing, engine }) {
    const steps = stepsOf(path, listing);
    const transaction = (text: string): "none" | "file" => (headerOf(text).includes(ALONE) ? "none" : "file");
    const read = await readSteps({ listing, steps, transaction, fill: untouched });
    const taken = new Set(steps.map((step) => nameOf(step.up)));
    const why = "its name has no number in front";
    const rest = leftovers({ listing, folder: path, taken, code: CODE, why, engine });
    const gap = gapIn(path, listing);
    return { value: read.value, problems: [...read.problems, ...duplicates(steps, compareNumbers), ...gap, ...rest] };
  },
};

const ALONE = "-- postgres-migrations disable-transaction";
const CODE = /^\d+.*\.js$/i;

function stepsOf(folder: string, listing: FileListing): readonly Step[] {
  return numberedFiles(folder, listing, /^(\d+)(?:[-_]?.*)\.sql$/i);
}

function numberedFiles(folder: string, listing: FileListing, name: RegExp): readonly Step[] {
  const compare = (a: Step, b: Step): number => compareNumbers(a.version, b.version) || compareText(a.up, b.up);
  return namedSteps({ folder, listing, name, compare });
}

/** The first number that is missing: the runner refuses the folder then. Migrations in code count. */
function gapIn(folder: string, listing: FileListing): readonly Problem[] {
  let expected = 1n;
  for (const { version, up } of numberedFiles(folder, listing, /^(\d+)(?:[-_]?.*)\.(?:sql|js)$/i)) {
    const number = BigInt(version);
    // A number that is there twice is reported as that.
    if (number === expected - 1n) continue;
    if (number !== expected) {
      const message = `${nameOf(up)} has the number ${number} where ${expected} is due`;
      return [misshapen(up, message, "Number the files from 1 without gaps; the runner refuses them otherwise.")];
    }
    expected += 1n;
  }
  return [];
}
