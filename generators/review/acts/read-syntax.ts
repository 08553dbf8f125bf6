import { isNodeTag, walk, type Node } from "#schemas/languages/sql/postgres/ast.ts";
import { newerFeatures, type NewerFeature } from "#schemas/languages/sql/postgres/newer-features.ts";
import type { ParseTree } from "#schemas/languages/sql/postgres/parse.ts";
import { isData } from "#schemas/languages/sql/postgres/statement-kind.ts";
import { stringList, words } from "./nodes.ts";

/** What a statement's syntax alone tells, for rules about the way migrations are written. */
export interface StatementSyntax {
  /** What it is about. SET, SHOW, BEGIN and what does not parse are `other`. */
  readonly about: "schema" | "rows" | "other";
  /** `IF EXISTS` or `IF NOT EXISTS` that it could have and has not, with what it makes or drops. */
  readonly missingGuard?: { readonly guard: string; readonly what: string; readonly name: string };
  /** Names of relations, routines and types that it gives without a schema, sorted. */
  readonly unqualified: readonly string[];
  /** What older versions of PostgreSQL would refuse. */
  readonly newer: readonly NewerFeature[];
}

/** A statement that cannot be read tells nothing. */
export const NO_SYNTAX: StatementSyntax = { about: "other", unqualified: [], newer: [] };

export function readSyntax(tree: ParseTree): StatementSyntax {
  const nodes = (tree.stmts ?? []).flatMap(({ stmt }) => (stmt === undefined ? [] : [stmt]));
  const [node] = nodes;
  if (node === undefined) return NO_SYNTAX;
  const tag = Object.keys(node).find(isNodeTag);
  const newer = newerFeatures(tree);
  if (tag === undefined || OTHER.has(tag)) return { ...NO_SYNTAX, newer };
  const missingGuard = guardOf(node);
  return {
    // A query reads rows; whether a function it calls does more, its text does not tell.
    about: isData(tree) ? "rows" : "schema",
    unqualified: isData(tree) ? [] : unqualifiedNames(node),
    newer,
    ...(missingGuard ? { missingGuard } : {}),
  };
}

const OTHER = new Set(
  `TransactionStmt VariableSetStmt VariableShowStmt DoStmt CallStmt SelectStmt ExplainStmt LockStmt DiscardStmt
  CheckPointStmt NotifyStmt ListenStmt UnlistenStmt PrepareStmt ExecuteStmt DeallocateStmt VacuumStmt ConstraintsSetStmt
  LoadStmt`.split(/\s+/),
);

function guardOf(node: Node): StatementSyntax["missingGuard"] {
  const create = (what: string, name: string | undefined, hasGuard: boolean | undefined) =>
    hasGuard === true ? undefined : { guard: "IF NOT EXISTS", what, name: name ?? "" };
  if ("CreateStmt" in node)
    return create("CREATE TABLE", node.CreateStmt.relation?.relname, node.CreateStmt.if_not_exists);
  if ("IndexStmt" in node) return create("CREATE INDEX", node.IndexStmt.idxname, node.IndexStmt.if_not_exists);
  if ("CreateSeqStmt" in node) {
    return create("CREATE SEQUENCE", node.CreateSeqStmt.sequence?.relname, node.CreateSeqStmt.if_not_exists);
  }
  if ("CreateSchemaStmt" in node) {
    return create("CREATE SCHEMA", node.CreateSchemaStmt.schemaname, node.CreateSchemaStmt.if_not_exists);
  }
  if ("CreateExtensionStmt" in node) {
    return create("CREATE EXTENSION", node.CreateExtensionStmt.extname, node.CreateExtensionStmt.if_not_exists);
  }
  if ("AlterEnumStmt" in node) {
    const { oldVal, newVal, skipIfNewValExists } = node.AlterEnumStmt;
    return oldVal === undefined ? create("ADD VALUE", newVal, skipIfNewValExists) : undefined;
  }
  if ("DropStmt" in node) {
    const { missing_ok, objects = [], removeType = "OBJECT_TABLE" } = node.DropStmt;
    if (missing_ok === true) return undefined;
    const what = `DROP ${removeType.slice("OBJECT_".length).replaceAll("_", " ")}`;
    return { guard: "IF EXISTS", what, name: objects.map((item) => words(item).at(-1) ?? "").join(", ") };
  }
  return "AlterTableStmt" in node ? commandGuard(node) : undefined;
}

function commandGuard(node: Extract<Node, { AlterTableStmt: unknown }>): StatementSyntax["missingGuard"] {
  for (const item of node.AlterTableStmt.cmds ?? []) {
    if (!("AlterTableCmd" in item) || item.AlterTableCmd.missing_ok === true) continue;
    const { subtype, name = "", def } = item.AlterTableCmd;
    if (subtype === "AT_DropColumn") return { guard: "IF EXISTS", what: "DROP COLUMN", name };
    if (subtype === "AT_DropConstraint") return { guard: "IF EXISTS", what: "DROP CONSTRAINT", name };
    if (subtype === "AT_AddColumn" && def !== undefined && "ColumnDef" in def) {
      return { guard: "IF NOT EXISTS", what: "ADD COLUMN", name: def.ColumnDef.colname ?? "" };
    }
  }
  return undefined;
}

/** What a statement names without a schema; not its own WITH queries, temporary tables and what has no schema. */
function unqualifiedNames(node: Node): readonly string[] {
  const found = new Set<string>();
  const local = new Set<string>();
  walk(node, {
    CommonTableExpr({ ctename = "" }) {
      local.add(ctename);
    },
    RangeVar({ relname = "", schemaname, relpersistence }) {
      if (schemaname === undefined && relpersistence !== "t") found.add(relname);
    },
    IndexStmt({ relation }) {
      // An index goes to the schema of its table.
      return relation?.schemaname === undefined;
    },
    RenameStmt({ relation, renameType }) {
      return relation !== undefined && renameType !== "OBJECT_SCHEMA";
    },
  });
  const own = ownName(node);
  if (own.length === 1) found.add(own[0] ?? "");
  return [...found].filter((name) => !local.has(name)).toSorted();
}

/** The name of a routine or type that a statement makes. */
function ownName(node: Node): readonly string[] {
  if ("CreateFunctionStmt" in node) return stringList(node.CreateFunctionStmt.funcname);
  if ("CreateEnumStmt" in node) return stringList(node.CreateEnumStmt.typeName);
  if ("CreateDomainStmt" in node) return stringList(node.CreateDomainStmt.domainname);
  if (!("DropStmt" in node)) return [];
  const { removeType = "", objects = [] } = node.DropStmt;
  return DROPPED_IN_SCHEMA.has(removeType) && objects.length === 1 ? words(objects[0]) : [];
}

const DROPPED_IN_SCHEMA = new Set(
  `OBJECT_TABLE OBJECT_VIEW OBJECT_MATVIEW OBJECT_INDEX OBJECT_SEQUENCE OBJECT_TYPE OBJECT_DOMAIN OBJECT_FUNCTION
  OBJECT_PROCEDURE`.split(/\s+/),
);
