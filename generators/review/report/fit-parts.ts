/** A block of Markdown. What is not needed is left out from the end when the whole is too long. */
export interface Part {
  readonly text: string;
  /** What it is, for the line that says that it was left out. */
  readonly name: string;
  readonly isNeeded?: true;
}

/** Joins blocks with empty lines, in at most `limit` UTF-16 code units; says what did not fit. */
export function fitParts(parts: readonly Part[], limit: number): string {
  const dropped = new Set<Part>();
  let length = parts.reduce((sum, { text }) => sum + text.length + SEPARATOR.length, 0);
  for (const part of parts.toReversed()) {
    if (length + leftOut(dropped).length <= limit) break;
    if (part.isNeeded) continue;
    dropped.add(part);
    length -= part.text.length + SEPARATOR.length;
  }
  const kept = parts.filter((part) => !dropped.has(part)).map(({ text }) => text);
  return `${[...kept, ...(dropped.size > 0 ? [leftOut(dropped)] : [])].join(SEPARATOR)}\n`;
}

const SEPARATOR = "\n\n";

/** Names of a few; a comment that is too long must not become longer by what it lacks. */
function leftOut(dropped: ReadonlySet<Part>): string {
  if (dropped.size === 0) return "";
  // Dropped from the end of the list: the last ones are the first a reader would have met.
  const names = [...dropped].slice(-3).map(({ name }) => name);
  const rest = dropped.size > names.length ? ` and ${dropped.size - names.length} more` : "";
  return `_Left out because a comment may not be longer: ${names.toReversed().join(", ")}${rest}. The log of the run has everything._`;
}
