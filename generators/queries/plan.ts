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
  const relation = raw["Relation Name"];
  return {
    node: raw["Node Type"],
    ...(relation === undefined ? {} : { relation: objectId(...(raw.Schema ? [raw.Schema] : []), relation) }),
    ...(raw.Alias === undefined || raw.Alias === relation ? {} : { alias: raw.Alias }),
    ...(raw["Index Name"] === undefined ? {} : { index: raw["Index Name"] }),
    ...(raw["Join Type"] === undefined ? {} : { join: raw["Join Type"] }),
    conditions: CONDITIONS.flatMap((field) => (typeof raw[field] === "string" ? [raw[field]] : [])),
    startupCost: raw["Startup Cost"],
    cost: raw["Total Cost"],
    rows: raw["Plan Rows"],
    children: (raw.Plans ?? []).map(toNode),
  };
}
