import type { SchemaModel } from "#schemas/model.ts";

/** Kinds that have a page of their own. */
export type PageKind = "domain" | "schema" | "table" | "view" | "enum" | "function" | "query";

/** Paths of pages below the site's base, without a slash before and with one after: `tables/sales/orders/`. */
export interface Routes {
  /** Null when nothing of this kind has the id. */
  of(kind: PageKind, id: string): string | null;
}

export const pageFolders: Readonly<Record<PageKind, string>> = {
  domain: "erd",
  schema: "schemas",
  table: "tables",
  view: "views",
  enum: "enums",
  function: "functions",
  query: "queries",
};

interface Addressed {
  readonly kind: PageKind;
  readonly id: string;
  readonly schema?: string;
  readonly name: string;
}

/** One address an object. Names that only differ in what an address cannot carry get a number, in order of id. */
export function routesOf(
  model: SchemaModel,
  queries: readonly { readonly id: string }[],
  domains: readonly { readonly id: string }[] = [],
): Routes {
  const paths = new Map<string, string>();
  const taken = new Set<string>();
  for (const { kind, id, schema, name } of addressed(model, queries, domains)) {
    const folder = [pageFolders[kind], ...(schema === undefined ? [] : [slug(schema)])].join("/");
    const path = free(`${folder}/${slug(name)}`, taken);
    taken.add(path);
    paths.set(`${kind} ${id}`, `${path}/`);
  }
  return { of: (kind, id) => paths.get(`${kind} ${id}`) ?? null };
}

function addressed(
  model: SchemaModel,
  queries: readonly { readonly id: string }[],
  domains: readonly { readonly id: string }[],
): Addressed[] {
  return [
    ...domains.map(({ id }) => ({ kind: "domain" as const, id, name: id })),
    ...model.schemas.map(({ id, name }) => ({ kind: "schema" as const, id, name })),
    ...model.tables.map(({ id, schema, name }) => ({ kind: "table" as const, id, schema, name })),
    ...model.views.map(({ id, schema, name }) => ({ kind: "view" as const, id, schema, name })),
    ...model.enums.map(({ id, schema, name }) => ({ kind: "enum" as const, id, schema, name })),
    ...model.routines.map(({ id, schema, name }) => ({ kind: "function" as const, id, schema, name })),
    ...queries.map(({ id }) => ({ kind: "query" as const, id, name: id })),
  ];
}

/** Letters of any script, digits, `_` and `-`, in lower case: file systems do not all tell cases apart. */
export function slug(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_-]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "");
  return plain === "" ? "unnamed" : plain;
}

/** The anchor of a column on its table's page. */
export function columnAnchor(name: string): string {
  return `column-${slug(name)}`;
}

function free(path: string, taken: ReadonlySet<string>): string {
  if (!taken.has(path)) return path;
  for (let number = 2; ; number += 1) if (!taken.has(`${path}-${number}`)) return `${path}-${number}`;
}
