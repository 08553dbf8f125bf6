import { objectId } from "#schemas/object-id.ts";
import type { PlanNode, PlanSizes, QueryPlan } from "./query-plan.ts";

/** A plan from what `EXPLAIN (FORMAT JSON, VERBOSE)` answered; null when it is no plan. */
export function readPlan(text: string, sizes: PlanSizes): QueryPlan | null {
  const answer: unknown = JSON.parse(text);
  const [first]: readonly unknown[] = Array.isArray(answer) ? answer : [];
  if (!isObject(first) || !isObject(first["Plan"])) return null;
  return { root: readNode(first["Plan"]), sizes, ...readRun(first) };
}

/** What EXPLAIN ANALYZE measured besides the nodes. */
function readRun(answer: Json): Pick<QueryPlan, "timing" | "triggers" | "jitMs"> {
  const [planning, execution] = [answer["Planning Time"], answer["Execution Time"]];
  if (typeof planning !== "number" || typeof execution !== "number") return {};
  const triggers: readonly unknown[] = Array.isArray(answer["Triggers"]) ? answer["Triggers"] : [];
  const jit =
    isObject(answer["JIT"]) && isObject(answer["JIT"]["Timing"]) ? answer["JIT"]["Timing"]["Total"] : undefined;
  return {
    timing: { planningMs: planning, executionMs: execution },
    triggers: triggers.filter(isObject).map((trigger) => ({
      name: [trigger["Constraint Name"], trigger["Trigger Name"]].find((name) => typeof name === "string") ?? "",
      ms: Number(trigger["Time"] ?? 0),
    })),
    ...(typeof jit === "number" ? { jitMs: jit } : {}),
  };
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const KNOWN: ReadonlySet<string> = new Set([
  "Node Type",
  "Plans",
  "Output",
  "Startup Cost",
  "Total Cost",
  "Plan Rows",
  "Plan Width",
]);

function readNode(node: Json): PlanNode {
  const text = (key: string): string | undefined => {
    const value = node[key];
    return typeof value === "string" ? value : undefined;
  };
  const [schema, name] = [text("Schema"), text("Relation Name")];
  const [alias, index] = [text("Alias"), text("Index Name")];
  const children: readonly unknown[] = Array.isArray(node["Plans"]) ? node["Plans"] : [];
  const conditions = Object.entries(node).flatMap(([key, value]) =>
    typeof value === "string" && /(?:Cond|Filter)$/.test(key) ? [[key, value] as const] : [],
  );
  const sortKey: readonly unknown[] | undefined = Array.isArray(node["Sort Key"]) ? node["Sort Key"] : undefined;
  return {
    type: text("Node Type") ?? "",
    ...(name === undefined ? {} : { relation: objectId(schema ?? "public", name) }),
    ...(alias === undefined ? {} : { alias }),
    ...(index === undefined ? {} : { index }),
    startupCost: Number(node["Startup Cost"] ?? 0),
    totalCost: Number(node["Total Cost"] ?? 0),
    rows: Number(node["Plan Rows"] ?? 0),
    width: Number(node["Plan Width"] ?? 0),
    conditions: Object.fromEntries(conditions),
    ...(sortKey ? { sortKey: sortKey.map(String) } : {}),
    facts: Object.fromEntries(Object.entries(node).filter(([key]) => !KNOWN.has(key))),
    children: children.filter(isObject).map(readNode),
  };
}
