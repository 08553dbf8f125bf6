import type { Table } from "#schemas/model.ts";
import type { Field, Intent, Item } from "./intent.ts";
import type { JoinTree, Step } from "./join-tree.ts";
import type { Lexicon } from "./lexicon.ts";
import { quoteName } from "./quote.ts";
import type { Resolver } from "./resolve.ts";

/** What is listed and by what it is grouped. */
export interface Parts {
  readonly items: readonly Item[];
  readonly groups: readonly Item[];
}

/** What the parts of a query are written from. */
export interface Writer {
  readonly intent: Intent;
  readonly parts: Parts;
  readonly tree: JoinTree;
  readonly resolver: Resolver;
  readonly lexicon: Lexicon;
  readonly words: ReadonlySet<string>;
  /** One table only: its columns need no qualifier. */
  readonly alone: boolean;
}

/** The lines from `FROM` on that join the tables of a tree. */
export function fromClause(tree: JoinTree): string[] {
  if (!tree.ok) return [];
  const joins = tree.steps.map((step) => `JOIN ${tableName(step.table)} ON ${on(step)}`);
  return [`FROM ${tableName(tree.root)}`, ...joins];
}

/** A column as the query names it. */
export function columnName({ alone }: Writer, { table, column }: Field): string {
  return alone ? quoteName(column.name) : `${quoteName(table.name)}.${quoteName(column.name)}`;
}

/** A table as the query names it. */
export function tableName({ schema, name }: Table): string {
  return schema === "public" || schema === "main" || schema === ""
    ? quoteName(name)
    : `${quoteName(schema)}.${quoteName(name)}`;
}

/** The condition of a join. */
function on({ join, table, to }: Step): string {
  const [from, target] = join.from === table.id ? [table, to] : [to, table];
  return join.columns
    .map(([a, b]) => `${quoteName(from.name)}.${quoteName(a)} = ${quoteName(target.name)}.${quoteName(b)}`)
    .join(" AND ");
}
