/** Optional parts of the server: whoever wants them installs them, and the action's download stays small. */
export const peers: readonly string[] = ["bullmq", "@sentry/node"];

/** Packages that load files of their own (WebAssembly, data, workers); a user installs them. All others are copied. */
export const external: readonly string[] = [
  "@electric-sql/pglite",
  "@electric-sql/pglite-pgvector",
  "@prisma/schema-engine-wasm",
  "@resvg/resvg-wasm",
  "astro",
  "libpg-query",
  "pagefind",
  ...peers,
];
