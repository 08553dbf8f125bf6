import type { Table } from "#schemas/model.ts";
import { joinTree } from "./join-tree.ts";
import type { Lexicon } from "./lexicon.ts";
import { quoteName } from "./quote.ts";
import { shownBy } from "./resolve.ts";
import { fromClause } from "./writer.ts";

/** Tables of a skeleton; more are noise. */
const MOST_TABLES = 3;

/** The tables a question seems to be about, joined, as a query to begin with. */
export function writeSkeleton(
  linked: readonly string[],
  lexicon: Lexicon,
): { readonly sql: string; readonly reading: string; readonly tables: readonly string[] } {
  const tables = linked.flatMap((id) => lexicon.ways.byId.get(id) ?? []);
  const [root] = tables;
  if (root === undefined) return { sql: "", reading: "No table matches the question.", tables: [] };
  const joined: Table[] = [root];
  let tree = joinTree(lexicon.ways, root, [], new Set());
  for (const table of tables.slice(1)) {
    if (joined.length >= MOST_TABLES) break;
    const more = joinTree(lexicon.ways, root, [...joined.slice(1), table], new Set());
    if (!more.ok || more.steps.length + 1 > MOST_TABLES + 1) continue;
    joined.push(table);
    tree = more;
  }
  const columns = joined.flatMap((table) =>
    shownBy(table).map(({ column }) => `${quoteName(table.name)}.${quoteName(column.name)}`),
  );
  const sql = [`SELECT ${columns.join(", ")}`, ...fromClause(tree), "LIMIT 100"].join("\n");
  const names = joined.map(({ id }) => id).join(", ");
  return {
    sql,
    reading: `The question seems to be about ${names}. Add the conditions.`,
    tables: tables.slice(0, 5).map(({ id }) => id),
  };
}
