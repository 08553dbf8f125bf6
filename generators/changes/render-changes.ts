import { codeSpan, escapeLine } from "#generators/markdown/escape.ts";
import type { Change } from "#schemas/change.ts";
import { breakageOf, isBreaking } from "#schemas/diff/breaking.ts";
import type { Phrase } from "#schemas/diff/change-words.ts";
import { isImplied, phraseChange, summarizeChanges } from "#schemas/diff/describe-change.ts";
import { groupChanges, signOf } from "./change-groups.ts";
import { changeList } from "./change-list.ts";

export const changeFormats = ["text", "json", "md"] as const;
export type ChangeFormat = (typeof changeFormats)[number];

/** Changes for the terminal, a program or a pull request. Ends with a line end. */
export function renderChanges(changes: readonly Change[], format: ChangeFormat): string {
  switch (format) {
    case "text":
      return renderText(changes);
    case "json":
      return `${JSON.stringify(changeList(changes), null, 2)}\n`;
    case "md":
      return renderMarkdown(changes);
    default:
      return format satisfies never;
  }
}

function renderText(changes: readonly Change[]): string {
  const lines = [headline(changes)];
  for (const { relation, changes: group } of groupChanges(changes)) {
    if (relation !== undefined) lines.push("", printable(relation));
    const indent = relation === undefined ? "" : "  ";
    for (const change of group) {
      const breakage = breakageOf(change);
      const reason = breakage ? `  ! ${breakage.reason}` : "";
      lines.push(`${indent}${signOf(change)} ${phraseChange(change).map(textPhrase).join("")}${reason}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function renderMarkdown(changes: readonly Change[]): string {
  const blocks: string[] = [`**${escapeLine(headline(changes))}**`];
  const alone: string[] = [];
  for (const { relation, changes: group } of groupChanges(changes)) {
    const items = group.map(markdownItem);
    if (relation === undefined) alone.push(...items);
    else blocks.push(`${codeSpan(relation)}\n\n${items.join("\n")}`);
  }
  if (alone.length > 0) blocks.splice(1, 0, alone.join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

function markdownItem(change: Change): string {
  const sentence = phraseChange(change).map(markdownPhrase).join("");
  const breakage = breakageOf(change);
  return `- **${signOf(change)}** ${sentence}${breakage ? ` ⚠ ${escapeLine(breakage.reason)}` : ""}`;
}

/** `1 table added, 2 columns changed · 1 may break programs`. */
function headline(changes: readonly Change[]): string {
  const breaking = changes.filter((change) => !isImplied(change) && isBreaking(change)).length;
  return breaking > 0 ? `${summarizeChanges(changes)} · ${breaking} may break programs` : summarizeChanges(changes);
}

function textPhrase(phrase: Phrase): string {
  return typeof phrase === "string" ? phrase : `\`${printable(phrase.code)}\``;
}

/** Our own words hold no markup; edge spaces are kept, which an escaper would write as references. */
function markdownPhrase(phrase: Phrase): string {
  return typeof phrase === "string" ? phrase : codeSpan(phrase.code);
}

/** A name in a terminal: control characters would move the cursor or colour what follows. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\x${code.toString(16).padStart(2, "0")}`;
  });
}
