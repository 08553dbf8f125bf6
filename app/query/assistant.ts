import type { z } from "zod";
import type { ModelName } from "#generators/ai/model-names.ts";
import type { AskOptions } from "./connection.ts";
import type { Outcome } from "./query-failure.ts";
import type { askAnswer, askRequest, optimizeAnswer, optimizeRequest } from "./schemas.ts";

export type AskRequest = z.infer<typeof askRequest>;
export type AskAnswer = z.infer<typeof askAnswer>;
export type OptimizeRequest = z.infer<typeof optimizeRequest>;
export type OptimizeAnswer = z.infer<typeof optimizeAnswer>;

/** Knows the schema of a connection: turns questions into queries, and queries into cheaper ones. */
export interface Assistant {
  /** The models that may be chosen for who asks, the first one first; none by default. */
  models?(options: AskOptions): readonly ModelName[];
  /** Fails (`QG780`, `QG781`, `QG785`) for a model that cannot be asked; a question nobody understands is an answer that is not valid. */
  ask(request: AskRequest, options: AskOptions): Promise<Outcome<AskAnswer>>;
  optimize(request: OptimizeRequest, options: AskOptions): Promise<Outcome<OptimizeAnswer>>;
}
