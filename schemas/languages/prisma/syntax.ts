/** A Prisma schema as it is written (https://www.prisma.io/docs/orm/reference/prisma-schema-reference). */
export interface PrismaSyntax {
  readonly blocks: readonly PrismaBlock[];
  readonly mistakes: readonly PrismaMistake[];
}

export interface PrismaPlace {
  /** Index of the file. */
  readonly file: number;
  readonly line: number;
}

export interface PrismaMistake extends PrismaPlace {
  readonly message: string;
}

export interface PrismaBlock extends PrismaPlace {
  /** `model`, `enum`, `view`, `type`, `datasource`, `generator`. */
  readonly kind: string;
  readonly name: string;
  /** The `///` lines above it. */
  readonly doc: string;
  readonly fields: readonly PrismaField[];
  /** `@@…` of the block. */
  readonly attributes: readonly PrismaAttribute[];
  /** `key = value` of a datasource or generator. */
  readonly settings: ReadonlyMap<string, PrismaValue>;
}

export interface PrismaField extends PrismaPlace {
  readonly name: string;
  /** Empty for the value of an enum. */
  readonly type: string;
  /** The text of `Unsupported("…")`. */
  readonly unsupported?: string;
  readonly isOptional: boolean;
  readonly isList: boolean;
  readonly doc: string;
  readonly attributes: readonly PrismaAttribute[];
}

export interface PrismaAttribute extends PrismaPlace {
  /** Without its `@`, such as `id` and `db.VarChar`. */
  readonly name: string;
  readonly arguments: readonly PrismaArgument[];
}

export interface PrismaArgument {
  readonly name?: string;
  readonly value: PrismaValue;
}

export type PrismaValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly PrismaArgument[] }
  | { readonly kind: "list"; readonly items: readonly PrismaValue[] };

/** The value of a named argument, else of the first one without a name. */
export function argument(
  attribute: PrismaAttribute | undefined,
  name: string,
  isFirst = false,
): PrismaValue | undefined {
  const named = attribute?.arguments.find((one) => one.name === name);
  return (named ?? (isFirst ? attribute?.arguments.find((one) => one.name === undefined) : undefined))?.value;
}

export function textOf(value: PrismaValue | undefined): string | undefined {
  return value?.kind === "text" ? value.text : undefined;
}

export function wordOf(value: PrismaValue | undefined): string | undefined {
  return value?.kind === "word" ? value.text : undefined;
}

export const attributeOf = (
  owner: { readonly attributes: readonly PrismaAttribute[] },
  name: string,
): PrismaAttribute | undefined => owner.attributes.find((one) => one.name === name);
