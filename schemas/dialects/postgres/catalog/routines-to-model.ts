import type { Routine, RoutineArgument } from "#schemas/model.ts";
import { routineId } from "#schemas/object-id.ts";
import type { RoutineRow } from "./rows.ts";
import { CATALOG, origin, sorted, type CatalogContext } from "./context.ts";

const VARIANTS = { f: "function", p: "procedure", a: "aggregate", w: "window" } as const;
const MODES = { i: "in", o: "out", b: "inout", v: "variadic", t: "table" } as const;
const VOLATILITIES = { i: "immutable", s: "stable", v: "volatile" } as const;

/** Functions, procedures and aggregates that belong to no extension. */
export function routines(context: CatalogContext): Routine[] {
  return sorted(
    context.rows.routines.map((row) => ({
      kind: "routine" as const,
      id: idOf(row),
      name: row.name,
      schema: row.schema,
      ...context.owned(row),
      variant: VARIANTS[row.kind],
      arguments: row.arguments.map(argument),
      ...(row.returns === null ? {} : { returns: row.returns }),
      language: row.language,
      volatility: VOLATILITIES[row.volatility],
      strict: row.strict,
      securityDefiner: row.definer,
      ...(row.definition === null ? {} : { definition: row.definition }),
      body: row.body,
      ...origin(context.originOf(CATALOG.proc, row.oid)),
    })),
  );
}

export const idOf = (row: RoutineRow): string => routineId(row.schema, row.name, row.inputs);

function argument(row: RoutineRow["arguments"][number]): RoutineArgument {
  return {
    ...(row.name === null ? {} : { name: row.name }),
    mode: MODES[row.mode],
    type: row.type,
    ...(row.default === null ? {} : { default: row.default }),
  };
}
