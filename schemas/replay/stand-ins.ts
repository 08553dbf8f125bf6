import { HARNESS_SCHEMA } from "./harness.ts";

/** Types of extensions that the embedded engine lacks, without which most tables that use them could not be made. */
const TYPES: ReadonlyMap<string, readonly string[]> = new Map([["postgis", ["geometry", "geography"]]]);

/** Names of the types that stand in for an extension's own; none for most extensions. */
export const standInTypes = (extension: string): readonly string[] => TYPES.get(extension) ?? [];

/**
 * Makes the types of a missing extension, in `schema` or where the search path says. Each holds its text; a modifier
 * such as `(Point,4326)` is taken and forgotten: the engine's own functions cannot read it. Null when none are known.
 */
export function standInFor(extension: string, schema: string | undefined): string | null {
  const types = standInTypes(extension);
  return types.length === 0 ? null : types.map((name) => makeType(name, schema)).join(";\n");
}

function makeType(name: string, schema: string | undefined): string {
  const type = schema === undefined ? name : `"${schema.replaceAll('"', '""')}".${name}`;
  const routine = (part: string): string => `${HARNESS_SCHEMA}.${name}_${part}`;
  const make = (part: string, takes: string, gives: string, internal: string): string =>
    `create function ${routine(part)}(${takes}) returns ${gives} language internal immutable strict as '${internal}'`;
  return [
    `create type ${type}`,
    make("in", "cstring, oid, int", type, "textin"),
    make("out", type, "cstring", "textout"),
    // Any function that takes cstring[] and gives a number; and one that gives an empty text.
    make("typmod_in", "cstring[]", "int", "array_ndims"),
    make("typmod_out", "int", "cstring", "void_out"),
    `create type ${type} (input = ${routine("in")}, output = ${routine("out")}, typmod_in = ${routine("typmod_in")},
      typmod_out = ${routine("typmod_out")}, internallength = variable, storage = main)`,
  ].join(";\n");
}
