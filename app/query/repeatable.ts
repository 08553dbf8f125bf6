import { walk, type Node } from "#schemas/languages/sql/postgres/ast.ts";
import { loadParser, type ParseTree } from "#schemas/languages/sql/postgres/parse.ts";
import { EngineError } from "#schemas/ports.ts";
import { ProblemError } from "#schemas/problem.ts";
import { BusyError, type AskOptions, type Connection, type ReadSession } from "./connection.ts";
import type { QueryRequest } from "./run-query.ts";
import { harmlessStable } from "./harmless-stable.ts";

/**
 * Whether a query gives the same rows again while the data stay the same. Its syntax tree says what it calls and reads,
 * the engine says what is volatile, and the views and policies behind the relations are looked at the same way. What
 * cannot be told is not repeatable.
 */
export async function isRepeatable(
  { sql, params = [] }: Pick<QueryRequest, "sql" | "params">,
  { connection, ...how }: AskOptions & { readonly connection: Connection },
): Promise<boolean> {
  if (params.some((value) => typeof value === "string" && MOMENT.test(value))) return false;
  const outcome = (await loadParser()).parse(sql);
  if (!outcome.ok) return false;
  const asked = namesIn(outcome.tree);
  if (asked === null) return false;
  try {
    return await connection.inTransaction((session) => isStable(asked, session), how);
  } catch (error) {
    // The query itself has been answered: that the question about it was not costs the cache only.
    if (error instanceof EngineError || error instanceof BusyError || error instanceof ProblemError) return false;
    throw error;
  }
}

/** Texts that stand for a moment when they become a time. */
const MOMENT = /\b(?:now|today|tomorrow|yesterday)\b/i;

interface Name {
  readonly schema: string | null;
  readonly name: string;
}

/** What a text names. */
interface Names {
  /** Functions that are called. */
  readonly calls: readonly Name[];
  /** Last parts of `a.b`, which may call a function of the database's own. */
  readonly fields: readonly string[];
  readonly operators: readonly string[];
  readonly relations: readonly Name[];
}

/** Null for what says of itself that it is another one each time. */
function namesIn(tree: ParseTree | Node): Names | null {
  const calls: Name[] = [];
  const fields: string[] = [];
  const operators: string[] = [];
  const relations: Name[] = [];
  let changes = false;
  walk(tree, {
    // CURRENT_DATE, CURRENT_USER and their like.
    SQLValueFunction: () => void (changes = true),
    RangeTableSample: () => void (changes = true),
    A_Const: ({ sval }) => void (changes ||= MOMENT.test(sval?.sval ?? "")),
    FuncCall: ({ funcname }) => void calls.push(nameOf(texts(funcname))),
    A_Expr: ({ name }) => void operators.push(texts(name).at(-1) ?? ""),
    RangeVar: ({ schemaname, relname }) => void relations.push({ schema: schemaname ?? null, name: relname ?? "" }),
    ColumnRef: ({ fields: parts }) => {
      const names = texts(parts);
      if (names.length > 1) fields.push(names.at(-1) ?? "");
    },
    A_Indirection: ({ indirection }) => void fields.push(...texts(indirection)),
  });
  return changes ? null : { calls, fields, operators, relations };
}

const texts = (nodes: readonly Node[] | undefined): readonly string[] =>
  (nodes ?? []).flatMap((node) => ("String" in node ? [node.String.sval ?? ""] : []));

const nameOf = (parts: readonly string[]): Name => ({ schema: parts.at(-2) ?? null, name: parts.at(-1) ?? "" });

/** Views in views in views: deeper ones are left alone, and so is what reads them. */
const MOST_ROUNDS = 8;

async function isStable(asked: Names, session: ReadSession): Promise<boolean> {
  const seen = new Set<string>();
  let open: readonly Names[] = [asked];
  for (let round = 0; open.length > 0; round++) {
    if (round >= MOST_ROUNDS || (await hasVolatile(open, session))) return false;
    const relations = open
      .flatMap((names) => names.relations)
      .filter((relation) => !seen.has(JSON.stringify(relation)));
    for (const relation of relations) seen.add(JSON.stringify(relation));
    const behind = await namesBehind(relations, session);
    if (behind === null) return false;
    open = behind;
  }
  return true;
}

