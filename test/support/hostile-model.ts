import type { SchemaModel } from "#schemas/model.ts";
import { objectId } from "#schemas/object-id.ts";
import { foreignKey, model, primaryKey, table } from "./model-builder.ts";

/** Names that PostgreSQL takes and that each output language could misread. */
export const hostileNames: readonly string[] = [
  "a|b",
  "back`tick",
  'quo"te',
  "it's",
  "<script>alert(1)</script>",
  "line\nbreak",
  "direction LR",
  "pk",
  "FK",
  "end",
  "one",
  "class",
  "select",
  "100%; #1 & co",
  "{curly} [square] (round)",
  "a.b",
  "back\\slash",
  "بيانات",
  "漢字",
  "turned \u202Esredro\u202C round",
  "\u2066isolated\u2069 \u200Bzero\uFEFF",
  "bell\u0007 next\u0085 line\u2028 paragraph\u2029",
  "\u200Fمختلط\u200E mixed",
  "emoji 😀",
  " spaces ",
  "~tilde~",
  "**bold** __init__",
  "x".repeat(63),
  "Customers",
  "customers",
  "$",
  "-",
  "1st",
];

/** A chain of tables with these names, each with hostile columns, comments and types. */
export function hostileModel(names: readonly string[] = hostileNames): SchemaModel {
  return model({
    tables: names.map((name, at) => {
      const next = names[(at + 1) % names.length] ?? name;
      return table({
        schema: "we|ird `schema`",
        name,
        comment: `About ${name}`,
        columns: [
          { name: "id", type: "bigint" },
          { name, type: `odd ${name} type`, nullable: true, comment: `Says ${name}`, default: `'${name}'` },
        ],
        constraints: [
          primaryKey("key", ["id"]),
          foreignKey(`to ${next}`, [name], { table: objectId("we|ird `schema`", next), columns: ["id"] }),
        ],
      });
    }),
  });
}
