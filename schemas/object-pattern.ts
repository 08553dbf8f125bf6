import { dialectFacts } from "./dialects/dialect-facts.ts";
import type { Dialect } from "./model.ts";
import { parseObjectId, type ObjectId } from "./object-id.ts";

/** A pattern for object ids, such as `sales.*`, `audit_*` or `sales.orders.id`. */
export interface ObjectPattern {
  readonly matches: (id: ObjectId) => boolean;
  /** Characters of the pattern that are not stars: of two patterns that match, the longer says more. */
  readonly specificity: number;
}

/**
 * Reads a pattern. A star stands for any characters, dots included. A pattern without a dot means names of the default
 * schema, and `*` alone means everything. Quotes of an id do not count.
 */
export function objectPattern(pattern: string, dialect: Dialect = "postgres"): ObjectPattern {
  const plain = pattern.replaceAll('"', "");
  const whole = plain === "*" || plain.includes(".") ? plain : `${dialectFacts(dialect).defaultSchema}.${plain}`;
  return {
    matches: (id) => matchesStars(whole, (parseObjectId(id) ?? [id]).join(".")),
    specificity: whole.replaceAll("*", "").length,
  };
}

/** Whether any of the patterns matches, and how much the most specific one that does says. Null when none does. */
export function bestMatch(patterns: readonly ObjectPattern[], id: ObjectId): number | null {
  const found = patterns.filter((pattern) => pattern.matches(id)).map(({ specificity }) => specificity);
  return found.length === 0 ? null : Math.max(...found);
}

/** Whether a text matches a pattern with stars; the time grows with the product of their lengths at most. */
function matchesStars(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let position = 0;
  while (position < text.length) {
    if (pattern[at] === "*") {
      star = at;
      at += 1;
      resume = position;
    } else if (pattern[at] === text[position]) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      position = resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at += 1;
  return at === pattern.length;
}
