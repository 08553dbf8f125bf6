import type { Ai } from "#generators/ai/ai.ts";
import { diffDiagram } from "#generators/erd/diff-diagram.ts";
import { reviewView, shownProblem } from "#generators/review/report/review-view.ts";
import type { Review } from "#generators/review/review.ts";
import type { Finding } from "#schemas/finding.ts";
import type { ActionReport, ReportedDatabase } from "#schemas/json/action-report.ts";
import { EngineError } from "#schemas/ports.ts";
import { ProblemError } from "#schemas/problem.ts";
import type { Silence } from "../github/silence-by-reply.ts";
import type { Project, ProjectDatabase } from "../project.ts";
import { reviewScope } from "../review-files.ts";
import { wordReview } from "../ai/word-review.ts";
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
  { silences = [], ai }: { readonly silences?: readonly Silence[]; readonly ai?: Ai } = {},
): Promise<ReviewedDatabases> {
  const databases: ReportedDatabase[] = [];
  const findings: Finding[] = [];
  const silenced: ActionReport["silenced"][number][] = [];
  const texts = new Map<string, string>();
  let hasChanges = false;
  for (const database of project.databases) {
    const one = await reviewDatabase(project, database, { revision, silences, ...(ai && { ai }) });
    for (const [path, text] of one.texts) texts.set(path, text);
    const { review } = one.reported;
    hasChanges ||= (review?.changes.length ?? 0) > 0;
    findings.push(...(review?.findings ?? []));
    silenced.push(...one.silenced);
    databases.push(one.reported);
  }
  return { databases, findings, silenced, texts, hasChanges };
}

interface OneDatabase {
  readonly reported: ReportedDatabase;
  readonly texts: ReadonlyMap<string, string>;
  readonly silenced: ActionReport["silenced"];
}

interface ReviewOptions {
  readonly revision: string;
  readonly silences: readonly Silence[];
  readonly ai?: Ai;
}

async function reviewDatabase(
  project: Project,
  database: ProjectDatabase,
  { revision, silences, ai }: ReviewOptions,
): Promise<OneDatabase> {
  const { id } = database.settings;
  const wrong = database.problems.filter(({ severity }) => severity !== "info").map(shownProblem);
  try {
    const scope = await reviewScope(project, database, { words: [], revision });
    if (!(await hasWork(project, database, scope))) return { reported: { id, review: null, problems: [] }, ...nothing };
    const { review, models } = await runReview(project, database, scope);
    const { review: heard, silenced } = withoutSilenced(review, silences);
    const worded = ai ? await wordReview(project, database, { review: heard, ai }) : heard;
    const mermaid = models ? diffDiagram(models.base, models.head, review.changes).mermaid : null;
    const diagram = mermaid === null ? {} : { diagram: mermaid };
    const texts = new Map<string, string>();
    for (const { path } of scope.reviewed) {
      const file = await project.listing.read(path);
      if (file.value) texts.set(path, file.value.text);
    }
    return { reported: { id, review: reviewView(worded), ...diagram, problems: wrong }, texts, silenced };
  } catch (error) {
    const problems = error instanceof ProblemError ? error.problems : engineProblems(error);
    return { reported: { id, review: null, problems: [...wrong, ...problems.map(shownProblem)] }, ...nothing };
  }
}

const nothing = { texts: new Map<string, string>(), silenced: [] } as const;

/** The review without what replies on the pull request silenced. */
function withoutSilenced(
  review: Review,
  silences: readonly Silence[],
): { readonly review: Review; readonly silenced: ActionReport["silenced"] } {
  const silenced: ActionReport["silenced"][number][] = [];
  const findings = review.findings.filter(({ fingerprint, rule, span }) => {
    const silence = silences.find((one) => one.fingerprint === fingerprint);
    if (silence) silenced.push({ ...silence, rule, place: `${span.file}:${span.line}` });
    return silence === undefined;
  });
  return { review: { ...review, findings }, silenced };
}

function engineProblems(error: unknown) {
  if (!(error instanceof EngineError)) throw error;
  const code = error.code === "timeout" ? ("QG302" as const) : ("QG303" as const);
  return [{ code, severity: "error" as const, message: error.message }];
}
