import type { Table } from "#schemas/model.ts";
import { splitWords, stem } from "../search/tokenise.ts";
import type { Join } from "../search/joins.ts";
import type { Ways } from "./ways.ts";

/** A table that is joined to those before it. */
export interface Step {
  readonly table: Table;
  readonly to: Table;
  readonly join: Join;
  /** True when one row of `to` has many rows here. */
  readonly isMany: boolean;
}

export type JoinTree =
  | { readonly ok: true; readonly root: Table; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly reason: string };

/**
 * Joins the tables over the shortest ways, beginning at the root. `words`: stems of the question; they decide between
 * two joins of the same tables, such as the airports a flight leaves and reaches.
 */
export function joinTree(ways: Ways, root: Table, others: Iterable<Table>, words: ReadonlySet<string>): JoinTree {
  const inside = new Map<string, Table>([[root.id, root]]);
  const steps: Step[] = [];
  // Of ways of one length the one over tables that the question speaks of: what was ordered is in the order's lines.
  const isSpoken = (id: string): boolean =>
    splitWords(nameOf(ways, id)).some((word) => words.has(word) || words.has(stem(word)));
  const open = new Set([...others].filter((table) => table !== root));
  while (open.size > 0) {
    const next = nearest(ways, inside, { open, isSpoken });
    if (next === null)
      return { ok: false, reason: `Nothing joins ${[...open].map(({ name }) => name).join(", ")} to ${root.name}.` };
    open.delete(next.table);
    for (const [from, to] of next.way) {
      if (inside.has(to)) continue;
      const join = choose(ways, from, to, words);
      const added = ways.byId.get(to);
      const before = ways.byId.get(from);
      if (join === null || added === undefined || before === undefined) {
        return { ok: false, reason: `${nameOf(ways, from)} and ${nameOf(ways, to)} are joined in more than one way.` };
      }
      inside.set(to, added);
      steps.push({ table: added, to: before, join, isMany: join.from === to });
    }
  }
  return { ok: true, root, steps };
}

/** True when some row of the table stands several times in the joined rows. */
export function isMultiplied(tree: JoinTree, table: Table): boolean {
  if (!tree.ok) return false;
  const seen = new Set([table.id]);
  const open = [table.id];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    for (const step of tree.steps) {
      const [a, b] = [step.table.id, step.to.id];
      if (a !== id && b !== id) continue;
      const other = a === id ? b : a;
      if (seen.has(other)) continue;
      // Seen from the table that is referred to, the other side has many rows.
      if (step.join.to === id && step.join.from === other) return true;
      seen.add(other);
      open.push(other);
    }
  }
  return false;
}

/** The table that the fewest joins lead to, with the way there: what is far may be near once it is in. */
function nearest(
  ways: Ways,
  inside: ReadonlyMap<string, Table>,
  { open, isSpoken }: { readonly open: ReadonlySet<Table>; readonly isSpoken: (id: string) => boolean },
) {
  let best: {
    readonly table: Table;
    readonly way: readonly (readonly [string, string])[];
    readonly cost: number;
  } | null = null;
  for (const table of open) {
    const way = inside.has(table.id) ? [] : shortest(ways, new Set(inside.keys()), { to: table.id, isSpoken });
    if (way === null) continue;
    const unspoken = way.slice(0, -1).filter(([, id]) => !isSpoken(id)).length;
    const cost = way.length + unspoken / 100;
    if (best === null || cost < best.cost) best = { table, way, cost };
  }
  return best;
}

function shortest(
  ways: Ways,
  from: ReadonlySet<string>,
  { to, isSpoken }: { readonly to: string; readonly isSpoken: (id: string) => boolean },
): (readonly [string, string])[] | null {
  const before = new Map<string, string | null>([...from].map((id) => [id, null]));
  const open = [...from];
  for (let id = open.shift(); id !== undefined && id !== to; id = open.shift()) {
    const others = (ways.at.get(id) ?? []).map(({ from: a, to: b }) => (a === id ? b : a));
    for (const other of [...others.filter(isSpoken), ...others.filter((one) => !isSpoken(one))]) {
      if (before.has(other)) continue;
      before.set(other, id);
      open.push(other);
    }
  }
  if (!before.has(to)) return null;
  const way: (readonly [string, string])[] = [];
  for (let id = to, last = before.get(to); typeof last === "string"; id = last, last = before.get(last))
    way.unshift([last, id]);
  return way;
}

function choose(ways: Ways, a: string, b: string, words: ReadonlySet<string>): Join | null {
  const joins = (ways.at.get(a) ?? []).filter(
    (join) => (join.from === a && join.to === b) || (join.from === b && join.to === a),
  );
  if (joins.length < 2) return joins[0] ?? null;
  const scored = joins.map((join) => ({ join, score: spoken(join, words) })).sort((x, y) => y.score - x.score);
  const [best, second] = scored;
  return best && second && best.score > second.score ? best.join : null;
}

/** How much a question speaks of the role that a join's columns name. */
function spoken(join: Join, words: ReadonlySet<string>): number {
  const own = join.columns.flatMap(([from]) => splitWords(from).map(stem));
  return own.filter((word) => words.has(word) || (ROLES.get(word) ?? []).some((other) => words.has(other))).length;
}

const ROLES: ReadonlyMap<string, readonly string[]> = new Map([
  ["destination", ["arrive", "arriv", "arriving", "land", "landing", "reach", "to", "into", "arrival"]],
  ["dest", ["arrive", "arriv", "arriving", "land", "landing", "reach", "to", "into"]],
  ["arrival", ["arrive", "arriv", "arriving", "land", "reach", "to"]],
  ["source", ["depart", "departing", "leave", "leaving", "from", "departure"]],
  ["origin", ["depart", "departing", "leave", "leaving", "from"]],
  ["departure", ["depart", "departing", "leave", "leaving", "from"]],
  ["citing", ["cite", "cites"]],
  ["cited", ["citation"]],
]);

function nameOf(ways: Ways, id: string): string {
  return ways.byId.get(id)?.name ?? id;
}
