import { AI_USAGE_VERSION, aiUsageSchema, type AiUsage, type AiUsageLine } from "#schemas/json/ai-usage.ts";
import type { Artifact } from "#schemas/ports.ts";
import type { Spent, UsageLine } from "#generators/ai/ledger.ts";
import type { Project } from "../project.ts";

/** Months that the file remembers. */
const MONTHS_KEPT = 12;

export const usagePath = ({ config }: Pick<Project, "config">): string => `${config.output.state}/usage.json`;

/** What the committed file says. A broken one counts as nothing used; it is written anew with the next call. */
export async function readUsage(
  project: Pick<Project, "config" | "workspace">,
): Promise<{ readonly value: AiUsage; readonly content: string | null }> {
  const nothing: AiUsage = { version: AI_USAGE_VERSION, months: {} };
  const bytes = await project.workspace.read(usagePath(project));
  if (!bytes) return { value: nothing, content: null };
  const content = new TextDecoder().decode(bytes);
  try {
    return { value: aiUsageSchema.safeParse(JSON.parse(content)).data ?? nothing, content };
  } catch (error) {
    if (error instanceof SyntaxError) return { value: nothing, content };
    throw error;
  }
}

export function monthBefore({ months }: AiUsage, now: Date): Spent {
  const lines = months[monthOf(now)] ?? [];
  const sum = (of: (line: AiUsageLine) => number): number => lines.reduce((total, line) => total + of(line), 0);
  return {
    calls: sum(({ calls }) => calls),
    tokens: sum(({ inputTokens, outputTokens }) => inputTokens + outputTokens),
    cost: sum(({ cost }) => cost ?? 0),
  };
}

/** The lines of a run as they are kept and printed. */
export function usageLines(lines: readonly UsageLine[]): readonly AiUsageLine[] {
  return lines.map(({ task, provider, model, calls, failed, usage, cost, isPriced }) => ({
    task,
    provider,
    model,
    calls,
    failed,
    inputTokens: usage.input,
    outputTokens: usage.output,
    cost: isPriced ? round(cost) : null,
  }));
}

/** The file with this run's calls added; as it is when there were none, so that nothing changes then. */
export function usageArtifact(
  project: Pick<Project, "config">,
  before: { readonly value: AiUsage; readonly content: string | null },
  run: { readonly lines: readonly AiUsageLine[]; readonly now: Date },
): Artifact | null {
  const path = usagePath(project);
  // A call that used nothing, because nobody answered, leaves no trace: the file would change with each try.
  const lines = run.lines.filter(({ inputTokens, outputTokens }) => inputTokens + outputTokens > 0);
  if (lines.length === 0) return before.content === null ? null : { path, content: before.content, generator: "ai" };
  const month = monthOf(run.now);
  const all = { ...before.value.months, [month]: addLines(before.value.months[month] ?? [], lines) };
  const kept = Object.keys(all).sort().slice(-MONTHS_KEPT);
  const months = Object.fromEntries(kept.map((name) => [name, all[name] ?? []]));
  const usage: AiUsage = { version: AI_USAGE_VERSION, months };
  return { path, content: `${JSON.stringify(usage, null, 2)}\n`, generator: "ai" };
}

function addLines(before: readonly AiUsageLine[], more: readonly AiUsageLine[]): readonly AiUsageLine[] {
  const lines = new Map(before.map((line) => [lineKey(line), line]));
  for (const line of more) {
    const known = lines.get(lineKey(line));
    lines.set(lineKey(line), known ? plus(known, line) : line);
  }
  return [...lines.values()].sort((a, b) => (lineKey(a) < lineKey(b) ? -1 : 1));
}

function plus(a: AiUsageLine, b: AiUsageLine): AiUsageLine {
  return {
    ...a,
    calls: a.calls + b.calls,
    failed: a.failed + b.failed,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cost: a.cost === null && b.cost === null ? null : round((a.cost ?? 0) + (b.cost ?? 0)),
  };
}

const lineKey = ({ task, provider, model }: AiUsageLine): string => `${task}\0${provider}\0${model}`;
const monthOf = (now: Date): string => now.toISOString().slice(0, 7);
/** Millionths of a dollar are what prices are made of. */
const round = (dollars: number): number => Math.round(dollars * 1e6) / 1e6;
