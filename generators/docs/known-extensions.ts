import type { Column, Extension, Index, Table, View } from "#schemas/model.ts";
import { parseObjectId } from "#schemas/object-id.ts";
import { code, prose, type Prose } from "./prose.ts";

interface KnownExtension {
  /** What it adds, as a clause. */
  readonly adds: string;
  readonly types?: readonly string[];
  readonly operatorClasses?: readonly string[];
}

/** Extensions that schemas use most, by name, with the types and operator classes that give them away in a schema. */
const KNOWN: ReadonlyMap<string, KnownExtension> = new Map<string, KnownExtension>([
  ["bloom", { adds: "indexes that answer equality over many columns" }],
  ["btree_gin", { adds: "GIN indexes over ordinary types" }],
  ["btree_gist", { adds: "GiST indexes and exclusion constraints over ordinary types" }],
  ["citext", { adds: "text that compares without regard to case", types: ["citext"] }],
  ["cube", { adds: "points and boxes of many dimensions", types: ["cube"] }],
  ["dblink", { adds: "queries in other PostgreSQL databases" }],
  ["earthdistance", { adds: "distances on the surface of the earth", types: ["earth"] }],
  ["fuzzystrmatch", { adds: "likeness of words by sound and spelling" }],
  ["hstore", { adds: "a map of texts in one value", types: ["hstore"] }],
  ["intarray", { adds: "sets of integers in arrays", operatorClasses: ["gin__int_ops", "gist__int_ops"] }],
  ["isn", { adds: "numbers of books and goods, checked", types: ["isbn", "isbn13", "issn", "ean13", "upc"] }],
  ["lo", { adds: "large objects that are removed with their row", types: ["lo"] }],
  ["ltree", { adds: "paths in a tree of labels", types: ["ltree", "lquery", "ltxtquery"] }],
  ["pg_cron", { adds: "jobs that run by the clock" }],
  ["pg_stat_statements", { adds: "counts and times of every query" }],
  [
    "pg_trgm",
    { adds: "search by likeness of texts, with indexes", operatorClasses: ["gin_trgm_ops", "gist_trgm_ops"] },
  ],
  ["pgcrypto", { adds: "hashes, encryption and random values" }],
  ["postgis", { adds: "places, shapes and distances", types: ["geometry", "geography", "box2d", "box3d", "raster"] }],
  ["postgres_fdw", { adds: "tables of other PostgreSQL servers" }],
  ["seg", { adds: "intervals of measured numbers", types: ["seg"] }],
  ["tablefunc", { adds: "pivot tables and walks through trees" }],
  ["timescaledb", { adds: "tables divided by time, with compression" }],
  ["unaccent", { adds: "search without accents" }],
  ["uuid-ossp", { adds: "functions that make UUIDs" }],
  ["vector", { adds: "embeddings and search for the nearest", types: ["vector", "halfvec", "sparsevec"] }],
]);

/** An extension in one sentence, or two when the embedded engine lacks it. */
export function describeExtensionOffline({ name, missing }: Extension): Prose {
  const adds = KNOWN.get(name)?.adds;
  const about = adds === undefined ? prose`The extension ${code(name)}.` : [`Adds ${adds}.`];
  return missing === true
    ? [...about, " The embedded engine lacks it, so what it would make is not in these documents."]
    : about;
}

/** Whether a column's type is one that the extension is known to add, or an array of it. */
export function isTypedBy({ name }: Extension, { type }: Column): boolean {
  const last = parseObjectId(type.raw.replace(/[([].*$/, ""))?.at(-1);
  return last !== undefined && (KNOWN.get(name)?.types ?? []).includes(last);
}

/** Whether an index sorts by an operator class that the extension is known to add. */
export function isIndexedBy({ name }: Extension, index: Index): boolean {
  const classes = KNOWN.get(name)?.operatorClasses ?? [];
  return index.keys.some(({ operatorClass = "" }) => classes.includes(operatorClass));
}

/** Columns and indexes of one table or view that need the extension. */
export function needsOf(
  extension: Extension,
  relation: Table | View,
): { readonly columns: readonly Column[]; readonly indexes: readonly Index[] } {
  return {
    columns: relation.columns.filter((column) => isTypedBy(extension, column)),
    indexes: relation.indexes.filter((index) => isIndexedBy(extension, index)),
  };
}
