import { ask as findAnswer } from "#generators/ask/ask.ts";
import type { AiEvent } from "#generators/ai/ai.ts";
import { liveReading } from "#generators/ask/live-reading.ts";
import type { Answer } from "#generators/ask/ask-offline.ts";
import { ANSWER_VERSION, type AnswerResult } from "#schemas/json/answer.ts";
import { ProblemError } from "#schemas/problem.ts";
import { openAi } from "../ai/open-ai.ts";
import { openAsked } from "../ask-project.ts";
import { testQuestions } from "../test-questions.ts";
import type { Command, CommandInput } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";

export const ask: Command = {
  name: "ask",
  summary: "Turn a question into a query that the database has planned.",
  usage: '"<question>"',
  options: {
    format: { type: "string", oneOf: ["text", "json"], help: "Default text." },
    model: { type: "string", value: "M", help: "Ask this model: PROVIDER/MODEL, a provider, or offline for none." },
    test: { type: "boolean", help: "Ask the questions of the saved queries and compare the rows with theirs." },
  },
  examples: [
    ['querygenie ask "How many orders does each customer have?"', "a query, and how the question was understood"],
    ["querygenie ask --test", "proves that the saved queries still run and the answers still agree with them"],
  ],
  async run({ positionals, values, globals, terminal, project }) {
    const question = positionals.join(" ").trim();
    const isTest = values["test"] === true;
    if (question === "" && !isTest) {
      throw new ProblemError([usage("ask needs a question", 'querygenie ask "How many customers do we have?"')], 2);
    }
    const opened = await project();
    const model = globals.offline ? "offline" : values["model"];
    const ai = await openAi(opened, { ...(typeof model === "string" && { model }) });
    const asked = await openAsked(opened, onlyDatabase(opened));
    try {
      if (isTest) return await testQuestions(asked, { terminal, isJson: globals.format === "json" });
      const answer = await findAnswer(question, {
        ...asked.context,
        ai: ai.router,
        onEvent: hears(terminal),
      });
      await ai.remember();
      const timestamp = opened.clock.now().toISOString();
      const printed: AnswerResult = { version: ANSWER_VERSION, question, ...answer, timestamp };
      if (globals.format === "json") terminal.result(JSON.stringify(printed, null, 2));
      else show(answer, terminal);
      return { exitCode: 0, problems: [...asked.problems, ...ai.problems] };
    } finally {
      await asked.close();
    }
  },
};

/**
 * Shows how the question is being understood as the model writes it: a new line whenever a sentence or so has come. The
 * query is shown when the database has planned it, and not before.
 */
function hears(terminal: CommandInput["terminal"]): (event: AiEvent) => void {
  const { colour, say, isInteractive } = terminal;
  let shown = 0;
  const listen = liveReading((text) => {
    if (text.length < shown) shown = 0;
    const fresh = text.slice(shown);
    const end = fresh.lastIndexOf(" ");
    if (!isInteractive || end < LINE) return;
    say(colour.dim(`  ${fresh.slice(0, end).trim()}`));
    shown += end;
  });
  return (event) => {
    if (event.kind === "waiting") say(colour.dim(`${event.provider} asks for a pause.`));
    if (event.kind === "restart") {
      shown = 0;
      say(colour.dim(`No answer that holds yet; ${event.provider} (${event.model}) is asked.`));
    }
    listen(event);
  };
}

/** Characters of a reading that are shown at once. */
const LINE = 60;

function show(answer: Answer, terminal: CommandInput["terminal"]): void {
  const dim = (text: string): string => terminal.colour.dim(text);
  if (answer.sql !== "") terminal.result(`${answer.sql};`);
  terminal.say(`${dim("Understood as:")} ${answer.reading}`);
  if (!answer.valid) {
    const words = answer.unexplained.map((word) => `“${word}”`).join(", ");
    terminal.say(
      `${terminal.colour.yellow("⚠")} This is no answer yet.${words === "" ? "" : ` Not understood: ${words}.`}`,
    );
  }
  for (const note of answer.notes) terminal.say(dim(note));
  if (answer.model !== "offline") terminal.say(dim(`Written by ${answer.model} and planned by the database.`));
}
