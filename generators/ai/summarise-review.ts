import { z } from "zod";
import type { Finding } from "#schemas/finding.ts";
import type { Dialect } from "#schemas/model.ts";
import { reviewWordsSchema, type ReviewWords } from "#schemas/json/action-report.ts";
import type { Store } from "#schemas/ports.ts";
import type { Ai } from "./ai.ts";
import { cleanText } from "./clean-text.ts";
import { contentKey } from "./content-key.ts";
import { checkWords, namesIn } from "./describe/check-text.ts";
import { buildPrompt, type PrivacyLevel } from "./prompt.ts";

/** What of a review a summary may speak of. No text of the users' data is in it. */
export interface ReviewToSummarise {
  readonly findings: readonly Pick<Finding, "fingerprint" | "rule" | "severity" | "objects">[];
  /** A rule in a few words, which are ours. */
  readonly titleOf: (rule: string) => string;
  /** What changes, in words, such as `column sales.orders.paid_at added`. */
  readonly changes: readonly string[];
  /** Ids of the objects that change. */
  readonly objects: readonly string[];
  /** What was measured, in words, such as `L3: ACCESS EXCLUSIVE on sales.orders`. */
  readonly measurements: readonly string[];
  readonly dialect: Dialect;
  readonly level: PrivacyLevel;
  /** Keeps answers: the same review is paid for once. */
  readonly store?: Store;
  readonly signal?: AbortSignal;
}

const schema = z.strictObject({ text: z.string(), cites: z.array(z.string()) });
/** A summary as one paragraph of plain text, with the ids of the findings that it speaks of. */
type Summary = z.output<typeof schema>;

const SYSTEM = [
  "You sum up the review of a database migration for a colleague who has one minute.",
  "In at most four plain sentences: what changes, what is dangerous and why, what to do first.",
  "Use only the findings, changes and facts of the data. Every number you write stands in them.",
  "cites: the ids of the findings you speak of, as they are written.",
].join("\n");

/**
 * The review in words; null when there is no model to ask, or none wrote what holds: the template stands then. A model
 * may cite only findings that exist, objects that change and numbers that were measured.
 */
export async function summariseReview(ai: Ai, review: ReviewToSummarise): Promise<ReviewWords | null> {
  const { findings, titleOf, changes, measurements, dialect, level, store, signal } = review;
  const chosen = ai.chosen("summarise-review");
  const worst = SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  const prompt = buildPrompt({
    level,
    dialect,
    system: SYSTEM,
    data: {
      findings: worst.slice(0, MOST_TOLD).map(({ fingerprint, rule, severity, objects }) => ({
        id: fingerprint,
        rule,
        severity,
        message: titleOf(rule),
        objects,
      })),
      changes: changes.slice(0, MOST_TOLD),
      facts: [...countsInWords(review), ...measurements.slice(0, MOST_TOLD)],
    },
  });
  if (!chosen || !prompt || findings.length + changes.length === 0) return null;
  const key = `summary-${await contentKey({ system: prompt.system, input: prompt.input, by: chosen })}`;
  const kept = await readWords(store, key);
  if (kept) return kept;
  const outcome = await ai.generate<Summary>({
    task: "summarise-review",
    prompt,
    schema,
    check: (summary) => refuseSummary(summary, review),
    ...(signal && { signal }),
  });
  if (outcome.kind === "failure") return null;
  const words = { text: cleanText(outcome.value.text, SUMMARY_LIMIT), by: `${outcome.provider}/${outcome.model}` };
  await store?.set(key, new TextEncoder().encode(JSON.stringify(words)));
  return words;
}

/** Of findings, changes and facts: who has a minute wants no more, and a prompt must stay small. */
const MOST_TOLD = 40;
const SEVERITIES = ["error", "warning", "info"] as const;

/** How many there are in all, where some are left out. */
function countsInWords({ findings, changes, measurements }: ReviewToSummarise): readonly string[] {
  const counts = { findings: findings.length, changes: changes.length, measurements: measurements.length };
  return Object.entries(counts).flatMap(([what, count]) => (count > MOST_TOLD ? [`${what} in all: ${count}`] : []));
}

/** What was written before; what cannot be read counts as nothing. */
async function readWords(store: Store | undefined, key: string): Promise<ReviewWords | null> {
  const bytes = await store?.get(key);
  if (!bytes) return null;
  try {
    return reviewWordsSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What is wrong with a summary, in words for the model; null when nothing is. */
export function refuseSummary({ text, cites }: Summary, review: ReviewToSummarise): string | null {
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
  const texts = [...changes, ...measurements];
  const ids = [...objects, ...findings.flatMap((finding) => finding.objects), ...texts.flatMap(namesIn)];
  const parts = ids.flatMap((id) => [id, ...suffixes(id)]);
  const counts = [
    findings.length,
    changes.length,
    objects.length,
    measurements.length,
    ...countsBySeverity(findings),
  ].map(String);
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

function countsBySeverity(findings: ReviewToSummarise["findings"]): readonly number[] {
  return SEVERITIES.map((one) => findings.filter(({ severity }) => severity === one).length);
}

/** Numbers that stand alone, thousands without their commas; those inside names are not meant. */
function numbersIn(text: string): readonly string[] {
  const alone = text.match(/(?<![\p{L}\p{N}_.])\d[\d,]*(?:\.\d+)?(?![\p{L}_])/gu) ?? [];
  return alone.map((number) => number.replaceAll(",", ""));
}
