import type { ModelIndex } from "#schemas/model-index.ts";
import type { KeptText } from "#schemas/json/kept-text.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Progress } from "#schemas/ports.ts";
import type { Ai, NoAnswerReason } from "../ai.ts";
import { newEntry, type KnownTexts } from "../kept-texts.ts";
import { acceptItems, type Accepted } from "./accept-items.ts";
import { batches } from "./batches.ts";
import {
  describePrompt,
  descriptionsSchema,
  familyOf,
  isCurrent,
  subjectKey,
  taskOf,
  type Wording,
} from "./describe-texts.ts";
import { nameBook } from "./name-book.ts";
import { subjectsOf, type Subject } from "./subjects.ts";

export interface DescribeInput {
  readonly index: ModelIndex;
  /** Texts a person wrote in the configuration. */
  readonly descriptions: Readonly<Record<ObjectId, string>>;
  readonly wording: Wording;
  /** The committed entries. */
  readonly kept: readonly KeptText[];
  /** Objects whose entry cannot be read, as `kind/id`: they are left alone until a person has mended it. */
  readonly unreadable?: ReadonlySet<string>;
  /** Absent: nothing is asked, and what is kept is used. */
  readonly ai?: Ai;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

export interface Described {
  readonly known: KnownTexts;
  /** Entries to be committed; those of objects that are gone are not among them. */
  readonly entries: readonly KeptText[];
  readonly counts: {
    readonly objects: number;
    /** Kept entries that still fit. */
    readonly kept: number;
    readonly written: number;
    /** Objects without a model's text that fits what they are now. */
    readonly left: number;
    readonly edited: number;
  };
  /** Why some are left; absent when none is. */
  readonly because?: { readonly reason: NoAnswerReason; readonly message: string };
}

/** Texts of a model for everything that needs them: kept where they fit, asked for where they do not. */
export async function describeDatabase(input: DescribeInput): Promise<Described> {
  const { index, wording, ai, progress } = input;
  const subjects = subjectsOf(index, input.descriptions);
  const entries = new Map(input.kept.map((entry) => [entryKey(entry), entry]));
  const current = new Map<string, KeptText>();
  const open: Subject[] = [];
  for (const subject of subjects) {
    const entry = entries.get(entryKey(subject));
    if (entry && (await isCurrent(entry, subject, wording))) current.set(entryKey(subject), entry);
    else if (!input.unreadable?.has(`${subject.kind}/${subject.id}`)) open.push(subject);
  }
  const known = subjects.flatMap((subject) => entries.get(entryKey(subject)) ?? []);
  let left = open.length;
  let because: Described["because"];
  const names = nameBook(index);
  if (ai && open.length > 0 && ai.chosen("describe-tables") !== null) progress.start("ai", open.length);
  const work = ai ? batches(open, wording) : [];
  for (const batch of work) {
    if (!ai || because) break;
    const { accepted, because: why } = await describeBatch(batch, { ...input, ai, names });
    for (const { subject, texts, aliases, questions, model } of accepted) {
      const family = familyOf(model);
      const key = await subjectKey(subject, wording, family);
      const entry = await newEntry(
        { kind: subject.kind, id: subject.id, key, family, texts, aliases, questions },
        entries.get(entryKey(subject)),
      );
      current.set(entryKey(subject), entry);
      left -= 1;
    }
    // A fault of one batch is no reason to give up the rest; the end of all providers, of the budget or of patience is.
    if (why && endsAsking(why.reason)) because = why;
    progress.step("ai", open.length - left);
  }
  const result = known.filter((entry) => !current.has(entryKey(entry)));
  const all = [...current.values(), ...result].sort((a, b) => (entryKey(a) < entryKey(b) ? -1 : 1));
  return {
    known: knownTexts([...current.values()], result),
    entries: all,
    counts: {
      objects: subjects.length,
      kept: subjects.length - open.length,
      written: open.length - left,
      left,
      edited: all.filter(({ texts }) => Object.values(texts).some(({ by }) => by === "person")).length,
    },
    ...(left > 0 && ai && { because: because ?? { reason: "unusable", message: "no model gave a text that holds" } }),
  };
}

/** Whether whatever is asked next would have no answer either. */
export const endsAsking = (reason: NoAnswerReason): boolean => ENDS.includes(reason);

const ENDS: readonly NoAnswerReason[] = [
  "disabled",
  "no-provider",
  "budget",
  "stopped",
  "rate-limit",
  "overloaded",
  "network",
  "timeout",
  "auth",
  "payment",
  "daily-quota",
  "unknown-model",
];

interface BatchContext extends DescribeInput {
  readonly ai: Ai;
  readonly names: ReturnType<typeof nameBook>;
}

interface BatchResult {
  readonly accepted: readonly (Accepted & { readonly model: string })[];
  readonly because?: Described["because"];
}

/** Asks for a batch, keeps what holds, asks once more for what does not, and says why nothing came. */
async function describeBatch(batch: readonly Subject[], context: BatchContext): Promise<BatchResult> {
  const { ai, wording, names, signal } = context;
  const accepted: (Accepted & { readonly model: string })[] = [];
  let open = batch;
  let rejected: { readonly answer: string; readonly because: string } | undefined;
  for (let round = 0; round < 2 && open.length > 0; round += 1) {
    const [first] = open;
    if (!first) break;
    const outcome = await ai.generate({
      task: taskOf(first),
      prompt: describePrompt(open, wording, rejected),
      schema: descriptionsSchema,
      ...(signal && { signal }),
    });
    if (outcome.kind === "failure") {
      // An answer that was too long for its limit is asked for in halves.
      if (open.length > 1 && (outcome.reason === "truncated" || outcome.reason === "context-too-long"))
        return mergeHalves(open, accepted, context);
      return { accepted, because: { reason: outcome.reason, message: outcome.message } };
    }
    const judged = acceptItems(outcome.value.items, open, { names, isLast: round > 0 });
    accepted.push(...judged.accepted.map((one) => ({ ...one, model: outcome.model })));
    open = judged.open;
    rejected = { answer: JSON.stringify(judged.refused), because: judged.because };
  }
  return { accepted };
}

async function mergeHalves(
  open: readonly Subject[],
  accepted: BatchResult["accepted"],
  context: BatchContext,
): Promise<BatchResult> {
  const middle = Math.ceil(open.length / 2);
  const halves = [
    await describeBatch(open.slice(0, middle), context),
    await describeBatch(open.slice(middle), context),
  ];
  const because = halves.find((half) => half.because)?.because;
  return { accepted: [...accepted, ...halves.flatMap((half) => half.accepted)], ...(because && { because }) };
}

/** Texts that may be shown: all of current entries; of the others only what a person wrote. */
export function knownTexts(current: readonly KeptText[], stale: readonly KeptText[]): KnownTexts {
  const texts: Record<ObjectId, KnownTexts["texts"][string]> = {};
  const words: Record<ObjectId, readonly string[]> = {};
  for (const entry of current) {
    for (const [id, { text, by }] of Object.entries(entry.texts)) texts[id] = { text, by };
    words[entry.id] = [...entry.aliases, ...entry.questions];
  }
  for (const entry of stale) {
    for (const [id, { text, by }] of Object.entries(entry.texts)) if (by === "person") texts[id] = { text, by };
  }
  return { texts, words };
}

const entryKey = ({ kind, id }: Pick<Subject, "kind" | "id">): string => `${kind}\0${id}`;
