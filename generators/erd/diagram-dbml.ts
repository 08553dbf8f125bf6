import { dbmlName, dbmlPath } from "../docs/dbml-escape.ts";
import { parseObjectId } from "#schemas/object-id.ts";
import type { Diagram, DiagramEdge, DiagramNode } from "./diagram.ts";

/** A diagram as DBML: its boxes, columns and lines. A table without columns is none in DBML and is left out. */
export function writeDiagramDbml({ nodes, edges }: Diagram): string {
  const tables = nodes.filter(({ columns }) => columns.length > 0);
  const byId = new Map(tables.map((node) => [node.id, node]));
  const references = edges.flatMap((edge) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    return from && to ? (refLine(edge, from, to) ?? []) : [];
  });
  return `${[...tables.map(tableBlock), references.join("\n")].filter((part) => part !== "").join("\n\n")}\n`;
}

function tableBlock(node: DiagramNode): string {
  const keys = node.columns.filter(({ primary }) => primary).map(({ name }) => dbmlName(name));
  const columns = node.columns.map(({ name, type, primary, unique }) => {
    const settings = [primary && keys.length === 1 ? "pk" : "", unique ? "unique" : ""].filter((one) => one !== "");
    const plain = /^[a-z_][a-z0-9_]*(?:\(\d+(?:,\d+)?\))?$/.test(type) ? type : dbmlName(type);
    return `  ${dbmlName(name)} ${plain}${settings.length === 0 ? "" : ` [${settings.join(", ")}]`}`;
  });
  const indexes = keys.length > 1 ? ["", "  Indexes {", `    (${keys.join(", ")}) [pk]`, "  }"] : [];
  return [`Table ${pathOf(node)} {`, ...columns, ...indexes, "}"].join("\n");
}

/** Null for a line that stands for several references. */
function refLine({ columns, target, cardinality }: DiagramEdge, from: DiagramNode, to: DiagramNode): string | null {
  if (target === undefined) return null;
  const isOne = cardinality.from === "zero or one" || cardinality.from === "exactly one";
  return `Ref: ${end(from, columns)} ${isOne ? "-" : ">"} ${end(to, target)}`;
}

function end(node: DiagramNode, columns: readonly string[]): string {
  const [only, second] = columns;
  const names = only !== undefined && second === undefined ? dbmlName(only) : `(${columns.map(dbmlName).join(", ")})`;
  return `${pathOf(node)}.${names}`;
}

function pathOf({ id, name }: DiagramNode): string {
  const [schema = ""] = parseObjectId(id) ?? [];
  return dbmlPath(schema, name);
}
