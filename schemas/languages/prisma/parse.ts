import type { SourceFile } from "../../source.ts";
import { prismaTokens, type PrismaToken } from "./tokens.ts";
import type {
  PrismaArgument,
  PrismaAttribute,
  PrismaBlock,
  PrismaField,
  PrismaMistake,
  PrismaSyntax,
  PrismaValue,
} from "./syntax.ts";

/** Reads the files of one schema. What is not understood costs its line and is told; nothing is thrown. */
export function parsePrisma(files: readonly SourceFile[]): PrismaSyntax {
  const blocks: PrismaBlock[] = [];
  const mistakes: PrismaMistake[] = [];
  for (const [file, { text }] of files.entries()) {
    const parser = new Parser(prismaTokens(text), file);
    blocks.push(...parser.blocks());
    mistakes.push(...parser.mistakes);
  }
  return { blocks, mistakes };
}

const BLOCKS: ReadonlySet<string> = new Set(["model", "enum", "view", "type", "datasource", "generator"]);

class Parser {
  readonly mistakes: PrismaMistake[] = [];
  readonly #tokens: readonly PrismaToken[];
  readonly #file: number;
  #at = 0;

  constructor(tokens: readonly PrismaToken[], file: number) {
    this.#tokens = tokens;
    this.#file = file;
  }

  blocks(): PrismaBlock[] {
    const found: PrismaBlock[] = [];
    let doc: string[] = [];
    for (let token = this.#peek(); token; token = this.#peek()) {
      if (token.kind === "doc") {
        doc.push(token.text);
        this.#at++;
      } else if (token.kind === "line") {
        // An empty line parts a comment from what follows.
        if (this.#tokens[this.#at - 1]?.kind === "line") doc = [];
        this.#at++;
      } else if (token.kind === "word" && BLOCKS.has(token.text)) {
        found.push(this.#block(token, doc.join("\n")));
        doc = [];
      } else {
        this.#fail(`"${token.text}" begins nothing that is known`);
        doc = [];
      }
    }
    return found;
  }

  #block({ text: kind, line }: PrismaToken, doc: string): PrismaBlock {
    this.#at++;
    const name = this.#word() ?? "";
    const fields: PrismaField[] = [];
    const attributes: PrismaAttribute[] = [];
    const settings = new Map<string, PrismaValue>();
    const block = { kind, name, doc, line, file: this.#file, fields, attributes, settings };
    this.#skipLines();
    if (!this.#take("{")) {
      this.#fail(`${kind} ${name} has no {`);
      return block;
    }
    let above: string[] = [];
    for (let token = this.#peek(); token && token.text !== "}"; token = this.#peek()) {
      if (token.kind === "doc") above.push(token.text);
      if (token.kind === "doc" || token.kind === "line") this.#at++;
      else if (token.text === "@@") attributes.push(...this.#attributes("@@"));
      else if (token.kind === "word") {
        this.#at++;
        if (this.#take("=")) settings.set(token.text, this.#value());
        else fields.push(this.#field(token, above));
        above = [];
      } else this.#fail(`"${token.text}" cannot stand in ${kind} ${name}`);
    }
    if (!this.#take("}")) this.mistakes.push({ message: `${kind} ${name} has no }`, line, file: this.#file });
    return block;
  }

  #field({ text: name, line }: PrismaToken, above: readonly string[]): PrismaField {
    const place = { name, line, file: this.#file };
    let type = this.#peek()?.kind === "word" ? (this.#word() ?? "") : "";
    let unsupported: string | undefined;
    if (type === "Unsupported" && this.#take("(")) {
      unsupported = this.#peek()?.text ?? "";
      this.#at++;
      this.#take(")");
    }
    let isOptional = false;
    let isList = false;
    for (;;) {
      if (this.#take("?")) isOptional = true;
      else if (this.#take("[")) isList = this.#take("]") || isList;
      else break;
    }
    const attributes = this.#attributes("@");
    const doc = [...above];
    const behind = this.#peek();
    if (behind?.kind === "doc") {
      doc.push(behind.text);
      this.#at++;
    } else if (behind && behind.kind !== "line" && behind.text !== "}") this.#fail(`"${behind.text}" was not expected`);
    type = type.endsWith(".") ? type.slice(0, -1) : type;
    return {
      ...place,
      type,
      isOptional,
      isList,
      doc: doc.join("\n"),
      attributes,
      ...(unsupported === undefined ? {} : { unsupported }),
    };
  }

  #attributes(mark: "@" | "@@"): PrismaAttribute[] {
    const found: PrismaAttribute[] = [];
    for (let token = this.#peek(); token?.text === mark && token.kind === "symbol"; token = this.#peek()) {
      const { line } = token;
      this.#at++;
      const name = this.#word() ?? "";
      found.push({ name, line, file: this.#file, arguments: this.#take("(") ? this.#arguments(")") : [] });
    }
    return found;
  }

  /** Up to the closing bracket, which is passed. */
  #arguments(close: string): PrismaArgument[] {
    const found: PrismaArgument[] = [];
    for (;;) {
      this.#skipLines();
      if (!this.#peek() || this.#take(close)) return found;
      const [name, colon] = [this.#peek(), this.#tokens[this.#at + 1]];
      if (name?.kind === "word" && colon?.text === ":") {
        this.#at += 2;
        this.#skipLines();
        found.push({ name: name.text, value: this.#value() });
      } else found.push({ value: this.#value() });
      this.#skipLines();
      if (!this.#take(",") && this.#peek()?.text !== close) {
        this.#fail("an argument list does not end");
        return found;
      }
    }
  }

  #value(): PrismaValue {
    const token = this.#peek();
    if (!token) return { kind: "word", text: "" };
    this.#at++;
    if (token.kind === "text" || token.kind === "number") return { kind: token.kind, text: token.text };
    if (token.text === "[") {
      return { kind: "list", items: this.#arguments("]").map(({ value }) => value) };
    }
    if (this.#peek()?.text === "(") {
      this.#at++;
      return { kind: "call", name: token.text, arguments: this.#arguments(")") };
    }
    return { kind: "word", text: token.text };
  }

  #peek(): PrismaToken | undefined {
    return this.#tokens[this.#at];
  }

  #word(): string | undefined {
    const token = this.#peek();
    if (token?.kind !== "word") return undefined;
    this.#at++;
    return token.text;
  }

  #take(text: string): boolean {
    const token = this.#peek();
    if (token?.kind !== "symbol" || token.text !== text) return false;
    this.#at++;
    return true;
  }

  #skipLines(): void {
    while (this.#peek()?.kind === "line" || this.#peek()?.kind === "doc") this.#at++;
  }

  /** Tells the mistake and passes the rest of its line. */
  #fail(message: string): void {
    this.mistakes.push({ message, line: this.#peek()?.line ?? this.#tokens.at(-1)?.line ?? 1, file: this.#file });
    this.#at++;
    while (this.#peek() && this.#peek()?.kind !== "line" && this.#peek()?.text !== "}") this.#at++;
  }
}
