/** The part of Ruby that `db/schema.rb` is written in: calls with values, hashes, blocks and heredocs. */
export interface RubyCall {
  /** `t` in `t.string`; empty for a call of its own. */
  readonly receiver: string;
  readonly name: string;
  readonly arguments: readonly RubyValue[];
  readonly options: ReadonlyMap<string, RubyValue>;
  /** The calls between `do` and `end`; null without a block. */
  readonly block: readonly RubyCall[] | null;
  readonly line: number;
}

export type RubyValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "symbol"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  /** `true`, `false`, `nil`, a constant. */
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly RubyValue[] }
  | { readonly kind: "hash"; readonly entries: ReadonlyMap<string, RubyValue> }
  /** `-> { "now()" }`: what the database works out. */
  | { readonly kind: "lambda"; readonly value: RubyValue };

/** The text of a string or symbol. */
export function nameText(value: RubyValue | undefined): string | undefined {
  return value?.kind === "text" || value?.kind === "symbol" ? value.text : undefined;
}

export const isTrue = (value: RubyValue | undefined): boolean => value?.kind === "word" && value.text === "true";
export const isFalse = (value: RubyValue | undefined): boolean => value?.kind === "word" && value.text === "false";
export const isNil = (value: RubyValue | undefined): boolean => value?.kind === "word" && value.text === "nil";

export const numberOf = (value: RubyValue | undefined): number | undefined =>
  value?.kind === "number" ? Number(value.text) : undefined;

/** A list of names, or one name as a list. */
export function nameList(value: RubyValue | undefined): readonly string[] {
  if (value?.kind === "list") return value.items.flatMap((item) => nameText(item) ?? []);
  const one = nameText(value);
  return one === undefined ? [] : [one];
}
