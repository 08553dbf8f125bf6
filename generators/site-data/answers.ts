import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { SchemaModel, Table } from "#schemas/model.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Problem } from "#schemas/problem.ts";
import type { SavedQuery } from "../generator.ts";
import type { SitePlan, SiteQuery, SiteRows, SiteSamples } from "./contract.ts";

/** What the query function says to a query: its rows and plan, or why there are none. */
export interface GivenAnswer {
  readonly result?: SiteRows;
  readonly plan?: SitePlan;
  readonly problem?: Pick<Problem, "message" | "help">;
}
export type GivenAnswers = Readonly<Record<string, GivenAnswer>>;

/** What the fixtures answer: the rows of the site. */
export interface SiteAnswers {
  readonly queries: readonly SiteQuery[];
  readonly samples: SiteSamples;
}

/** A page shows no more of an answer; the playground runs the query again for the rest. */
const MOST_ROWS = 100;
const SAMPLE_ROWS = 5;

/** A query a table, by the table's id, whose answer holds its sample rows and their number. */
export function sampleQueries({ tables, dialect }: SchemaModel): { readonly id: ObjectId; readonly sql: string }[] {
  const { quote, madeUpSchema } = dialectFacts(dialect);
  const nameOf = ({ schema, name }: Table): string => (madeUpSchema ? quote(name) : `${quote(schema)}.${quote(name)}`);
  return tables
    .filter(({ partitionOf }) => !partitionOf)
    .map((table) => ({ id: table.id, sql: `select * from ${nameOf(table)}` }));
}

/** Puts the answers of saved queries (by id) and of `sampleQueries` to what they answer. */
export function siteAnswers(
  queries: readonly SavedQuery[],
  given: { readonly queries: GivenAnswers; readonly samples: GivenAnswers },
): SiteAnswers {
  const samples: Record<ObjectId, SiteRows> = {};
  for (const [id, { result }] of Object.entries(given.samples)) {
    if (result && result.rows.length > 0) samples[id] = { ...result, rows: result.rows.slice(0, SAMPLE_ROWS) };
  }
  return { queries: queries.map((query) => answered(query, given.queries[query.id])), samples };
}

function answered(query: SavedQuery, answer: GivenAnswer | undefined): SiteQuery {
  const { result, plan, problem } = answer ?? {};
  return {
    ...query,
    ...(plan && { plan }),
    ...(result && { result: { ...result, rows: result.rows.slice(0, MOST_ROWS) } }),
    ...(problem && { failure: [problem.message, problem.help].filter(Boolean).join(" ") }),
  };
}
