/** Words that people put in file and folder names to say which engine a script is for. */
const words: Readonly<Record<string, string>> = {
  cockroach: "cockroachdb",
  cockroachdb: "cockroachdb",
  clickhouse: "clickhouse",
  crdb: "cockroachdb",
  db2: "db2",
  derby: "derby",
  duckdb: "duckdb",
  h2: "h2",
  hsqldb: "hsqldb",
  mariadb: "mysql",
  mssql: "mssql",
  mysql: "mysql",
  oracle: "oracle",
  pg: "postgres",
  pgsql: "postgres",
  postgres: "postgres",
  postgresql: "postgres",
  psql: "postgres",
  snowflake: "snowflake",
  spanner: "spanner",
  sqlite: "sqlite",
  sqlite3: "sqlite",
  sqlserver: "mssql",
  tsql: "mssql",
};

/** The engine a path names, the deepest part first; null when it names none. */
export function engineOfPath(path: string): string | null {
  for (const segment of path.split("/").toReversed()) {
    const engine = engineOfWord(segment);
    if (engine) return engine;
  }
  return null;
}

/** The engine that one file or folder name mentions. */
export function engineOfWord(name: string): string | null {
  for (const word of name.toLowerCase().split(/[^a-z0-9]+/)) {
    if (Object.hasOwn(words, word)) return words[word] ?? null;
  }
  return null;
}
