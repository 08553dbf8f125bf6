import { visible } from "#generators/markdown/visible.ts";

/** Text inside XML elements and double-quoted attributes. Unseen characters are spelled out; others that XML forbids become `�`. */
export function escapeXml(text: string): string {
  return visible(text)
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[\t\n\r]/g, (space) => `&#${space.charCodeAt(0)};`);
}
