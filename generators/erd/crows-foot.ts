import type { Cardinality } from "#schemas/keys.ts";
import type { DiagramEdge } from "./diagram.ts";

const LEFT: Readonly<Record<Cardinality, string>> = {
  "zero or one": "|o",
  "exactly one": "||",
  "zero or more": "}o",
  "one or more": "}|",
};
const RIGHT: Readonly<Record<Cardinality, string>> = {
  "zero or one": "o|",
  "exactly one": "||",
  "zero or more": "o{",
  "one or more": "|{",
};

/**
 * A reference from the referenced table to the referring one, as Mermaid and PlantUML write it: `||--o{`. Both have two
 * kinds of lines only.
 */
export function crowsFoot({
  cardinality,
  identifying,
  enforced,
}: Pick<DiagramEdge, "cardinality" | "identifying" | "enforced">): string {
  const line = identifying && enforced !== false ? "--" : "..";
  return `${LEFT[cardinality.to]}${line}${RIGHT[cardinality.from]}`;
}
