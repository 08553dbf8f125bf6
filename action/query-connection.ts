import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { QueryConnection } from "#app/query/query-connection.ts";
import type { EmbeddedOptions } from "#app/query/open-embedded.ts";
import { cannotRunProblem, dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import { queryTranslator } from "#schemas/dialects/translate/translate-query.ts";
import { ProblemError } from "#schemas/problem.ts";
import type { MigrationFile } from "#schemas/source.ts";
import type { Project, ProjectDatabase } from "./project.ts";
import { translatedDatabase } from "./translated-database.ts";
import { committedFixtures } from "./committed-fixtures.ts";
import { liveDatabase } from "./live-database.ts";
import { readStatistics } from "./statistics.ts";

/** What the embedded database of a project is made of: its history and its committed fixtures. */
export async function embeddedOptions(project: Project, database: ProjectDatabase): Promise<EmbeddedOptions> {
  const { dialect } = database.settings;
  if (!dialectFacts(dialect).canRun) {
    throw new ProblemError([{ ...cannotRunProblem(dialect, "Queries"), severity: "error" }], 2);
  }
  return optionsOf(project, database, database.files);
}

async function optionsOf(
  project: Project,
  database: ProjectDatabase,
  files: readonly MigrationFile[],
): Promise<EmbeddedOptions> {
  const { limits } = project.config;
  const statistics = await readStatistics(project, database);
  const rows = Object.entries(statistics.value?.relations ?? {}).map(([id, relation]) => [id, relation.rows] as const);
  const isOwn = dialectFacts(database.settings.dialect).canRun;
  return {
    files,
    fixturesSql: isOwn ? await committedFixtures(project, database) : "",
    cacheDir: project.cacheDir,
    limits: { rows: limits.resultRows, bytes: limits.resultMegabytes * 1024 * 1024 },
    relationRows: Object.fromEntries(rows),
    progress: project.progress,
  };
}

/**
 * Opens the embedded database of a project; the caller closes it. A dialect that the engine does not run is asked in
 * its own SQL on the translated schema. The server's room is loaded only now.
 */
export async function openConnection(project: Project, database: ProjectDatabase): Promise<QueryConnection> {
  const { openEmbeddedConnection } = await import("#app/query/open-embedded.ts");
  if (dialectFacts(database.settings.dialect).canRun) {
    return openEmbeddedConnection(await embeddedOptions(project, database));
  }
  const { translatedConnection } = await import("#app/query/translated-connection.ts");
  const { model } = await liveDatabase(project, database).model();
  const { files } = translatedDatabase(model);
  const connection = await openEmbeddedConnection(await optionsOf(project, database, files));
  return translatedConnection(connection, queryTranslator(model));
}

/** The SQL that a command was given: text, a file, or `-` for standard input. Throws `ProblemError`. */
export async function sqlArgument(words: readonly string[], cwd: string): Promise<string> {
  const text = words.join(" ").trim();
  if (text === "") {
    const help = 'Give a query in quotes, a file, or - for standard input: querygenie query "select 1".';
    throw new ProblemError([{ code: "QG120", severity: "error", message: "there is no query to run", help }], 2);
  }
  if (text === "-") return await standardInput();
  if (words.length === 1 && /\.sql$/i.test(text)) {
    return await readFile(resolve(cwd, text), "utf8").catch((error: unknown) => {
      const message = `the file ${text} cannot be read`;
      throw new ProblemError([{ code: "QG113", severity: "error", message }], 2, error);
    });
  }
  return text;
}

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
