import { docsContext, type DocsContext } from "#generators/docs/docs-context.ts";
import { describeTable } from "#generators/docs/describe.ts";
import { proseText } from "#generators/docs/prose.ts";
import { TABLE_LIST_VERSION, type TableList } from "#schemas/json/table-list.ts";
import type { Table, View } from "#schemas/model.ts";
import { bestMatch, objectPattern } from "#schemas/object-pattern.ts";
import type { Problem } from "#schemas/problem.ts";
import { textTable } from "../terminal/text-table.ts";
import type { Command } from "./command.ts";
import { docsInput } from "./docs-input.ts";

export const ls: Command = {
  name: "ls",
  summary: "List the tables and views.",
  usage: "[<pattern>…]",
  options: { format: { type: "string", short: "t", oneOf: ["text", "json"], help: "Default text." } },
  examples: [
    ["querygenie ls", "every table and view, with what it holds"],
    ["querygenie ls 'sales.*' --format json", "those of one schema, for programs"],
  ],
  async run({ positionals, globals, terminal, project }) {
    const opened = await project();
    const lists: TableList[] = [];
    const problems: Problem[] = [];
    for (const database of opened.databases) {
      const made = await docsInput(opened, database);
      problems.push(...made.problems);
      lists.push(listOf(docsContext(made.input), database.settings.id, positionals));
    }
    const [only, ...others] = lists;
    if (globals.format === "json") terminal.result(JSON.stringify(only && others.length === 0 ? only : lists, null, 2));
    else
      for (const { database, tables } of lists) {
        if (lists.length > 1) terminal.result(`${database}:`);
        const rows = tables.map(({ id, kind, columns, description }) => [id, kind, columns, description]);
        terminal.result(rows.length === 0 ? "No table." : textTable(["table", "kind", "columns", "description"], rows));
      }
    return { exitCode: 0, problems };
  },
};

function listOf(context: DocsContext, database: string, patterns: readonly string[]): TableList {
  const { model } = context;
  const wanted = patterns.map((pattern) => objectPattern(pattern, model.dialect));
  const all = [...model.tables.filter((table) => !table.partitionOf), ...model.views]
    .filter(({ id }) => wanted.length === 0 || bestMatch(wanted, id) !== null)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return { version: TABLE_LIST_VERSION, database, tables: all.map((one) => entryOf(context, one)) };
}

function entryOf(context: DocsContext, relation: Table | View): TableList["tables"][number] {
  const { prose, source } = describeTable(context, relation);
  const targets = context.index.referencesFrom(relation.id).map(({ foreignKey }) => foreignKey.references.table);
  return {
    id: relation.id,
    kind: kindOf(relation),
    columns: relation.columns.length,
    references: [...new Set(targets)].sort(),
    labels: context.labels.get(relation.id) ?? [],
    description: proseText(prose),
    source,
  };
}

function kindOf(relation: Table | View): TableList["tables"][number]["kind"] {
  if (relation.kind === "view") return relation.materialized ? "materialised view" : "view";
  return ({ table: "table", partitioned: "partitioned table", foreign: "foreign table" } as const)[relation.variant];
}
