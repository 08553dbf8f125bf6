import { z } from "zod";
import type { Dialect } from "#schemas/model.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { KeptText } from "#schemas/json/kept-text.ts";
import { contentKey } from "../content-key.ts";
import { buildPrompt, promptRulesKey, type PrivacyLevel, type Prompt, type PromptData } from "../prompt.ts";
import type { TaskId } from "../task.ts";
import type { Subject } from "./subjects.ts";

/** How descriptions are asked for: what decides about prompts and keys. */
export interface Wording {
  readonly level: PrivacyLevel;
  readonly dialect: Dialect;
  readonly language: string;
}

const item = z.strictObject({
  id: z.string(),
  text: z.string(),
  columns: z.array(z.strictObject({ name: z.string(), text: z.string() })),
  aliases: z.array(z.string()),
  questions: z.array(z.string()),
});

/** What a model answers about a batch. */
export const descriptionsSchema = z.strictObject({ items: z.array(item) });
export type DescriptionItem = z.output<typeof item>;

/** Tables and views go to one task, types and functions to the other: their prompts differ in size. */
export const taskOf = (subject: Subject): TaskId => (subject.relation ? "describe-tables" : "describe-objects");

const system = (language: string, subjects: readonly Subject[]): string =>
  [
    "You write reference documentation of a database for people who have never seen it.",
    `Write in the language with the tag ${language}.`,
    "For each object of the data give one item with its id as it is written.",
    "text: one sentence, at most 200 characters, that says what one row or value stands for and what it is used for.",
    "Say only what names, types, keys and comments show. If you cannot tell, say what the object holds in plain words.",
    "columns: for tables and views, one entry for each column that has no comment: what its value means, at most 140 characters. Else an empty list.",
    "Do not repeat the type, the name or that a value may be missing; a reader sees them beside the text.",
    ...(subjects.some(({ kind }) => kind === "reference") ? [REFERENCES] : []),
    "aliases: up to four other words or phrases that people use for the object. questions: for tables and views, up to three questions in everyday words that its rows answer. Else empty lists.",
  ].join("\n");

/** Said only where there are any, so that the texts of everything else keep their keys. */
const REFERENCES =
  "For a reference, text says what a row of `from` has to do with the row of `to` that it names: who or what that is to it. No aliases and no questions.";

export function describePrompt(
  subjects: readonly Subject[],
  wording: Wording,
  rejected?: PromptData["rejected"],
): Prompt | null {
  const data: PromptData = {
    relations: subjects.flatMap(({ relation }) => (relation ? [relation] : [])),
    objects: subjects.flatMap(({ object }) => (object ? [object] : [])),
    ...(rejected && { rejected }),
  };
  return buildPrompt({
    level: wording.level,
    dialect: wording.dialect,
    system: system(wording.language, subjects),
    data,
  });
}

/**
 * Changes with everything a text was written from: the object by itself, not what points at it, so that a change costs
 * a call for its own object only.
 */
export async function subjectKey(subject: Subject, wording: Wording, family: string): Promise<string> {
  const alone = {
    ...subject,
    ...(subject.relation && { relation: { ...subject.relation, referencedBy: [] } }),
    ...(subject.object && { object: { ...subject.object, usedBy: [] } }),
  };
  return contentKey({
    task: taskOf(subject),
    object: describePrompt([alone], wording)?.input,
    template: system(wording.language, [subject]),
    rules: await promptRulesKey(),
    schema: z.toJSONSchema(descriptionsSchema),
    family,
    language: wording.language,
    level: wording.level,
  });
}

/** The part of a model's name that its successors share: `claude`, `gpt`, `gemini`. */
export function familyOf(model: string): string {
  return /^[a-z]+/i.exec(model.split("/").at(-1) ?? "")?.[0].toLowerCase() ?? "other";
}

/** True when the entry was written from what the subject is now, by whichever model. */
export async function isCurrent(entry: KeptText, subject: Subject, wording: Wording): Promise<boolean> {
  return entry.key === (await subjectKey(subject, wording, entry.family));
}

/** Id of a column as the answer names it. */
export const columnId = (subject: Subject, name: string): ObjectId | undefined =>
  subject.wanted.find(
    (id) =>
      id !== subject.id &&
      (id.slice(subject.id.length + 1) === name || unquoted(id.slice(subject.id.length + 1)) === name),
  );

const unquoted = (part: string): string => part.replace(/^"(.*)"$/s, "$1").replaceAll('""', '"');
