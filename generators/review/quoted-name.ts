import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { Dialect } from "#schemas/model.ts";
import { parseObjectId, type ObjectId } from "#schemas/object-id.ts";
import { isReservedWord } from "./reserved.ts";

/** A name as it stands in SQL of a dialect: quoted where it must be. */
export function quotedName(name: string, dialect: Dialect): string {
  const isPlain = dialectFacts(dialect).foldsCase ? /^[a-z_][a-z0-9_]*$/ : /^[a-z_]\w*$/i;
  return isPlain.test(name) && !isReservedWord(name, dialect) ? name : dialectFacts(dialect).quote(name);
}

/** The name of a relation, part by part; without the schema that stands for none. */
export function quotedId(id: ObjectId, dialect: Dialect): string {
  const parts = parseObjectId(id) ?? [id];
  const named =
    dialectFacts(dialect).madeUpSchema && parts.length === 2 && parts[0] === dialectFacts(dialect).defaultSchema
      ? parts.slice(1)
      : parts;
  return named.map((part) => quotedName(part, dialect)).join(".");
}
