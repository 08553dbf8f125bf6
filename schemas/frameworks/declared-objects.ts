import { compareNatural, compareText } from "./order.ts";
import { factsOf } from "./statement-facts.ts";
import type { MigrationFile, SourceFile } from "../source.ts";
import type { Parser } from "../languages/sql/postgres/parse.ts";
import type { SplitStatement } from "../languages/sql/postgres/split.ts";

/** Statements that go together, and what they make and build on. */
interface Item {
  readonly file: SourceFile;
  /** Null for a file that is taken whole. */
  readonly statement: SplitStatement | null;
  readonly rank: number;
  readonly makes: readonly string[];
  readonly needs: readonly string[];
}

/**
 * Files in which each object is declared, in an order in which they can be run. A file whose objects belong in several
 * places is cut into steps. A circle is entered at its first file by rank: what refers back fails and is reported.
 */
export async function orderByDependency(files: readonly SourceFile[]): Promise<readonly MigrationFile[]> {
  // Loaded here, so that only who reads such a folder pays for the parser.
  const { loadParser } = await import("../languages/sql/postgres/parse.ts");
  const { splitStatements } = await import("../languages/sql/postgres/split.ts");
  const parser = await loadParser();
  const items = files.flatMap((file) => itemsOf(file, splitStatements(file).statements, parser));
  const byPath = (a: string, b: string): number => compareNatural(a, b) || compareText(a, b);
  items.sort((a, b) => a.rank - b.rank || byPath(a.file.path, b.file.path) || indexOf(a) - indexOf(b));
  return stepsOf(inOrder(items));
}

const indexOf = (item: Item): number => item.statement?.index ?? 0;

function itemsOf(file: SourceFile, statements: readonly SplitStatement[], parser: Parser): readonly Item[] {
  const facts = statements.map((statement) => ({ statement, facts: factsOf(statement.text, parser) }));
  const known = facts.flatMap((one) => (one.facts ? [{ file, statement: one.statement, ...one.facts }] : []));
  // What is not PostgreSQL's, or sets something for the statements after it, is not taken apart.
  const isWhole = known.length < facts.length || known.length === 0 || known.some((one) => one.isSetting);
  if (!isWhole) return known;
  const makes = known.flatMap((one) => one.makes);
  const needs = known.flatMap((one) => one.needs).filter((name) => !makes.includes(name));
  const rank = known.length < facts.length || known.length === 0 ? rankOfPath(file.path) : lowest(known);
  return [{ file, statement: null, rank, makes, needs }];
}

const lowest = (items: readonly Item[]): number => Math.min(...items.map((item) => item.rank));

/** By the folder, for languages that are not parsed here. */
function rankOfPath(path: string): number {
  const folders = path.toLowerCase().split("/").slice(0, -1);
  const found = PATH_RANKS.find(([names]) => folders.some((folder) => names.test(folder)));
  return found ? found[1] : 5;
}
const PATH_RANKS: readonly (readonly [RegExp, number])[] = [
  [/^post-?deployment|^data$|^seeds?$/, 16],
  [/polic(?:y|ies)/, 13],
  [/trigger/, 12],
  [/procedure|routine/, 11],
  [/view/, 10],
  [/function/, 9],
  [/index/, 8],
  [/foreign|constraint/, 7],
  [/tables/, 4],
  [/sequence/, 3],
  [/type|enum|domain/, 2],
  [/security|roles|extensions/, 1],
  [/schemas/, 0],
];

function inOrder(items: readonly Item[]): readonly Item[] {
  const makers = new Map<string, Item[]>();
  for (const item of items) for (const name of item.makes) makers.set(name, [...(makers.get(name) ?? []), item]);
  const seen = new Set<Item>();
  const ordered: Item[] = [];
  // A stack of its own: a chain of views may be longer than the engine's.
  for (const start of items) {
    const open: { readonly item: Item; readonly needs: Item[] }[] = [];
    const enter = (item: Item): void => {
      if (seen.has(item)) return;
      seen.add(item);
      open.push({ item, needs: item.needs.flatMap((name) => makers.get(name) ?? []) });
    };
    enter(start);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const next = top.needs.shift();
      if (next) enter(next);
      else {
        ordered.push(top.item);
        open.pop();
      }
    }
  }
  return ordered;
}

/** Neighbours of one file are one step; a file that is one step is taken as it is written. */
function stepsOf(items: readonly Item[]): readonly MigrationFile[] {
  const groups: { readonly file: SourceFile; readonly items: Item[] }[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    const before = last?.items.at(-1);
    if (last && before && last.file === item.file && indexOf(before) < indexOf(item)) last.items.push(item);
    else groups.push({ file: item.file, items: [item] });
  }
  const parts = Map.groupBy(groups, (group) => group.file);
  return groups.map(({ file, items: group }) => {
    const of = parts.get(file) ?? [];
    const number = of.findIndex((one) => one.items === group) + 1;
    const version = number === 1 ? file.path : `${file.path} #${number}`;
    const text = of.length === 1 ? file.text : placed(group.flatMap((item) => item.statement ?? []));
    return { path: file.path, version, transaction: "none", text };
  });
}

/** Statements at the places they have in their file. */
function placed(statements: readonly SplitStatement[]): string {
  let text = "";
  let line = 1;
  let column = 1;
  for (const { span, text: sql } of statements) {
    if (span.line > line) {
      text += "\n".repeat(span.line - line);
      column = 1;
    }
    text += `${" ".repeat(Math.max(span.column - column, 0))}${sql};`;
    line = span.endLine;
    column = span.endColumn + 1;
  }
  return text;
}
