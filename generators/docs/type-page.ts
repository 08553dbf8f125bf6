import type { CompositeType, DomainType, EnumType, RangeType } from "#schemas/model.ts";
import { codeCell, codeSpan, escapeLine } from "#generators/markdown/escape.ts";
import { describeType } from "./describe.ts";
import { displayType } from "./display-type.ts";
import type { DocsContext } from "./docs-context.ts";
import { grants } from "./grants.ts";
import { bare } from "./in-words.ts";
import { bullets, lead, linkedName, markdownTable, originLine, section, type Block } from "./markdown.ts";
import { layOutPage } from "./page-template.ts";

export type UserType = EnumType | DomainType | CompositeType | RangeType;

/** The page of an enum, a domain, a composite or a range type. */
export function typePage(context: DocsContext, type: UserType): string {
  const parts = {
    title: `# ${escapeLine(type.id)}`,
    description: lead(context, describeType(context, type)),
    facts: TITLES[type.kind],
    definition: definition(context, type),
    users: section(context, "Used by", [bullets(users(context, type))]),
    grants: section(context, "Grants", [grants(context, type)]),
    source: section(context, "Source", [originLine(context, type.origin)]),
  };
  const subject = { ...type, file: context.pages.of(type.kind, type.id) };
  return layOutPage(context.templates, { layout: "type", parts, subject });
}

const TITLES = { enum: "Enum", domain: "Domain", composite: "Composite type", range: "Range type" } as const;

function definition(context: DocsContext, type: UserType): Block {
  switch (type.kind) {
    case "enum":
      return section(context, "Values", [bullets(type.labels.map(label))]);
    case "domain":
      return section(context, "Rules", [bullets(domainRules(type))]);
    case "composite":
      return section(context, "Parts", [
        markdownTable(context, ["Part", "Type", "Description"], type.attributes.map(part)),
      ]);
    case "range":
      return section(context, "Definition", [bullets([`Over ${codeSpan(displayType(type.subtype))}`])]);
    default:
      return type satisfies never;
  }
}

/** An enum's label may be empty, and a code span may not. */
function label(text: string): string {
  return text === "" ? "(empty text)" : codeSpan(text);
}

function part({ name, type, comment = "" }: CompositeType["attributes"][number]): readonly string[] {
  return [codeCell(name), codeCell(displayType(type)), escapeLine(comment)];
}

function domainRules(type: DomainType): readonly string[] {
  const rules = [`A ${codeSpan(displayType(type.base))}${type.nullable ? "" : ", never empty"}`];
  if (type.default !== undefined) rules.push(`Default ${codeSpan(type.default)}`);
  for (const { expression, name } of type.checks) {
    rules.push(`Satisfies ${codeSpan(bare(expression))} <sub>${codeSpan(name)}</sub>`);
  }
  return rules;
}

/** Columns by table, partitions on their parent's line. */
function users(context: DocsContext, type: UserType): readonly string[] {
  const byOwner = new Map<string, string[]>();
  for (const { object, parent } of context.index.columnsOfType(type.id)) {
    if (!parent || (parent.kind === "table" && parent.partitionOf)) continue;
    byOwner.set(parent.id, [...(byOwner.get(parent.id) ?? []), codeSpan(object.name)]);
  }
  return [...byOwner].map(([owner, columns]) => `${linkedName(context, owner)}: ${columns.join(", ")}`);
}
