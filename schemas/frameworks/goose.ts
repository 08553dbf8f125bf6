import { compareNumbers, compareText } from "./order.ts";
import { duplicates, engineOfFiles, leftovers, readSteps, untouched } from "./steps.ts";
import { fillEnvironment } from "./placeholders.ts";
import { hasMark, namedSteps } from "./evidence.ts";
import { keepLines, linesOf, misshapen } from "./file-parts.ts";
import { nameOf } from "./listing.ts";
import { scores } from "./framework.ts";
import type { Cut, Step } from "./steps.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Variables } from "./placeholders.ts";

/** https://pressly.github.io/goose/documentation/annotations: marks stand alone on a line, letter case does not count. */
export const goose: Framework = {
  id: "goose",
  title: "goose",
  rule: "the part after -- +goose Up of N_name.sql in the order of the number N; one transaction a file unless it says -- +goose NO TRANSACTION.",
  kind: "history",
  async detect(folder, listing) {
    const steps = stepsOf(folder, listing);
    if (steps.length === 0 || !(await hasMark(listing, steps, /^--\s\+goose\s+up\b/im))) return [];
    const engine = await engineOfFiles(
      listing,
      steps.map((step) => step.up),
    );
    const why = "the mark -- +goose Up";
    return [{ framework: "goose", path: folder, engine, score: scores.marker, why, files: steps.length }];
  },
  async read({ path, listing, variables, engine }) {
    const steps = stepsOf(path, listing);
    const cut = gooseUp(variables);
    const read = await readSteps({ listing, steps, transaction: () => "file", fill: untouched, cut });
    const taken = new Set(steps.map((step) => nameOf(step.up)));
    const why = "its name is not like N_name.sql";
    const rest = leftovers({ listing, folder: path, taken, code: /^\d+_(?!.*_test\.go$).*\.go$/, why, engine });
    return { value: read.value, problems: [...read.problems, ...duplicates(steps, compareNumbers), ...rest] };
  },
};

function stepsOf(folder: string, listing: FileListing): readonly Step[] {
  const compare = (a: Step, b: Step): number => compareNumbers(a.version, b.version) || compareText(a.up, b.up);
  return namedSteps({ folder, listing, name: /^(\d+)_.*\.sql$/, compare });
}

function gooseUp(variables: Variables): Cut {
  return (file) => {
    const marks = linesOf(file.text).map((line) => MARK.exec(line)?.[1]?.toLowerCase() ?? null);
    if (!marks.includes("up")) {
      const isBlank = file.text.trim() === "";
      return { value: { text: "" }, problems: isBlank ? [] : [noUp(file.path)] };
    }
    const up = marks.indexOf("up");
    const down = marks.includes("down") ? marks.indexOf("down") : marks.length;
    const filled = withEnvironment(file, marks, variables);
    const text = keepLines(filled.text, (_, index) => index > up && index < down);
    const undo = keepLines(filled.text, (_, index) => index > down);
    const problems = filled.problems.filter(({ origin }) => origin !== undefined && origin.line <= down);
    const transaction = marks.includes("no transaction") ? ("none" as const) : ("file" as const);
    return { value: { text, transaction, ...(undo !== "" && { down: undo }) }, problems };
  };
}

const MARK = /^--\s\+goose\s+(\w+(?:\s\w+)?)\s*$/i;

/** Environment variables are filled only between ENVSUB ON and OFF. */
function withEnvironment(
  file: { readonly path: string; readonly text: string },
  marks: readonly (string | null)[],
  variables: Variables,
): { readonly text: string; readonly problems: ReturnType<typeof fillEnvironment>["problems"] } {
  let isOn = false;
  const wanted = marks.map((mark) => {
    if (mark === "envsub on" || mark === "envsub off") isOn = mark === "envsub on";
    return isOn;
  });
  if (!wanted.includes(true)) return { text: file.text, problems: [] };
  const { value, problems } = fillEnvironment(
    { path: file.path, text: keepLines(file.text, (_, index) => wanted[index] === true) },
    variables,
  );
  const filled = linesOf(value.text);
  const text = linesOf(file.text).map((line, index) => (wanted[index] === true ? (filled[index] ?? "") : line));
  return { text: text.join("\n"), problems };
}

const noUp = (path: string): ReturnType<typeof misshapen> =>
  misshapen(path, `${nameOf(path)} has no line "-- +goose Up" and was not read`, "Add the line before its statements.");
