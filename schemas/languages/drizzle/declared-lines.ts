import type { SourceFile, SourceRef } from "../../source.ts";

/** Where the names that Drizzle gives to tables, types, views and indexes stand in a repository's code. */
export interface DeclaredLines {
  placeOf(name: string): SourceRef | undefined;
}

/**
 * The first place of each name. What the schema is is never decided by this: Drizzle runs the code, and this only tells
 * a reader where to look.
 */
export function declaredLines(files: readonly SourceFile[]): DeclaredLines {
  const places = new Map<string, SourceRef>();
  for (const { path, text } of files) {
    for (const match of text.matchAll(NAMES)) {
      const name = match.groups?.["name"] ?? "";
      if (places.has(name)) continue;
      const before = text.slice(0, match.index);
      const line = before.split("\n").length;
      places.set(name, { file: path, line, column: match.index - before.lastIndexOf("\n") });
    }
  }
  return { placeOf: (name) => places.get(name) };
}

/** `pgTable("orders"`, `audit.table("log"`, `index("by_state")`, `pgEnum("state"`, `foreignKey({ name: "…"`. */
const NAMES =
  /(?:\b(?:\w*Table|\w*[Tt]ableCreator|\w*View|\w*Enum|\w*Sequence|\w*Schema|index|uniqueIndex|unique|check|primaryKey)|\.(?:table|view|materializedView|enum|sequence))\s*(?:<[^>()]*>)?\(\s*(?:\{[^}]*?\bname:\s*)?(?<quote>["'`])(?<name>[^"'`\n]+)\k<quote>/g;
