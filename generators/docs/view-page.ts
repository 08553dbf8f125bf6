import type { View } from "#schemas/model.ts";
import { escapeLine } from "#generators/markdown/escape.ts";
import { columnsTable } from "./columns-table.ts";
import { describeTable } from "./describe.ts";
import type { DocsContext } from "./docs-context.ts";
import { grants } from "./grants.ts";
import { bullets, foldedSql, lead, linkedName, originLine, section, type Block } from "./markdown.ts";
import { layOutPage } from "./page-template.ts";
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
  const parts = {
    title: `# ${escapeLine(view.id)}`,
    description: lead(context, describeTable(context, view)),
    facts: `${kind} · ${counted(view.columns.length, "column")}`,
    belongs: belongsTo(context, view.id),
    columns: section(context, "Columns", columnsTable(context, view)),
    reads: section(context, "Reads", [bullets(view.dependsOn.map((id) => linkedName(context, id))), diagram]),
    users: section(context, "Used by", [bullets(readers(context, view.id))]),
    indexes: section(context, "Indexes", indexes(context, view.indexes)),
    triggers: section(context, "Triggers", triggers(context, view.triggers)),
    grants: section(context, "Grants", [grants(context, view)]),
    definition: section(context, "Definition", [foldedSql("SQL", view.definition.replace(/^\n+/, ""))]),
    source: section(context, "Source", [originLine(context, view.origin)]),
  };
  const subject = { ...view, file: context.pages.of("view", view.id) };
  return layOutPage(context.templates, { layout: "view", parts, subject });
}
