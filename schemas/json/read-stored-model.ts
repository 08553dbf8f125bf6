import { z } from "zod";
import { MODEL_VERSION } from "../model.ts";
import type { SchemaModel } from "../model.ts";
import type { Problem, WithProblems } from "../problem.ts";
import { modelSchema } from "./model.ts";

/**
 * Reads a stored model of any released version and gives it in today's form. Null, with the problem that says why,
 * when it is no model or a newer one. `file` is where it was read from.
 */
export function readStoredModel(text: string, file?: string): WithProblems<SchemaModel | null> {
  const json = parseJson(text);
  const version = versionSchema.safeParse(json);
  if (!version.success)
    return refuse("QG220", "This is no stored model: it is not a JSON object with a version.", file);
  const read = readers.get(version.data.version);
  if (!read) {
    const message = `This model has version ${version.data.version}; this release reads versions up to ${MODEL_VERSION}.`;
    return refuse("QG221", message, file, "Use the release that wrote it, or a newer one.");
  }
  const result = read(json);
  if (result.success) return { value: result.data, problems: [] };
  const issue = result.error.issues[0];
  const path = issue?.path.map(String).join(".") ?? "";
  const message = `The stored model is damaged at "${path}": ${issue?.message ?? "it has another form"}.`;
  return refuse("QG220", message, file, "Build it again; it is made from the migrations.");
}

const versionSchema = z.object({ version: z.int().min(1) });

/** One reader a released version. A new version adds a line that turns the old form into the new one. */
const readers: ReadonlyMap<number, (json: unknown) => z.ZodSafeParseResult<SchemaModel>> = new Map([
  [1, (json) => modelSchema.safeParse(json)],
]);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch {
    // Not JSON: the caller says so, in the words of the file.
    return undefined;
  }
}

function refuse(code: Problem["code"], message: string, file?: string, help?: string): WithProblems<null> {
  const origin = file === undefined ? {} : { origin: { file, line: 1, column: 1 } };
  return { value: null, problems: [{ code, severity: "error", message, ...(help && { help }), ...origin }] };
}
