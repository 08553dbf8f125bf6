import type { SourceSpan } from "#schemas/source.ts";
import type { ReviewReport } from "#schemas/json/report.ts";

/** What is written in place of a statement, for a finding. */
export interface SafeForm {
  readonly rule: string;
  readonly span: SourceSpan;
  /** Without the last terminator, which stays where it is. */
  readonly text: string;
}

/** The safe forms of a review, one for a statement, in the files that it reviewed. */
export function safeForms({ findings, files }: ReviewReport): readonly SafeForm[] {
  const paths = new Set(files.map(({ path }) => path));
  const taken: SafeForm[] = [];
  for (const { rule, span, fix, rewrite } of findings) {
    const form = fix
      ? { rule, span: fix.span, text: fix.replacement }
      : rewrite && { rule, span, text: rewrite.steps.map(({ sql }) => sql.trimEnd().replace(/;$/, "")).join(";\n") };
    if (form && paths.has(form.span.file) && !taken.some((one) => overlap(one.span, form.span))) taken.push(form);
  }
  return taken;
}

const isBefore = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a[0] < b[0] || (a[0] === b[0] && a[1] <= b[1]);

function overlap(a: SourceSpan, b: SourceSpan): boolean {
  if (a.file !== b.file) return false;
  return (
    !isBefore([a.endLine, a.endColumn], [b.line, b.column]) && !isBefore([b.endLine, b.endColumn], [a.line, a.column])
  );
}

/** A file with the forms that are for it. Line ends stay as the file has them. */
export function withForms(text: string, forms: readonly SafeForm[]): string {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const at = (line: number, column: number): number => (starts[line - 1] ?? text.length) + column - 1;
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  return forms
    .toSorted((a, b) => b.span.line - a.span.line || b.span.column - a.span.column)
    .reduce(
      (whole, { span, text: form }) =>
        whole.slice(0, at(span.line, span.column)) +
        form.replaceAll(/\r?\n/g, end) +
        whole.slice(at(span.endLine, span.endColumn)),
      text,
    );
}

/**
 * Whether files with safe forms do the same and better: the same change of the schema, no problem and no kind of finding
 * more than before, and of the findings that the forms are for at least one less each.
 */
export function isBetter(before: ReviewReport, after: ReviewReport, forms: readonly SafeForm[]): boolean {
  if (after.problems.length > before.problems.length) return false;
  if (withoutPlaces(before.changes) !== withoutPlaces(after.changes)) return false;
  const [was, is] = [countOf(before), countOf(after)];
  const wanted = Map.groupBy(forms, ({ rule }) => rule);
  return [...new Set([...was.keys(), ...is.keys(), ...wanted.keys()])].every(
    (rule) => (is.get(rule) ?? 0) <= (was.get(rule) ?? 0) - (wanted.get(rule)?.length ?? 0),
  );
}

const countOf = ({ findings }: ReviewReport): ReadonlyMap<string, number> =>
  new Map([...Map.groupBy(findings, ({ rule }) => rule)].map(([rule, all]) => [rule, all.length]));

/** Lines move when a statement becomes two. */
const withoutPlaces = (changes: ReviewReport["changes"]): string =>
  JSON.stringify(changes, (key, value: unknown) => (PLACES.has(key) ? undefined : value));
const PLACES: ReadonlySet<string> = new Set(["origin", "span", "line", "column", "endLine", "endColumn"]);
