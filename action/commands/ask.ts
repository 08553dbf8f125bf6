import { ask as findAnswer } from "#generators/ask/ask.ts";
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
        onEvent: (event) => {
          if (event.kind === "waiting") terminal.say(terminal.colour.dim(`${event.provider} asks for a pause.`));
        },
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
