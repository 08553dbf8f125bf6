import { diffDiagram } from "#generators/erd/diff-diagram.ts";
import { reviewView, shownProblem } from "#generators/review/report/review-view.ts";
import type { Finding } from "#schemas/finding.ts";
import type { ActionReport, ReportedDatabase } from "#schemas/json/action-report.ts";
import { EngineError } from "#schemas/ports.ts";
import { ProblemError } from "#schemas/problem.ts";
import type { Silence } from "../github/silence-by-reply.ts";
import type { Project, ProjectDatabase } from "../project.ts";
import { reviewScope } from "../review-files.ts";
import { hasWork, runReview } from "../run-review.ts";

export interface ReviewedDatabases {
  readonly databases: readonly ReportedDatabase[];
  readonly findings: readonly Finding[];
  readonly silenced: ActionReport["silenced"];
  /** Text of the reviewed files, by path from the working directory. */
  readonly texts: ReadonlyMap<string, string>;
  /** True when the schema changes. */
  readonly hasChanges: boolean;
}

/** Reviews what the checkout has and the revision has not, one database after the other. One that fails costs itself. */
export async function reviewDatabases(
  project: Project,
  revision: string,
  silences: readonly Silence[] = [],
): Promise<ReviewedDatabases> {
  const databases: ReportedDatabase[] = [];
  const findings: Finding[] = [];
  const silenced: ActionReport["silenced"][number][] = [];
  const texts = new Map<string, string>();
  let hasChanges = false;
  for (const database of project.databases) {
    const one = await reviewDatabase(project, database, revision);
    for (const [path, text] of one.texts) texts.set(path, text);
    const { review } = one.reported;
    const kept = (review?.findings ?? []).filter((finding) => {
      const silence = silences.find(({ fingerprint }) => fingerprint === finding.fingerprint);
      if (!silence) return true;
      silenced.push({ ...silence, rule: finding.rule, place: `${finding.span.file}:${finding.span.line}` });
      return false;
    });
    hasChanges ||= (review?.changes.length ?? 0) > 0;
    findings.push(...kept);
    databases.push({ ...one.reported, review: review && { ...review, findings: kept } });
  }
  return { databases, findings, silenced, texts, hasChanges };
}

interface OneDatabase {
  readonly reported: ReportedDatabase;
  readonly texts: ReadonlyMap<string, string>;
}

async function reviewDatabase(project: Project, database: ProjectDatabase, revision: string): Promise<OneDatabase> {
  const { id } = database.settings;
  const wrong = database.problems.filter(({ severity }) => severity !== "info").map(shownProblem);
  try {
    const scope = await reviewScope(project, database, { words: [], revision });
    if (!(await hasWork(project, database, scope))) return { reported: { id, review: null, problems: [] }, texts: new Map() };
    const { review, models } = await runReview(project, database, scope);
    const mermaid = models ? diffDiagram(models.base, models.head, review.changes).mermaid : null;
    const diagram = mermaid === null ? {} : { diagram: mermaid };
    const texts = new Map<string, string>();
    for (const { path } of scope.reviewed) {
      const file = await project.listing.read(path);
      if (file.value) texts.set(path, file.value.text);
    }
    return { reported: { id, review: reviewView(review), ...diagram, problems: wrong }, texts };
  } catch (error) {
    const problems = error instanceof ProblemError ? error.problems : engineProblems(error);
    return { reported: { id, review: null, problems: [...wrong, ...problems.map(shownProblem)] }, texts: new Map() };
  }
}

function engineProblems(error: unknown) {
  if (!(error instanceof EngineError)) throw error;
  const code = error.code === "timeout" ? ("QG302" as const) : ("QG303" as const);
  return [{ code, severity: "error" as const, message: error.message }];
}
