import type { RangeVar } from "libpg-query";
import { walk, type Node, type NodeOf } from "../../languages/sql/postgres/ast.ts";
import type { ParseTree } from "../../languages/sql/postgres/parse.ts";
import type { StandIn, StandInCatalog } from "./stand-in-catalog.ts";
import { lastName, type FileHints } from "./statement-hints.ts";

export interface MakeInput {
  readonly tree: ParseTree;
  readonly hints: FileHints;
  readonly catalog: StandInCatalog;
  /** Stand-ins made so far, by `schema.name`: only they may be changed. */
  readonly made: Set<string>;
  /** Columns of stand-ins whose type is a guess, as SQL, with how often it has been changed. */
  readonly guesses: Map<string, number>;
}

export function rangesOf(tree: ParseTree): readonly RangeVar[] {
  const found: RangeVar[] = [];
  walk(tree, { RangeVar: (node) => void found.push(node) });
  const dropped: RangeVar[] = [];
  walk(tree, {
    DropStmt({ objects }) {
      for (const object of objects ?? []) dropped.push(...rangeOfList(object));
    },
    CommentStmt({ object }) {
      if (object) dropped.push(...rangeOfList(object));
    },
  });
  return [...found, ...dropped];
}

/** A relation whose name is a list of strings, as DROP has it. */
function rangeOfList(node: Node): readonly RangeVar[] {
  const names = "List" in node ? (node.List.items ?? []).flatMap((item) => lastName(item) ?? []) : [];
  const [relname, schemaname] = names.toReversed();
  if (relname === undefined) return [];
  return [{ relname, ...(schemaname === undefined ? {} : { schemaname }) }];
}

/** The relation of the statement that the engine printed as `name` or `schema.name`. */
export function rangeOf(printed: string, tree: ParseTree): RangeVar | undefined {
  return rangesOf(tree).find(
    ({ schemaname, relname }) =>
      printed === relname || (schemaname !== undefined && printed === `${schemaname}.${relname ?? ""}`),
  );
}

export function constraintsOf(tree: ParseTree): readonly NodeOf<"Constraint">[] {
  const found: NodeOf<"Constraint">[] = [];
  walk(tree, { Constraint: (node) => void found.push(node) });
  return found;
}

export const keyOf = ({ schema, name }: StandIn): string => JSON.stringify([schema, name]);
