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
  const bytes = await project.workspace.read(usagePath(project));
  return { value: parseUsage(bytes), content: bytes && new TextDecoder().decode(bytes) };
}

/** Where the store, which all repositories of a machine share, has what runs of this one used that write no files. */
const storeKey = ({ root }: Pick<Project, "root">): string => `ai-usage ${root}`;

/** What this machine's runs in the repository used that is in no committed file, such as questions and reviews. */
export const readOwnUsage = async (project: Pick<Project, "store" | "root">): Promise<AiUsage> =>
  parseUsage(await project.store.get(storeKey(project)));

/** Adds calls to what this machine's runs used. */
export async function addOwnUsage(
  project: Pick<Project, "store" | "clock" | "root">,
  lines: readonly AiUsageLine[],
): Promise<void> {
  if (lines.length === 0) return;
  const usage = withLines(await readOwnUsage(project), lines, project.clock.now());
  await project.store.set(storeKey(project), new TextEncoder().encode(JSON.stringify(usage)));
}

/** What cannot be read counts as nothing used. */
function parseUsage(bytes: Uint8Array | null): AiUsage {
  const nothing: AiUsage = { version: AI_USAGE_VERSION, months: {} };
  if (!bytes) return nothing;
  try {
    return aiUsageSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? nothing;
  } catch (error) {
    if (error instanceof SyntaxError) return nothing;
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
  const usage = withLines(before.value, lines, run.now);
  return { path, content: `${JSON.stringify(usage, null, 2)}\n`, generator: "ai" };
}

/** Usage with the calls of a run added to its month. */
export function withLines({ months: before }: AiUsage, lines: readonly AiUsageLine[], now: Date): AiUsage {
  const month = monthOf(now);
  const all = { ...before, [month]: addLines(before[month] ?? [], lines) };
  const kept = Object.keys(all).sort().slice(-MONTHS_KEPT);
  return { version: AI_USAGE_VERSION, months: Object.fromEntries(kept.map((name) => [name, all[name] ?? []])) };
}

/** What was used since `told`, which earlier lines of the same run are. */
export function linesSince(told: readonly AiUsageLine[], lines: readonly AiUsageLine[]): readonly AiUsageLine[] {
  const known = new Map(told.map((line) => [lineKey(line), line]));
  return lines.flatMap((line) => {
    const before = known.get(lineKey(line));
    const fresh = before ? minus(line, before) : line;
    return fresh.calls === 0 ? [] : [fresh];
  });
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

function minus(a: AiUsageLine, b: AiUsageLine): AiUsageLine {
  return {
    ...a,
    calls: a.calls - b.calls,
    failed: a.failed - b.failed,
    inputTokens: a.inputTokens - b.inputTokens,
    outputTokens: a.outputTokens - b.outputTokens,
    cost: a.cost === null ? null : round(a.cost - (b.cost ?? 0)),
  };
}

const lineKey = ({ task, provider, model }: AiUsageLine): string => `${task}\0${provider}\0${model}`;
const monthOf = (now: Date): string => now.toISOString().slice(0, 7);
/** Millionths of a dollar are what prices are made of. */
const round = (dollars: number): number => Math.round(dollars * 1e6) / 1e6;
