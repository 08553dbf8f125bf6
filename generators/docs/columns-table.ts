import type { Column, Table, View } from "#schemas/model.ts";
import { keysOf } from "#schemas/keys.ts";
import { codeCell, escapeLine, link } from "#generators/markdown/escape.ts";
import { describeColumn, type Description } from "./describe.ts";
import { displayType } from "./display-type.ts";
import type { DocsContext } from "./docs-context.ts";
import { describedCell, legend, linkedName, markdownTable, pageHref, type Block } from "./markdown.ts";
import { proseText } from "./prose.ts";
import { labelSpans } from "./table-list.ts";

/** Referring tables named in one cell; the section "Used by" has them all. */
const REFERRERS_SHOWN = 3;

/** The columns of a table or view: three cells a row, so that nobody scrolls sideways. */
export function columnsTable(context: DocsContext, owner: Table | View): readonly Block[] {
  const columns = context.format.sort ? owner.columns.toSorted((a, b) => (a.name < b.name ? -1 : 1)) : owner.columns;
  const described = columns.map((column) => ({ column, description: describeColumn(context, column, owner) }));
  const rows = described.map(({ column, description }) => [
    nameCell(context, column, owner),
    typeCell(context, column, owner),
    meaningCell(context, column, owner, description),
  ]);
  const telling = described.filter(({ column, description }) => saysMore(column, description));
  const sources = new Set(telling.map(({ description }) => description.source));
  return [markdownTable(context, ["Column", "Type", "Description"], rows), legend(sources)];
}

/** A generated sentence that only repeats the name is left out: the name stands beside it. */
function saysMore({ name }: Column, { prose, source }: Description): boolean {
  return source !== "generated" || proseText(prose).toLowerCase() !== `${name.replaceAll("_", " ").toLowerCase()}.`;
}

function nameCell(context: DocsContext, column: Column, owner: Table | View): string {
  const marks = owner.kind === "table" ? keyMarks(column, owner) : [];
  const targets = context.index
    .referencesFrom(owner.id)
    .filter(({ foreignKey }) => foreignKey.columns.includes(column.name))
    .map(({ foreignKey }) => {
      const arrow = foreignKey.enforced === false ? "⇢" : "→";
      return `${arrow} ${linkedName(context, foreignKey.references.table)}`;
    });
  const arrows = [...new Set(targets)];
  const labels = labelSpans(context, column.id);
  return [
    codeCell(column.name),
    ...marks.map((mark) => `**${mark}**`),
    ...arrows,
    ...(labels === "" ? [] : [labels]),
  ].join(" ");
}

function keyMarks(column: Column, table: Table): readonly string[] {
  const keys = keysOf(table).filter((key) => key.columns.includes(column.name));
  if (keys.some((key) => key.kind === "primary key")) return ["PK"];
  return keys.some((key) => key.columns.length === 1) ? ["unique"] : [];
}

function typeCell(context: DocsContext, column: Column, owner: Table | View): string {
  const shown = codeCell(displayType(column.type));
  const page = column.type.typeId === undefined ? undefined : pageHref(context, column.type.typeId);
  const parts = [page === undefined ? shown : link(shown, page)];
  // Engines call every column of a view nullable, which says nothing.
  if (column.nullable && owner.kind === "table") parts.push("optional");
  if (column.identity) parts.push("identity");
  if (column.generated && !column.generated.stored) parts.push("virtual");
  if (column.default !== undefined) parts.push(`= ${codeCell(shortDefault(column.default))}`);
  return parts.join(" ");
}

/** Without the cast that repeats the column's own type. */
function shortDefault(expression: string): string {
  return /^('(?:[^']|'')*')::[^']+$/.exec(expression)?.[1] ?? expression;
}

function meaningCell(context: DocsContext, column: Column, owner: Table | View, description: Description): string {
  const own = saysMore(column, description) ? describedCell(context, description) : "";
  const referrers = context.index
    .referencesTo(owner.id)
    .filter(({ foreignKey, from }) => foreignKey.references.columns.includes(column.name) && !from.partitionOf)
    .map(({ from }) => linkedName(context, from.id));
  const distinct = [...new Set(referrers)];
  if (distinct.length === 0) return own;
  const more =
    distinct.length > REFERRERS_SHOWN ? ` and ${escapeLine(String(distinct.length - REFERRERS_SHOWN))} more` : "";
  return `${own === "" ? "" : `${own} `}← ${distinct.slice(0, REFERRERS_SHOWN).join(", ")}${more}`;
}
