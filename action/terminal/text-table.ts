import { scrubControls } from "./render-problem.ts";

/** Longest cell that is shown whole; a result for reading is not a result for programs. */
const LONGEST_CELL = 60;

/** Rows as aligned columns; NULL is shown as nothing, documents as JSON. */
export function textTable(names: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = [names, ...rows.map((row) => row.map(cellText))].map((row) => row.map(cut));
  const widths = names.map((_, at) => Math.max(...cells.map((row) => widthOf(row[at] ?? ""))));
  const isNumber = names.map((_, at) => rows.length > 0 && rows.every((row) => isNumeric(row[at])));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => pad(cell, widths[at] ?? 0, isNumber[at] === true))
      .join("  ")
      .trimEnd();
  const [head = [], ...body] = cells;
  return [line(head), widths.map((width) => "─".repeat(width)).join("  "), ...body.map(line)].join("\n");
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function cut(text: string): string {
  const line = scrubControls(text.replaceAll(/\s*\n\s*/g, " "));
  const characters = Array.from(line);
  return characters.length > LONGEST_CELL ? `${characters.slice(0, LONGEST_CELL - 1).join("")}…` : line;
}

/** Characters, where one beyond the basic plane counts once. */
const widthOf = (text: string): number => Array.from(text).length;

const pad = (text: string, width: number, isRight: boolean): string => {
  const gap = " ".repeat(Math.max(0, width - widthOf(text)));
  return isRight ? gap + text : text + gap;
};

const isNumeric = (value: unknown): boolean =>
  value === null || typeof value === "number" || (typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value));
