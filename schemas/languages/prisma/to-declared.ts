import type { DeclaredSchema } from "../declared/declared-schema.ts";
import { declaredColumns, enumLabels } from "./columns.ts";
import { databaseName, schemaOf, type PrismaContext } from "./context.ts";
import { indexesOf, primaryKey } from "./keys.ts";
import { foreignKeys, joinTables } from "./relations.ts";
import { textOf, type PrismaValue } from "./syntax.ts";

/** The schema that Prisma would make of its file, by our own rules. */
export function prismaToDeclared(context: PrismaContext): DeclaredSchema {
  const enums = [...context.enums.values()].map((block) => {
    const notes = block.fields.filter(({ doc }) => doc !== "").map(({ name, doc }) => `${name}: ${doc}`);
    const comment = [block.doc, ...notes].filter((text) => text !== "").join("\n");
    return {
      ...schemaOf(block),
      name: databaseName(block),
      labels: enumLabels(block),
      ...(comment === "" ? {} : { comment }),
      line: context.lineOf(block),
    };
  });
  const tables = [...context.models.values()].map((model) => ({
    ...schemaOf(model),
    name: databaseName(model),
    columns: declaredColumns(context, model),
    ...primaryKey(context, model),
    ...indexesOf(context, model),
    checks: [],
    foreignKeys: foreignKeys(context, model),
    ...(model.doc === "" ? {} : { comment: model.doc }),
    line: context.lineOf(model),
  }));
  return { extensions: extensions(context), enums, tables: [...tables, ...joinTables(context)] };
}

/** `extensions = [pgcrypto, uuidOssp(map: "uuid-ossp")]` of the datasource. */
function extensions({ datasource, lineOf }: PrismaContext): NonNullable<DeclaredSchema["extensions"]> {
  const value = datasource?.settings.get("extensions");
  if (!datasource || value?.kind !== "list") return [];
  return value.items.flatMap((item: PrismaValue) => {
    const mapped = item.kind === "call" ? textOf(item.arguments.find(({ name }) => name === "map")?.value) : undefined;
    const word = item.kind === "word" ? item.text : undefined;
    const name = mapped ?? (item.kind === "call" ? item.name : word);
    return name === undefined ? [] : [{ name, line: lineOf(datasource) }];
  });
}
