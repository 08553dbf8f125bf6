import type { DatabaseConfig } from "#schemas/config/schema.ts";
import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { Constraint, ForeignKey, SchemaModel, Table } from "#schemas/model.ts";
import { columnId, idPart, objectId, type ObjectId } from "#schemas/object-id.ts";
import type { Problem } from "#schemas/problem.ts";
import { findTable, missingColumn } from "./find-table.ts";
import { parentByName, type NamingStrategy } from "#schemas/naming-strategies.ts";

/** What the configuration and names say about references, to be put over a model. */
export interface VirtualReferences {
  /** Foreign keys that the database does not have, by the id of the table that would hold them. */
  readonly added: ReadonlyMap<ObjectId, readonly ForeignKey[]>;
  /** Foreign keys that it has, as people restate them. */
  readonly restated: ReadonlyMap<Constraint, ForeignKey>;
  readonly problems: readonly Problem[];
}

/** References that no constraint holds: those the configuration declares, then those that names say, when wanted. */
export function virtualReferences(
  model: SchemaModel,
  { relations, detectRelations }: Pick<DatabaseConfig, "relations" | "detectRelations">,
): VirtualReferences {
  const added = new Map<ObjectId, ForeignKey[]>();
  const restated = new Map<Constraint, ForeignKey>();
  const problems: Problem[] = [];
  const add = (table: Table, key: ForeignKey) => added.set(table.id, [...(added.get(table.id) ?? []), key]);
  for (const relation of relations) {
    const found = declared(model, relation);
    if ("code" in found) {
      problems.push(found);
      continue;
    }
    const existing = sameKey(found.table, found.key);
    if (!existing) add(found.table, found.key);
    else if (relation.override) restated.set(existing, { ...existing, ...stated(relation) });
  }
  if (detectRelations.enabled) {
    for (const table of model.tables) {
      if (table.partitionOf) continue;
      for (const key of detected(model, table, detectRelations.strategy, added.get(table.id) ?? [])) add(table, key);
    }
  }
  return { added, restated, problems };
}

type Declared = DatabaseConfig["relations"][number];

function declared(
  model: SchemaModel,
  relation: Declared,
): { readonly table: Table; readonly key: ForeignKey } | Problem {
  const table = findTable(model, relation.table);
  const parent = findTable(model, relation.parentTable);
  if (!table) return unknown(relation, `table ${relation.table}`);
  if (!parent) return unknown(relation, `table ${relation.parentTable}`);
  const missing = missingColumn(table, relation.columns);
  const parentMissing = missingColumn(parent, relation.parentColumns);
  if (missing !== undefined) return unknown(relation, `column ${columnId(table.id, missing)}`);
  if (parentMissing !== undefined) return unknown(relation, `column ${columnId(parent.id, parentMissing)}`);
  const to = { parent, columns: relation.parentColumns, virtual: "declared" } as const;
  return { table, key: { ...virtualKey(table, relation.columns, to), ...stated(relation) } };
}

/** What a person says about a reference beyond its columns. */
function stated({
  cardinality,
  parentCardinality,
  description,
}: Declared): Pick<ForeignKey, "cardinality" | "comment"> {
  const known = {
    ...(cardinality !== undefined && { from: cardinality }),
    ...(parentCardinality !== undefined && { to: parentCardinality }),
  };
  return {
    ...(Object.keys(known).length > 0 && { cardinality: known }),
    ...(description !== undefined && { comment: description }),
  };
}

function detected(
  model: SchemaModel,
  table: Table,
  strategy: NamingStrategy,
  declaredKeys: readonly ForeignKey[],
): readonly ForeignKey[] {
  const own = table.constraints.filter((constraint) => constraint.kind === "foreign key");
  const taken = new Set([...own, ...declaredKeys].flatMap((key) => key.columns));
  return table.columns.flatMap(({ name }) => {
    const named = taken.has(name) ? null : parentByName(strategy, name);
    if (!named) return [];
    const ids = [objectId(table.schema, named.table), objectId(dialectFacts(model.dialect).defaultSchema, named.table)];
    const parent = model.tables.find(({ id }) => id === ids[0]) ?? model.tables.find(({ id }) => id === ids[1]);
    // As in tbls: a name alone does not say that a table refers to itself.
    if (parent === table || !parent?.columns.some((column) => column.name === named.column)) return [];
    return [virtualKey(table, [name], { parent, columns: [named.column], virtual: "detected" })];
  });
}

function virtualKey(
  table: Table,
  columns: readonly string[],
  to: { readonly parent: Table; readonly columns: readonly string[]; readonly virtual: "declared" | "detected" },
): ForeignKey {
  const name = `${columns.join("_")}_to_${to.parent.name}`;
  const list = (names: readonly string[]) => names.map(idPart).join(", ");
  return {
    kind: "foreign key",
    id: columnId(table.id, name),
    name,
    columns,
    definition: `FOREIGN KEY (${list(columns)}) REFERENCES ${to.parent.id}(${list(to.columns)})`,
    deferrable: false,
    initiallyDeferred: false,
    validated: false,
    references: { table: to.parent.id, columns: to.columns },
    onUpdate: "no action",
    onDelete: "no action",
    match: "simple",
    enforced: false,
    virtual: to.virtual,
  };
}

function sameKey(table: Table, { columns, references }: ForeignKey): ForeignKey | undefined {
  const same = (left: readonly string[], right: readonly string[]) => left.join("\0") === right.join("\0");
  return table.constraints.find(
    (one): one is ForeignKey =>
      one.kind === "foreign key" &&
      one.references.table === references.table &&
      same(one.columns, columns) &&
      same(one.references.columns, references.columns),
  );
}

function unknown({ table, parentTable }: Declared, missing: string): Problem {
  return {
    code: "QG404",
    severity: "warning",
    message: `The relation from ${table} to ${parentTable} is not drawn because there is no ${missing}`,
    help: "Correct the names under `relations`, or remove the entry.",
    objectId: missing,
  };
}
