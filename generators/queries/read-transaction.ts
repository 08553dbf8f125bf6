import { RESET_SESSION } from "#schemas/replay/reset-session.ts";
import type { ReadResult } from "#schemas/replay/protocol.ts";

/** The role that queries run as. It may use the schemas and SELECT from their relations, and nothing else. */
export const READER_ROLE = "querygenie_reader";

/** The walls inside the database, one switch each so that tests can look at one alone. */
export interface Walls {
  readonly role: boolean;
  readonly readOnly: boolean;
}

/** The statements that open a transaction in which a session may read; what an earlier one set is reset before. */
export function openingOf({ role, readOnly }: Walls): string {
  return [
    "rollback",
    RESET_SESSION,
    readOnly ? "begin read only" : "begin",
    ...settings.map((setting) => `set local ${setting}`),
    ...(role ? [`set local role ${READER_ROLE}`] : []),
    // Only before its first snapshot could a transaction still be made read-write.
    "select 1",
  ].join(";");
}

/** What makes values print the same everywhere, and the text mean what the guard read. */
const settings = [
  "timezone = 'UTC'",
  "datestyle = 'ISO, MDY'",
  "intervalstyle = 'postgres'",
  "bytea_output = 'hex'",
  "extra_float_digits = 1",
  "client_encoding = 'UTF8'",
  "standard_conforming_strings = on",
  "row_security = on",
  "jit = off",
  "temp_file_limit = '256MB'",
];

/** Names of types as PostgreSQL writes them, in the order of `typeNamesParameters`. */
export const TYPE_NAMES =
  "select pg_catalog.format_type(t.type, t.modifier) from unnest($1::oid[], $2::int4[]) with ordinality as t(type, modifier, place) order by place";

export function typeNamesParameters(fields: ReadResult["fields"]): readonly [string, string] {
  return [`{${fields.map(({ type }) => type).join(",")}}`, `{${fields.map(({ modifier }) => modifier).join(",")}}`];
}
