import type { Node } from "libpg-query";
import type { ParseTree } from "./parse.ts";
import { unwrappedTag } from "./unwrapped-fields.ts";

export type { Node } from "libpg-query";

/** The name of a kind of node, such as `SelectStmt`. */
export type NodeTag = Node extends infer Each ? (Each extends unknown ? keyof Each : never) : never;

/** The fields of a kind of node. */
export type NodeOf<Tag extends NodeTag> =
  Extract<Node, Record<Tag, unknown>> extends Record<Tag, infer Body> ? Body : never;

/** What to do at each kind of node; `false` leaves out what is below it. */
export type Visitor = {
  readonly [Tag in NodeTag]?: (node: NodeOf<Tag>) => boolean | void;
};

/**
 * Visits every node below `root` and `root` itself, parents first, in the order of the text as far as the tree keeps
 * it. Deep trees do not overflow the stack. Fields that hold one kind of node without its name are visited too:
 * `relation` of an INSERT is a `RangeVar`.
 */
export function walk(root: ParseTree | Node, visitor: Visitor): void {
  const open: Step[] = [{ value: root, tag: undefined }];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const { value, tag } = step;
    if (Array.isArray(value)) {
      for (const item of value.toReversed()) pushStep(open, item, tag);
      continue;
    }
    const [only, ...others] = Object.entries(value);
    if (only !== undefined && others.length === 0 && isNodeTag(only[0])) {
      pushStep(open, only[1], only[0]);
      continue;
    }
    if (tag !== undefined && isLeftOut(visitor, tag, value)) continue;
    for (const [field, child] of Object.entries(value).toReversed()) pushStep(open, child, unwrappedTag(tag, field));
  }
}

/** Node names begin with a capital letter, field names never do. */
export function isNodeTag(name: string): name is NodeTag {
  return /^[A-Z]/.test(name);
}

interface Step {
  readonly value: object;
  /** What the value is; undefined when it says so itself, or is a list that does. */
  readonly tag: NodeTag | undefined;
}

function pushStep(open: Step[], value: unknown, tag: NodeTag | undefined): void {
  if (typeof value === "object" && value !== null) open.push({ value, tag });
}

/** True when the visitor wants nothing of what is below. */
function isLeftOut(visitor: Visitor, tag: NodeTag, body: object): boolean {
  // The tag decides the type of the body, which the compiler cannot follow from a name that is only known at run time.
  const handler: unknown = visitor[tag];
  return typeof handler === "function" && handler(body) === false;
}
