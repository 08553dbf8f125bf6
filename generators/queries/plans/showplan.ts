import type { PlanNode } from "../plan.ts";
import { relationOf, type ReadPlan } from "./draw-step.ts";
import { readXml, type XmlElement } from "./xml-elements.ts";

/**
 * Reads SQL Server's SHOWPLAN_XML of one query in PostgreSQL's words. Costs are the server's. Throws for what is no such
 * plan.
 * https://learn.microsoft.com/sql/relational-databases/showplan-logical-and-physical-operators-reference
 */
export function parseShowplan(xml: string): ReadPlan {
  const [top] = relOpsOf(readXml(xml));
  const tableRows: Record<string, number> = {};
  // A query of no table has a plan of one value, or none.
  const nothing = { node: "Result", conditions: [], startupCost: 0, cost: 0, rows: 1, children: [] };
  return { tree: top ? drawOperator(top, tableRows) : nothing, tableRows };
}

const NODES: Readonly<Record<string, string>> = {
  "Clustered Index Scan": "Seq Scan",
  "Clustered Index Seek": "Index Scan",
  Concatenation: "Append",
  "Constant Scan": "Result",
  "Index Scan": "Full Index Scan",
  "Index Seek": "Index Scan",
  "Index Spool": "Materialize",
  "Nested Loops": "Nested Loop",
  "Row Count Spool": "Materialize",
  Segment: "WindowAgg",
  "Stream Aggregate": "Aggregate",
  "Table Scan": "Seq Scan",
  "Table Spool": "Materialize",
  Top: "Limit",
  "Window Spool": "WindowAgg",
};

function drawOperator(operator: XmlElement, tableRows: Record<string, number>): PlanNode {
  const physical = operator.attributes.get("PhysicalOp") ?? "";
  const logical = operator.attributes.get("LogicalOp") ?? "";
  const own = ownElements(operator);
  const object = own.find(({ name }) => name === "Object");
  const relation =
    object && relationOf([plain(object, "Schema"), plain(object, "Table")].filter((part) => part !== ""));
  const alias = object && plain(object, "Alias");
  const index = object && plain(object, "Index");
  const rows = figure(operator, "EstimateRows");
  const node = nodeOf(physical, logical);
  if (node === "Seq Scan" && relation !== undefined) tableRows[relation] = figure(operator, "TableCardinality") || rows;
  return {
    node,
    ...(relation === undefined ? {} : { relation }),
    ...(alias && alias !== plain(object, "Table") ? { alias } : {}),
    ...(index && node !== "Seq Scan" ? { index } : {}),
    ...(logical.endsWith("Join") ? { join: logical.replace(/ Join$/, "") } : {}),
    conditions: own.flatMap(conditionsOf),
    startupCost: 0,
    cost: figure(operator, "EstimatedTotalSubtreeCost"),
    rows,
    children: relOpsOf(operator).map((child) => drawOperator(child, tableRows)),
  };
}

/** Hash Match does several things, which its logical name tells. */
function nodeOf(physical: string, logical: string): string {
  if (physical === "Hash Match") return /Aggregate|Distinct/.test(logical) ? "Aggregate" : "Hash Join";
  return NODES[physical] ?? physical;
}

/** The nearest operators below an element. */
const relOpsOf = (element: XmlElement): readonly XmlElement[] =>
  element.children.flatMap((child) => (child.name === "RelOp" ? [child] : relOpsOf(child)));

/** All elements of an operator that are not another's. */
const ownElements = (element: XmlElement): readonly XmlElement[] =>
  element.children.flatMap((child) => (child.name === "RelOp" ? [] : [child, ...ownElements(child)]));

const COMPARED: Readonly<Record<string, string>> = { EQ: "=", GE: ">=", GT: ">", LE: "<=", LT: "<" };
const CONDITIONS: ReadonlySet<string> = new Set([
  "BuildResidual",
  "PassThru",
  "Predicate",
  "ProbeResidual",
  "Residual",
]);

function conditionsOf(element: XmlElement): readonly string[] {
  if (CONDITIONS.has(element.name)) return element.children.flatMap(scalarOf);
  const how = COMPARED[element.attributes.get("ScanType") ?? ""];
  if (how === undefined) return [];
  const columns = columnsOf(element, "RangeColumns");
  const values = element.children.find(({ name }) => name === "RangeExpressions")?.children.flatMap(scalarOf) ?? [];
  return columns.map((column, index) => `${column} ${how} ${values[index] ?? "?"}`);
}

const scalarOf = ({ attributes }: XmlElement): readonly string[] => {
  const text = attributes.get("ScalarString");
  return text === undefined ? [] : [text];
};

const columnsOf = (element: XmlElement, list: string): readonly string[] =>
  element.children
    .filter(({ name }) => name === list)
    .flatMap(({ children }) => children.map(({ attributes }) => attributes.get("Column") ?? ""));

/** A name without its brackets. */
const plain = ({ attributes }: XmlElement, name: string): string => {
  const text = attributes.get(name) ?? "";
  return text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1).replaceAll("]]", "]") : text;
};

const figure = ({ attributes }: XmlElement, name: string): number => {
  const number = Number(attributes.get(name) ?? 0);
  return Number.isFinite(number) ? number : 0;
};
