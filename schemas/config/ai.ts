import { z } from "zod";
import { AI_DEFAULTS_AS_OF, aiProviders, defaultModels, defaultOrder } from "./ai-defaults.ts";

const provider = z.enum(aiProviders);
const order = z.array(provider).min(1);

const endpoint = z.url({ protocol: /^https?$/ }).refine((value) => !value.includes("@"), {
  message: "must not hold a user or a password; keys come from the environment",
});

const providers = z
  .union([
    order,
    z.strictObject({
      simple: order
        .default([...defaultOrder.simple])
        .describe("Order for short texts: descriptions and explanations of queries."),
      complex: order
        .default([...defaultOrder.complex])
        .describe("Order for what needs thought: questions, reviews in words, faster forms of queries."),
    }),
  ])
  .prefault({})
  .describe(
    "Order in which providers are tried, one for all tasks or one for each kind. One without a key is passed over; after the last, the text is written offline.",
  );

const model = z.union([
  z.string().min(1),
  z.strictObject({ simple: z.string().min(1), complex: z.string().min(1) }).partial(),
]);

const price = z.strictObject({
  input: z.number().min(0).describe("US dollars for a million tokens of the question."),
  output: z.number().min(0).describe("US dollars for a million tokens of the answer, reasoning included."),
});

const rate = z
  .strictObject({
    requestsPerMinute: z.int().min(1).describe("Most calls a minute."),
    concurrent: z.int().min(1).max(16).describe("Most calls at a time."),
  })
  .partial();

const month = z
  .strictObject({
    calls: z.int().min(0).default(5_000).describe("Most calls in a calendar month (UTC)."),
    tokens: z.int().min(0).default(10_000_000).describe("Most tokens in a calendar month, question and answer."),
    cost: z.number().min(0).default(20).describe("Most US dollars in a calendar month, by the prices known here."),
  })
  .describe("Limits of a calendar month over all runs, counted in `.querygenie/usage.json`.");

const budget = z
  .strictObject({
    calls: z
      .int()
      .min(0)
      .default(200)
      .describe("Most calls a run. What is left is described offline and taken up by the next run."),
    tokens: z.int().min(0).default(500_000).describe("Most tokens a run, question and answer together."),
    cost: z
      .number()
      .min(0)
      .default(2)
      .describe("Most US dollars a run, by the prices known here. A model without a price counts by its tokens only."),
    seconds: z
      .int()
      .min(1)
      .default(600)
      .describe("Longest time a run waits for models altogether. Then the rest is described offline."),
    month: month.prefault({}),
  })
  .describe("Limits of one run and one month. Unchanged objects come from the cache and cost nothing.");

const modelNames = Object.entries(defaultModels)
  .map(([id, { simple, complex }]) => `${id} ${simple === complex ? simple : `${simple} and ${complex}`}`)
  .join(", ");

export const aiSchema = z
  .strictObject({
    enabled: z
      .boolean()
      .default(true)
      .describe(
        "Whether a model may be asked at all. Without a key in the environment nothing is asked either, and texts are plainer.",
      ),
    providers,
    models: z
      .partialRecord(provider, model)
      .default({})
      .describe(
        `Model of each provider, one for all tasks or \`simple\` and \`complex\`. Default (${AI_DEFAULTS_AS_OF}): ${modelNames}.`,
      ),
    prices: z
      .record(z.string().min(1), price)
      .default({})
      .describe(`Prices by model, where the ones known here (${AI_DEFAULTS_AS_OF}) are wrong or missing.`),
    rates: z
      .partialRecord(provider, rate)
      .default({})
      .describe("Pace by provider. The free tier of Gemini is asked 5 times a minute unless this says otherwise."),
    endpoint: endpoint
      .optional()
      .describe(
        "Address of a server that speaks OpenAI's chat protocol, for models of your own, such as `http://localhost:11434/v1`. It is asked before the others. On pull requests the base branch's value is used.",
      ),
    budget: budget.prefault({}),
    privacy: z
      .enum(["off", "schema", "schema+stats", "schema+samples"])
      .default("schema")
      .describe(
        "What may leave the machine. `schema`: names, types, keys and comments, with every value in defaults, checks and queries taken out. `schema+stats` adds sizes and counts, `schema+samples` values of the data, `off` nothing at all.",
      ),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$/, "must be a language tag such as en or pt-BR")
      .default("en")
      .describe("Language of texts that a model writes. Offline texts are English."),
  })
  .describe(
    "Language models. Keys are read from the environment only: ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY (free), GEMINI_PRO_API_KEY (paid) and AI_ENDPOINT_API_KEY.",
  );
