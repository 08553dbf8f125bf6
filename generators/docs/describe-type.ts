import type { CompositeType, DomainType, EnumType, RangeType } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import { displayType } from "./display-type.ts";
import { bare } from "./in-words.ts";
import { counted } from "./names.ts";
import { code, prose, proseList, type Prose } from "./prose.ts";

/** A user-defined type in one sentence, from its definition and the columns that have it. */
export function describeTypeOffline(index: ModelIndex, type: EnumType | DomainType | CompositeType | RangeType): Prose {
  const count = index.columnsOfType(type.id).length;
  const used = count === 0 ? "; no column has it" : `; ${counted(count, "column")} ${count === 1 ? "has" : "have"} it`;
  return prose`${definitionOf(type)}${used}.`;
}

function definitionOf(type: EnumType | DomainType | CompositeType | RangeType): Prose {
  switch (type.kind) {
    case "enum":
      return [`A list of ${counted(type.labels.length, "value")} in a fixed order`];
    case "domain": {
      const rules = type.checks.map((check) => code(bare(check.expression)));
      const limit = rules.length === 0 ? [] : prose` that must satisfy ${proseList(rules)}`;
      return prose`A ${code(displayType(type.base))}${limit}${type.nullable ? "" : ", never empty"}`;
    }
    case "composite":
      return [`A value of ${counted(type.attributes.length, "part")}`];
    case "range":
      return prose`A range of ${code(displayType(type.subtype))}`;
    default:
      return type satisfies never;
  }
}
