import pluralize from "pluralize";

/** How a column's name says which table and column it means, as tbls' `detectVirtualRelations.strategy` names them. */
export const namingStrategies = [
  "default",
  "singularTableName",
  "identical",
  "identicalSingularTableName",
  "invertedSingularTableName",
] as const;
export type NamingStrategy = (typeof namingStrategies)[number];

/** What a name points at: a table without its schema, and a column of it. */
export interface NamedParent {
  readonly table: string;
  readonly column: string;
}

/** The parent that a column's name means by a strategy; null when it means none. */
export function parentByName(strategy: NamingStrategy, column: string): NamedParent | null {
  const after = /^(.+)_id$/.exec(column)?.[1];
  const before = /^id_(.+)$/.exec(column)?.[1];
  switch (strategy) {
    case "default":
      return after === undefined ? null : { table: pluralize.plural(after), column: "id" };
    case "singularTableName":
      return after === undefined ? null : { table: pluralize.singular(after), column: "id" };
    case "identical":
      return after === undefined ? null : { table: pluralize.plural(after), column };
    case "identicalSingularTableName":
      return after === undefined ? null : { table: pluralize.singular(after), column };
    case "invertedSingularTableName":
      return before === undefined ? null : { table: pluralize.singular(before), column: "id" };
    default:
      return strategy satisfies never;
  }
}
