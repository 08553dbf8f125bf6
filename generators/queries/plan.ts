import { z } from "zod";
import { objectId, type ObjectId } from "#schemas/object-id.ts";

/** One step of a plan. Costs are the planner's own unit, in which reading a page in order costs 1. */
export interface PlanNode {
  /** What the step does, in PostgreSQL's words, such as `Seq Scan`. */
  readonly node: string;
  /** ObjectId of the relation it reads. */
  readonly relation?: ObjectId;
  readonly alias?: string;
  readonly index?: string;
  readonly join?: string;
  /** Conditions that the step applies, in SQL. */
  readonly conditions: readonly string[];
  readonly startupCost: number;
  /** Cost of this step with all below it. */
  readonly cost: number;
  /** Rows that the planner expects. */
  readonly rows: number;
  readonly children: readonly PlanNode[];
}

/** Reads the answer of `EXPLAIN (FORMAT JSON)`. */
export function parsePlan(json: string): PlanNode {
  const [first] = explained.parse(JSON.parse(json));
  return toNode(first.Plan);
}

/** The relations whose rows a plan, as `EXPLAIN (FORMAT JSON)` answers it, finds by a condition on an index. */
export function relationsFoundByIndex(json: string): ReadonlySet<ObjectId> {
  const found = new Set<ObjectId>();
  const [first] = explained.parse(JSON.parse(json));
  const visit = (node: RawNode): boolean => {
    const below = (node.Plans ?? []).map(visit);
    const isFound =
      typeof node["Index Cond"] === "string" || (node["Node Type"].startsWith("Bitmap") && below.some(Boolean));
    const relation = relationOf(node);
    if (isFound && relation !== undefined) found.add(relation);
    return isFound;
  };
  visit(first.Plan);
  return found;
}

interface RawNode {
  readonly "Node Type": string;
  readonly "Join Type"?: string | undefined;
  readonly Schema?: string | undefined;
  readonly "Relation Name"?: string | undefined;
  readonly Alias?: string | undefined;
  readonly "Index Name"?: string | undefined;
  readonly "Startup Cost": number;
  readonly "Total Cost": number;
  readonly "Plan Rows": number;
  readonly Plans?: readonly RawNode[] | undefined;
  readonly [field: string]: unknown;
}

const rawNode: z.ZodType<RawNode> = z.looseObject({
  "Node Type": z.string(),
  "Join Type": z.string().optional(),
  Schema: z.string().optional(),
  "Relation Name": z.string().optional(),
  Alias: z.string().optional(),
  "Index Name": z.string().optional(),
  "Startup Cost": z.number(),
  "Total Cost": z.number(),
  "Plan Rows": z.number(),
  get Plans() {
    return z.array(rawNode).optional();
  },
});
const explained = z.tuple([z.looseObject({ Plan: rawNode })]);

/** Fields of a node that hold a condition, in the order they are applied. */
const CONDITIONS = ["Index Cond", "Recheck Cond", "TID Cond", "Hash Cond", "Merge Cond", "Join Filter", "Filter"];

function toNode(raw: RawNode): PlanNode {
  const relation = relationOf(raw);
  return {
    node: raw["Node Type"],
    ...(relation === undefined ? {} : { relation }),
    ...(raw.Alias === undefined || raw.Alias === raw["Relation Name"] ? {} : { alias: raw.Alias }),
    ...(raw["Index Name"] === undefined ? {} : { index: raw["Index Name"] }),
    ...(raw["Join Type"] === undefined ? {} : { join: raw["Join Type"] }),
    conditions: CONDITIONS.flatMap((field) => (typeof raw[field] === "string" ? [raw[field]] : [])),
    startupCost: raw["Startup Cost"],
    cost: raw["Total Cost"],
    rows: raw["Plan Rows"],
    children: (raw.Plans ?? []).map(toNode),
  };
}

function relationOf(raw: RawNode): ObjectId | undefined {
  const name = raw["Relation Name"];
  return name === undefined ? undefined : objectId(...(raw.Schema ? [raw.Schema] : []), name);
}
