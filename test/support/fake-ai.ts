import { makeRouter, type Router, type RouterOptions } from "#generators/ai/router.ts";
import { configSchema, type ConfigInput } from "#schemas/config/schema.ts";

export interface FakeClock {
  /** Milliseconds that were slept through so far. */
  readonly slept: () => number;
  readonly pass: (milliseconds: number) => void;
}

export interface FakeAiOptions extends Partial<Pick<RouterOptions, "providers" | "chosen" | "month" | "onWarning">> {
  /** As in the configuration file. */
  readonly ai?: ConfigInput["ai"];
}

/** The real router on fake providers, with a clock that only sleeping moves. */
export function fakeAi({ ai = {}, ...given }: FakeAiOptions = {}): Router & FakeClock {
  const settings = configSchema.parse({ databases: [{ id: "shop", sources: [{ path: "db" }] }], ai }).ai;
  let time = 0;
  const router = makeRouter({
    settings,
    providers: {},
    month: { calls: 0, tokens: 0, cost: 0 },
    jitter: () => 0,
    clock: { now: () => new Date(Date.UTC(2026, 10, 23) + time), elapsed: () => time },
    sleep: (milliseconds) => {
      time += milliseconds;
      return Promise.resolve();
    },
    ...given,
  });
  return { ...router, slept: () => time, pass: (milliseconds) => void (time += milliseconds) };
}
