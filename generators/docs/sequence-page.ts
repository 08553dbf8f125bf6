import type { Sequence } from "#schemas/model.ts";
import { codeSpan, escapeLine } from "#generators/markdown/escape.ts";
import { columnsNumberedBy } from "./describe-sequence.ts";
import { describeSequence } from "./describe.ts";
import type { DocsContext } from "./docs-context.ts";
import { grants } from "./grants.ts";
import { bullets, lead, linkedName, originLine, section } from "./markdown.ts";
import { layOutPage } from "./page-template.ts";

/** The page of a sequence that no column owns. */
export function sequencePage(context: DocsContext, sequence: Sequence): string {
  const users = columnsNumberedBy(context.index, sequence).map(({ object, parent }) => {
    return `${parent === undefined ? "" : `${linkedName(context, parent.id)}: `}${codeSpan(object.name)}`;
  });
  const parts = {
    title: `# ${escapeLine(sequence.id)}`,
    description: lead(context, describeSequence(context, sequence)),
    facts: facts(sequence),
    users: section(context, "Used by", [bullets(users)]),
    grants: section(context, "Grants", [grants(context, sequence)]),
    source: section(context, "Source", [originLine(context, sequence.origin)]),
  };
  const subject = { ...sequence, file: context.pages.of("sequence", sequence.id) };
  return layOutPage(context.templates, { layout: "sequence", parts, subject });
}

function facts({ type, start, increment, minimum, maximum, cycle }: Sequence): string {
  return [
    "Sequence",
    codeSpan(type),
    `starts at ${escapeLine(start)}`,
    `step ${escapeLine(increment)}`,
    `from ${escapeLine(minimum)} to ${escapeLine(maximum)}`,
    ...(cycle ? ["begins again at its end"] : []),
  ].join(" · ");
}
