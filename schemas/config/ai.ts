import { z } from "zod";

const provider = z.enum(["gemini", "anthropic", "openai"]);

const endpoint = z.url({ protocol: /^https?$/ }).refine((value) => !value.includes("@"), {
  message: "must not hold a user or a password; keys come from the environment",
});

const budget = z
  .strictObject({
    calls: z
      .int()
      .min(0)
      .default(200)
      .describe("Most calls a run. What is left is described offline and taken up by the next run."),
    tokens: z.int().min(0).default(500_000).describe("Most tokens a run, question and answer together."),
  })
  .describe("Limits of one run. Unchanged objects come from the cache and cost nothing.");

export const aiSchema = z
  .strictObject({
    enabled: z
      .boolean()
      .default(true)
      .describe(
        "Whether a model may be asked at all. Without a key in the environment nothing is asked either, and texts are plainer.",
      ),
    providers: z
      .array(provider)
      .min(1)
      .default(["gemini", "anthropic", "openai"])
      .describe("Order in which providers are tried. One without a key is passed over."),
    models: z
      .partialRecord(provider, z.string().min(1))
      .default({})
      .describe("Model of each provider, in place of the one this version was tested with."),
    endpoint: endpoint
      .optional()
      .describe(
        "Address of a server that speaks OpenAI's protocol, for models of your own. On pull requests the base branch's value is used.",
      ),
    budget: budget.prefault({}),
    sendRows: z
      .boolean()
      .default(false)
      .describe(
        "Lets rows of your data go to the model, to explain results. Off, only names, types, comments and statistics leave the machine.",
      ),
  })
  .describe(
    "Language models. Keys are read from the environment only: GEMINI_API_KEY, ANTHROPIC_API_KEY, OPENAI_API_KEY.",
  );