async function hasVolatile(all: readonly Names[], session: ReadSession): Promise<boolean> {
  const names = {
    calls: all.flatMap(({ calls }) => calls),
    fields: all.flatMap(({ fields }) => fields),
    operators: all.flatMap(({ operators }) => operators),
    harmless: harmlessStable,
  };
  const { rows } = await session.read({ sql: VOLATILE, params: [JSON.stringify(names)], maxRows: 1 });
  return rows[0]?.[0] !== "f";
}

/** What the views and policies of relations name; null when one of them cannot be read or is another one each time. */
async function namesBehind(relations: readonly Name[], session: ReadSession): Promise<readonly Names[] | null> {
  if (relations.length === 0) return [];
  const { rows } = await session.read({ sql: BEHIND, params: [JSON.stringify(relations)], maxRows: MOST_BEHIND });
  if (rows.length >= MOST_BEHIND) return null;
  const parser = await loadParser();
  const behind: Names[] = [];
  for (const [kind, text] of rows) {
    const outcome = parser.parse(kind === "policy" ? `select ${text ?? ""}` : (text ?? ""));
    const names = outcome.ok ? namesIn(outcome.tree) : null;
    if (names === null) return null;
    // Who asks is part of the key, and is what policies go by.
    const calls = kind === "policy" ? names.calls.filter(({ name }) => name !== "current_setting") : names.calls;
    behind.push({ ...names, calls });
  }
  return behind;
}

const MOST_BEHIND = 200;

/** Names are compared as they are; of a name with several functions the most changeable counts. */
const VOLATILE = `
select exists (
  select from json_to_recordset($1::json->'calls') as a(schema text, name text)
  join pg_catalog.pg_proc p on p.proname = a.name
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace and (a.schema is null or a.schema = n.nspname)
  where p.provolatile <> 'i'
    and not (p.provolatile = 's' and n.nspname = 'pg_catalog'
      and p.proname in (select json_array_elements_text($1::json->'harmless')))
) or exists (
  select from json_array_elements_text($1::json->'fields') as a(name)
  join pg_catalog.pg_proc p on p.proname = a.name and p.provolatile <> 'i'
  where p.pronamespace <> 'pg_catalog'::regnamespace
) or exists (
  select from json_array_elements_text($1::json->'operators') as a(name)
  join pg_catalog.pg_operator o on o.oprname = a.name
  join pg_catalog.pg_proc p on p.oid = o.oprcode and p.provolatile = 'v'
) or exists (
  select from json_to_recordset($1::json->'calls') as a(schema text, name text)
  join pg_catalog.pg_proc p on p.proname = a.name
  join pg_catalog.pg_aggregate g on g.aggfnoid = p.oid
  join pg_catalog.pg_proc part on part.oid in (g.aggtransfn, g.aggfinalfn, g.aggmtransfn, g.aggmfinalfn)
  where part.provolatile = 'v' and part.pronamespace <> 'pg_catalog'::regnamespace
) or exists (
  select from pg_catalog.pg_cast c join pg_catalog.pg_proc p on p.oid = c.castfunc
  where p.provolatile = 'v' and p.pronamespace <> 'pg_catalog'::regnamespace
)`;

const BEHIND = `
with relation as (
  select c.* from json_to_recordset($1::json) as a(schema text, name text)
  join pg_catalog.pg_class c
    on c.oid = pg_catalog.to_regclass(coalesce(pg_catalog.quote_ident(a.schema) || '.', '') || pg_catalog.quote_ident(a.name))
)
select 'view', pg_catalog.pg_get_viewdef(oid) from relation where relkind = 'v'
union all
select 'policy', pg_catalog.pg_get_expr(p.polqual, p.polrelid)
from relation join pg_catalog.pg_policy p on p.polrelid = relation.oid
where relation.relrowsecurity and p.polqual is not null`;
