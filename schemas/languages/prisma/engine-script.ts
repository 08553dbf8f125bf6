import type { SourceFile } from "../../source.ts";
import type { SchemaEngine } from "./schema-engine.ts";

export type EngineAnswer =
  | { readonly kind: "script"; readonly script: string }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "absent" };

/** What Prisma's engine makes of the files, or what it says against them. */
export async function engineScript(engine: SchemaEngine | null, files: readonly SourceFile[]): Promise<EngineAnswer> {
  if (!engine) return { kind: "absent" };
  try {
    const given = files.map(({ path, text }) => ({ path, content: forToday(text) }));
    return { kind: "script", script: await engine.script(given) };
  } catch (error) {
    return { kind: "refused", message: firstLine(error) };
  }
}

/**
 * Prisma 7 refuses what older schemas say about connections and previews, and none of it makes a table: those lines are
 * emptied, so that the lines of its complaints stay right.
 */
export function forToday(text: string): string {
  return text.replaceAll(/^(?:datasource|generator)\s+\w+\s*\{[^}]*\}/gm, (block) =>
    block.replaceAll(
      /^[ \t]*(?:url|directUrl|shadowDatabaseUrl|previewFeatures|extensions|binaryTargets)\b[^\n[]*(?:\[[^\]]*\])?[^\n]*$/gm,
      (lines) => "\n".repeat(lines.split("\n").length - 1),
    ),
  );
}

/** Prisma colours its messages and wraps them in a JSON text with a trace. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const said = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text;
  // oxlint-disable-next-line no-control-regex -- the escape character is what colours begin with.
  const plain = said.replaceAll(/\\u001b\[[\d;]*m|\u001b\[[\d;]*m/g, "").replaceAll("\\n", "\n");
  return (
    plain
      .split("\n")
      .find((line) => line.trim() !== "")
      ?.trim() ?? "it gave no reason"
  );
}
