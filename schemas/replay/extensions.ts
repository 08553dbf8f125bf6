/**
 * Extensions the embedded engine brings, by the name SQL uses, with the module that holds them.
 * Each is imported only when a script names it: loading all of them costs a quarter of a second and memory.
 */
const CONTRIB = [
  "amcheck",
  "autoinc",
  "bloom",
  "btree_gin",
  "btree_gist",
  "citext",
  "cube",
  "dict_int",
  "dict_xsyn",
  "earthdistance",
  "file_fdw",
  "fuzzystrmatch",
  "hstore",
  "insert_username",
  "intarray",
  "isn",
  "lo",
  "ltree",
  "moddatetime",
  "pageinspect",
  "pg_buffercache",
  "pg_freespacemap",
  "pg_stat_statements",
  "pg_surgery",
  "pg_trgm",
  "pg_visibility",
  "pg_walinspect",
  "pgcrypto",
  "refint",
  "seg",
  "tablefunc",
  "tcn",
  "tsm_system_rows",
  "tsm_system_time",
  "unaccent",
  "uuid-ossp",
] as const;

/** Modules that are not named after their extension, or that bring several. */
const MODULES: Readonly<Record<string, string>> = {
  "uuid-ossp": "uuid_ossp",
  autoinc: "",
  insert_username: "",
  refint: "",
};

/** What must be loaded with an extension because `CREATE EXTENSION … CASCADE` asks for it. */
const NEEDS: Readonly<Record<string, readonly string[]>> = { earthdistance: ["cube"] };

/** Every extension that `CREATE EXTENSION` can make here, sorted. */
export const embeddedExtensions: readonly string[] = [...CONTRIB, "vector"].sort();

/**
 * The extensions a text may ask for: all whose name occurs in it. A superset is harmless, a miss is not, so this looks
 * at names only and decides nothing else.
 */
export function extensionsNamedIn(texts: readonly string[]): readonly string[] {
  const named = embeddedExtensions.filter((name) => texts.some((text) => text.includes(name)));
  const needed = named.flatMap((name) => NEEDS[name] ?? []);
  return [...new Set([...named, ...needed])].sort();
}

/** Import specifiers for a list of extensions; those that are part of the core bundle need none. */
export function extensionModules(
  names: readonly string[],
): readonly { readonly name: string; readonly specifier: string }[] {
  return names.flatMap((name) => {
    if (name === "vector") return [{ name, specifier: "@electric-sql/pglite-pgvector" }];
    const module = MODULES[name] ?? name;
    return module === "" ? [] : [{ name, specifier: `@electric-sql/pglite/contrib/${module}` }];
  });
}
