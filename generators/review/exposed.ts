import type { Table } from "#schemas/model.ts";

/** The roles among `clientRoles` that may read a table, or the column that is named. */
export function readersOf({ grants = [] }: Table, clientRoles: readonly string[], column?: string): readonly string[] {
  const readers = grants.filter(
    ({ privileges, columns }) =>
      privileges.some((privilege) => privilege.toLowerCase() === "select") &&
      (columns === undefined || column === undefined || columns.includes(column)),
  );
  return clientRoles.filter((role) => readers.some(({ grantee }) => grantee === role));
}
