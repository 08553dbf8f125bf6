import type { SelectStmt } from "libpg-query";
import { editDistance } from "#schemas/closest.ts";
import { walk } from "#schemas/languages/sql/postgres/ast.ts";
import type { Parser } from "#schemas/languages/sql/postgres/parse.ts";
import type { SchemaModel, Table, View } from "#schemas/model.ts";
import type { Problem } from "#schemas/problem.ts";
import { tokenise } from "../search/tokenise.ts";

/** A refusal of the database: `position` counts the query's characters from 1. */
export type Refused = Pick<Problem, "message" | "help" | "sqlstate"> & { readonly position?: number };

/**
 * The refusal with what was probably meant by a name that does not exist: `Did you mean sales.orders?`. It comes from the
 * tree of the query and the model; PostgreSQL itself knows near columns only, and no near tables. A refusal that is about
 * something else is given back as it is.
 */
export function withMeantNames<T extends Refused>(
  refused: T,
  { sql, model, parser }: { readonly sql: string; readonly model: SchemaModel; readonly parser: Parser },
): T {
  const kind = KINDS[refused.sqlstate ?? ""];
  const named = kind === undefined ? null : namesIn(sql, parser);
  if (kind === undefined || named === null) return refused;
  const wrong = nearestTo(named[kind], refused.position);
  if (wrong === null) return refused;
  const meant = MEANT[kind](wrong.parts, { model, relations: named.relation });
  if (meant.length === 0) return refused;
  const said = `Did you mean ${meant.length === 1 ? meant[0] : `${meant.slice(0, -1).join(", ")} or ${meant.at(-1)}`}?`;
  // PostgreSQL's own hint may say the same.
  if (meant.some((name) => refused.help?.includes(name.split(/[ .]/).at(-1) ?? name))) return refused;
  const help = refused.help === undefined ? said : `${refused.help} ${said}`;
  return { ...refused, help };
}

type Kind = "relation" | "column" | "call";

/** SQLSTATE of a name that does not exist. */
const KINDS: Readonly<Record<string, Kind>> = { "42P01": "relation", "42703": "column", "42883": "call" };

interface Named {
  readonly parts: readonly string[];
  /** In UTF-16 code units, from 0. */
  readonly offset: number;
  readonly alias?: string;
}

type Names = Readonly<Record<Kind, readonly Named[]>>;

/** Every name of a query, with its place; null when it cannot be read. */
function namesIn(sql: string, parser: Parser): Names | null {
  const outcome = parser.parse(sql);
  if (!outcome.ok) return null;
  const bytes = new TextEncoder().encode(sql);
  const offsetOf = (byte = 0): number => new TextDecoder().decode(bytes.subarray(0, byte)).length;
  const names = { relation: [] as Named[], column: [] as Named[], call: [] as Named[] };
  walk(outcome.tree, {
    RangeVar: ({ schemaname, relname = "", alias, location }) =>
      void names.relation.push({
        parts: [...(schemaname === undefined ? [] : [schemaname]), relname],
        offset: offsetOf(location),
        ...(alias?.aliasname === undefined ? {} : { alias: alias.aliasname }),
      }),
    ColumnRef: ({ fields, location }) => void names.column.push({ parts: textsOf(fields), offset: offsetOf(location) }),
    FuncCall: ({ funcname, location }) =>
      void names.call.push({ parts: textsOf(funcname), offset: offsetOf(location) }),
  });
  return names;
}

const textsOf = (nodes: SelectStmt["targetList"]): readonly string[] =>
  (nodes ?? []).flatMap((node) => ("String" in node ? [node.String.sval ?? ""] : []));

/** The name at the place that the database points at. */
function nearestTo(names: readonly Named[], position: number | undefined): Named | null {
  if (position === undefined) return names.length === 1 ? (names[0] ?? null) : null;
  const before = names.filter(({ offset, parts }) => {
    const ahead = position - 1 - offset;
    return ahead >= 0 && ahead <= parts.join(".").length + 2 * parts.length;
  });
  return before.toSorted((a, b) => b.offset - a.offset)[0] ?? null;
}

interface Place {
  readonly model: SchemaModel;
  readonly relations: readonly Named[];
}

