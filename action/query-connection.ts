import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { QueryConnection } from "#app/query/query-connection.ts";
import type { EmbeddedOptions } from "#app/query/open-embedded.ts";
import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import { queryTranslator } from "#schemas/dialects/translate/translate-query.ts";
import { translateRows } from "#schemas/dialects/translate/translate-rows.ts";
import { ProblemError } from "#schemas/problem.ts";
import type { Project, ProjectDatabase } from "./project.ts";
import { translatedDatabase } from "./translated-database.ts";
import { committedFixtures } from "./committed-fixtures.ts";
import { liveDatabase } from "./live-database.ts";
import { readStatistics } from "./statistics.ts";

/**
 * What the embedded database of a project is made of: its history and its committed fixtures. A dialect that the engine
 * does not run is asked in its own SQL on the schema translated to PostgreSQL.
 */
export async function embeddedOptions(project: Project, database: ProjectDatabase): Promise<EmbeddedOptions> {
  const { limits } = project.config;
  const statistics = await readStatistics(project, database);
  const rows = Object.entries(statistics.value?.relations ?? {}).map(([id, relation]) => [id, relation.rows] as const);
  const isOwn = dialectFacts(database.settings.dialect).canRun;
  return {
    ...(isOwn
      ? { files: database.files, fixturesSql: await committedFixtures(project, database) }
      : await translatedOptions(project, database)),
    cacheDir: project.cacheDir,
    limits: { rows: limits.resultRows, bytes: limits.resultMegabytes * 1024 * 1024 },
    relationRows: Object.fromEntries(rows),
    progress: project.progress,
  };
}

async function translatedOptions(
  project: Project,
  database: ProjectDatabase,
): Promise<Pick<EmbeddedOptions, "files" | "fixturesSql" | "translated">> {
  const live = liveDatabase(project, database);
  const { model } = await live.model().finally(() => live.close());
  const rows = translateRows(await committedFixtures(project, database), model);
  for (const problem of rows.problems.slice(0, MOST_TOLD)) project.progress.problem(problem);
  return {
    files: translatedDatabase(model).files,
    fixturesSql: rows.sql,
    translated: { dialect: model.dialect, from: dialectFacts(model.dialect).title, translate: queryTranslator(model) },
  };
}

/** Fixtures that cannot be read are mostly all of one kind. */
const MOST_TOLD = 3;

/** Opens the embedded database of a project; the caller closes it. The server's room is loaded only now. */
export async function openConnection(project: Project, database: ProjectDatabase): Promise<QueryConnection> {
  const { openEmbeddedConnection } = await import("#app/query/open-embedded.ts");
  return openEmbeddedConnection(await embeddedOptions(project, database));
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
