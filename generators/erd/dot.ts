import type { Cardinality } from "#schemas/keys.ts";
import { nodeLabel, type Diagram, type DiagramColumn, type DiagramEdge, type DiagramNode } from "./diagram.ts";
import { escapeXml } from "./xml.ts";

/** A diagram in Graphviz' language, referenced tables on the left, crow's feet as arrow heads. */
export function writeDot({ nodes, edges }: Diagram): string {
  const lines = [
    "digraph schema {",
    '  graph [rankdir=LR, nodesep=0.3, ranksep=1.1, bgcolor="transparent"];',
    '  node [shape=plain, fontname="Helvetica", fontsize=11];',
    '  edge [dir=both, color="#818b98", fontname="Helvetica", fontsize=9];',
    ...nodes.map((node) => `  ${quoted(node.id)} [label=<${tableLabel(node)}>];`),
    ...edges.map((edge) => `  ${edgeLine(edge)}`),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

const HEADS: Readonly<Record<Cardinality, string>> = {
  "zero or one": "teeodot",
  "exactly one": "teetee",
  "zero or more": "crowodot",
  "one or more": "crowtee",
};

function edgeLine({ from, to, columns, cardinality, identifying, enforced }: DiagramEdge): string {
  const drawn = identifying ? "solid" : "dashed";
  const style = enforced === false ? "dotted" : drawn;
  const heads = `arrowtail=${HEADS[cardinality.to]}, arrowhead=${HEADS[cardinality.from]}`;
  return `${quoted(to)} -> ${quoted(from)} [${heads}, style=${style}, tooltip=${quoted(columns.join(", "))}];`;
}

/** Graphviz' HTML-like labels are read as XML. */
function tableLabel(node: DiagramNode): string {
  const head = `<tr><td bgcolor="#f6f8fa" colspan="2" align="left"><b>${escapeXml(nodeLabel(node))}</b></td></tr>`;
  const rows = node.columns.map(
    (column) => `<tr><td align="left">${columnLabel(column)}</td><td align="left">${escapeXml(column.type)}</td></tr>`,
  );
  return `<table border="0" cellborder="1" cellspacing="0" cellpadding="5" color="#d1d9e0">${head}${rows.join("")}</table>`;
}

function columnLabel({ name, primary, foreign }: DiagramColumn): string {
  const keys = [primary ? "PK" : "", foreign ? "FK" : ""].filter((key) => key !== "").join(" ");
  return escapeXml(keys === "" ? name : `${name} ${keys}`);
}

/** Only the quote has an escape in a quoted name; a backslash before it would take it away, so it is doubled. */
function quoted(name: string): string {
  return `"${name
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replace(/[\r\n]+/g, " ")}"`;
}