const MEANT: Readonly<Record<Kind, (parts: readonly string[], place: Place) => readonly string[]>> = {
  relation(parts, { model }) {
    const name = parts.at(-1) ?? "";
    const known = relationsOf(model);
    const same = known.filter((one) => one.name.toLowerCase() === name.toLowerCase());
    const found = same.length > 0 ? same : rank(name, known);
    return found.slice(0, MOST).map(({ id }) => id);
  },
  column(parts, { model, relations }) {
    const name = parts.at(-1) ?? "";
    const qualifier = parts.at(-2);
    const known = relationsOf(model);
    const read = relations.flatMap((one) => {
      const found = known.filter(
        (relation) =>
          relation.name === one.parts.at(-1) && (one.parts.length === 1 || relation.schema === one.parts[0]),
      );
      return found.map((relation) => ({ relation, called: one.alias ?? relation.name }));
    });
    const asked = read.filter(({ called }) => qualifier === undefined || called === qualifier);
    const columns = asked.flatMap(({ relation, called }) =>
      relation.columns.map((column) => ({
        name: column.name,
        said: qualifier === undefined ? column.name : `${called}.${column.name}`,
      })),
    );
    const near = unique(rank(name, columns).map(({ said }) => said));
    // The very name in another table says what the query forgets to join.
    const elsewhere = known
      .filter((relation) => !asked.some((one) => one.relation === relation))
      .flatMap((relation) =>
        relation.columns.some((column) => column.name === name) ? [`${name} of ${relation.id}`] : [],
      );
    return [...near.slice(0, MOST - Math.min(1, elsewhere.length)), ...elsewhere.slice(0, near.length > 0 ? 1 : MOST)];
  },
  call(parts, { model }) {
    const name = (parts.at(-1) ?? "").toLowerCase();
    const here = ELSEWHERE.get(name);
    if (here !== undefined) return [here];
    const routines = model.routines.map((routine) => ({ name: routine.name, said: `${routine.name}()` }));
    return unique(
      rank(name, [...routines, ...COMMON.map((common) => ({ name: common, said: `${common}()` }))]).map(
        ({ said }) => said,
      ),
    ).slice(0, MOST);
  },
};

const MOST = 3;

const relationsOf = ({ tables, views }: SchemaModel): readonly (Table | View)[] => [...tables, ...views];

/** Names that are near by their letters or share words, nearest first. */
function rank<T extends { readonly name: string }>(word: string, candidates: readonly T[]): readonly T[] {
  const words = new Set(tokenise(word));
  const scored = candidates.flatMap((candidate) => {
    const name = candidate.name.toLowerCase();
    const longest = Math.max(word.length, name.length);
    const letters = 1 - editDistance(word.toLowerCase(), name) / Math.max(1, longest);
    const own = tokenise(candidate.name);
    const shared = own.filter((token) => words.has(token)).length / Math.max(1, own.length, words.size);
    // Of names as near by their letters the one that shares a word is meant.
    return Math.max(letters, shared) >= NEAR ? [{ candidate, score: Math.max(letters, shared) + shared / 3 }] : [];
  });
  scored.sort((a, b) => b.score - a.score || (a.candidate.name < b.candidate.name ? -1 : 1));
  const best = scored[0]?.score ?? 0;
  return scored.filter(({ score }) => score >= best - 0.2).map(({ candidate }) => candidate);
}

/** Half of the letters or words are the same. */
const NEAR = 0.5;

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** Functions of other databases, as PostgreSQL has them. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["ifnull", "coalesce()"],
  ["nvl", "coalesce()"],
  ["isnull", "coalesce()"],
  ["iif", "CASE WHEN"],
  ["if", "CASE WHEN"],
  ["group_concat", "string_agg()"],
  ["listagg", "string_agg()"],
  ["len", "length()"],
  ["getdate", "now()"],
  ["sysdate", "now()"],
  ["curdate", "current_date"],
  ["date_format", "to_char()"],
  ["strftime", "to_char()"],
  ["datediff", "the difference of two dates by `-`"],
  ["year", "extract(year from …)"],
  ["month", "extract(month from …)"],
  ["day", "extract(day from …)"],
  ["charindex", "strpos()"],
  ["instr", "strpos()"],
]);

/** What queries call most. */
const COMMON = [
  ..."array_agg avg bool_and bool_or ceil coalesce concat count date_part date_trunc dense_rank extract first_value".split(
    " ",
  ),
  ..."floor greatest initcap jsonb_agg lag lead least left length lower ltrim max min now ntile percentile_cont".split(
    " ",
  ),
  ..."rank replace right round row_number rtrim split_part string_agg strpos substring sum to_char to_date trim".split(
    " ",
  ),
  ..."trunc unnest upper".split(" "),
];
