import type { SchemaModel } from "#schemas/model.ts";
import { indexModel } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { writeDbml } from "#generators/docs/dbml.ts";
import { diagramOf, type DiagramOptions } from "./diagram.ts";
import { writeDot } from "./dot.ts";
import { writeMermaid } from "./mermaid.ts";
import { writePlantuml } from "./plantuml.ts";
import { splitDiagram } from "./split-diagram.ts";

export const diagramFormats = ["mermaid", "dot", "dbml", "plantuml"] as const;
export type DiagramFormat = (typeof diagramFormats)[number];

export interface RenderDiagramOptions {
  readonly format: DiagramFormat;
  /** Columns that Mermaid, DOT and PlantUML show. Default `keys`; DBML always has all. */
  readonly columns?: DiagramOptions["columns"];
  readonly descriptions?: Readonly<Record<ObjectId, string>>;
}

/**
 * The given tables, or all of them, as a diagram in a text language. One text, but for Mermaid, which refuses large
 * ones: there it is as many as are needed, each small enough for GitHub.
 */
export function renderDiagram(
  model: SchemaModel,
  tables: readonly ObjectId[] | "all",
  { format, columns = "keys", descriptions = {} }: RenderDiagramOptions,
): readonly string[] {
  const index = indexModel(model);
  const all = model.tables.filter((table) => !table.partitionOf).map((table) => table.id);
  const ids = tables === "all" ? all : tables;
  switch (format) {
    case "mermaid":
      return splitDiagram(diagramOf(index, ids, { columns })).parts.map(writeMermaid);
    case "dot":
      return [writeDot(diagramOf(index, ids, { columns }))];
    case "dbml":
      return [writeDbml(model, { descriptions, ...(tables !== "all" && { tables: new Set(ids) }) })];
    case "plantuml":
      return [writePlantuml(diagramOf(index, ids, { columns }))];
    default:
      return format satisfies never;
  }
}
