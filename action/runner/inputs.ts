import { z } from "zod";
import { publishSchema } from "#schemas/config/site.ts";
import { reviewSchema } from "#schemas/config/review.ts";
import { databaseSchema } from "#schemas/config/database.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";

/**
 * Inputs of `action.yml`, which is written from this table. An input that stands for a key of the configuration has that
 * key's values and description; left empty, the configuration holds.
 */
const { shape: review } = reviewSchema;
const { shape: publish } = publishSchema;

const flag = z.enum(["true", "false"]).transform((value) => value === "true");
const words = z.string().transform((text) =>
  text
    .split(/[\n,]/)
    .map((word) => word.trim())
    .filter(Boolean),
);

export const inputs = {
  "github-token": input(z.string(), "Token to comment and commit with.", "${{ github.token }}"),
  "working-directory": input(z.string(), "Folder of the repository that QueryGenie works in.", "."),
  config: input(z.string(), "Path of the configuration file, from the working directory."),
  database: input(z.string(), "Only this database of the configuration."),
  source: input(words, "Files to read in place of the configured sources: globs, by lines or commas."),
  dialect: input(databaseSchema.shape.dialect.unwrap(), describe(databaseSchema.shape.dialect)),
  rules: input(z.string(), `${describe(review.rules)} By commas. In place of \`review.rules\`.`),
  "fail-on": input(review.failOn.unwrap(), `${describe(review.failOn)} In place of \`review.failOn\`.`),
  "publish-mode": input(publish.mode.unwrap(), `${describe(publish.mode)} In place of \`publish.mode\`.`),
  "on-pull-requests": input(
    publish.onPullRequests.unwrap(),
    `${describe(publish.onPullRequests)} In place of \`publish.onPullRequests\`.`,
  ),
  comment: input(publish.comment.unwrap(), `${describe(publish.comment)} In place of \`publish.comment\`.`),
  "line-comments": input(flag, "Comments at the lines of the pull request, with suggestions.", "true"),
  labels: input(flag, "Labels pull requests that change a database, and those with errors.", "false"),
  "upload-sarif": input(flag, "Uploads the findings to code scanning. Needs `security-events: write`.", "false"),
  report: input(
    z.string(),
    "Path of another run's `report.json`. The action then only comments with it: for `workflow_run`, after a run of a fork.",
  ),
  offline: input(flag, "Asks no model, even when a key is there.", "false"),
  "dry-run": input(flag, "Prints everything that would be sent to GitHub, and sends nothing that writes.", "false"),
} as const;

export type InputName = keyof typeof inputs;

export interface Input<T extends z.ZodType = z.ZodType> {
  readonly schema: T;
  readonly description: string;
  /** Default in `action.yml`; absent for inputs that may stay empty. */
  readonly fallback?: string;
}

export type Inputs = { readonly [K in InputName]: z.output<(typeof inputs)[K]["schema"]> | undefined };

/** Reads the inputs as the runner gives them: `INPUT_` and the name in capitals. Empty counts as not given. */
export function readInputs(environment: Readonly<Record<string, string | undefined>>): WithProblems<Inputs> {
  const problems: Problem[] = [];
  const values = Object.entries(inputs).map(([name, { schema, fallback }]) => {
    const given = environment[`INPUT_${name.toUpperCase()}`]?.trim();
    const usual = fallback?.startsWith("${{") === true ? undefined : fallback;
    const text = given === undefined || given === "" ? usual : given;
    if (text === undefined) return [name, undefined];
    const parsed = schema.safeParse(text);
    if (!parsed.success) problems.push(wrongInput(name, text, schema));
    return [name, parsed.data];
  });
  // Object.fromEntries forgets the keys' types; every input is in the table it was made from.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return { value: Object.fromEntries(values) as Inputs, problems };
}

function wrongInput(name: string, text: string, schema: z.ZodType): Problem {
  const allowed = allowedValues(schema);
  return {
    code: "QG811",
    severity: "error",
    message: `the input ${name} cannot be ${JSON.stringify(text)}`,
    ...(allowed.length > 0 ? { help: `Allowed: ${allowed.join(", ")}.` } : {}),
  };
}

/** Values of an input that has a list of them. */
export function allowedValues(schema: z.ZodType): readonly string[] {
  const inner = schema instanceof z.ZodPipe ? schema.in : schema;
  return inner instanceof z.ZodEnum ? inner.options.map(String) : [];
}

function input<T extends z.ZodType>(schema: T, description: string, fallback?: string): Input<T> {
  return { schema, description, ...(fallback === undefined ? {} : { fallback }) };
}

function describe(schema: z.ZodType): string {
  return schema.description ?? "";
}
