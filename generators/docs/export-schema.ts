import { stringify } from "yaml";
import type { SchemaModel } from "#schemas/model.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { GeneratorInput } from "#generators/generator.ts";
import { diagramOf, type DiagramOptions } from "#generators/erd/diagram.ts";
import { domainDiagram } from "#generators/erd/domain-diagram.ts";
import type { DrawPng } from "#generators/erd/draw-png.ts";
import { layOutInLanes } from "#generators/erd/layout-lanes.ts";
import { TABLES_DRAWN } from "#generators/erd/pictures.ts";
import { diagramFormats, renderDiagram, type DiagramFormat } from "#generators/erd/render-diagram.ts";
import { writeSvg } from "#generators/erd/svg.ts";
import { columnsCsv } from "./columns-csv.ts";
import { docs } from "./docs.ts";
import { docsContext, tblsOptions } from "./docs-context.ts";
import { counted } from "./names.ts";
import { schemaSheets } from "./schema-sheets.ts";
import { stableJson } from "./stringify-model.ts";
import { tblsSchema } from "./tbls-schema.ts";
import { writeWorkbook } from "./workbook.ts";

/** Formats of `out`, by the names that tbls gives them. */
export const exportFormats = ["md", "json", "yaml", "csv", "xlsx", "svg", "png", "config", ...diagramFormats] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportOptions {
  readonly format: ExportFormat;
  /** Tables that are wanted. */
  readonly tables: readonly ObjectId[];
  /** Whether those are all there are; views are in it then. */
  readonly isWhole: boolean;
  readonly columns: NonNullable<DiagramOptions["columns"]>;
  readonly drawPng: DrawPng;
}

/** The documented schema, or some tables of it, in one file. PNG and XLSX are bytes, all else text. */
export async function exportSchema(input: GeneratorInput, options: ExportOptions): Promise<string | Uint8Array> {
  const { format, tables, isWhole, columns, drawPng } = options;
  const context = docsContext(input);
  const wanted = new Set(tables);
  const { model } = context;
  const part: SchemaModel = isWhole
    ? model
    : { ...model, tables: model.tables.filter(({ id }) => wanted.has(id)), views: [], routines: [] };
  switch (format) {
    case "md":
      return await markdown(input, options);
    case "json":
    case "yaml": {
      const schema = tblsSchema(part, tblsOptions(context));
      return format === "json" ? stableJson(schema) : stringify(schema, { lineWidth: 0 });
    }
    case "csv":
      return columnsCsv(context, [...part.tables.filter((table) => !table.partitionOf), ...part.views]);
    case "xlsx":
      return writeWorkbook(
        schemaSheets(context, [...part.tables.filter((table) => !table.partitionOf), ...part.views]),
      );
    case "config":
      return stringify(input.config, { lineWidth: 0 });
    case "svg":
      return await picture(context, options, false);
    case "png":
      return await drawPng(await picture(context, options, true));
    default:
      return diagrams(model, { format, tables: isWhole ? "all" : tables, columns, context });
  }
}

interface DiagramsOptions {
  readonly format: DiagramFormat;
  readonly tables: readonly ObjectId[] | "all";
  readonly columns: NonNullable<DiagramOptions["columns"]>;
  readonly context: ReturnType<typeof docsContext>;
}

function diagrams(model: SchemaModel, { format, tables, columns, context }: DiagramsOptions): string {
  return renderDiagram(model, tables, { format, columns, descriptions: context.descriptions }).join("\n");
}

/** The first page, or the pages of some tables one after the other. */
async function markdown(input: GeneratorInput, { tables, isWhole }: ExportOptions): Promise<string> {
  const { pages, folder } = docsContext(input);
  const { artifacts } = await docs.generate(input);
  const texts = new Map(artifacts.map(({ path, content }) => [path, content]));
  const names = isWhole ? ["README"] : tables.map((id) => pages.of("table", id));
  return names.map((name) => String(texts.get(`${folder}/${name}.md`) ?? "")).join("\n---\n\n");
}

/** Tables as boxes, or domains where there are more than a reader can take in. */
async function picture(
  { index, chapters, name }: ReturnType<typeof docsContext>,
  { tables, isWhole, columns }: ExportOptions,
  plain: boolean,
): Promise<string> {
  const isLarge = isWhole && tables.length > TABLES_DRAWN && chapters.domains.length > 0;
  const diagram = isLarge ? domainDiagram(index, chapters.domains) : diagramOf(index, tables, { columns });
  return writeSvg(await layOutInLanes(diagram), {
    plain,
    id: "erd",
    title: name,
    description: `${counted(tables.length, "table")} with ${counted(diagram.edges.length, "reference")}`,
    href: () => undefined,
  });
}
