import { lintModel } from "#generators/review/lint-model.ts";
import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { Finding } from "#schemas/finding.ts";
import { BASELINE_VERSION, baselineSchema, type Baseline } from "#schemas/json/baseline.ts";
import type { Artifact } from "#schemas/ports.ts";
import type { WithProblems } from "#schemas/problem.ts";
import { liveDatabase } from "./live-database.ts";
import type { Project } from "./project.ts";
import { runReview } from "./run-review.ts";
import { toolVersion } from "./tool-version.ts";

/** Fingerprints of what was there before the review; none without the file. */
export async function readBaseline(
  project: Pick<Project, "config" | "workspace">,
): Promise<WithProblems<ReadonlySet<string>>> {
  const path = project.config.review.baseline;
  const bytes = await project.workspace.read(path);
  if (!bytes) return { value: new Set(), problems: [] };
  const parsed = baselineSchema.safeParse(jsonOf(bytes));
  if (parsed.success)
    return { value: new Set(parsed.data.findings.map(({ fingerprint }) => fingerprint)), problems: [] };
  const [issue] = parsed.error.issues;
  const message = `the baseline ${path} cannot be read: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`;
  const help = "Findings from before the review are told again until it is mended or removed.";
  return {
    value: new Set(),
    problems: [{ code: "QG220", severity: "warning", message, help, origin: { file: path, line: 1, column: 1 } }],
  };
}

/** The baseline of a repository that has none yet: everything that review and lint say about its history. */
export async function makeBaseline(project: Project): Promise<Artifact> {
  const findings: Finding[] = [];
  for (const database of project.databases) {
    const live = liveDatabase(project, database);
    const { model } = await live.model().finally(() => live.close());
    const { rules, severity, limits } = project.config.review;
    findings.push(...lintModel(model, { rules, severity, limits }));
    if (!dialectFacts(database.settings.dialect).canRun) continue;
    const base = database.files.filter(({ isPrelude }) => isPrelude === true);
    const reviewed = database.files.filter(({ isPrelude }) => isPrelude !== true);
    const { review } = await runReview(project, database, { base, reviewed });
    findings.push(...review.findings);
  }
  const byFingerprint = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  const baseline: Baseline = {
    version: BASELINE_VERSION,
    tool: toolVersion(),
    findings: [...byFingerprint.values()]
      .map(({ fingerprint, rule, span }) => ({ fingerprint, rule, place: `${span.file}:${span.line}` }))
      .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)),
  };
  const content = `${JSON.stringify(baseline, null, 2)}\n`;
  return { path: project.config.review.baseline, content, generator: "baseline" };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
