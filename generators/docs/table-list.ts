import type { Table, View } from "#schemas/model.ts";
import { codeSpan } from "#generators/markdown/escape.ts";
import { describeTable } from "./describe.ts";
import type { DocsContext } from "./docs-context.ts";
import { describedCell, linkedName, markdownTable, type Block } from "./markdown.ts";
import { grouped } from "./names.ts";

/** Tables and views with what they hold. Labels stand in a column of their own when any has one. */
export function tableList(
  context: DocsContext,
  relations: readonly (Table | View)[],
  nameOf: (relation: Table | View) => string = ({ id }) => id,
): Block {
  const isLabelled = relations.some(({ id }) => context.labels.has(id));
  const rows = relations.map((relation) => [
    linkedName(context, relation.id, nameOf(relation)),
    grouped(relation.columns.length),
    ...(isLabelled ? [labelSpans(context, relation.id)] : []),
    describedCell(context, shortened(context, relation)),
  ]);
  return markdownTable(context, ["Table", "Columns", ...(isLabelled ? ["Labels"] : []), "Description"], rows);
}

/** Labels of an object as Markdown; the empty text when it has none. */
export function labelSpans({ labels }: DocsContext, id: string): string {
  return (labels.get(id) ?? []).map(codeSpan).join(" ");
}

function shortened(context: DocsContext, relation: Table | View): ReturnType<typeof describeTable> {
  const description = describeTable(context, relation);
  const [text] = description.prose;
  if (!context.format.firstParagraph || typeof text !== "string") return description;
  return { ...description, prose: [text.split(/\n\s*\n/)[0] ?? text, ...description.prose.slice(1)] };
}
