import type { Column, DataType, TypeFamily } from "#schemas/model.ts";
import { objectId } from "#schemas/object-id.ts";
import type { ColumnDraft } from "./model-draft.ts";

/** The type that a draft's text means. */
export type TypeOf = (text: string) => DataType;

const families: Readonly<Record<string, TypeFamily>> = {
  bigint: "integer",
  boolean: "boolean",
  date: "date",
  integer: "integer",
  jsonb: "json",
  numeric: "decimal",
  smallint: "integer",
  text: "text",
  timestamptz: "timestamp",
  uuid: "uuid",
  varchar: "text",
};

export function dataType(text: string, typeNames: ReadonlyMap<string, TypeFamily>): DataType {
  const dimensions = text.split("[]").length - 1;
  const base = text.replaceAll("[]", "");
  const array = dimensions > 0 ? { dimensions } : {};
  const own = typeNames.get(base);
  if (own) return { raw: text, family: own, typeId: split(base).id, ...array };
  const [word = base, limits] = base.replace(")", "").split("(");
  const [first, second] = (limits ?? "").split(",").map(Number);
  const family = families[word] ?? "other";
  if (!first) return { raw: text, family, ...array };
  return family === "text"
    ? { raw: text, family, length: first, ...array }
    : { raw: text, family, precision: first, scale: second ?? 0, ...array };
}

export function buildColumns(drafts: readonly ColumnDraft[], parent: string, typeOf: TypeOf): readonly Column[] {
  return drafts.map(({ name, type = "text", nullable = false, ...rest }, at) => ({
    kind: "column",
    id: `${parent}.${objectId(name)}`,
    name,
    position: at + 1,
    type: typeOf(type),
    nullable,
    ...pick(rest),
    ...(rest.default !== undefined && { default: rest.default }),
    ...(rest.identity && { identity: { always: true, start: "1", increment: "1" } }),
    ...(rest.generated && { generated: { expression: rest.generated, stored: true } }),
    ...(rest.notNullName && { notNullName: rest.notNullName }),
    ...(rest.inherited && { inherited: true }),
  }));
}

export function split(text: string): { readonly id: string; readonly schema: string; readonly name: string } {
  const [schema = "", ...rest] = text.split(".");
  const name = rest.join(".");
  return { id: objectId(schema, name), schema, name };
}

export function pick({ comment }: { readonly comment?: string | undefined }): { readonly comment?: string } {
  return comment ? { comment } : {};
}

export function byId<T extends { readonly id: string }>(objects: readonly T[]): readonly T[] {
  const rank = (one: T, other: T) => (one.id < other.id ? -1 : 1);
  return [...objects].sort((one, other) => (one.id === other.id ? 0 : rank(one, other)));
}
