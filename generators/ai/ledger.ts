import type { Config } from "#schemas/config/schema.ts";
import { costOf, type Route } from "./settings.ts";
import type { TaskId } from "./task.ts";
import { addUsage, noUsage, type Usage } from "./usage.ts";

/** What a month has used so far. */
export interface Spent {
  readonly calls: number;
  readonly tokens: number;
  /** US dollars, of the calls whose model has a price. */
  readonly cost: number;
}

export const nothingSpent: Spent = { calls: 0, tokens: 0, cost: 0 };

/** Calls of one task to one model. */
export interface UsageLine extends Spent {
  readonly task: TaskId;
  readonly provider: string;
  readonly model: string;
  /** Calls that gave no usable answer. */
  readonly failed: number;
  readonly usage: Usage;
  /** False when the model has no known price, so that `cost` says nothing. */
  readonly isPriced: boolean;
}

/** Which limit would be passed. */
export type Limit = "calls" | "tokens" | "cost" | "month.calls" | "month.tokens" | "month.cost";

export interface Reservation {
  /** What the call used in truth; a failed one too. */
  settle(outcome: { readonly usage: Usage; readonly isUseful: boolean }): void;
  /** The call was not made. */
  cancel(): void;
}

/** Keeps the account of a run. A call is reserved by an estimate before it is made and settled by what it used. */
export interface Ledger {
  reserve(task: TaskId, route: Route, estimate: Usage): Reservation | Limit;
  readonly lines: () => readonly UsageLine[];
  readonly total: () => Spent;
}

export function openLedger(ai: Config["ai"], month: Spent): Ledger {
  const lines = new Map<string, UsageLine>();
  let spent = nothingSpent;
  let reserved = nothingSpent;
  const priced = (route: Route, usage: Usage): Spent => ({
    calls: 1,
    tokens: usage.input + usage.output,
    cost: costOf(ai, route, usage) ?? 0,
  });
  return {
    lines: () => [...lines.values()].sort((a, b) => (lineKey(a) < lineKey(b) ? -1 : 1)),
    total: () => spent,
    reserve(task, route, estimate) {
      const wanted = priced(route, estimate);
      const limit = passedLimit(ai.budget, { run: plus(plus(spent, reserved), wanted), month });
      if (limit !== null) return limit;
      reserved = plus(reserved, wanted);
      return {
        cancel() {
          reserved = minus(reserved, wanted);
        },
        settle({ usage, isUseful }) {
          reserved = minus(reserved, wanted);
          const used = priced(route, usage);
          spent = plus(spent, used);
          const line = { task, provider: route.provider, model: route.model };
          const before = lines.get(lineKey(line));
          lines.set(lineKey(line), {
            ...line,
            ...plus(before ?? nothingSpent, used),
            failed: (before?.failed ?? 0) + (isUseful ? 0 : 1),
            usage: addUsage(before?.usage ?? noUsage, usage),
            isPriced: costOf(ai, route, usage) !== null,
          });
        },
      };
    },
  };
}

function passedLimit(
  budget: Config["ai"]["budget"],
  { run, month }: { readonly run: Spent; readonly month: Spent },
): Limit | null {
  for (const kind of ["calls", "tokens", "cost"] as const) {
    if (run[kind] > budget[kind]) return kind;
    if (run[kind] + month[kind] > budget.month[kind]) return `month.${kind}`;
  }
  return null;
}

export function plus(a: Spent, b: Spent): Spent {
  return { calls: a.calls + b.calls, tokens: a.tokens + b.tokens, cost: a.cost + b.cost };
}

function minus(a: Spent, b: Spent): Spent {
  return { calls: a.calls - b.calls, tokens: a.tokens - b.tokens, cost: a.cost - b.cost };
}

const lineKey = ({ task, provider, model }: Pick<UsageLine, "task" | "provider" | "model">): string =>
  `${task}\0${provider}\0${model}`;
