import { expect, test } from "vitest";
import { reportExample, type ReviewReport } from "#schemas/json/report.ts";
import { isBetter, safeForms, withForms, type SafeForm } from "./safe-forms.ts";

const [example] = reportExample.findings;
if (!example) throw new Error("the example has a finding");
const at = (line: number, column: number, endLine: number, endColumn: number) => ({
  file: "migrations/0027_order_status.sql",
  line,
  column,
  endLine,
  endColumn,
});
const finding = (rule: string, span: ReturnType<typeof at>, ...steps: readonly string[]) => {
  const { rewrite: _rewrite, fix: _fix, ...rest } = example;
  return {
    ...rest,
    rule,
    span,
    ...(steps.length > 0 ? { rewrite: { title: "t", steps: steps.map((sql) => ({ sql })) } } : {}),
  };
};
const report = (findings: ReviewReport["findings"], more: Partial<ReviewReport> = {}): ReviewReport => ({
  ...reportExample,
  problems: [],
  findings,
  ...more,
});

test("takes one form for a statement, and none of a file that is not reviewed", () => {
  const forms = safeForms(
    report([
      finding("a", at(1, 1, 2, 10), "ONE;", "TWO;"),
      finding("b", at(2, 3, 2, 10), "OTHER"),
      finding("c", at(2, 12, 2, 20), "THREE"),
      finding("d", at(4, 1, 4, 9)),
      { ...finding("e", at(5, 1, 5, 9), "FAR"), span: { ...at(5, 1, 5, 9), file: "other.sql" } },
    ]),
  );
  expect(forms.map(({ rule, text }) => [rule, text])).toEqual([
    ["a", "ONE;\nTWO"],
    ["c", "THREE"],
  ]);
});

const form = (span: ReturnType<typeof at>, text: string): SafeForm => ({ rule: "a", span, text });

test.each([
  [
    "keeps what stands around",
    "-- é\nALTER x;\nSELECT 1;\n",
    [form(at(2, 1, 2, 8), "ONE;\nTWO")],
    "-- é\nONE;\nTWO;\nSELECT 1;\n",
  ],
  [
    "writes several",
    "A; B;\nC",
    [form(at(1, 1, 1, 2), "x;\ny"), form(at(1, 4, 1, 5), "z"), form(at(2, 1, 2, 2), "w")],
    "x;\ny; z;\nw",
  ],
  ["keeps the line ends of Windows", "A;\r\nB;\r\n", [form(at(2, 1, 2, 2), "x;\ny")], "A;\r\nx;\r\ny;\r\n"],
  ["counts columns as editors do", "/* 😀 */ A;", [form(at(1, 10, 1, 11), "x")], "/* 😀 */ x;"],
  ["takes a dollar for a dollar", "A;", [form(at(1, 1, 1, 2), "$$ $1 $&")], "$$ $1 $&;"],
] as const)("%s", (_what, text, forms, expected) => {
  expect(withForms(text, forms)).toBe(expected);
});

test.each([
  ["one finding less", report([]), true],
  ["the same finding", report([finding("a", at(3, 1, 3, 9))]), false],
  ["another finding instead", report([finding("b", at(1, 1, 1, 9))]), false],
  ["a problem more", report([], { problems: reportExample.problems }), false],
  ["another change of the schema", report([], { changes: [] }), false],
] as const)("knows what is better: %s", (_what, after, expected) => {
  const before = report([finding("a", at(1, 1, 1, 9))]);
  expect(isBetter(before, after, [form(at(1, 1, 1, 9), "x")])).toBe(expected);
});
