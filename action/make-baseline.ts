import { lintModel } from "#generators/review/lint-model.ts";
import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { Finding } from "#schemas/finding.ts";
import { BASELINE_VERSION, type Baseline } from "#schemas/json/baseline.ts";
import type { Artifact } from "#schemas/ports.ts";
import { liveDatabase } from "./live-database.ts";
import type { Project } from "./project.ts";
import { runReview } from "./run-review.ts";
import { toolVersion } from "./tool-version.ts";

/** The baseline of a repository that has none yet: everything that review and lint say about its history. */
export async function makeBaseline(project: Project): Promise<Artifact> {
  const findings: Finding[] = [];
  for (const database of project.databases) {
    const live = liveDatabase(project, database);
    const { model } = await live.model().finally(() => live.close());
    const { rules, severity, limits } = project.config.review;
    findings.push(...lintModel(model, { rules, severity, limits }));
    if (database.live || !dialectFacts(database.settings.dialect).canRun) continue;
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
