import type { Progress } from "#schemas/ports.ts";

/** Says nothing. */
export const silentProgress: Progress = {
  start: () => undefined,
  step: () => undefined,
  finish: () => undefined,
  problem: () => undefined,
};
