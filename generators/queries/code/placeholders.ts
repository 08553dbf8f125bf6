/**
 * A driver's placeholders as PostgreSQL's `$1`, `$2` …: `?`, `:name`, `@name`, `%s`, `%(name)s`. Equal names are one
 * parameter. Strings, quoted names, comments and casts (`::`) stay as they are; a text that has `$1` already too.
 */
export function toPositional(sql: string, style: "question or name" | "percent"): string {
  const names = new Map<string, number>();
  let count = 0;
  const next = (name: string | null): string => {
    if (name === null) return `$${++count}`;
    const known = names.get(name) ?? ++count;
    names.set(name, known);
    return `$${known}`;
  };
  if (/\$\d/.test(sql)) return sql;
  let out = "";
  let rest = sql;
  while (rest !== "") {
    const skipped = SKIPPED.exec(rest)?.[0];
    if (skipped !== undefined) {
      out += skipped;
      rest = rest.slice(skipped.length);
      continue;
    }
    const [whole = "", percentName, name] = (style === "percent" ? PERCENT : NAMED).exec(rest) ?? [];
    if (whole !== "") {
      out += whole === "%%" ? "%" : next(percentName ?? name ?? null);
      rest = rest.slice(whole.length);
      continue;
    }
    out += rest[0];
    rest = rest.slice(1);
  }
  return out;
}

/** Strings, quoted names, comments, dollar quotes and casts, at the beginning of a text. */
const SKIPPED = /^(?:'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|::|\w+)/;
const PERCENT = /^(?:%\((\w+)\)s|%s|%%|:([a-z_]\w*))/i;
const NAMED = /^(?:\?(?![|&?])|([:@][a-z_]\w*))/i;
