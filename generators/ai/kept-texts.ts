import type { z } from "zod";
import type { Config } from "#schemas/config/schema.ts";
import { keptExamplesSchema, type KeptExamples } from "#schemas/json/kept-examples.ts";
import { keptTextSchema, KEPT_TEXT_VERSION, type KeptText } from "#schemas/json/kept-text.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Artifact } from "#schemas/ports.ts";
import type { Problem } from "#schemas/problem.ts";
import type { Glossary } from "../glossary/read-glossary.ts";
import { contentKey } from "./content-key.ts";

/** Texts that may be shown, and words by which objects are found. */
export interface KnownTexts {
  readonly texts: Readonly<Record<ObjectId, { readonly text: string; readonly by: "ai" | "person" }>>;
  /** Aliases and questions, by object. */
  readonly words: Readonly<Record<ObjectId, readonly string[]>>;
  /** What words mean here, when the repository says so. */
  readonly glossary?: Glossary;
}

/** Folder of a database's entries, relative to the repository's root; a subfolder each when there are several. */
export function keptFolder(config: Config, databaseId: string): string {
  const root = `${config.output.state}/ai`;
  return config.databases.length === 1 ? root : `${root}/${databaseId}`;
}

const LONGEST_NAME = 180;

/** Path of an entry. An id may hold anything, a path may not; a long one ends in a hash. */
export async function keptPath(
  folder: string,
  { kind, id }: { readonly kind: KeptText["kind"] | "examples"; readonly id: ObjectId },
): Promise<string> {
  const safe = encodeURIComponent(id).replaceAll(
    /[!'()*~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const name =
    safe.length <= LONGEST_NAME ? safe : `${safe.slice(0, LONGEST_NAME - 17)}-${(await contentKey(id)).slice(0, 16)}`;
  return `${folder}/${kind}/${name}.json`;
}

export async function keptArtifact(folder: string, entry: KeptText): Promise<Artifact> {
  const { version, kind, id, key, family, aliases, questions } = entry;
  const texts = Object.fromEntries(Object.entries(entry.texts).sort(([a], [b]) => (a < b ? -1 : 1)));
  // The order of the keys is part of the bytes.
  const ordered: KeptText = { version, kind, id, key, family, texts, aliases, questions };
  return { path: await keptPath(folder, entry), content: `${JSON.stringify(ordered, null, 2)}\n`, generator: "ai" };
}

/** The committed file of a table's example values. */
export async function examplesArtifact(folder: string, entry: KeptExamples): Promise<Artifact> {
  const path = await keptPath(folder, { kind: "examples", id: entry.id });
  return { path, content: `${JSON.stringify(entry, null, 2)}\n`, generator: "ai" };
}

/** The example values of a file; one that is broken is a problem. */
export function readExamples(content: string, path: string): KeptExamples | Problem {
  return parsed(keptExamplesSchema, content, path);
}

/** One entry from its file; texts that a person changed are marked as theirs. A broken file is a problem. */
export async function readKept(content: string, path: string): Promise<KeptText | Problem> {
  const entry = parsed(keptTextSchema, content, path);
  if ("code" in entry) return entry;
  const texts: Record<string, KeptText["texts"][string]> = {};
  for (const [id, one] of Object.entries(entry.texts)) {
    const check = await textCheck(one.text);
    texts[id] = check === one.check ? one : { text: one.text, by: "person", check };
  }
  return { ...entry, texts };
}

export const textCheck = async (text: string): Promise<string> => (await contentKey(text)).slice(0, 16);

/** A new entry of a model's texts, with a person's texts of the entry before it kept. */
export async function newEntry(
  entry: Omit<KeptText, "version" | "texts"> & { readonly texts: Readonly<Record<ObjectId, string>> },
  before: KeptText | undefined,
): Promise<KeptText> {
  const texts: Record<string, KeptText["texts"][string]> = {};
  for (const [id, text] of Object.entries(entry.texts)) texts[id] = { text, by: "ai", check: await textCheck(text) };
  for (const [id, one] of Object.entries(before?.texts ?? {})) if (one.by === "person") texts[id] = one;
  return { ...entry, version: KEPT_TEXT_VERSION, texts };
}

function parsed<T>(schema: z.ZodType<T>, content: string, path: string): T | Problem {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return unusable(path, "it is not valid JSON");
  }
  const read = schema.safeParse(json);
  return read.success ? read.data : unusable(path, read.error.issues[0]?.message ?? "its form is wrong");
}

function unusable(path: string, why: string): Problem {
  return {
    code: "QG784",
    severity: "warning",
    message: `the kept text ${path} cannot be used: ${why}`,
    help: "Mend the file, or delete it to have it written anew.",
    origin: { file: path, line: 1, column: 1 },
  };
}
