import type { Config } from "#schemas/config/schema.ts";
import type { Coverage } from "#schemas/json/coverage.ts";
import type { ModelObject, SchemaModel, Table, View } from "#schemas/model.ts";
import type { KnownTexts } from "../ai/kept-texts.ts";
import { writtenDescription } from "../docs/describe.ts";

type Counts = Omit<Coverage["tables"][number], "id">;
type Source = "person" | "ai" | "offline";

/**
 * How much of a schema is described and by whom. Counted are tables without partitions, views, their columns, enums,
 * domains, composite types and routines; a comment in the DDL counts as a person's text.
 */
export function measureCoverage(
  model: SchemaModel,
  {
    database,
    descriptions,
    coverage,
    known = {},
  }: {
    readonly database: string;
    readonly descriptions: Readonly<Record<string, string>>;
    readonly coverage: Pick<Config["coverage"], "minimum" | "counts">;
    /** Texts of a language model; one that a person changed counts as theirs. */
    readonly known?: KnownTexts["texts"];
  },
): Coverage {
  const sourceOf = (object: ModelObject): Source =>
    writtenDescription({ descriptions }, object) ? "person" : (known[object.id]?.by ?? "offline");
  const relations: readonly (Table | View)[] = [...model.tables.filter((table) => !table.partitionOf), ...model.views];
  const others: readonly ModelObject[] = [...model.enums, ...model.domains, ...model.composites, ...model.routines];
  const kinds = new Map<ModelObject["kind"], Source[]>();
  const add = (object: ModelObject): Source => {
    const source = sourceOf(object);
    kinds.set(object.kind, [...(kinds.get(object.kind) ?? []), source]);
    return source;
  };
  const tables = relations.map((relation) => {
    const sources: Source[] = [add(relation)];
    for (const column of relation.columns) sources.push(add(column));
    return { id: relation.id, ...count(sources) };
  });
  for (const object of others) add(object);
  const total = count([...kinds.values()].flat());
  const result: Coverage = {
    version: 1,
    database,
    total,
    kinds: [...kinds].map(([kind, sources]) => ({ kind, ...count(sources) })),
    tables: tables.sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
  if (coverage.minimum === 0) return result;
  const required = coverage.minimum / 100;
  return { ...result, gate: { required, passed: share(total, coverage.counts) >= required } };
}

/** Described share from 0 to 1; an empty schema is wholly described. */
export function share(counts: Counts, which: Config["coverage"]["counts"]): number {
  if (counts.total === 0) return 1;
  const described = { person: counts.person, ai: counts.person + counts.ai, any: counts.total }[which];
  return described / counts.total;
}

function count(sources: readonly Source[]): Counts {
  const of = (source: Source): number => sources.filter((one) => one === source).length;
  return { total: sources.length, person: of("person"), ai: of("ai"), offline: of("offline") };
}
