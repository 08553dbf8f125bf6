/** The engine that a site carries, so that readers can run queries in their browser. */
export interface SiteEngine {
  /** Where the engine's modules are, relative to the site's root, with a slash at its end. Changes with its version. */
  readonly folder: string;
  /** Where the state it starts from is, relative to the site's root. Changes with its content. */
  readonly state: string;
  /** Bytes a reader downloads before the first query, packed. */
  readonly bytes: number;
  /** Extensions that the database uses. */
  readonly extensions: readonly string[];
}

/** Where the module of an extension lies below the engine's folder, by the specifier it has in Node. */
export function extensionFile(specifier: string): string {
  const contrib = specifier.indexOf("/contrib/");
  return contrib < 0 ? "pgvector/index.js" : `${specifier.slice(contrib + 1)}.js`;
}
