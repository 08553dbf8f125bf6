import type { ModelIndex } from "#schemas/model-index.ts";
import { counted } from "#generators/docs/names.ts";
import { mermaidIds, mermaidText } from "./mermaid-escape.ts";

/**
 * The schemas as boxes and how many foreign keys go from one to another, as a Mermaid flowchart. Null when there is
 * one schema only, for a single box says nothing.
 */
export function writeOverview(index: ModelIndex): string | null {
  const tables = index.model.tables.filter((table) => !table.partitionOf);
  const schemas = [...new Set(tables.map((table) => table.schema))].sort();
  if (schemas.length < 2) return null;
  const ids = mermaidIds(schemas);
  const between = new Map<string, number>();
  for (const { from, to } of index.references) {
    if (from.partitionOf || !to || to.schema === from.schema) continue;
    const pair = `${ids.get(from.schema) ?? ""} -->|"COUNT"| ${ids.get(to.schema) ?? ""}`;
    between.set(pair, (between.get(pair) ?? 0) + 1);
  }
  const boxes = schemas.map((schema) => {
    const count = tables.filter((table) => table.schema === schema).length;
    return `  ${ids.get(schema) ?? ""}["${mermaidText(schema)}<br>${counted(count, "table")}"]`;
  });
  const lines = [...between].map(([pair, count]) => `  ${pair.replace("COUNT", counted(count, "reference"))}`).sort();
  return `${["flowchart LR", ...boxes, ...lines].join("\n")}\n`;
}
