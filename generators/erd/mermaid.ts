import { crowsFoot } from "./crows-foot.ts";
import {
  nodeLabel,
  type Diagram,
  type DiagramColumn,
  type DiagramEdge,
  type DiagramNode,
  type Mark,
} from "./diagram.ts";
import { mermaidIds, mermaidName, mermaidText, mermaidType } from "./mermaid-escape.ts";

/** A diagram as a Mermaid `erDiagram`, with a final newline. It keeps its nodes: `splitDiagram` keeps it small. */
export function writeMermaid({ nodes, edges }: Diagram): string {
  const ids = mermaidIds(nodes.map((node) => node.id));
  const idOf = (id: string) => ids.get(id) ?? "missing";
  const marks = new Set(nodes.map((node) => node.mark).filter((mark) => mark !== undefined));
  const lines = [
    "erDiagram",
    ...edges.map((edge) => `  ${edgeLine(edge, idOf)}`),
    ...nodes.flatMap((node) => nodeLines(node, idOf(node.id)).map((line) => `  ${line}`)),
    ...[...marks].sort().map((mark) => `  classDef ${mark} ${STYLES[mark]}`),
    ...nodes.filter((node) => node.mark).map((node) => `  class ${idOf(node.id)} ${node.mark ?? ""}`),
  ];
  return `${lines.join("\n")}\n`;
}

/** How marks are written before a name: plus, tilde and a true minus. */
export const SIGNS: Readonly<Record<Mark, string>> = { added: "+", changed: "~", dropped: "−" };

/** Strokes only, so that text stays readable on GitHub's light and dark themes. */
const STYLES: Readonly<Record<Mark, string>> = {
  added: "stroke:#2da44e,stroke-width:2px",
  changed: "stroke:#bf8700,stroke-width:2px",
  dropped: "stroke:#cf222e,stroke-width:2px,stroke-dasharray:4 3",
};

function edgeLine(edge: DiagramEdge, idOf: (id: string) => string): string {
  const { from, to, columns, enforced, mark } = edge;
  const text = mermaidText(
    `${mark ? `${SIGNS[mark]} ` : ""}${columns.join(", ")}${enforced === false ? " (not checked)" : ""}`,
  );
  return `${idOf(to)} ${crowsFoot(edge)} ${idOf(from)} : "${text}"`;
}

function nodeLines(node: DiagramNode, id: string): readonly string[] {
  const { columns, mark } = node;
  const head = `${id}["${mermaidText(`${mark ? `${SIGNS[mark]} ` : ""}${nodeLabel(node)}`)}"]`;
  if (columns.length === 0) return [head];
  return [`${head} {`, ...columns.map((column) => `  ${columnLine(column)}`), "}"];
}

function columnLine({ name, type, primary, foreign, unique, mark }: DiagramColumn): string {
  const keys = [primary ? "PK" : "", foreign ? "FK" : "", unique ? "UK" : ""].filter((key) => key !== "");
  const safe = mermaidName(name);
  // Where Mermaid cannot take the name, its real spelling stands beside it.
  const notes = [mark ? SIGNS[mark] : "", safe === name ? "" : mermaidText(name)].filter((note) => note !== "");
  return [mermaidType(type), safe, keys.join(", "), notes.length === 0 ? "" : `"${notes.join(" ")}"`]
    .filter((part) => part !== "")
    .join(" ");
}
