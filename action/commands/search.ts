import { buildIndex } from "#generators/search/build-index.ts";
import { searchIndex } from "#generators/search/search.ts";
import type { SearchResults } from "#schemas/json/search-results.ts";
import { ProblemError } from "#schemas/problem.ts";
import { liveDatabase } from "../live-database.ts";
import { readQueries, type Project, type ProjectDatabase } from "../project.ts";
import { committedTexts } from "../ai/describe-project.ts";
import { indexModel } from "#schemas/model-index.ts";
import type { SearchInput } from "#generators/search/search-documents.ts";
import type { Command } from "./command.ts";
import { usage } from "./read-arguments.ts";

const DEFAULT_LIMIT = 10;

export const search: Command = {
  name: "search",
  summary: "Find tables, columns, queries and functions by meaning.",
  usage: '"<words>"',
  options: {
    format: { type: "string", oneOf: ["text", "json"], help: "Default text." },
    limit: { type: "string", value: "N", help: `Most results. Default ${DEFAULT_LIMIT}.` },
  },
  examples: [
    ['querygenie search "who bought what"', "the tables that answer it, best first"],
    ['querygenie search "refund" --format json', "for programs"],
  ],
  async run({ positionals, values, globals, terminal, project }) {
    const words = positionals.join(" ").trim();
    if (words === "")
      throw new ProblemError([usage("search needs words to look for", 'querygenie search "late shipments"')], 2);
    const limit = Number(values["limit"] ?? DEFAULT_LIMIT);
    if (!Number.isInteger(limit) || limit < 1)
      throw new ProblemError([usage("--limit takes a whole number from 1 on", "querygenie search --help")], 2);
    const opened = await project();
    const results: SearchResults["results"][number][] = [];
    for (const database of opened.databases) {
      const live = liveDatabase(opened, database);
      const { model } = await live.model();
      await live.close();
      const { queries } = await readQueries(opened, database.settings, model);
      const index = buildIndex(await searchInput(opened, database, { model, queries }));
      for (const result of searchIndex(index, words, { limit }))
        results.push({ database: database.settings.id, ...result });
    }
    const best = results.sort((a, b) => b.score - a.score).slice(0, limit);
    const found: SearchResults = { version: 1, words, results: best };
    if (globals.format === "json") terminal.result(JSON.stringify(found, null, 2));
    else if (best.length === 0) terminal.result("Nothing in the schema matches these words.");
    else
      for (const { kind, title, snippet } of best)
        terminal.result(`${kind.padEnd(9)} ${title}${snippet ? `\n          ${snippet}` : ""}`);
    return { exitCode: 0 };
  },
};

/** What a search of a database looks through: also what a language model said, when one was asked. */
async function searchInput(
  project: Project,
  database: ProjectDatabase,
  { model, queries }: Pick<SearchInput, "model" | "queries">,
): Promise<SearchInput> {
  const { texts, words } = await committedTexts(project, database, model);
  const written = Object.entries(texts).map(([id, { text }]): readonly [string, string] => [
    id,
    text.replaceAll("`", ""),
  ]);
  const comments = indexModel(model).objects.flatMap(({ object: { id, comment } }) =>
    comment ? [[id, comment] as const] : [],
  );
  const said = { ...Object.fromEntries(written), ...Object.fromEntries(comments), ...database.settings.descriptions };
  return { model, queries, descriptions: said, words };
}
