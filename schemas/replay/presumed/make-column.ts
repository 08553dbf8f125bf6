import { walk, type NodeOf } from "../../languages/sql/postgres/ast.ts";
import type { MissingObject } from "./missing-object.ts";
import { otherTypes, presumedTypes, typeBeforePrinted, typeOfName } from "./presume-types.ts";
import { quoted, sqlName, type StandIn } from "./stand-in-catalog.ts";
import { lastName } from "./statement-hints.ts";
import { constraintsOf, keyOf, rangesOf, type MakeInput } from "./statement-names.ts";

export async function makeColumn(
  missing: Extract<MissingObject, { readonly kind: "column" }>,
  input: MakeInput,
): Promise<readonly string[] | null> {
  const { tree, made, catalog, hints, guesses } = input;
  const owner = await ownerOf(missing, input);
  if (!owner || !made.has(keyOf(owner))) return null;
  const kind = hints.kinds.get(owner.name);
  if (kind === "view" || kind === "materialized view") return widerView(owner, missing.name, kind, input);
  const counterpart = await foreignKeyType(missing.name, input);
  // In a DO block nothing is seen but the name; a text makes the engine say what does not fit.
  const isOpaque = rangesOf(tree).length === 0;
  const guess = isOpaque ? "text" : typeOfName(missing.name);
  const type = counterpart ?? presumedTypes(tree).get(missing.name) ?? guess;
  guesses.set(JSON.stringify([owner.schema, owner.name, missing.name]), 0);
  // A type of an extension or of the file itself may not be there where the stand-in is made.
  const known = (await catalog.currentSchema()) === null ? "text" : type;
  return [`alter table ${sqlName(owner)} add column ${quoted(missing.name)} ${known}`];
}

async function widerView(
  view: StandIn,
  name: string,
  kind: "view" | "materialized view",
  { catalog, tree }: MakeInput,
): Promise<readonly string[]> {
  const type = presumedTypes(tree).get(name) ?? typeOfName(name);
  const known = await catalog.columnsOf(view);
  const types = await Promise.all(known.map((column_) => catalog.typeOf(view, column_)));
  const list = [
    ...known.map((column_, at) => `null::${types[at] ?? "text"} as ${quoted(column_)}`),
    `null::${type} as ${quoted(name)}`,
  ];
  const select = `as select ${list.join(", ")}`;
  if (kind === "view") return [`create or replace view ${sqlName(view)} ${select}`];
  return [
    `drop materialized view ${sqlName(view)} cascade`,
    `create materialized view ${sqlName(view)} ${select}`,
    `create unique index on ${sqlName(view)} (${quoted(known[0] ?? name)})`,
  ];
}

/** The relation that a column is missing from: by its name or alias, else the first one of the statement that is a stand-in. */
async function ownerOf(
  { name, relation: said }: { readonly name: string; readonly relation?: string },
  { tree, catalog, made }: MakeInput,
): Promise<StandIn | null> {
  const ranges = rangesOf(tree);
  for (const { contype, fk_attrs, pktable } of constraintsOf(tree)) {
    if (contype !== "CONSTR_FOREIGN" || said !== undefined || !pktable?.relname) continue;
    const isOwn = (fk_attrs ?? []).some((node) => lastName(node) === name);
    const own = ranges[0] && (await catalog.find(ranges[0].relname ?? "", ranges[0].schemaname));
    // The engine says the same of both ends of the key.
    if (isOwn && own && (await catalog.typeOf(own, name)) === null && made.has(keyOf(own))) return own;
    return catalog.find(pktable.relname, pktable.schemaname);
  }
  const alias = said?.split(".").at(-1);
  const named = ranges.filter(
    ({ alias: as, relname }) => alias === undefined || as?.aliasname === alias || relname === alias,
  );
  for (const range of named) {
    const found = await catalog.find(range.relname ?? "", range.schemaname);
    if (found && made.has(keyOf(found))) return found;
  }
  if (alias !== undefined && named.length === 0) return catalog.find(alias, undefined);
  // The text of a function or a DO block is no tree: the last table that was presumed is the one that is meant.
  return ranges.length === 0 ? lastTable(made) : null;
}

function lastTable(made: ReadonlySet<string>): StandIn | null {
  const last = [...made].findLast((name) => name.startsWith("["));
  if (last === undefined) return null;
  const [schema = "", name = ""]: readonly string[] = JSON.parse(last);
  return { schema, name };
}

