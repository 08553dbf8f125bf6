/** A cell of a result as it is shown: server and browser use the same words. */
export interface Cell {
  readonly text: string;
  readonly kind: "null" | "number" | "text";
}

/** Longer texts are cut in a grid; the whole is in the cell's title. */
export const LONGEST_CELL = 120;

export function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return { text: "null", kind: "null" };
  if (typeof value === "number" || typeof value === "bigint") return { text: String(value), kind: "number" };
  if (typeof value === "string") return { text: value, kind: isNumber(value) ? "number" : "text" };
  if (typeof value === "boolean") return { text: String(value), kind: "text" };
  return { text: JSON.stringify(value), kind: "text" };
}

/** Which columns hold numbers only, so that they are aligned with their heading at the end. */
export function numericColumns(columns: number, rows: readonly (readonly unknown[])[]): boolean[] {
  return Array.from({ length: columns }, (_, at) => {
    const cells = rows.map((row) => cellOf(row[at])).filter(({ kind }) => kind !== "null");
    return cells.length > 0 && cells.every(({ kind }) => kind === "number");
  });
}

export function shortened(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;
}

/** 64-bit and decimal numbers travel as text. A leading zero or plus is a code or a phone number, not a number. */
function isNumber(text: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text);
}
