import type { Table } from "#schemas/model.ts";
import { displayColumns, isNumeric, keyColumns } from "./display.ts";
import type { Asked, Condition, Field, Intent, Item } from "./intent.ts";
import type { Lexicon } from "./lexicon.ts";
import { joinsTables } from "./ways.ts";

/** Decides of which table each column is that a question names. */
export interface Resolver {
  /** Null when two tables have it by equal right. */
  readonly field: (asked: Asked) => Field | null;
  /** Tables the question is certain about. */
  readonly definite: ReadonlySet<Table>;
}

export function createResolver(intent: Intent, lexicon: Lexicon): Resolver {
  const definite = new Set<Table>(intent.involved);
  for (const item of [...intent.items, ...intent.groups]) for (const table of certain(item)) definite.add(table);
  for (const asked of intent.conditions.flatMap(askedOf)) {
    const tables = new Set(asked.meanings.map(({ table }) => table));
    if (tables.size === 1) for (const table of tables) definite.add(table);
  }
  const chosen = new Map<Asked, Field | null>();
  function field(asked: Asked): Field | null {
    const before = chosen.get(asked);
    if (before !== undefined) return before;
    const scored = asked.meanings
      .flatMap((meaning) => (meaning.column ? [{ ...meaning, column: meaning.column }] : []))
      .map((meaning) => ({ meaning, score: meaning.weight + closeness(meaning.table, asked) }))
      .sort((a, b) => b.score - a.score);
    const [best, second] = scored;
    const isTie = best && second && best.score - second.score < TIE && best.meaning.table !== second.meaning.table;
    const found = best === undefined || isTie ? null : { table: best.meaning.table, column: best.meaning.column };
    const told =
      found &&
      nameInstead(
        found,
        scored.map(({ meaning }) => meaning),
        lexicon,
      );
    if (told) {
      chosen.set(asked, told);
      definite.add(told.table);
      return told;
    }
    chosen.set(asked, found);
    if (found) definite.add(found.table);
    return found;
  }
  function closeness(table: Table, { near }: Asked): number {
    const distance = Math.min(4, ...[...definite].map((other) => joinsTables(lexicon.ways, other, table)));
    return (near === table ? 0.6 : 0) + (definite.has(table) ? 0.5 : 0) - 0.15 * distance;
  }
  return { field, definite };
}

/** A reference shows nothing: where the thing it refers to has a column that is called the same, that is meant. */
function nameInstead({ table, column }: Field, others: readonly Field[], { ways }: Lexicon): Field | null {
  const join = (ways.at.get(table.id) ?? []).find(
    ({ from, columns }) => from === table.id && columns.length === 1 && columns[0]?.[0] === column.name,
  );
  const target = join && ways.byId.get(join.to);
  if (target === undefined || !isNumeric(column)) return null;
  return others.find((other) => other.table === target && other.column.type.family === "text") ?? null;
}

const TIE = 0.01;

function certain(item: Item): Table[] {
  if (item.kind === "thing") return [item.table];
  if (item.kind === "count") return item.of ? [item.of] : [];
  if (item.asked.near) return [item.asked.near];
  const tables = new Set(item.asked.meanings.map(({ table }) => table));
  return tables.size === 1 ? [...tables] : [];
}

function askedOf(condition: Condition): Asked[] {
  return condition.kind === "without" ? [] : [condition.asked];
}

/** What a thing is shown by: its name, else its key, else its first column. */
export function shownBy(table: Table): Field[] {
  const names = displayColumns(table);
  const keys = keyColumns(table);
  const shown = names.length > 0 ? names : keys;
  const columns = shown.length > 0 ? shown : table.columns.slice(0, 1);
  return columns.map((column) => ({ table, column }));
}
