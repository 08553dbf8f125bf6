// Written by `npm run registries`. Do not edit.
import type { CommandEntry } from "./command.ts";

/** Every command of the terminal, by file name. */
export const commands: readonly CommandEntry[] = [
  { name: "ask", summary: "Turn a question into a query that the database has planned.", load: async () => (await import("./ask.ts")).ask },
  { name: "build", summary: "Write the documentation, diagrams and fixtures of every database.", load: async () => (await import("./build.ts")).build },
  { name: "changelog", summary: "Say what each release did to the schema, by git tag.", load: async () => (await import("./changelog.ts")).changelog },
  { name: "coverage", summary: "Say how much of the schema is described, and by whom.", load: async () => (await import("./coverage.ts")).coverage },
  { name: "diff", summary: "Say what changed between two states of the schema.", load: async () => (await import("./diff.ts")).diff },
  { name: "doc", summary: "Write the documentation and diagrams only; the flags are those of tbls.", load: async () => (await import("./doc.ts")).doc },
  { name: "doctor", summary: "Check the installation, the configuration, keys and the engine.", load: async () => (await import("./doctor.ts")).doctor },
  { name: "explain", summary: "Say in words what a query does, and how PostgreSQL would run it.", load: async () => (await import("./explain.ts")).explain },
  { name: "init", summary: "Find the schema and write a configuration and a workflow.", load: async () => (await import("./init.ts")).init },
  { name: "lint", summary: "Say what is doubtful about the schema as it is.", load: async () => (await import("./lint.ts")).lint },
  { name: "ls", summary: "List the tables and views.", load: async () => (await import("./ls.ts")).ls },
  { name: "mcp", summary: "Serve the schema to agents by the Model Context Protocol, on standard input and output.", load: async () => (await import("./mcp.ts")).mcp },
  { name: "model", summary: "Print the model of the schema.", load: async () => (await import("./model.ts")).model },
  { name: "optimize", summary: "Find a cheaper way to write a query that gives the same rows, and the indexes it lacks.", load: async () => (await import("./optimize.ts")).optimize },
  { name: "out", summary: "Print the documented schema, or a part of it, in another format.", load: async () => (await import("./out.ts")).out },
  { name: "query", summary: "Run a read-only query on the embedded database with the committed fixtures.", load: async () => (await import("./query.ts")).query },
  { name: "review", summary: "Measure what a migration does and say what is unsafe.", load: async () => (await import("./review.ts")).review },
  { name: "search", summary: "Find tables, columns, queries and functions by meaning.", load: async () => (await import("./search.ts")).search },
  { name: "seed", summary: "Make fixtures that have been loaded with every constraint on.", load: async () => (await import("./seed.ts")).seed },
  { name: "serve", summary: "Build the site and serve it with the query function on one port.", load: async () => (await import("./serve.ts")).serve },
  { name: "site", summary: "Build the static site, or show it.", load: async () => (await import("./site.ts")).site },
];
