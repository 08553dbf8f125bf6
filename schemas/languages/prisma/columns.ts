import type { DeclaredColumn } from "../declared/declared-schema.ts";
import { columnName, constraintName, databaseName, isColumn, schemaOf, type PrismaContext } from "./context.ts";
import { nativeType } from "./provider.ts";
import {
  argument,
  attributeOf,
  textOf,
  wordOf,
  type PrismaBlock,
  type PrismaField,
  type PrismaValue,
} from "./syntax.ts";

export function declaredColumns(context: PrismaContext, model: PrismaBlock): readonly DeclaredColumn[] {
  return model.fields
    .filter((field) => isColumn(context, field))
    .map((field): DeclaredColumn => {
      const counts = isCounting(field);
      const value = defaultOf(context, field);
      const name = columnName(field);
      const { provider, words } = context;
      const isSerial = counts && words.hasSerial;
      return {
        name,
        type: isSerial ? serialType(field) : columnSqlType(context, field),
        nullable: field.isOptional || (field.isList && provider.namesPrimaryKeys && !provider.namesDefaults),
        ...(value === null ? {} : { default: value }),
        ...(value !== null && provider.namesDefaults ? { defaultName: defaultName(context, model, field) } : {}),
        ...(counts && !isSerial ? { increment: true } : {}),
        ...(field.doc === "" ? {} : { comment: field.doc }),
        line: context.lineOf(field),
      };
    });
}

function defaultName(context: PrismaContext, model: PrismaBlock, field: PrismaField): string {
  const given = textOf(argument(attributeOf(field, "default"), "map"));
  return given ?? constraintName(context, databaseName(model), [columnName(field)], "df");
}

/** The type as the database takes it, without what makes it count. */
export function columnSqlType(context: PrismaContext, field: PrismaField): string {
  const array = field.isList ? "[]" : "";
  if (field.unsupported !== undefined) return `${field.unsupported}${array}`;
  const native = field.attributes.find(({ name }) => name.includes("."));
  if (native) {
    const args = native.arguments.map(({ value }) =>
      value.kind === "list" || value.kind === "call" ? "" : value.text,
    );
    return `${nativeType(native.name.slice(native.name.indexOf(".") + 1), args)}${array}`;
  }
  const labels = context.enums.get(field.type);
  if (labels) return `${enumType(context, labels)}${array}`;
  return `${context.provider.scalars.get(field.type) ?? "TEXT"}${array}`;
}

function enumType({ words }: PrismaContext, block: PrismaBlock): string {
  const labels = enumLabels(block);
  if (words.enumColumn) return words.enumColumn(labels);
  if (!words.hasEnumTypes) return "NVARCHAR(1000)";
  const { schema } = schemaOf(block);
  return `${schema === undefined ? "" : `${words.quote(schema)}.`}${words.quote(databaseName(block))}`;
}

export const enumLabels = (block: PrismaBlock): readonly string[] => block.fields.map(columnName);

const isCounting = (field: PrismaField): boolean => {
  const value = argument(attributeOf(field, "default"), "value", true);
  return value?.kind === "call" && value.name === "autoincrement";
};

function serialType(field: PrismaField): string {
  const native = field.attributes.find(({ name }) => name.includes("."))?.name ?? "";
  if (native.endsWith(".SmallInt")) return "SMALLSERIAL";
  return field.type === "BigInt" ? "BIGSERIAL" : "SERIAL";
}

/** The default that the database has; null for none and for what the client makes, such as `cuid()`. */
function defaultOf(context: PrismaContext, field: PrismaField): string | null {
  const value = argument(attributeOf(field, "default"), "value", true);
  if (!value) return null;
  if (value.kind !== "list") return literal(context, field, value);
  const items = value.items.flatMap((item) => literal(context, field, item) ?? []);
  return `ARRAY[${items.join(", ")}]::${columnSqlType(context, field)}`;
}

function literal(context: PrismaContext, field: PrismaField, value: PrismaValue): string | null {
  const { words, provider } = context;
  switch (value.kind) {
    case "list":
      return null;
    case "number":
      return value.text;
    case "text":
      if (field.type === "Bytes") return bytes(context, value.text);
      return words.text(value.text);
    case "call":
      if (value.name === "now") return nowOf(context, field, provider.now);
      if (value.name !== "dbgenerated") return null;
      return textOf(value.arguments[0]?.value) || null;
    case "word": {
      if (value.text === "true") return words.true;
      if (value.text === "false") return words.false;
      const label = context.enums.get(field.type)?.fields.find(({ name }) => name === wordOf(value));
      return label ? words.text(columnName(label)) : null;
    }
  }
}

function nowOf({ provider }: PrismaContext, field: PrismaField, now: string): string {
  if (!provider.nowHasPrecision) return now;
  const native = field.attributes.find(({ name }) => /\.(?:DateTime|Timestamp|Time)$/.test(name));
  if (!native) return now;
  const [first] = native.arguments;
  const digits = first?.value.kind === "number" ? first.value.text : "0";
  return digits === "0" ? "CURRENT_TIMESTAMP" : `CURRENT_TIMESTAMP(${digits})`;
}

const bytes = ({ words }: PrismaContext, base64: string): string =>
  words.bytes(Buffer.from(base64, "base64").toString("hex"));
