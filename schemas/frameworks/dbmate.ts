import { compareText } from "./order.ts";
import { duplicates, engineOfFiles, leftovers, readSteps, untouched } from "./steps.ts";
import { hasMark, namedSteps } from "./evidence.ts";
import { keepLines, linesOf, misshapen } from "./file-parts.ts";
import { nameOf } from "./listing.ts";
import { scores } from "./framework.ts";
import type { Cut, Step } from "./steps.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";

/** https://github.com/amacneil/dbmate: versions are compared as text, so they have equally many digits. */
export const dbmate: Framework = {
  id: "dbmate",
  title: "dbmate",
  rule: "the part after -- migrate:up of N_name.sql by file name; one transaction a file unless the line says transaction:false.",
  kind: "history",
  async detect(folder, listing) {
    const steps = stepsOf(folder, listing);
    if (steps.length === 0 || !(await hasMark(listing, steps, /^--\s*migrate:up(?:\s|$)/m))) return [];
    const engine = await engineOfFiles(
      listing,
      steps.map((step) => step.up),
    );
    const why = "the mark -- migrate:up";
    return [{ framework: "dbmate", path: folder, engine, score: scores.marker, why, files: steps.length }];
  },
  async read({ path, listing, engine }) {
    const steps = stepsOf(path, listing);
    const read = await readSteps({ listing, steps, transaction: () => "file", fill: untouched, cut: upBlock });
    const taken = new Set(steps.map((step) => nameOf(step.up)));
    const why = "its name is not like N_name.sql";
    const rest = leftovers({ listing, folder: path, taken, code: /^$/, why, engine });
    return { value: read.value, problems: [...read.problems, ...duplicates(steps, compareText), ...rest] };
  },
};

function stepsOf(folder: string, listing: FileListing): readonly Step[] {
  return namedSteps({ folder, listing, name: /^(\d+).*\.sql$/, compare: (a, b) => compareText(a.up, b.up) });
}

const UP = /^--\s*migrate:up(?:\s+(.*))?$/;
const DOWN = /^--\s*migrate:down(?:\s|$)/;

const upBlock: Cut = ({ path, text }) => {
  const lines = linesOf(text).map((line) => line.trimEnd());
  const up = lines.findIndex((line) => UP.test(line));
  if (up === -1) {
    const message = `${nameOf(path)} has no line "-- migrate:up" and was not read`;
    const help = "Add the line before its statements.";
    return { value: { text: "" }, problems: text.trim() === "" ? [] : [misshapen(path, message, help)] };
  }
  const found = lines.findIndex((line, index) => index > up && DOWN.test(line));
  const down = found === -1 ? lines.length : found;
  const options = UP.exec(lines[up] ?? "")?.[1] ?? "";
  const undo = keepLines(text, (_, index) => index > down);
  const transaction = /(?:^|\s)transaction:false(?:\s|$)/.test(options) ? ("none" as const) : ("file" as const);
  const kept = keepLines(text, (_, index) => index > up && index < down);
  return { value: { text: kept, transaction, ...(undo !== "" && { down: undo }) }, problems: [] };
};
