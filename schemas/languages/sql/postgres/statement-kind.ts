import type { AlterTableStmt, DefElem, ReindexStmt, SelectStmt, TransactionStmtKind } from "libpg-query";
import type { Node, NodeTag } from "./ast.ts";
import { isNodeTag } from "./ast.ts";
import type { ParseTree } from "./parse.ts";

/** What the only statement of a tree is; null when the tree has none or several. */
export function statementKind(tree: ParseTree): { readonly tag: NodeTag; readonly node: Node } | null {
  const [node, ...others] = nodesOf(tree);
  if (node === undefined || others.length > 0) return null;
  const tag = Object.keys(node).find(isNodeTag);
  return tag === undefined ? null : { tag, node };
}

/** `BEGIN`, `COMMIT`, `ROLLBACK TO` and the like; null for every other statement. */
export function transactionKind(tree: ParseTree): TransactionStmtKind | null {
  const [node, ...others] = nodesOf(tree);
  if (node === undefined || others.length > 0 || !("TransactionStmt" in node)) return null;
  return node.TransactionStmt.kind ?? null;
}

/** True for statements that begin, end or mark a transaction. */
export function isTransactionControl(tree: ParseTree): boolean {
  return transactionKind(tree) !== null;
}

/**
 * True for statements that PostgreSQL 18 refuses inside a transaction block (SQLSTATE 25001), as far as the text tells:
 * the callers of `PreventInTransactionBlock`. Whether `CLUSTER t` or `REINDEX TABLE t` meet a partitioned table, and
 * whether a subscription to be dropped has a slot, only the catalog knows.
 */
export function mustRunAlone(tree: ParseTree): boolean {
  return nodesOf(tree).some(refusesTransaction);
}

/**
 * True for statements that read or write rows and leave the schema as it is. `SELECT … INTO` makes a table, and `CALL`
 * and `DO` may do anything: they are not.
 */
export function isData(tree: ParseTree): boolean {
  const nodes = nodesOf(tree);
  return nodes.length > 0 && nodes.every(touchesRowsOnly);
}

/** True for a COPY that writes, or that reads a file or a program of the server; rows from the script itself are not meant. */
export function copiesElsewhere(tree: ParseTree): boolean {
  return nodesOf(tree).some(
    (node) =>
      "CopyStmt" in node &&
      (node.CopyStmt.is_from !== true || node.CopyStmt.is_program === true || node.CopyStmt.filename !== undefined),
  );
}

/** True for `RESET SESSION AUTHORIZATION` and `SET SESSION AUTHORIZATION DEFAULT`. */
export function resetsUser(tree: ParseTree): boolean {
  return nodesOf(tree).some(
    (node) =>
      "VariableSetStmt" in node &&
      node.VariableSetStmt.name === "session_authorization" &&
      (node.VariableSetStmt.kind === "VAR_RESET" || node.VariableSetStmt.kind === "VAR_SET_DEFAULT"),
  );
}

function nodesOf(tree: ParseTree): readonly Node[] {
  return (tree.stmts ?? []).flatMap(({ stmt }) => (stmt === undefined ? [] : [stmt]));
}

function touchesRowsOnly(node: Node): boolean {
  if ("SelectStmt" in node) return !makesTable(node.SelectStmt);
  return (
    "InsertStmt" in node ||
    "UpdateStmt" in node ||
    "DeleteStmt" in node ||
    "MergeStmt" in node ||
    "CopyStmt" in node ||
    "TruncateStmt" in node
  );
}

/** In a UNION the leftmost branch carries the INTO. */
function makesTable(select: SelectStmt): boolean {
  for (let branch: SelectStmt | undefined = select; branch !== undefined; branch = branch.larg) {
    if (branch.intoClause !== undefined) return true;
  }
  return false;
}

function refusesTransaction(node: Node): boolean {
  if ("IndexStmt" in node) return node.IndexStmt.concurrent === true;
  if ("DropStmt" in node) return node.DropStmt.removeType === "OBJECT_INDEX" && node.DropStmt.concurrent === true;
  if ("ReindexStmt" in node) return reindexesAlone(node.ReindexStmt);
  if ("VacuumStmt" in node) return node.VacuumStmt.is_vacuumcmd === true;
  if ("ClusterStmt" in node) return node.ClusterStmt.relation === undefined;
  if ("AlterTableStmt" in node) return detachesConcurrently(node.AlterTableStmt);
  if ("AlterDatabaseStmt" in node) return hasOption(node.AlterDatabaseStmt.options, "tablespace");
  if ("CreateSubscriptionStmt" in node) return createsSlot(node.CreateSubscriptionStmt.options);
  if ("DiscardStmt" in node) return node.DiscardStmt.target === "DISCARD_ALL";
  if ("TransactionStmt" in node) return endsPrepared(node.TransactionStmt.kind);
  return (
    "CreatedbStmt" in node ||
    "DropdbStmt" in node ||
    "CreateTableSpaceStmt" in node ||
    "DropTableSpaceStmt" in node ||
    "AlterSystemStmt" in node
  );
}

function reindexesAlone(statement: ReindexStmt): boolean {
  const isWide =
    statement.kind === "REINDEX_OBJECT_SCHEMA" ||
    statement.kind === "REINDEX_OBJECT_SYSTEM" ||
    statement.kind === "REINDEX_OBJECT_DATABASE";
  return isWide || isSwitchedOn(statement.params, "concurrently");
}

function detachesConcurrently(statement: AlterTableStmt): boolean {
  return (statement.cmds ?? []).some((command) => {
    if (!("AlterTableCmd" in command)) return false;
    const { def } = command.AlterTableCmd;
    return def !== undefined && "PartitionCmd" in def && def.PartitionCmd.concurrent === true;
  });
}

/** A slot is created on the other server unless an option says otherwise. */
function createsSlot(options: readonly Node[] | undefined): boolean {
  return !["connect", "create_slot"].some((name) => hasOption(options, name) && !isSwitchedOn(options, name));
}

function endsPrepared(kind: TransactionStmtKind | undefined): boolean {
  return kind === "TRANS_STMT_COMMIT_PREPARED" || kind === "TRANS_STMT_ROLLBACK_PREPARED";
}

/** The text that an option was given last; undefined when it has none. */
export function textOption(options: readonly Node[] | undefined, name: string): string | undefined {
  const arg = optionsNamed(options, name).at(-1)?.arg;
  return arg !== undefined && "String" in arg ? arg.String.sval : undefined;
}

function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  return optionsNamed(options, name).length > 0;
}

/** PostgreSQL reads an option without a value as true; the last one counts. */
function isSwitchedOn(options: readonly Node[] | undefined, name: string): boolean {
  const last = optionsNamed(options, name).at(-1);
  if (last === undefined) return false;
  const { arg } = last;
  if (arg === undefined) return true;
  if ("Boolean" in arg) return arg.Boolean.boolval === true;
  if ("Integer" in arg) return arg.Integer.ival === 1;
  if ("String" in arg) return ["true", "on"].includes((arg.String.sval ?? "").toLowerCase());
  return true;
}

function optionsNamed(options: readonly Node[] | undefined, name: string): readonly DefElem[] {
  return (options ?? []).flatMap((option) =>
    "DefElem" in option && option.DefElem.defname === name ? [option.DefElem] : [],
  );
}
