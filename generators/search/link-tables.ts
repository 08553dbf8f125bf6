import { queryWords } from "./query-words.ts";
import { rank, wordScores, type QueryWord } from "./ranker.ts";
import { nameOf, type SearchDocument, type SearchIndex } from "./search-index.ts";
import { tokenise } from "./tokenise.ts";
import { classOf, valueHints } from "./value-hints.ts";

/** A table or view with how much a question is about it; the first has about 1. */
export interface LinkedTable extends SearchDocument {
  readonly score: number;
}

/**
 * The tables and views a question is about, best first. Words find tables; what the tables join to is drawn in, because
 * a join table is seldom named, and a question about one part of a schema seldom needs another part. All tables have
 * a place in the list: the last ones by how close they are to the first.
 */
export function linkTables(index: SearchIndex, question: string, limit = 10): LinkedTable[] {
  const words = queryWords(index, question, false);
  const graph = graphOf(index);
  const { best, scores } = wordScores(index, words, ["table", "view"]);
  const own = new Map(
    rank(index, words, ["table", "view"]).map(({ position, score }) => [
      position,
      graph.bridges.has(position) && !isNamed(index, position, words) ? score * UNNAMED_BRIDGE : score,
    ]),
  );
  const parts = partScores(graph, { best, scores });
  const seeds = seedsOf(graph, { scores, parts, own });
  for (const seed of namedByValue(index, graph, { question, parts, seeds, own })) seeds.add(seed);
  const tree = connect(graph, [...seeds]);
  const highest = Math.max(...own.values(), Number.EPSILON);
  const start = new Map(
    graph.tables.map((table) => {
      const part = graph.bridges.has(table) ? 0 : START.part * (parts.get(table) ?? 0);
      return [table, (own.get(table) ?? 0) / highest + part + (tree.has(table) ? START.tree : 0)];
    }),
  );
  const reached = spread(graph, start);
  const furthest = Math.max(...reached.values(), Number.EPSILON);
  const isAside = (table: number): boolean => graph.bridges.has(table) && !tree.has(table);
  const score = (table: number): number =>
    WEIGHTS.own * ((own.get(table) ?? 0) / highest) +
    WEIGHTS.part * (parts.get(table) ?? 0) +
    WEIGHTS.reach * ((reached.get(table) ?? 0) / furthest) * (isAside(table) ? SIDE_BRIDGE : 1) +
    (tree.has(table) ? WEIGHTS.tree : 0) +
    (isTyped(index, table, words) ? WEIGHTS.named : 0);
  return graph.tables
    .map((table) => ({ table, score: score(table) }))
    .sort((a, b) => b.score - a.score || a.table - b.table)
    .slice(0, limit)
    .flatMap((one) => {
      const document = index.documents[one.table];
      return document ? [{ ...document, score: one.score / ALL_WEIGHTS }] : [];
    });
}

/**
 * How much counts for a table: what the words say of it, how much of the question its part of the schema can speak of,
 * how near it is to what the words found, whether it lies between them, and whether its whole name was typed. Halving or doubling one of them changes
 * the recall of `npm run bench questions` by less than two points.
 */
const WEIGHTS = { own: 1, part: 1, reach: 1, tree: 0.7, named: 0.4 } as const;
const ALL_WEIGHTS = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);
/** A table of keys shares words with what it joins, so its own words count less unless they are all named. */
const UNNAMED_BRIDGE = 0.5;
/** A table of keys that does not lie between the tables of the question leads away from it. */
const SIDE_BRIDGE = 0.5;
/** Where the walk may begin beside what words found: anywhere in the right part, and more on the ways between. */
const START = { part: 0.1, tree: 0.3 } as const;
/** Share of a table's weight that goes on to its neighbours at each step. */
const DAMPING = 0.6;
const STEPS = 12;

interface Graph {
  readonly tables: readonly number[];
  readonly next: ReadonlyMap<number, readonly number[]>;
  /** Number of the connected part a table is in. */
  readonly part: ReadonlyMap<number, number>;
  /** Tables that say only how others belong together. */
  readonly bridges: ReadonlySet<number>;
}

function graphOf(index: SearchIndex): Graph {
  const tables = index.documents.flatMap(({ kind }, at) => (kind === "table" || kind === "view" ? [at] : []));
  const next = new Map(index.neighbours);
  const part = new Map<number, number>();
  for (const table of tables) {
    if (part.has(table)) continue;
    const open = [table];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (part.has(at)) continue;
      part.set(at, table);
      open.push(...(next.get(at) ?? []));
    }
  }
  return { tables, next, part, bridges: new Set(index.bridges) };
}

function isNamed(index: SearchIndex, table: number, words: readonly QueryWord[]): boolean {
  const document = index.documents[table];
  const name = document ? tokenise(nameOf(document)) : [];
  return name.every((token) => words.some(({ alternatives }) => alternatives.has(token)));
}

