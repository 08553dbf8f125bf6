import type { SchemaModel, TypeFamily } from "../../../model.ts";
import type { Select, Source } from "./query.ts";

/** What the names of a query may mean. */
export interface Scope {
  /** The family of a column; null when nothing or several things of other families are called so. */
  familyOf(path: readonly string[]): TypeFamily | null;
  /** The column's name as the model writes it. */
  columnName(path: readonly string[]): string | null;
}

export interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly columns: ReadonlyMap<string, { readonly name: string; readonly family: TypeFamily }>;
}

/** Tables and views by name in small letters, as both dialects look them up. */
export interface Relations {
  find(path: readonly string[]): Relation | null;
}

export function relationsOf(model: SchemaModel): Relations {
  const byName = new Map<string, Relation>();
  for (const { schema, name, columns } of [...model.tables, ...model.views]) {
    const relation: Relation = {
      schema,
      name,
      columns: new Map(columns.map((one) => [one.name.toLowerCase(), { name: one.name, family: one.type.family }])),
    };
    byName.set(`${schema}.${name}`.toLowerCase(), relation);
    // A name without schema means the one there is, the default schema's first.
    const short = name.toLowerCase();
    if (!byName.has(short) || schema === "dbo" || schema === "main") byName.set(short, relation);
  }
  return {
    find: (path) => {
      const [schema, name] = path.length > 1 ? path.slice(-2) : [undefined, path[0]];
      return byName.get((schema === undefined ? (name ?? "") : `${schema}.${name ?? ""}`).toLowerCase()) ?? null;
    },
  };
}

export function scopeOf(select: Select, relations: Relations, outer: Scope | null): Scope {
  const own = new Map<string, Relation | null>();
  const add = (source: Source): void => {
    if (source.kind === "join") {
      add(source.left);
      add(source.right);
    } else if (source.kind === "query") own.set(source.alias.toLowerCase(), null);
    else own.set((source.alias ?? source.path.at(-1) ?? "").toLowerCase(), relations.find(source.path));
  };
  for (const source of select.from) add(source);
  const lookUp = (path: readonly string[]): { readonly name: string; readonly family: TypeFamily } | null => {
    const column = (path.at(-1) ?? "").toLowerCase();
    const table = path.at(-2)?.toLowerCase();
    const found = [...own]
      .filter(([name]) => table === undefined || name === table)
      .flatMap(([, relation]) => relation?.columns.get(column) ?? []);
    const [first] = found;
    return first && found.every(({ family }) => family === first.family) ? first : null;
  };
  return {
    familyOf: (path) => lookUp(path)?.family ?? outer?.familyOf(path) ?? null,
    columnName: (path) => lookUp(path)?.name ?? outer?.columnName(path) ?? null,
  };
}
