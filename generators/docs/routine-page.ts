import type { Routine } from "#schemas/model.ts";
import { codeCell, codeSpan, escapeLine } from "#generators/markdown/escape.ts";
import { describeRoutine } from "./describe.ts";
import { displayType } from "./display-type.ts";
import type { DocsContext } from "./docs-context.ts";
import { grants } from "./grants.ts";
import { bullets, foldedSql, lead, linkedName, markdownTable, originLine, section } from "./markdown.ts";
import { layOutPage } from "./page-template.ts";
import { capitalised } from "./names.ts";
import { readers } from "./used-by.ts";

/** The page of a function, procedure or aggregate. */
export function routinePage(context: DocsContext, routine: Routine): string {
  const { definition } = routine;
  const parts = {
    title: `# ${escapeLine(routine.id)}`,
    description: lead(context, describeRoutine(context, routine)),
    facts: facts(routine),
    arguments: section(context, "Arguments", [argumentsTable(context, routine)]),
    users: section(context, "Used by", [bullets([...callers(context, routine), ...readers(context, routine.id)])]),
    grants: section(context, "Grants", [grants(context, routine)]),
    definition: section(context, "Definition", [definition === undefined ? null : foldedSql("SQL", definition)]),
    source: section(context, "Source", [originLine(context, routine.origin)]),
  };
  const subject = { ...routine, file: context.pages.of("routine", routine.id) };
  return layOutPage(context.templates, { layout: "function", parts, subject });
}

function facts(routine: Routine): string {
  const parts = [capitalised(routine.variant), escapeLine(routine.language)];
  if (routine.returns !== undefined) parts.push(`returns ${codeSpan(displayType(routine.returns))}`);
  parts.push(routine.volatility);
  if (routine.strict) parts.push("empty input gives an empty result");
  if (routine.securityDefiner) parts.push("runs with its owner's rights");
  return parts.join(" · ");
}

function argumentsTable(context: DocsContext, { arguments: all }: Routine): string | null {
  const rows = all.map(({ name, mode, type, default: fallback }, at) => [
    name === undefined ? `${at + 1}` : codeCell(name),
    [codeCell(displayType(type)), ...(fallback === undefined ? [] : [`= ${codeCell(fallback)}`])].join(" "),
    mode,
  ]);
  return markdownTable(context, ["Argument", "Type", "Direction"], rows);
}

function callers(context: DocsContext, routine: Routine): readonly string[] {
  return context.index
    .triggersCalling(routine.id)
    .filter(({ parent }) => !(parent?.kind === "table" && parent.partitionOf))
    .map(({ object, parent }) => {
      const owner = parent === undefined ? "" : ` on ${linkedName(context, parent.id)}`;
      return `Trigger ${codeSpan(object.name)}${owner}`;
    });
}