/** The type of the column at the other end of a foreign key, when that is known. */
async function foreignKeyType(name: string, { tree, catalog }: MakeInput): Promise<string | null> {
  const [own] = rangesOf(tree);
  for (const { fk_attrs, pk_attrs, pktable } of constraintsOf(tree)) {
    const from = (fk_attrs ?? []).map(lastName);
    const to = (pk_attrs ?? []).map(lastName);
    const at = from.indexOf(name);
    const ends = [
      [pktable, to[at] ?? "id"],
      [own, from[to.indexOf(name)]],
    ] as const;
    for (const [range, column_] of ends) {
      const found = range?.relname === undefined ? null : await catalog.find(range.relname, range.schemaname);
      const type = found && column_ !== undefined ? await catalog.typeOf(found, column_) : null;
      if (type !== null) return type;
    }
  }
  return null;
}

/** Gives the guessed columns that the statement names the next type there is. */
export async function otherGuess(
  { tree, guesses, catalog }: MakeInput,
  said: { readonly column?: string; readonly to?: string } = {},
): Promise<readonly string[] | null> {
  const names = new Set<string>();
  walk(tree, {
    ColumnRef: ({ fields }) => void names.add(lastName(fields?.at(-1)) ?? ""),
    IndexElem: ({ name }) => void names.add(name ?? ""),
    AlterTableCmd: ({ name }) => void names.add(name ?? ""),
    ResTarget: ({ name }) => void names.add(name ?? ""),
    Constraint: ({ fk_attrs, keys }) => {
      for (const node of [...(fk_attrs ?? []), ...(keys ?? [])]) names.add(lastName(node) ?? "");
    },
  });
  const tables = new Set(rangesOf(tree).map(({ relname }) => relname));
  const sql: string[] = [];
  for (const [guess, tries] of guesses) {
    const [schema = "", table = "", name = ""]: readonly string[] = JSON.parse(guess);
    const isSaid = said.column === name && said.to !== undefined;
    if (!isSaid && (!names.has(name) || !tables.has(table))) continue;
    if (tries >= otherTypes.length) continue;
    guesses.set(guess, tries + 1);
    const type_ = isSaid && tries === 0 ? typeBeforePrinted(said.to ?? "") : (otherTypes[tries] ?? "text");
    if ((await catalog.typeOf({ schema, name: table }, name)) === null) continue;
    sql.push(
      `alter table ${sqlName({ schema, name: table })} drop column ${quoted(name)} cascade, add column ${quoted(name)} ${type_}`,
    );
  }
  return sql.length > 0 ? sql : null;
}

export async function makeInsertTarget(
  kind: "columns of INSERT" | "conflict target",
  { tree, catalog, made }: MakeInput,
): Promise<readonly string[] | null> {
  const found: NodeOf<"InsertStmt">[] = [];
  walk(tree, { InsertStmt: (node) => void found.push(node) });
  const [stmt] = found;
  const table = stmt?.relation && (await catalog.find(stmt.relation.relname ?? "", stmt.relation.schemaname));
  if (!stmt || !table || !made.has(keyOf(table))) return null;
  if (kind === "columns of INSERT") {
    const known = await catalog.columnsOf(table);
    return [`alter table ${sqlName(table)} add column ${quoted(`column_${known.length + 1}`)} text`];
  }
  const columns = (stmt.onConflictClause?.infer?.indexElems ?? []).flatMap((node) =>
    "IndexElem" in node && node.IndexElem.name !== undefined ? [quoted(node.IndexElem.name)] : [],
  );
  return columns.length === 0 ? null : [`create unique index on ${sqlName(table)} (${columns.join(", ")})`];
}

export async function makeKey(printed: string, input: MakeInput): Promise<readonly string[] | null> {
  const { tree, catalog, made } = input;
  const found = await catalog.find(printed, undefined);
  if (!found || !made.has(keyOf(found))) return null;
  const [constraint_] = constraintsOf(tree).filter(
    ({ contype, pktable }) => contype === "CONSTR_FOREIGN" && pktable?.relname === printed,
  );
  const columns = (constraint_?.pk_attrs ?? []).flatMap((node) => lastName(node) ?? []);
  const table = sqlName(found);
  if (columns.length > 0) return [`alter table ${table} add unique (${columns.map(quoted).join(", ")})`];
  const from = constraint_?.fk_attrs?.map((node) => lastName(node)) ?? [];
  const [own] = rangesOf(tree);
  const holder = own && (await catalog.find(own.relname ?? "", own.schemaname));
  const type = holder && from[0] !== undefined ? await catalog.typeOf(holder, from[0]) : null;
  return [
    `alter table ${table} add column if not exists id ${type ?? "bigint"}`,
    `alter table ${table} add primary key (id)`,
  ];
}
