import type { ParseResult } from "libpg-query";
import type { ParserOptions } from "./libpg-query.ts";
import { createSupply } from "./libpg-query.ts";
import { offsetOfPosition } from "./parse-problem.ts";

/** A syntax tree of PostgreSQL 18's own grammar. A text with comments only has no statements. */
export type ParseTree = ParseResult;

/**
 * Why a text has no tree. `syntax`: PostgreSQL would refuse it too · `limit`: larger or deeper than the parser can
 * take, which says nothing about whether it is valid · `stopped`: the parser broke down and is being replaced.
 */
export type ParseFailureReason = "syntax" | "limit" | "stopped";

export interface ParseFailure {
  readonly ok: false;
  readonly reason: ParseFailureReason;
  /** In PostgreSQL's words when the reason is `syntax`. */
  readonly message: string;
  /** Offset in the text, from 0, in UTF-16 code units; null when the parser points at nothing. */
  readonly cursor: number | null;
}

export type ParseOutcome = { readonly ok: true; readonly tree: ParseTree } | ParseFailure;

/** Never throws, whatever the text. Give it one statement at a time: one bad statement then costs one. */
export interface Parser {
  parse(sql: string): ParseOutcome;
  /** Equal for statements that differ in constants, white space and comments only; null when it does not parse. */
  fingerprint(sql: string): string | null;
  /** The text with `$1`, `$2` … for its constants; null when it does not parse. */
  normalize(sql: string): string | null;
}

/**
 * Longest text that is parsed, in characters. A list of one-digit values takes 90 bytes of the parser's memory a
 * character, which ends at 1 GB, and twice that again for the tree (measured). Only data comes near.
 */
export const LONGEST_PARSED_TEXT = 1024 * 1024;

let shared: Promise<Parser> | undefined;

/** The parser of this process, loaded once; `options` count in the first call. Takes about 20 ms. */
export function loadParser(options: ParserOptions = {}): Promise<Parser> {
  shared ??= createParser(options);
  return shared;
}

/** A parser of its own. Tests want one; everything else shares `loadParser`'s. */
export async function createParser(options: ParserOptions = {}): Promise<Parser> {
  const supply = await createSupply(options);

  function parse(sql: string): ParseOutcome {
    const refusal = refuse(sql);
    if (refusal !== null) return refusal;
    const answer = supply.run((instance) => instance.parse(sql));
    if (answer.kind === "value") return { ok: true, tree: treeOf(answer.value) };
    if (answer.kind === "error") return failure("syntax", answer.message, offsetOfPosition(sql, answer.position));
    if (answer.kind === "exhausted") {
      return failure("limit", "The statement is nested too deeply, or too large, to be parsed");
    }
    return failure("stopped", "The parser broke down on this statement");
  }

  function textOf(sql: string, task: "fingerprint" | "normalize"): string | null {
    // Both answer an error with its message as if it were the result, so what does not parse must not reach them.
    const outcome = parse(sql);
    if (!outcome.ok || outcome.tree.stmts?.length === 0) return null;
    const answer = supply.run((instance) => instance[task](sql));
    return answer.kind === "value" ? answer.value : null;
  }

  return {
    parse,
    fingerprint: (sql) => textOf(sql, "fingerprint"),
    normalize: (sql) => textOf(sql, "normalize"),
  };
}

function treeOf(json: string): ParseTree {
  // The parsed boundary: libpg-query prints the tree that its own types describe.
  const tree: ParseTree = JSON.parse(json);
  return tree;
}

function refuse(sql: string): ParseFailure | null {
  if (sql.length > LONGEST_PARSED_TEXT) {
    return failure("limit", `The statement has more than ${LONGEST_PARSED_TEXT} characters and was not parsed`);
  }
  // The parser is C: it would stop here and call the rest parsed.
  const nul = sql.indexOf("\0");
  return nul < 0 ? null : failure("syntax", "The statement holds a NUL character", nul);
}

function failure(reason: ParseFailureReason, message: string, cursor: number | null = null): ParseFailure {
  return { ok: false, reason, message, cursor };
}
