import type { RubyCall, RubyValue } from "./ruby.ts";
import { rubyTokens, type RubyToken } from "./ruby-tokens.ts";

/** The calls of a Ruby file, in order, with those of their blocks. What is no call is passed. Never throws. */
export function parseRuby(source: string): readonly RubyCall[] {
  return new RubyParser(rubyTokens(source)).calls();
}

/** Deeper nesting than any schema has, and less than the stack takes. */
const DEEPEST = 40;

class RubyParser {
  readonly #tokens: readonly RubyToken[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly RubyToken[]) {
    this.#tokens = tokens;
  }

  /** Up to the `end` of the block, which is passed, or the end of the file. */
  calls(): RubyCall[] {
    const found: RubyCall[] = [];
    for (let token = this.#peek(); token; token = this.#peek()) {
      if (token.kind === "line") this.#at++;
      else if (token.kind === "word" && token.text === "end") {
        this.#at++;
        if (this.#depth > 0) return found;
      } else if (token.kind === "word") found.push(this.#call(token));
      else this.#at++;
    }
    return found;
  }

  #call({ text, line }: RubyToken): RubyCall {
    this.#at++;
    let receiver = "";
    let name = text;
    // `ActiveRecord::Schema[7.1].define(…)` carries its version in brackets.
    const before: RubyValue[] = [];
    if (this.#take("[")) before.push(...this.#list("]"));
    while (this.#take(".")) {
      receiver = name;
      name = this.#peek()?.text ?? "";
      this.#at++;
    }
    const call = { values: before, options: new Map<string, RubyValue>() };
    if (this.#take("(")) this.#arguments(call, ")");
    else this.#arguments(call, null);
    const block = this.#block();
    return { receiver, name, arguments: call.values, options: call.options, block, line };
  }

  #block(): RubyCall[] | null {
    const token = this.#peek();
    if (token?.kind !== "word" || token.text !== "do" || this.#depth >= DEEPEST) return null;
    this.#at++;
    if (this.#take("|")) while (this.#peek() && !this.#take("|")) this.#at++;
    this.#depth++;
    const calls = this.calls();
    this.#depth--;
    return calls;
  }

  #arguments(
    call: { readonly values: RubyValue[]; readonly options: Map<string, RubyValue> },
    close: string | null,
  ): void {
    for (;;) {
      if (close !== null) this.#skipLines();
      const token = this.#peek();
      if (!token || (close !== null && this.#take(close))) return;
      if (token.kind === "line" || (token.kind === "word" && (token.text === "do" || token.text === "if"))) return;
      if (token.kind === "label") {
        this.#at++;
        this.#skipLines();
        call.options.set(token.text, this.#value());
      } else {
        const value = this.#value();
        if (this.#take("=>")) {
          this.#skipLines();
          const key = value.kind === "text" || value.kind === "symbol" ? value.text : "";
          call.options.set(key, this.#value());
        } else call.values.push(value);
      }
      if (this.#take(",")) this.#skipLines();
      else if (close === null) return;
    }
  }

  #value(): RubyValue {
    const token = this.#peek();
    if (!token || this.#depth >= DEEPEST) {
      this.#at++;
      return { kind: "word", text: "nil" };
    }
    this.#at++;
    switch (token.kind) {
      case "text":
        return { kind: "text", text: this.#joined(token.text) };
      case "symbol":
      case "number":
        return { kind: token.kind, text: token.text };
      case "word":
      case "label":
      case "line":
        return { kind: "word", text: token.text };
      case "mark":
        return this.#marked(token.text);
    }
  }

  /** Texts that follow each other are one, and so are those with a method such as `.squish` behind. */
  #joined(first: string): string {
    let text = first;
    while (this.#peek()?.kind === "text") {
      text += this.#peek()?.text ?? "";
      this.#at++;
    }
    while (this.#take(".")) this.#at++;
    return text;
  }

  #marked(mark: string): RubyValue {
    this.#depth++;
    try {
      if (mark === "[") return { kind: "list", items: this.#list("]") };
      if (mark === "{") return this.#hash();
      if (mark === "->") {
        this.#take("(");
        this.#take(")");
        this.#take("{");
        const value = this.#value();
        while (this.#peek() && !this.#take("}")) this.#at++;
        return { kind: "lambda", value };
      }
      return { kind: "word", text: mark };
    } finally {
      this.#depth--;
    }
  }

  #list(close: string): RubyValue[] {
    const call = { values: [], options: new Map<string, RubyValue>() };
    this.#arguments(call, close);
    return call.values;
  }

  #hash(): RubyValue {
    const call = { values: [], options: new Map<string, RubyValue>() };
    this.#arguments(call, "}");
    return { kind: "hash", entries: call.options };
  }

  #peek(): RubyToken | undefined {
    return this.#tokens[this.#at];
  }

  #take(mark: string): boolean {
    const token = this.#peek();
    if (token?.kind !== "mark" || token.text !== mark) return false;
    this.#at++;
    return true;
  }

  #skipLines(): void {
    while (this.#peek()?.kind === "line") this.#at++;
  }
}
