import type { DataType, TypeFamily } from "#schemas/model.ts";
import { objectId } from "#schemas/object-id.ts";
import type { TypeRow } from "./catalog/rows.ts";

/** The model's type from what the catalog says of it. `dimensions` is the number of array dimensions declared. */
export function dataType(row: TypeRow, dimensions: number): DataType {
  const own = row.base ?? row;
  return {
    raw: row.raw,
    family: family(own.name, own.kind, own.cat),
    ...(row.ns === "pg_catalog" || !["e", "d", "c", "r", "m"].includes(row.kind)
      ? {}
      : { typeId: objectId(row.ns, row.name) }),
    ...(row.array ? { dimensions: Math.max(1, dimensions) } : {}),
    ...modifiers(row),
  };
}

const FAMILIES: ReadonlyMap<string, TypeFamily> = new Map(
  Object.entries({
    int2: "integer",
    int4: "integer",
    int8: "integer",
    oid: "integer",
    numeric: "decimal",
    float4: "float",
    float8: "float",
    money: "money",
    bool: "boolean",
    text: "text",
    varchar: "text",
    bpchar: "text",
    char: "text",
    name: "text",
    citext: "text",
    ltree: "text",
    bytea: "binary",
    date: "date",
    time: "time",
    timetz: "time",
    timestamp: "timestamp",
    timestamptz: "timestamp",
    interval: "interval",
    uuid: "uuid",
    json: "json",
    jsonb: "json",
    jsonpath: "json",
    hstore: "json",
    xml: "xml",
    inet: "network",
    cidr: "network",
    macaddr: "network",
    macaddr8: "network",
    bit: "bits",
    varbit: "bits",
    tsvector: "search",
    tsquery: "search",
    vector: "vector",
    halfvec: "vector",
    sparsevec: "vector",
    point: "geometry",
    line: "geometry",
    lseg: "geometry",
    box: "geometry",
    path: "geometry",
    polygon: "geometry",
    circle: "geometry",
    geometry: "geometry",
    geography: "geometry",
  }),
);

function family(name: string, kind: string, category: string): TypeFamily {
  if (kind === "e") return "enum";
  if (kind === "c") return "composite";
  if (kind === "r" || kind === "m") return "range";
  const known = FAMILIES.get(name);
  if (known) return known;
  return category === "S" ? "text" : "other";
}

/** Type modifiers carry the length plus the size of a header; see the `…typmodout` functions of PostgreSQL. */
const HEADER = 4;

function modifiers(row: TypeRow): { length?: number; precision?: number; scale?: number } {
  if (row.mod < 0) return {};
  switch (row.name) {
    case "varchar":
    case "bpchar":
      return { length: row.mod - HEADER };
    case "bit":
    case "varbit":
    case "vector":
    case "halfvec":
      return { length: row.mod };
    case "numeric": {
      const packed = row.mod - HEADER;
      // The scale is an 11-bit signed number.
      const scale = ((packed & 0x7ff) ^ 1024) - 1024;
      return { precision: (packed >> 16) & 0xffff, scale };
    }
    case "time":
    case "timetz":
    case "timestamp":
    case "timestamptz":
      return { precision: row.mod };
    default:
      return {};
  }
}
