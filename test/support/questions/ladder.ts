import type { SchemaModel } from "#schemas/model.ts";

/**
 * The rungs our linker is measured against: what published systems do, each adding one step to the one before.
 * Kept apart from our own search on purpose, so that it does not rise with it.
 */
export const rungs = ["plain BM25", "+ stemming", "+ table name ×3", "+ comments", "+ foreign-key neighbours"] as const;
export type Rung = (typeof rungs)[number];

/** Ids of tables, best first, as the rung ranks them. */
export function ladder(model: SchemaModel, rung: Rung): (question: string) => string[] {
  const step = rungs.indexOf(rung);
  const tokens = (text: string): string[] => words(text, step >= 1);
  const documents = model.tables.map((table) => {
    const name = tokens(table.name);
    const columns = table.columns.flatMap((column) => tokens(column.name));
    const said = [table.comment, ...table.columns.map(({ comment }) => comment)];
    const comments = step >= 3 ? said.flatMap((text) => tokens(text ?? "")) : [];
    return { id: table.id, tokens: [...(step >= 2 ? [...name, ...name, ...name] : name), ...columns, ...comments] };
  });
  const average = documents.reduce((sum, { tokens: all }) => sum + all.length, 0) / documents.length;
  const next = declaredNeighbours(model);
  return (question) => {
    const asked = new Set(tokens(question));
    const scored = documents
      .map(({ id, tokens: all }) => ({ id, score: bm25(all, asked, average, documents) }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
    if (step < 4) return scored;
    const near = scored.slice(0, 3).flatMap((id) => [...(next.get(id) ?? [])]);
    return [...new Set([...scored.slice(0, 4), ...near, ...scored])];
  };
}

function bm25(
  all: readonly string[],
  asked: ReadonlySet<string>,
  average: number,
  documents: readonly { readonly tokens: readonly string[] }[],
): number {
  let score = 0;
  for (const token of asked) {
    const occurrences = all.filter((one) => one === token).length;
    if (occurrences === 0) continue;
    const having = documents.filter(({ tokens }) => tokens.includes(token)).length;
    const rarity = Math.log(1 + (documents.length - having + 0.5) / (having + 0.5));
    score += (rarity * occurrences * 2.2) / (occurrences + 1.2 * (0.25 + (0.75 * all.length) / average));
  }
  return score;
}

/** Declared foreign keys only: inferring the others is what a better linker adds. */
function declaredNeighbours(model: SchemaModel): Map<string, ReadonlySet<string>> {
  const next = new Map<string, Set<string>>();
  const join = (a: string, b: string): void => void next.set(a, (next.get(a) ?? new Set<string>()).add(b));
  for (const table of model.tables) {
    for (const constraint of table.constraints) {
      if (constraint.kind !== "foreign key") continue;
      join(table.id, constraint.references.table);
      join(constraint.references.table, table.id);
    }
  }
  return next;
}

function words(text: string, stems: boolean): string[] {
  const split = stems ? text.replaceAll(/([a-z])([A-Z])/g, "$1 $2") : text;
  return (split.toLowerCase().match(/[a-z]+|\d+/g) ?? [])
    .filter((word) => !STOP.has(word))
    .map((word) => (stems ? lightStem(word) : word));
}

function lightStem(word: string): string {
  if (word.endsWith("ies")) return word.replace(/ies$/, "y");
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (/[^s]s$/.test(word)) return word.slice(0, -1);
  return word.length > 6 ? word.replace(/(?:ing|ed)$/, "") : word;
}

const STOP = new Set(
  `a about all an and any are as at be been but by can could did do does each every find for from get give had has have
  how i if in into is it its list many me more most much my no not of on or our out return show so some tell than that
  the their them then there these they this those to us was we were what when where which while who whose why will with
  would you your`.split(/\s+/),
);
