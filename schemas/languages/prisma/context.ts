import type { Dialect } from "../../model.ts";
import { ddlWords, type DdlWords } from "../declared/ddl-words.ts";
import { prismaProvider, type PrismaProvider } from "./provider.ts";
import {
  argument,
  attributeOf,
  textOf,
  wordOf,
  type PrismaBlock,
  type PrismaField,
  type PrismaSyntax,
  type PrismaValue,
} from "./syntax.ts";

/** A schema with what is looked up often. */
export interface PrismaContext {
  readonly words: DdlWords;
  readonly provider: PrismaProvider;
  readonly models: ReadonlyMap<string, PrismaBlock>;
  readonly enums: ReadonlyMap<string, PrismaBlock>;
  readonly datasource: PrismaBlock | undefined;
  /** False with `relationMode = "prisma"`: the client keeps relations, the database does not. */
  readonly keepsRelations: boolean;
  /** The schema's line of a place: its files follow each other in one numbering. */
  readonly lineOf: (place: { readonly file: number; readonly line: number }) => number;
}

export function prismaContext(syntax: PrismaSyntax, dialect: Dialect, lineOf: PrismaContext["lineOf"]): PrismaContext {
  const of = (kind: string): ReadonlyMap<string, PrismaBlock> =>
    new Map(syntax.blocks.filter((block) => block.kind === kind).map((block) => [block.name, block]));
  const datasource = syntax.blocks.find(({ kind }) => kind === "datasource");
  const mode =
    textOf(datasource?.settings.get("relationMode")) ?? textOf(datasource?.settings.get("referentialIntegrity"));
  return {
    words: ddlWords(dialect),
    provider: prismaProvider(dialect),
    models: of("model"),
    enums: of("enum"),
    datasource,
    keepsRelations: mode !== "prisma",
    lineOf,
  };
}

/** The name in the database. */
export function databaseName(block: PrismaBlock): string {
  return textOf(argument(attributeOf(block, "map"), "name", true)) ?? block.name;
}

export function columnName(field: PrismaField): string {
  return textOf(argument(attributeOf(field, "map"), "name", true)) ?? field.name;
}

export function schemaOf(block: PrismaBlock): { readonly schema?: string } {
  const schema = textOf(argument(attributeOf(block, "schema"), "name", true));
  return schema === undefined ? {} : { schema };
}

/** Whether the field is a column: not a relation. */
export const isColumn = ({ models }: PrismaContext, field: PrismaField): boolean => !models.has(field.type);

/** The columns that a list of fields names, such as `fields: [customerId]`. */
export function columnsOf(model: PrismaBlock, value: PrismaValue | undefined): readonly string[] {
  if (value?.kind !== "list") return [];
  return value.items.flatMap((item) => {
    const name = item.kind === "call" ? item.name : wordOf(item);
    const field = model.fields.find((one) => one.name === name);
    return field ? [columnName(field)] : [];
  });
}

/** `orders_customer_id_fkey`, cut so that the end stays. */
export function constraintName(
  { provider }: PrismaContext,
  table: string,
  columns: readonly string[],
  suffix: string,
): string {
  const stem = [table, ...columns].join("_");
  const room = provider.longestName - suffix.length - 1;
  return `${cut(stem, room)}_${suffix}`;
}

/** Names are limited in bytes. */
function cut(text: string, bytes: number): string {
  const encoded = new TextEncoder().encode(text);
  if (encoded.length <= bytes) return text;
  return new TextDecoder().decode(encoded.slice(0, bytes)).replace(/\uFFFD+$/, "");
}
