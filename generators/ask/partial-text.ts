/**
 * The text under a key of a JSON object that is still being written, as far as it has come; "" before it begins. Only
 * keys of the object itself count: what stands inside of another text is text.
 */
export function partialText(json: string, key: string): string {
  let at = 0;
  let isKey = false;
  let name = "";
  while (at < json.length) {
    const char = json[at];
    if (char === '"') {
      const end = endOfText(json, at);
      if (isKey) name = decoded(json.slice(at + 1, end));
      else if (name === key) return decoded(json.slice(at + 1, end));
      at = end + 1;
      continue;
    }
    if (char === "{" || char === ",") isKey = true;
    else if (char === ":") isKey = false;
    at += 1;
  }
  return "";
}

/** Where the text that begins at a quotation mark ends: at the next one, or where what is written ends. */
function endOfText(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at += 1) {
    if (json[at] === "\\") at += 1;
    else if (json[at] === '"') return at;
  }
  return json.length;
}

/** Without an escape that is not complete yet. */
function decoded(text: string): string {
  const whole = text.replace(/\\(?:u[\da-f]{0,3})?$/i, (escape, at: number) => (isEscaped(text, at) ? escape : ""));
  try {
    const value: unknown = JSON.parse(`"${whole.replaceAll("\n", "\\n")}"`);
    return String(value);
  } catch {
    return "";
  }
}

/** True when the backslash at a place is the second of a pair. */
function isEscaped(text: string, at: number): boolean {
  let before = 0;
  while (text[at - 1 - before] === "\\") before += 1;
  return before % 2 === 1;
}
