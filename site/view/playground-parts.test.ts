import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import { arrangeRows } from "./arrange-rows.ts";
import { chartOptions } from "./chart-choice.ts";
import { toCsv, toJson, toTsv } from "./export-rows.ts";
import { newFileAddress, queryFile } from "./new-query-file.ts";
import { parameterCount } from "./parameters.ts";

const result = (names: readonly string[], rows: readonly (readonly unknown[])[]) => ({
  columns: names.map((name) => ({ name })),
  rows,
  rowCount: rows.length,
  truncated: false,
});

describe("parameterCount", () => {
  it.each([
    ["select 1", 0],
    ["select * from t where a = $1 and b = $2 or c = $1", 2],
    ["select '$1', $$ $2 $$, $a$ $3 $a$ -- $4\n /* $5 */", 0],
    ['select "$1" from t where x=$1', 1],
    ["select 'open $1", 0],
  ])("counts the values of %s", (sql, expected) => {
    expect(parameterCount(sql)).toBe(expected);
  });
});

describe("chartOptions", () => {
  it.each([
    [
      "over time",
      result(
        ["month", "net"],
        [
          ["2026-01-01", "1.5"],
          ["2026-02-01", "2"],
        ],
      ),
      "line",
      0,
      [1],
    ],
    [
      "by name",
      result(
        ["id", "state", "orders"],
        [
          [1, "new", 3],
          [2, "paid", 4],
        ],
      ),
      "bar",
      1,
      [2],
    ],
    [
      "number by number",
      result(
        ["price", "weight"],
        [
          [1, 2],
          [2, 5],
        ],
      ),
      "scatter",
      0,
      [1],
    ],
    ["one column of numbers", result(["n"], [[1], [2]]), "bar", -1, [0]],
  ] as const)("draws %s", (_, rows, kind, x, y) => {
    expect(chartOptions(rows)?.best).toEqual({ kind, x, y });
  });
  it("draws nothing where there is nothing to compare", () => {
    expect(chartOptions(result(["a"], [["x"], ["y"]]))).toBeNull();
    expect(chartOptions(result(["n"], [[1]]))).toBeNull();
  });
  it("offers a pie for few parts of a whole only", () => {
    const pies = (rows: readonly (readonly unknown[])[]) =>
      chartOptions(result(["a", "n"], rows))?.kinds.includes("pie");
    expect(
      pies([
        ["x", 1],
        ["y", 2],
      ]),
    ).toBe(true);
    expect(
      pies([
        ["x", 1],
        ["y", -2],
      ]),
    ).toBe(false);
    expect(pies(Array.from({ length: 9 }, (_, at) => [`k${at}`, at]))).toBe(false);
  });
});

describe("arrangeRows", () => {
  const rows = [
    ["b", "10", null],
    ["a", "9", "x"],
    [null, "100", "Y"],
  ];
  const numeric = [false, true, false];
  it("sorts numbers by value, texts by their letters, and nulls last", () => {
    const sorted = (column: number, descending: boolean) =>
      arrangeRows(rows, { words: "", sorting: { column, descending }, numeric }).map((row) => row[column]);
    expect(sorted(1, false)).toEqual(["9", "10", "100"]);
    expect(sorted(0, false)).toEqual(["a", "b", null]);
    expect(sorted(0, true)).toEqual(["b", "a", null]);
  });
  it("keeps the rows that hold the words, whatever their case", () => {
    expect(arrangeRows(rows, { words: " y ", sorting: null, numeric })).toEqual([[null, "100", "Y"]]);
  });
});

describe("exports", () => {
  it("writes CSV that a reader gives back", () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constant(null),
      fc.string({ unit: fc.constantFrom('"', ",", "\n", " ", "a") }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        expect(readCsv(toCsv(result(["a", "b"], rows))).slice(1)).toEqual(rows);
      }),
    );
  });
  it("gives columns of one name names of their own", () => {
    expect(JSON.parse(toJson(result(["id", "id"], [[1, { a: [null] }]])))).toEqual([{ id: 1, id_2: { a: [null] } }]);
  });
  it("keeps a cell of several lines in its cell", () => {
    expect(toTsv(result(["a", "b"], [["x\ty\nz", null]]))).toBe("a\tb\nx y z\t");
  });
});

describe("a query to keep", () => {
  const query = { title: "Late\norders & more", question: "", sql: "select 1;" };
  it("is a file that is one statement with its title", () => {
    expect(queryFile(query)).toBe("-- title: Late orders & more\nselect 1;\n");
  });
  it("goes to a new file of its own name", () => {
    const address = new URL(
      newFileAddress("https://git.example.org/o/r/new/main?filename={path}&value={content}", "queries/", query),
    );
    expect(address.searchParams.get("filename")).toBe("queries/late-orders-more.sql");
    expect(address.searchParams.get("value")).toBe(queryFile(query));
  });
});

/** A strict reader of RFC 4180 in which an empty field is null. */
function readCsv(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? bare || null : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
