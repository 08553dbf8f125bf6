/**
 * Text that somebody else wrote, made fit to be data in a prompt: one line, without characters that no reader sees and
 * without comments of Markdown and HTML, which a person reading the page would not see either. Cut at `limit`
 * characters. What looks like a secret, an e-mail address or a connection string is replaced.
 */
export function cleanText(text: string, limit: number): string {
  return cut(withoutSecrets(visible(text, limit)).replaceAll(EMAIL, ":email"), limit);
}

/** The same for what a person asks: addresses stay, for they may be what the question is about. */
export function cleanQuestion(text: string, limit: number): string {
  return cut(withoutSecrets(visible(text, limit)), limit);
}

function visible(text: string, limit: number): string {
  return text
    .slice(0, limit * 4)
    .normalize("NFC")
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replaceAll(UNSEEN, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function cut(text: string, limit: number): string {
  const characters = [...text];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : text;
}

/** Control, formatting, private and unassigned characters, tags and variation selectors: how hidden orders travel. */
const UNSEEN = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}\ufe00-\ufe0f\u{e0000}-\u{e01ef}]|(?![\t\n\r])\p{Cc}/gu;

/** What opens something or names somebody, by its form. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s/@]*@\S*/gi, ":connection"],
  [/\b(?:server|data source|host)=[^;\s]*;\S*/gi, ":connection"],
  [/\b(?:password|passwd|pwd|secret|token|api[-_ ]?key)\s*[=:]\s*\S+/gi, ":secret"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, ":secret"],
  [
    /\b(?:sk-[\w-]{16,}|AIza[\w-]{20,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|AKIA[A-Z0-9]{12,}|xox[abp]-[\w-]{10,}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*)/g,
    ":secret",
  ],
];

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

function withoutSecrets(text: string): string {
  let safe = text;
  for (const [shape, placeholder] of SECRETS) safe = safe.replaceAll(shape, placeholder);
  return safe;
}
