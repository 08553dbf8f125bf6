/** A block of Markdown. What is not needed is left out from the end when the whole is too long. */
export interface Part {
  readonly text: string;
  /** What it is, for the line that says that it was left out. */
  readonly name: string;
  readonly isNeeded?: true;
}

/** Joins blocks with empty lines, in at most `limit` UTF-16 code units; says what did not fit. */
export function fitParts(parts: readonly Part[], limit: number): string {
  const kept = new Set(parts);
  const left: Part[] = [];
  let text = render(parts, kept, left);
  for (const part of parts.toReversed()) {
    if (text.length <= limit) break;
    if (part.isNeeded) continue;
    kept.delete(part);
    left.unshift(part);
    text = render(parts, kept, left);
  }
  return text;
}

function render(parts: readonly Part[], kept: ReadonlySet<Part>, left: readonly Part[]): string {
  const blocks = parts.filter((part) => kept.has(part)).map(({ text }) => text);
  return `${[...blocks, ...(left.length > 0 ? [leftOut(left)] : [])].join("\n\n")}\n`;
}

/** Names of a few; a comment that is too long must not become longer by what it lacks. */
function leftOut(left: readonly Part[]): string {
  const names = left.slice(0, 3).map(({ name }) => name);
  const rest = left.length > names.length ? ` and ${left.length - names.length} more` : "";
  return `_Left out because a comment may not be longer: ${names.join(", ")}${rest}. The log of the run has everything._`;
}
