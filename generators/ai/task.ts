/** How much thought a task needs; decides which provider and which of its models is asked first. */
export type Complexity = "simple" | "complex";

export interface AiTask {
  readonly complexity: Complexity;
  /** Tokens the answer may take, the model's own reasoning included. */
  readonly maxOutputTokens: number;
  /** What the task is for, in the usage report. */
  readonly title: string;
}

const table = {
  "describe-tables": { complexity: "simple", maxOutputTokens: 8_192, title: "descriptions of tables" },
  "describe-objects": {
    complexity: "simple",
    maxOutputTokens: 4_096,
    title: "descriptions of views, types and functions",
  },
  "summarise-review": { complexity: "complex", maxOutputTokens: 4_096, title: "review in words" },
  "example-values": { complexity: "simple", maxOutputTokens: 8_192, title: "example values of fixtures" },
  ask: { complexity: "complex", maxOutputTokens: 6_144, title: "questions" },
  explain: { complexity: "simple", maxOutputTokens: 4_096, title: "explanations of queries" },
  optimize: { complexity: "complex", maxOutputTokens: 6_144, title: "faster forms of queries" },
} as const satisfies Readonly<Record<string, AiTask>>;

export type TaskId = keyof typeof table;

/** Everything a model is ever asked to do. Pure data: what is said and checked lives with each caller. */
export const aiTasks: Readonly<Record<TaskId, AiTask>> = table;
