import type { Constraint, Index, IndexKey, ReferentialAction } from "#schemas/model.ts";
import { objectId } from "#schemas/object-id.ts";
import type { ConstraintRow, IndexRow, RelationRow } from "./rows.ts";
import { CATALOG, origin, sorted, type CatalogContext } from "./context.ts";

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: "no action",
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};
const MATCHES: Readonly<Record<string, "simple" | "full" | "partial">> = { s: "simple", f: "full", p: "partial" };

/** Keys, checks and exclusions of a table, by id. */
export function constraints(context: CatalogContext, table: RelationRow, rows: readonly ConstraintRow[]): Constraint[] {
  return sorted(rows.flatMap((row) => constraint(context, table, row)));
}

function constraint(context: CatalogContext, table: RelationRow, row: ConstraintRow): Constraint[] {
  const base = {
    id: objectId(table.schema, table.name, row.name),
    name: row.name,
    columns: row.columns ?? [],
    definition: row.definition,
    deferrable: row.deferrable,
    initiallyDeferred: row.deferred,
    validated: row.validated,
    ...(row.local ? {} : { inherited: true }),
    ...(row.comment === null ? {} : { comment: row.comment }),
    ...origin(context.originOf(CATALOG.constraint, row.oid)),
  };
  switch (row.kind) {
    case "p":
      return [{ kind: "primary key", ...base }];
    case "u":
      return [
        {
          kind: "unique",
          ...base,
          nullsNotDistinct: context.rows.indexes.find((index) => index.oid === row.index)?.nnd ?? false,
        },
      ];
    case "c":
      return [{ kind: "check", ...base, expression: row.expression ?? "", enforced: row.enforced }];
    case "x":
      return [{ kind: "exclude", ...base }];
    case "f":
      return [
        {
          kind: "foreign key",
          ...base,
          references: { table: row.target ? objectId(...row.target) : "", columns: row.targetColumns ?? [] },
          onUpdate: ACTIONS[row.update ?? "a"] ?? "no action",
          onDelete: ACTIONS[row.delete ?? "a"] ?? "no action",
          match: MATCHES[row.match ?? "s"] ?? "simple",
          ...(row.enforced ? {} : { enforced: false }),
        },
      ];
    case "n":
      // Nullability is the column's; only an unusual name is kept, there.
      return [];
  }
}

/** Indexes of a table or materialised view, by id. */
export function indexes(
  context: CatalogContext,
  table: RelationRow,
  rows: readonly IndexRow[],
  constraintRows: readonly ConstraintRow[],
): Index[] {
  const enforcing = new Map(
    constraintRows.flatMap((row) =>
      row.index !== null && "pux".includes(row.kind) ? [[row.index, row.name] as const] : [],
    ),
  );
  return sorted(
    rows.map((row) => {
      const enforces = enforcing.get(row.oid);
      return {
        kind: "index" as const,
        id: objectId(table.schema, table.name, row.name),
        name: row.name,
        method: row.method,
        keys: (row.keys ?? []).map(indexKey),
        include: row.include ?? [],
        ...(row.predicate === null ? {} : { predicate: row.predicate }),
        unique: row.unique,
        ...(row.nnd ? { nullsNotDistinct: true } : {}),
        primary: row.primary,
        valid: row.valid,
        ...(row.clustered ? { clustered: true } : {}),
        ...(enforces === undefined ? {} : { constraint: enforces }),
        definition: row.definition,
        ...(row.comment === null ? {} : { comment: row.comment }),
        ...origin(
          context.originOf(CATALOG.class, row.oid) ??
            (enforces === undefined ? undefined : constraintOrigin(context, constraintRows, row.oid)),
        ),
      };
    }),
  );
}

function constraintOrigin(context: CatalogContext, rows: readonly ConstraintRow[], indexOid: number) {
  const row = rows.find((constraintRow) => constraintRow.index === indexOid);
  return row === undefined ? undefined : context.originOf(CATALOG.constraint, row.oid);
}

function indexKey(key: NonNullable<IndexRow["keys"]>[number]): IndexKey {
  const descending = (key.option & 1) !== 0;
  const nullsFirst = (key.option & 2) !== 0;
  return {
    ...(key.column === null ? { expression: key.expression ?? "" } : { column: key.column }),
    ...(descending ? { descending } : {}),
    // NULLS FIRST is what DESC means without saying; only the unusual order is kept.
    ...(nullsFirst === descending ? {} : { nullsFirst }),
    ...(key.opclass === null ? {} : { operatorClass: key.opclass }),
    ...(key.collation === null ? {} : { collation: key.collation }),
  };
}
