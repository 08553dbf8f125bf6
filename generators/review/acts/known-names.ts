import type { RangeVar } from "libpg-query";
import type { ModelIndex } from "#schemas/model-index.ts";
import { objectId, type ObjectId } from "#schemas/object-id.ts";
import type { OtherRef, RelationRef } from "./act.ts";

/**
 * What the names in a migration mean while it goes on: relations it has made itself, and old ones under new names.
 * Nothing is asked of the engine: a lone file, whose tables no model holds, is read by the same rules.
 */
export interface KnownNames {
  relation(name: RangeVar | undefined): RelationRef;
  /** The table that holds an index, by the index's name; undefined when the base model has no such index. */
  indexOwner(
    schema: string | undefined,
    name: string,
  ): { readonly index: ObjectId; readonly table: RelationRef } | undefined;
  /** The name that a column had before the migration; null for one that the migration itself added. */
  column(table: RelationRef, name: string): string | null;
  /** `ifMissing`: the statement makes nothing when the relation is there. */
  create(name: RangeVar | undefined, ifMissing: boolean): RelationRef;
  drop(table: RelationRef): void;
  addColumn(table: RelationRef, name: string): void;
  renameColumn(table: RelationRef, from: string, to: string): void;
  renameTable(table: RelationRef, to: ObjectId): void;
  /** Base ids by present ids, of every relation that is not the migration's own; called where a file begins. */
  oldRelations(): ReadonlyMap<ObjectId, ObjectId>;
  setSearchPath(schemas: readonly string[] | null): void;
  /** A type, by the parts of its name. */
  type(parts: readonly string[]): OtherRef;
  schema(name: string): OtherRef;
  createType(parts: readonly string[]): OtherRef;
  createSchema(name: string): void;
  /** Every relation of the schema goes with it. */
  renameSchema(from: string, to: string): void;
}

const DEFAULT_PATH = ["public"];
const TEMPORARY = "pg_temp";

/** `defaultPath`: schemas of names without one. */
export function createKnownNames(base: ModelIndex, defaultPath: readonly string[] = DEFAULT_PATH): KnownNames {
  const made = new Set<ObjectId>();
  /** Base id by present id, for tables that were renamed. */
  const renamed = new Map<ObjectId, ObjectId>();
  const gone = new Set<ObjectId>();
  /** Base name by present name, for each table; null for added columns. */
  const columns = new Map<ObjectId, Map<string, string | null>>();
  let path: readonly string[] = defaultPath;
  /** Types and schemas that the migration makes. */
  const madeOthers = new Set<ObjectId>();

  const byName = Map.groupBy([...base.model.tables, ...base.model.views], ({ name }) => name);
  const indexes = Map.groupBy(
    [...base.model.tables, ...base.model.views].flatMap((relation) =>
      relation.indexes.map((index) => ({ index, relation })),
    ),
    ({ index }) => index.name,
  );

  function known(current: ObjectId): RelationRef | null {
    if (made.has(current)) return { id: current, current, isNew: true };
    const old = renamed.get(current);
    if (old !== undefined) return { id: old, current, isNew: false };
    if (base.relation(current) && !gone.has(current)) return { id: current, current, isNew: false };
    return null;
  }

  function relation(name: RangeVar | undefined): RelationRef {
    const { schemaname, relname = "" } = name ?? {};
    const schemas = schemaname === undefined ? [TEMPORARY, ...path] : [schemaname];
    for (const schema of schemas) {
      const found = known(objectId(schema, relname));
      if (found) return found;
    }
    // The path of the role that migrates may be another one: take the only relation of this name.
    const [only, ...others] = schemaname === undefined ? (byName.get(relname) ?? []) : [];
    const id = only && others.length === 0 && !gone.has(only.id) ? only.id : fullName(schemaname, relname);
    return { id, current: id, isNew: false };
  }

  const fullName = (schema: string | undefined, name: string): ObjectId =>
    objectId(schema ?? path[0] ?? "public", name);

  function columnsOf(table: RelationRef): Map<string, string | null> {
    const found = columns.get(table.id) ?? new Map<string, string | null>();
    columns.set(table.id, found);
    return found;
  }

  const types = Map.groupBy(
    [base.model.enums, base.model.domains, base.model.composites, base.model.ranges].flat(),
    ({ name }) => name,
  );

  function typeOf(parts: readonly string[]): OtherRef {
    const [name = "", schema] = parts.toReversed();
    const ids = (schema === undefined ? path : [schema]).map((part) => objectId(part, name));
    const own = ids.find((id) => madeOthers.has(id));
    if (own !== undefined) return { id: own, isNew: true };
    const candidates = (types.get(name) ?? []).filter((type) => schema === undefined || type.schema === schema);
    const found = candidates.find(({ id }) => ids.includes(id)) ?? candidates[0];
    return { id: found?.id ?? ids[0] ?? objectId(name), isNew: false };
  }

  return {
    relation,
    type: typeOf,
    schema: (name) => ({ id: objectId(name), isNew: madeOthers.has(objectId(name)) }),
    createType(parts) {
      const [name = "", schema] = parts.toReversed();
      const id = fullName(schema, name);
      madeOthers.add(id);
      return { id, isNew: true };
    },
    createSchema(name) {
      if (base.find("schema", objectId(name)) === undefined) madeOthers.add(objectId(name));
    },
    renameSchema(from, to) {
      for (const { id, name, schema } of [...base.model.tables, ...base.model.views]) {
        if (schema === from && !gone.has(id)) this.renameTable({ id, current: id, isNew: false }, objectId(to, name));
      }
      madeOthers.add(objectId(to));
    },
    indexOwner(schema, name) {
      const candidates = (indexes.get(name) ?? []).filter(
        ({ relation }) => schema === undefined || relation.schema === schema,
      );
      const found = candidates.find(({ relation }) => path.includes(relation.schema)) ?? candidates[0];
      if (!found) return undefined;
      const { id } = found.relation;
      return { index: found.index.id, table: { id, current: id, isNew: false } };
    },
    column(table, name) {
      const now = columns.get(table.id)?.get(name);
      return now === undefined ? name : now;
    },
    create(name, ifMissing) {
      const isTemporary = name?.relpersistence === "t";
      const id = isTemporary
        ? objectId(TEMPORARY, name?.relname ?? "")
        : fullName(name?.schemaname, name?.relname ?? "");
      if (ifMissing && known(id)?.isNew === false) return { id, current: id, isNew: false };
      made.add(id);
      return { id, current: id, isNew: true };
    },
    drop(table) {
      made.delete(table.current);
      renamed.delete(table.current);
      gone.add(table.current);
    },
    addColumn(table, name) {
      columnsOf(table).set(name, null);
    },
    renameColumn(table, from, to) {
      const now = columnsOf(table);
      const old = now.get(from);
      now.delete(from);
      now.set(to, old === undefined ? from : old);
    },
    renameTable(table, to) {
      if (table.isNew) {
        made.delete(table.current);
        made.add(to);
        return;
      }
      renamed.delete(table.current);
      renamed.set(to, table.id);
      gone.add(table.current);
    },
    oldRelations() {
      const same = [...base.model.tables, ...base.model.views].filter(({ id }) => !gone.has(id) && !made.has(id));
      return new Map([...same.map(({ id }) => [id, id] as const), ...renamed]);
    },
    setSearchPath(schemas) {
      const named = schemas?.filter((schema) => schema !== "" && schema !== "$user" && schema !== "pg_catalog");
      path = named === undefined || named.length === 0 ? defaultPath : named;
    },
  };
}
