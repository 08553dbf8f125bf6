import { ddlWords } from "../declared/ddl-words.ts";
import type { RailsContext } from "./context.ts";
import { isNil, nameText, type RubyValue } from "./ruby.ts";

/** A default as SQL; null for none. */
export function defaultSql(
  { dialect }: RailsContext,
  value: RubyValue,
  { isArray = false }: { readonly type: string; readonly isArray?: boolean },
): string | null {
  const words = ddlWords(dialect);
  if (isNil(value)) return null;
  switch (value.kind) {
    case "lambda":
      return nameText(value.value) ?? null;
    case "number":
      return value.text;
    case "word":
      if (value.text === "true") return words.true;
      return value.text === "false" ? words.false : null;
    case "list":
      return isArray ? words.text(arrayText(value.items)) : words.text(JSON.stringify(value.items.map(plain)));
    case "hash":
      return words.text(JSON.stringify(plain(value)));
    case "text":
    case "symbol":
      return words.text(value.text);
  }
}

/** An array as PostgreSQL writes it. */
function arrayText(items: readonly RubyValue[]): string {
  const texts = items.map((item) => {
    const given = plain(item);
    if (typeof given === "number" || typeof given === "boolean") return String(given);
    return `"${String(given).replaceAll(/(["\\])/g, "\\$1")}"`;
  });
  return `{${texts.join(",")}}`;
}

function plain(value: RubyValue): unknown {
  switch (value.kind) {
    case "list":
      return value.items.map(plain);
    case "hash":
      return Object.fromEntries([...value.entries].map(([key, one]) => [key, plain(one)]));
    case "number":
      return Number(value.text);
    case "word":
      return WORDS.has(value.text) ? WORDS.get(value.text) : value.text;
    case "lambda":
      return plain(value.value);
    case "text":
    case "symbol":
      return value.text;
  }
}

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ["nil", null],
  ["true", true],
  ["false", false],
]);
