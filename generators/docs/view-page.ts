import type { View } from "#schemas/model.ts";
import { escapeLine } from "#generators/markdown/escape.ts";
import { columnsTable } from "./columns-table.ts";
import { describeTable } from "./describe.ts";
import type { DocsContext } from "./docs-context.ts";
import { grants } from "./grants.ts";
import { bullets, foldedSql, lead, linkedName, originLine, page, section, type Block } from "./markdown.ts";
import { counted } from "./names.ts";
import { belongsTo, indexes, triggers } from "./table-page.ts";
import { readers } from "./used-by.ts";

export interface ViewPageInput {
  readonly view: View;
  /** The tables it reads as Markdown, when there is something to draw. */
  readonly diagram: Block;
}

/** The page of a view. */
export function viewPage(context: DocsContext, { view, diagram }: ViewPageInput): string {
  const kind = view.materialized ? "Materialised view" : "View";
  return page([
    `# ${escapeLine(view.id)}`,
    lead(context, describeTable(context, view)),
    `${kind} · ${counted(view.columns.length, "column")}`,
    belongsTo(context, view.id),
    section(context, "Columns", columnsTable(context, view)),
    section(context, "Reads", [bullets(view.dependsOn.map((id) => linkedName(context, id))), diagram]),
    section(context, "Used by", [bullets(readers(context, view.id))]),
    section(context, "Indexes", indexes(context, view.indexes)),
    section(context, "Triggers", triggers(context, view.triggers)),
    section(context, "Grants", [grants(context, view)]),
    section(context, "Definition", [foldedSql("SQL", view.definition.replace(/^\n+/, ""))]),
    section(context, "Source", [originLine(context, view.origin)]),
  ]);
}
