import type { Problem } from "../problem.ts";
import type { Origin } from "../source.ts";
import type { RecorderState } from "./recorder.ts";

/** What a replay must know of the history that its engine was started with. */
export interface HistoryFacts {
  readonly recorder: RecorderState;
  readonly problems: readonly Problem[];
  readonly statements: number;
  readonly preludes: readonly string[];
  readonly missingExtensions: readonly { readonly name: string; readonly origin: Origin }[];
}
