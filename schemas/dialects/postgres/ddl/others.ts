import type { OtherObject, SchemaModel } from "../../../model.ts";
import { quote } from "./text.ts";

/** Rules and statistics as PostgreSQL prints them; publications and event triggers from their parts. */
export function others({ others: all }: SchemaModel, left: (id: string, why: string) => void): readonly string[] {
  return all.flatMap((object) => {
    const sql = writers[object.kind]?.(object);
    if (sql === undefined) left(object.id, `there is no statement for a ${object.kind} here`);
    return sql ?? [];
  });
}

const writers: { readonly [Kind in OtherObject["kind"]]?: (object: OtherObject) => string } = {
  rule: ({ definition }) => definition.replace(/;\s*$/, ""),
  statistics: ({ definition }) => definition,
  publication: ({ name, definition }) => `CREATE PUBLICATION ${quote(name)} ${definition}`.trim(),
  "event trigger": ({ name, definition }) =>
    `CREATE EVENT TRIGGER ${quote(name)} ${definition.replace(/ execute (?!function)/, " execute function ")}`,
};
