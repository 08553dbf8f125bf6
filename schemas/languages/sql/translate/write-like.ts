import { literal } from "../../../dialects/postgres/ddl/text.ts";
import type { Expression } from "./query.ts";

/** `LIKE` of either dialect: without regard to case, which is their default. */
export function writeLike(
  { value, pattern, escape }: { readonly value: string; readonly pattern: string; readonly escape: string | undefined },
  { right, hasClasses }: { readonly right: Expression; readonly hasClasses: boolean },
): string {
  if (escape !== undefined) return `(${value} ILIKE ${pattern} ESCAPE ${escape})`;
  if (!hasClasses) return `(${value} ILIKE ${pattern})`;
  if (right.kind === "text" && right.text.includes("[")) return `(${value} ~* ${literal(asRegex(right.text))})`;
  // T-SQL has no escape of its own.
  return `(${value} ILIKE ${pattern} ESCAPE '')`;
}

/** A pattern with classes of characters such as `[A-C]%`, which PostgreSQL's LIKE does not know. */
function asRegex(pattern: string): string {
  const parts = pattern.match(/\[\^?\]?[^\]]*\]|[\s\S]/gu) ?? [];
  const written = parts.map((part) => {
    if (part === "%") return ".*";
    if (part === "_") return ".";
    return part.length > 1 && part.startsWith("[")
      ? part.replaceAll("\\", "\\\\")
      : part.replaceAll(/[\\^$.|?*+()[\]{}]/g, (special) => `\\${special}`);
  });
  return `^${written.join("")}$`;
}
