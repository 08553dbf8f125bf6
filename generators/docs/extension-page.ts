import type { Extension } from "#schemas/model.ts";
import { codeSpan, escapeLine } from "#generators/markdown/escape.ts";
import { describeExtension } from "./describe.ts";
import type { DocsContext } from "./docs-context.ts";
import { needsOf } from "./known-extensions.ts";
import { bullets, lead, linkedName, originLine, section } from "./markdown.ts";
import { layOutPage } from "./page-template.ts";

/** The page of an extension, with the columns and indexes that are known to need it. */
export function extensionPage(context: DocsContext, extension: Extension): string {
  const parts = {
    title: `# ${escapeLine(extension.id)}`,
    description: lead(context, describeExtension(context, extension)),
    facts: facts(extension),
    users: section(context, "Used by", [bullets(users(context, extension))]),
    source: section(context, "Source", [originLine(context, extension.origin)]),
  };
  const subject = { ...extension, file: context.pages.of("extension", extension.id) };
  return layOutPage(context.templates, { layout: "extension", parts, subject });
}

function facts({ version, schema, missing }: Extension): string {
  return [
    "Extension",
    ...(version === "" ? [] : [`version ${escapeLine(version)}`]),
    ...(missing === true ? ["not in the embedded engine"] : [`in ${codeSpan(schema)}`]),
  ].join(" · ");
}

/** Tables and views on one line each; a partition's are those of its parent. */
function users(context: DocsContext, extension: Extension): readonly string[] {
  const { tables, views } = context.model;
  return [...tables.filter((table) => !table.partitionOf), ...views].flatMap((relation) => {
    const { columns, indexes } = needsOf(extension, relation);
    const parts = [
      ...columns.map(({ name }) => codeSpan(name)),
      ...indexes.map(({ name }) => `index ${codeSpan(name)}`),
    ];
    return parts.length === 0 ? [] : [`${linkedName(context, relation.id)}: ${parts.join(", ")}`];
  });
}
