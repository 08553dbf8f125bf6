import type { ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { capitalised, pluralPhrase, singularPhrase } from "../docs/names.ts";
import { firstWord, type Ties } from "./ties.ts";

/** Names for a group of tables, the best first: the word most of their names begin with, else the table at its centre. */
export function* domainTitles(index: ModelIndex, ids: readonly ObjectId[], ties: Ties): Generator<string> {
  const tables = ids.flatMap((id) => index.table(id) ?? []);
  const words = [...Map.groupBy(tables, ({ name }) => firstWord(name))]
    .map(([word, family]) => ({ word, count: family.length, family: family.map(({ name }) => name) }))
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1));
  const [first] = words;
  if (first && first.count >= Math.max(2, tables.length / 2)) yield familyTitle(first.family);
  const inside = new Set(ids);
  const weights = new Map<ObjectId, number>();
  for (const { left, right, weight } of ties.pairs) {
    if (!inside.has(left) || !inside.has(right)) continue;
    for (const id of [left, right]) weights.set(id, (weights.get(id) ?? 0) + weight);
  }
  const central = tables
    .map((table) => ({ name: table.name, weight: (weights.get(table.id) ?? 0) + index.referencesTo(table.id).length }))
    .sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
  const [one, two] = central;
  if (one !== undefined) yield title(one);
  if (one !== undefined && two !== undefined) yield `${title(one)} and ${pluralPhrase(two)}`;
  for (const name of central.slice(1)) yield title(name);
}

/** What names begin with alike: `Workspaces` when one is the table of workspaces, else as it stands, `Active storage`. */
function familyTitle(names: readonly string[]): string {
  const split = names.map((name) => singularPhrase(name).split(" "));
  const [shortest = []] = split.toSorted((a, b) => a.length - b.length);
  const same = shortest.findIndex((word, at) =>
    split.some((words) => singularPhrase(words[at] ?? "") !== singularPhrase(word)),
  );
  const words = same === -1 ? shortest : shortest.slice(0, Math.max(1, same));
  const phrase = words.join(" ");
  const table = names.find((_, at) => split[at]?.join(" ") === phrase);
  return table === undefined ? capitalised(phrase) : title(table);
}

function title(name: string): string {
  return capitalised(pluralPhrase(name));
}
