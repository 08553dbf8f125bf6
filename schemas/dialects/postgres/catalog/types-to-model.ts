import type { CompositeType, DomainType, EnumType, RangeType } from "#schemas/model.ts";
import { objectId } from "#schemas/object-id.ts";
import { dataType } from "../types.ts";
import type { TypeObjectRow } from "./rows.ts";
import { CATALOG, origin, sorted, type CatalogContext } from "./context.ts";

export interface ModelTypes {
  readonly enums: EnumType[];
  readonly domains: DomainType[];
  readonly composites: CompositeType[];
  readonly ranges: RangeType[];
}

/** Enums, domains, composite and range types. */
export function types(context: CatalogContext): ModelTypes {
  const enums: EnumType[] = [];
  const domains: DomainType[] = [];
  const composites: CompositeType[] = [];
  const ranges: RangeType[] = [];
  for (const row of context.rows.types) {
    const base = {
      id: objectId(row.schema, row.name),
      name: row.name,
      schema: row.schema,
      ...context.owned(row),
      ...origin(context.originOf(CATALOG.type, row.oid) ?? context.originOf(CATALOG.class, row.relid)),
    };
    if (row.kind === "e") enums.push({ kind: "enum", ...base, labels: row.labels ?? [] });
    else if (row.kind === "d" && row.base) domains.push({ kind: "domain", ...base, ...domain(row, row.base) });
    else if (row.kind === "c") composites.push({ kind: "composite", ...base, attributes: attributes(row) });
    else if (row.kind === "r" && row.subtype)
      ranges.push({
        kind: "range",
        ...base,
        subtype: dataType(row.subtype, 0),
        ...(row.multirange === null ? {} : { multirange: row.multirange }),
      });
  }
  return { enums: sorted(enums), domains: sorted(domains), composites: sorted(composites), ranges: sorted(ranges) };
}

function domain(
  row: TypeObjectRow,
  base: NonNullable<TypeObjectRow["base"]>,
): Pick<DomainType, "base" | "nullable" | "checks" | "default" | "collation"> {
  return {
    base: dataType(base, row.ndims),
    nullable: !row.notnull,
    ...(row.default === null ? {} : { default: row.default }),
    ...(row.collation === null ? {} : { collation: row.collation }),
    checks: (row.checks ?? []).map(({ name, expression, definition, validated }) => ({
      name,
      expression,
      definition,
      validated,
    })),
  };
}

function attributes(row: TypeObjectRow): CompositeType["attributes"] {
  return (row.attributes ?? []).map((attribute) => ({
    name: attribute.name,
    type: dataType(attribute.type, attribute.ndims),
    ...(attribute.comment === null ? {} : { comment: attribute.comment }),
  }));
}
