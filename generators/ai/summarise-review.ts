import { z } from "zod";
import type { Finding } from "#schemas/finding.ts";
import type { Dialect } from "#schemas/model.ts";
import type { Ai, AiOutcome } from "./ai.ts";
import { checkWords, namesIn } from "./describe/check-text.ts";
import { buildPrompt, type PrivacyLevel } from "./prompt.ts";

export interface ReviewToSummarise {
  readonly findings: readonly Finding[];
  /** What changes, in words, such as `sales.orders: column paid_at added`. */
  readonly changes: readonly string[];
  /** Ids of the objects that change. */
  readonly objects: readonly string[];
  /** What was measured, in words, such as `ACCESS EXCLUSIVE on sales.orders for 1.2 s`. */
  readonly measurements: readonly string[];
  readonly dialect: Dialect;
  readonly level: PrivacyLevel;
  /** The summary by template, which stands when no model's holds. */
  readonly template: () => string;
  readonly signal?: AbortSignal;
}

/** A summary as one paragraph of plain text. */
export interface ReviewSummary {
  readonly text: string;
  /** Ids of the findings it speaks of. */
  readonly cites: readonly string[];
}

const schema = z.strictObject({ text: z.string(), cites: z.array(z.string()) });

const SYSTEM = [
  "You sum up the review of a database migration for a colleague who has one minute.",
  "In at most four plain sentences: what changes, what is dangerous and why, what to do first.",
  "Use only the findings, changes and facts of the data. Every number you write stands in them.",
  "cites: the ids of the findings you speak of, as they are written.",
].join("\n");

/**
 * The review in words. A model may cite only findings that exist, objects that change and numbers that were measured;
 * anything else is refused and the template stands.
 */
export async function summariseReview(ai: Ai, review: ReviewToSummarise): Promise<AiOutcome<ReviewSummary>> {
  const { findings, changes, measurements, dialect, level, template, signal } = review;
  const prompt = buildPrompt({
    level,
    dialect,
    system: SYSTEM,
    data: {
      findings: findings.map(({ fingerprint, rule, severity, message, objects }) => ({
        id: fingerprint,
        rule,
        severity,
        message,
        objects,
      })),
      changes,
      facts: measurements,
    },
  });
  return ai.generate({
    task: "summarise-review",
    prompt,
    schema,
    check: (summary) => refuseSummary(summary, review),
    offline: () => ({ text: template(), cites: findings.map(({ fingerprint }) => fingerprint) }),
    ...(signal && { signal }),
  });
}

/** What is wrong with a summary, in words for the model; null when nothing is. */
export function refuseSummary({ text, cites }: ReviewSummary, review: ReviewToSummarise): string | null {
  const words = checkWords(text, SUMMARY_LIMIT);
  if ("wrong" in words) return words.wrong;
  const ids = new Set(review.findings.map(({ fingerprint }) => fingerprint));
  const unknownFindings = cites.filter((id) => !ids.has(id));
  if (unknownFindings.length > 0) return `there is no finding ${unknownFindings.join(", ")}`;
  const facts = factsOf(review);
  const unknownNames = namesIn(text).filter((name) => !facts.names.has(name.toLowerCase()));
  if (unknownNames.length > 0) return `not an object of this review: ${[...new Set(unknownNames)].join(", ")}`;
  const unknownNumbers = numbersIn(text).filter((number) => !facts.numbers.has(number));
  return unknownNumbers.length > 0 ? `not measured or counted here: ${unknownNumbers.join(", ")}` : null;
}

const SUMMARY_LIMIT = 900;

interface Facts {
  readonly names: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
}

function factsOf({ findings, changes, objects, measurements }: ReviewToSummarise): Facts {
  const texts = [...changes, ...measurements, ...findings.map(({ message }) => message)];
  const ids = [...objects, ...findings.flatMap((finding) => finding.objects), ...texts.flatMap(namesIn)];
  const parts = ids.flatMap((id) => [id, ...suffixes(id)]);
  const counts = [findings.length, changes.length, objects.length, ...countsBySeverity(findings)].map(String);
  return {
    names: new Set([...parts, ...findings.map(({ rule }) => rule)].map((name) => name.toLowerCase())),
    numbers: new Set([...texts.flatMap(numbersIn), ...counts]),
  };
}

/** `orders.status` and `status` of `sales.orders.status`. */
function suffixes(id: string): readonly string[] {
  const parts = id.split(".");
  return parts.map((_, at) => parts.slice(at).join("."));
}

function countsBySeverity(findings: readonly Finding[]): readonly number[] {
  return ["error", "warning", "info"].map((one) => findings.filter(({ severity }) => severity === one).length);
}

/** Numbers that stand alone, thousands without their commas; those inside names are not meant. */
function numbersIn(text: string): readonly string[] {
  const alone = text.match(/(?<![\p{L}\p{N}_.])\d[\d,]*(?:\.\d+)?(?![\p{L}_])/gu) ?? [];
  return alone.map((number) => number.replaceAll(",", ""));
}
