import type { Ai } from "#generators/ai/ai.ts";
import { ask } from "#generators/ask/ask.ts";
import type { SavedQuery } from "#generators/generator.ts";
import type { Problem } from "#schemas/problem.ts";
import type { Asked } from "./ask-project.ts";
import type { CommandInput, CommandResult } from "./commands/command.ts";

/** What came of one saved question. `other`: an answer was found that gives other rows than the saved query. */
type Outcome = "same" | "other" | "open" | "broken";

/**
 * Asks every saved question without showing its own query, and compares the rows with those of the saved query. A
 * question that nobody answers is open and fails nothing; other rows, or a saved query that does not run, do. `ai`: the
 * model that was chosen by hand; without one only rules are asked, so that a check costs nothing.
 */
export async function testQuestions(
  asked: Pick<Asked, "context" | "queries">,
  {
    terminal,
    isJson,
    ai,
  }: {
    readonly terminal: Pick<CommandInput["terminal"], "result" | "say" | "colour">;
    readonly isJson: boolean;
    readonly ai?: Ai | undefined;
  },
): Promise<CommandResult> {
  const problems: Problem[] = [];
  const results: { readonly id: string; readonly question: string; readonly outcome: Outcome }[] = [];
  for (const query of asked.queries) {
    const { question } = query;
    if (question === undefined) continue;
    const tried = await tryQuestion(question, query, { ...asked, ai });
    results.push({ id: query.id, question, outcome: tried.outcome });
    if (tried.problem) problems.push(tried.problem);
    if (!isJson) terminal.result(`${tried.outcome.padEnd(7)} ${query.id}: ${question}`);
  }
  if (isJson) terminal.result(JSON.stringify({ version: 1, results }, null, 2));
  else if (results.length === 0) terminal.result("No saved query has a question.");
  else {
    terminal.say(terminal.colour.dim(countsOf(results.map(({ outcome }) => outcome))));
    if (results.some(({ outcome }) => outcome === "open"))
      terminal.say(terminal.colour.dim(ai ? OPEN : `${OPEN} ${BY_MODEL}`));
  }
  return { exitCode: problems.length > 0 ? 1 : 0, problems };
}

const OPEN = "Open: no answer that can be compared was found, which fails nothing.";
const BY_MODEL = "With --model a model is asked too.";

/** `3 same, 1 open`. */
function countsOf(outcomes: readonly Outcome[]): string {
  const counts = Map.groupBy(outcomes, (outcome) => outcome);
  return [...counts].map(([outcome, all]) => `${all.length} ${outcome}`).join(", ");
}

async function tryQuestion(
  question: string,
  query: SavedQuery,
  { context, queries, ai }: Pick<Asked, "context" | "queries"> & { readonly ai: Ai | undefined },
): Promise<{ readonly outcome: Outcome; readonly problem?: Problem }> {
  const wrong = (await context.check?.(query.sql)) ?? null;
  if (wrong !== null) {
    const message = `The saved query ${query.id} does not run: ${wrong}`;
    const help = "Correct the query, or remove it with its question.";
    return { outcome: "broken", problem: { code: "QG521", severity: "error", message, help, origin: query.origin } };
  }
  const answer = await ask(question, {
    ...context,
    queries: queries.filter((other) => other !== query),
    ...(ai && { ai }),
  });
  if (!answer.valid || context.read === undefined) return { outcome: "open" };
  const expected = await context.read(query.sql);
  const found = await context.read(answer.sql);
  // A saved query that wants values cannot be run without them.
  if (expected === null || found === null) return { outcome: "open" };
  const text = (rows: readonly (readonly string[])[]): string =>
    rows
      .map((row) => JSON.stringify(row))
      .sort()
      .join("\n");
  if (text(expected) === text(found)) return { outcome: "same" };
  const message = `The answer to “${question}” gives other rows than the saved query ${query.id}.`;
  const help = `Make the question clearer, or the query what it asks. The answer was read as: ${answer.reading}`;
  return { outcome: "other", problem: { code: "QG521", severity: "error", message, help, origin: query.origin } };
}