/** True when the whole name was typed as it is, without synonyms: `orders` rather than `order_events`. */
function isTyped(index: SearchIndex, table: number, words: readonly QueryWord[]): boolean {
  const document = index.documents[table];
  const name = document ? tokenise(nameOf(document)) : [];
  return name.length > 0 && name.every((token) => words.some(({ alternatives }) => alternatives.get(token) === 1));
}

interface Evidence {
  readonly best: number;
  readonly scores: ReadonlyMap<number, readonly number[]>;
}

/** How much of the question each connected part can speak of, 0 to 1, by table. */
function partScores(graph: Graph, { best, scores }: Evidence): Map<number, number> {
  const byPart = new Map<number, number[]>();
  for (const [table, byWord] of scores) {
    const part = graph.part.get(table) ?? table;
    const most = byPart.get(part) ?? byWord.map(() => 0);
    byPart.set(
      part,
      most.map((score, at) => Math.max(score, byWord[at] ?? 0)),
    );
  }
  const totals = new Map(
    [...byPart].map(([part, most]) => [part, most.reduce((a, b) => a + b, 0) / Math.max(best, Number.EPSILON)]),
  );
  const highest = Math.max(...totals.values(), Number.EPSILON);
  return new Map(
    graph.tables.map((table) => [table, ((totals.get(graph.part.get(table) ?? table) ?? 0) / highest) ** 2]),
  );
}

/** For each word the table that it speaks for most, in the part of the schema that the question is about. */
function seedsOf(
  graph: Graph,
  {
    scores,
    parts,
    own,
  }: {
    readonly scores: Evidence["scores"];
    readonly parts: ReadonlyMap<number, number>;
    readonly own: ReadonlyMap<number, number>;
  },
): Set<number> {
  const seeds = new Set<number>();
  const count = [...scores.values()][0]?.length ?? 0;
  for (let at = 0; at < count; at += 1) {
    let best: { table: number; value: number } | undefined;
    for (const [table, byWord] of scores) {
      if ((parts.get(table) ?? 0) < 1 || (byWord[at] ?? 0) === 0) continue;
      const value = (byWord[at] ?? 0) * (0.5 + (own.get(table) ?? 0));
      if (best === undefined || value > best.value) best = { table, value };
    }
    if (best) seeds.add(best.table);
  }
  return seeds;
}

/** For each name in the question the tables of the kind it seems to be of: the nearest, unless one is there already. */
function namedByValue(
  index: SearchIndex,
  graph: Graph,
  context: {
    readonly question: string;
    readonly parts: ReadonlyMap<number, number>;
    readonly seeds: ReadonlySet<number>;
    readonly own: ReadonlyMap<number, number>;
  },
): number[] {
  const { question, parts, seeds, own } = context;
  const from = new Set(seeds);
  const found = new Set<number>();
  for (const { classes } of valueHints(question)) {
    for (const wanted of classes) {
      const candidates = graph.tables.filter((table) => {
        const document = index.documents[table];
        return (
          (parts.get(table) ?? 0) >= 1 && document && classOf(nameOf(document)) === wanted && !graph.bridges.has(table)
        );
      });
      if (candidates.some((table) => seeds.has(table) || found.has(table))) break;
      const near = candidates
        .map((table) => ({ table, way: shortestWay(graph, from, table).length }))
        .sort((a, b) => a.way - b.way || (own.get(b.table) ?? 0) - (own.get(a.table) ?? 0))[0];
      if (near === undefined) continue;
      found.add(near.table);
      break;
    }
  }
  return [...found];
}

/** The tables with those on the shortest ways between them. */
function connect(graph: Graph, seeds: readonly number[]): Set<number> {
  const tree = new Set<number>(seeds.slice(0, 1));
  for (const seed of seeds.slice(1)) for (const step of shortestWay(graph, tree, seed)) tree.add(step);
  return tree;
}

function shortestWay(graph: Graph, from: ReadonlySet<number>, to: number): number[] {
  const before = new Map<number, number | null>([...from].map((table) => [table, null]));
  const open = [...from];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    if (at === to) break;
    for (const other of graph.next.get(at) ?? []) {
      if (before.has(other)) continue;
      before.set(other, at);
      open.push(other);
    }
  }
  const way = [to];
  for (let at = before.get(to); at !== undefined && at !== null; at = before.get(at)) way.push(at);
  return way;
}

/** A walk from the tables that words found, over joins: what lies between several of them is reached most. */
function spread(graph: Graph, start: ReadonlyMap<number, number>): Map<number, number> {
  let now = new Map(start);
  for (let step = 0; step < STEPS; step += 1) {
    const then = new Map(graph.tables.map((table) => [table, (1 - DAMPING) * (start.get(table) ?? 0)]));
    for (const [table, weight] of now) {
      const others = graph.next.get(table) ?? [];
      for (const other of others) then.set(other, (then.get(other) ?? 0) + (DAMPING * weight) / others.length);
    }
    now = then;
  }
  return now;
}
