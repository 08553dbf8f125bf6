import { visible } from "#generators/markdown/visible.ts";
import { crowsFoot } from "./crows-foot.ts";
import { nodeLabel, type Diagram, type DiagramColumn, type DiagramEdge } from "./diagram.ts";

/** A diagram in PlantUML's language for entities and relations. */
export function writePlantuml({ nodes, edges }: Diagram): string {
  const aliases = new Map(nodes.map(({ id }, at) => [id, `t${at + 1}`]));
  const aliasOf = (id: string): string => aliases.get(id) ?? "missing";
  const lines = [
    "@startuml",
    "hide circle",
    "hide methods",
    "left to right direction",
    ...nodes.flatMap((node) => [
      `entity "${escapePlantuml(nodeLabel(node))}" as ${aliasOf(node.id)} {`,
      ...node.columns.filter(({ primary }) => primary).map(columnLine),
      ...(node.columns.some(({ primary }) => primary) ? ["  --"] : []),
      ...node.columns.filter(({ primary }) => !primary).map(columnLine),
      "}",
    ]),
    ...edges.map((edge) => edgeLine(edge, aliasOf)),
    "@enduml",
  ];
  return `${lines.join("\n")}\n`;
}

/** `{field}`, for a type with a length would be read as a method. */
function columnLine({ name, type, primary, foreign, unique }: DiagramColumn): string {
  const keys = [primary ? "PK" : "", foreign ? "FK" : "", unique ? "UK" : ""].filter((key) => key !== "");
  const marks = keys.map((key) => ` <<${key}>>`).join("");
  return `  {field} ${escapePlantuml(name)} : ${escapePlantuml(type)}${marks}`;
}

function edgeLine(edge: DiagramEdge, aliasOf: (id: string) => string): string {
  const { from, to, columns, enforced } = edge;
  const note = enforced === false ? " (not checked)" : "";
  const text = escapePlantuml(columns.join(", ")) + note;
  return `${aliasOf(to)} ${crowsFoot(edge)} ${aliasOf(from)} : ${text}`;
}

/** Everything that PlantUML or its Creole could read as more than a letter is written by its number. */
function escapePlantuml(text: string): string {
  return visible(text).replace(/[^\p{L}\p{M}\p{N} .,()]|_{2,}/gu, (found) => {
    if (found === "_") return "_";
    return [...found]
      .map((character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`)
      .join("");
  });
}
