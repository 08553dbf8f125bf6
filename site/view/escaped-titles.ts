import { escapeHtml } from "#generators/markdown/escape.ts";

/** One element of a page's head. */
export interface HeadEntry {
  readonly tag: string;
  readonly content?: string | undefined;
}

/** A page's head with its title as text. Starlight writes the content of head elements as markup, and a title is a name of the database. */
export function escapedTitles<Entry extends HeadEntry>(head: readonly Entry[]): Entry[] {
  return head.map((entry) =>
    entry.tag === "title" && entry.content !== undefined ? { ...entry, content: escapeHtml(entry.content) } : entry,
  );
}
