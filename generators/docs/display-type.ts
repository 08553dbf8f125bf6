import type { DataType } from "#schemas/model.ts";

/** Long standard spellings and the short ones that people write. The rest stays as the engine prints it. */
const SHORT: readonly (readonly [RegExp, string])[] = [
  [/^character varying\b/, "varchar"],
  [/^character\b/, "char"],
  [/^bit varying\b/, "varbit"],
  [/^timestamp(\(\d+\))? with time zone/, "timestamptz$1"],
  [/^timestamp(\(\d+\))? without time zone/, "timestamp$1"],
  [/^time(\(\d+\))? with time zone/, "timetz$1"],
  [/^time(\(\d+\))? without time zone/, "time$1"],
];

/** A type as it is shown in a table's page: `character varying(20)[]` is `varchar(20)[]`. */
export function displayType(type: DataType | string): string {
  const raw = typeof type === "string" ? type : type.raw;
  const known = shownTypes.get(raw);
  if (known !== undefined) return known;
  let shown = raw;
  for (const [pattern, short] of SHORT) shown = shown.replace(pattern, short);
  shownTypes.set(raw, shown);
  return shown;
}

/** A schema has few types and many columns. */
const shownTypes = new Map<string, string>();
