/**
 * Widths are estimated, not measured, so that a picture is the same on every machine: fonts differ, and the boxes
 * have room for the widest of the usual ones.
 */

/** Width of a monospaced character in parts of the font size; Consolas to DejaVu Sans Mono are 0.55 to 0.602. */
const MONOSPACE = 0.603;
const NARROW = /[iljtfrI.,:;'|!()[\]{} ]/;
const WIDE = /[mwMWÆŒ@%—]/;
const CAPITAL = /\p{Lu}|[#&$0-9_]/u;
/** East Asian text and pictographs take two columns. */
const FULL_WIDTH =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u;

/** Width in pixels of text in a monospaced font. */
export function monospaceWidth(text: string, size: number): number {
  let columns = 0;
  for (const character of text) columns += FULL_WIDTH.test(character) ? 2 : 1;
  return columns * MONOSPACE * size;
}

/** Width in pixels of semi-bold text in a proportional font; DejaVu Sans Bold is the widest of the usual ones. */
export function proportionalWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += emsOf(character);
  return width * size;
}

/** The text, or its beginning and `…`, in at most `limit` characters. */
export function shortened(text: string, limit: number): string {
  const characters = Array.from(text);
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join("")}…`;
}

/** The text, or as much of its beginning as fits with `…`. */
export function fitted(text: string, width: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= width) return text;
  let length = Array.from(text).length;
  while (length > 1 && widthOf(shortened(text, length)) > width) length -= 1;
  return shortened(text, length);
}

function emsOf(character: string): number {
  if (FULL_WIDTH.test(character)) return 1.1;
  if (NARROW.test(character)) return 0.4;
  if (WIDE.test(character)) return 1.02;
  return CAPITAL.test(character) ? 0.76 : 0.68;
}
