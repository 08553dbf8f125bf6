import { readFile } from "node:fs/promises";
import { aiSchema } from "#schemas/config/ai.ts";
import { limitsSchema } from "#schemas/config/limits.ts";
import { parseConfigOver, type ConfigText } from "#schemas/config/load.ts";
import type { Config } from "#schemas/config/schema.ts";
import { ProblemError } from "#schemas/problem.ts";

/**
 * The owner's configuration, which holds where a repository's own says nothing; null when this process was told none.
 * Throws `ProblemError` (exit 2) when it cannot be read: without it, what it forbids would be allowed.
 */
export async function defaultConfig(): Promise<ConfigText | null> {
  const path = process.env["QUERYGENIE_DEFAULTS"];
  if (path === undefined || path === "") return null;
  try {
    return { path, text: await readFile(path, "utf8") };
  } catch (cause) {
    const message = "the file that QUERYGENIE_DEFAULTS names cannot be read";
    const help = "It holds the configuration of all repositories of an owner; unset the variable to do without.";
    throw new ProblemError([{ code: "QG113", severity: "error", message, help }], 2, cause);
  }
}

/** What the owner's defaults say of models and limits; null where there are none, or none that hold. */
export async function defaultPrivileges(): Promise<Pick<Config, "ai" | "limits"> | null> {
  const { value } = parseConfigOver(null, await defaultConfig());
  if (value === null) return null;
  return { ai: aiSchema.parse(value.file.ai ?? {}), limits: limitsSchema.parse(value.file.limits ?? {}) };
}
