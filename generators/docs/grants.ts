import type { Grant, Owned } from "#schemas/model.ts";
import { codeCell, escapeLine } from "#generators/markdown/escape.ts";
import type { DocsContext } from "./docs-context.ts";
import { markdownTable, type Block } from "./markdown.ts";
import { listed } from "./names.ts";

/** What each right allows, in the order in which they are told. */
const RIGHTS: ReadonlyMap<string, string> = new Map([
  ["select", "read"],
  ["insert", "add"],
  ["update", "change"],
  ["delete", "delete"],
  ["truncate", "empty"],
  ["references", "refer to it"],
  ["trigger", "put triggers on it"],
  ["maintain", "maintain"],
  ["usage", "use"],
  ["execute", "run"],
]);
/** Rights on a sequence have a meaning of their own. */
const SEQUENCE_RIGHTS: ReadonlyMap<string, string> = new Map([
  ["select", "read the last number"],
  ["update", "set the number"],
  ["usage", "take numbers"],
]);

/** Who may do what with an object: a row for each role and set of columns; nothing when only its owner may. */
export function grants(context: DocsContext, { grants: all = [], kind }: Owned & { readonly kind: string }): Block {
  const own = kind === "sequence" ? SEQUENCE_RIGHTS : RIGHTS;
  const rows = all.map((grant) => [who(grant), what(grant, own)]);
  return markdownTable(context, ["Role", "May"], rows);
}

const who = ({ grantee }: Grant): string => (grantee === "public" ? "everyone" : codeCell(grantee));

function what({ privileges, columns = [] }: Grant, rights: ReadonlyMap<string, string>): string {
  const known = [...rights.keys()].filter((right) => privileges.includes(right));
  const others = privileges.filter((right) => !rights.has(right));
  const words = [...known.map((right) => rights.get(right) ?? right), ...others.map((right) => escapeLine(right))];
  const only = columns.length === 0 ? "" : ` only ${columns.map(codeCell).join(", ")}`;
  return `${listed(words, words.length)}${only}`;
}
