import type { ObjectId } from "#schemas/object-id.ts";
import { escapeLine, link } from "#generators/markdown/escape.ts";
import { relativePath, type DocsContext } from "./docs-context.ts";
import { linkedName } from "./markdown.ts";

/** Views and saved queries that read a table, a view or a routine, as list items. */
export function readers(context: DocsContext, id: ObjectId): readonly string[] {
  const parts = context.index.partitionsOf(id).map((part) => part.id);
  const wanted = new Set([id, ...parts]);
  const views = [...wanted].flatMap((one) => context.index.viewsReading(one));
  const distinct = [...new Set(views)].map((view) => {
    const kind = view.materialized ? "materialised view" : "view";
    return `${linkedName(context, view.id)}, a ${kind}`;
  });
  const queries = context.queriesUsing(wanted).map((query) => {
    const name = link(escapeLine(query.title), relativePath(context.folder, query.path));
    return `${name}, a saved query${query.question === undefined ? "" : `: ${escapeLine(query.question)}`}`;
  });
  return [...distinct, ...queries];
}
