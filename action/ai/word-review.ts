import type { Ai } from "#generators/ai/ai.ts";
import { summariseReview } from "#generators/ai/summarise-review.ts";
import { reviewView } from "#generators/review/report/review-view.ts";
import { isProven, measurementWords } from "#generators/review/report/words.ts";
import type { Review } from "#generators/review/review.ts";
import { rules } from "#generators/review/rules/registry.ts";
import { maskLiterals } from "#schemas/languages/sql/mask-literals.ts";
import type { Project, ProjectDatabase } from "../project.ts";

/** The review with a summary in a model's words, or as it is where there is no model to ask or none that holds. */
export async function wordReview(
  project: Pick<Project, "config" | "store">,
  { settings }: Pick<ProjectDatabase, "settings">,
  { review, ai }: { readonly review: Review; readonly ai: Ai },
): Promise<Review> {
  const { findings, changes, statements, summary } = reviewView(review);
  const { dialect } = settings;
  // Names stay; what stands in expressions does not leave the machine.
  const phrase = (parts: (typeof changes)[number]): string =>
    parts.map((part) => (typeof part === "string" ? part : maskLiterals(part.code, dialect))).join("");
  const proven = findings.filter(isProven).map(({ span, rule }) => `L${span.line}: a safe form for ${rule} was run`);
  const spoken = new Set(findings.map(({ span }) => `${span.file}:${span.line}`));
  const words = await summariseReview(ai, {
    findings,
    titleOf: (id) => rules.find((rule) => rule.id === id)?.title ?? id,
    changes: changes.length > MOST_CHANGES ? [summary] : changes.map(phrase),
    objects: review.changes.map(({ id }) => id),
    measurements: [
      // What nobody says anything about is no fact for a summary.
      ...statements.flatMap(({ file, line, measurement }) =>
        measurement && spoken.has(`${file}:${line}`) ? [`L${line}: ${measurementWords(measurement)}`] : [],
      ),
      ...proven,
    ],
    dialect,
    level: project.config.ai.privacy,
    store: project.store,
  });
  return words ? { ...review, words } : review;
}

/** More are counted: nobody wants to read them in a summary. */
const MOST_CHANGES = 40;
