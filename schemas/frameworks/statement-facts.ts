import { statementKind } from "../languages/sql/postgres/statement-kind.ts";
import { walk } from "../languages/sql/postgres/ast.ts";
import type { Node, NodeTag } from "../languages/sql/postgres/ast.ts";
import type { Parser } from "../languages/sql/postgres/parse.ts";

/** Where a statement belongs among others that declare a database. */
export interface StatementFacts {
  /** Small ranks first, where nothing else decides. */
  readonly rank: number;
  /** Names as `schema.name`. */
  readonly makes: readonly string[];
  readonly needs: readonly string[];
  /** True when it sets something for the statements after it. */
  readonly isSetting: boolean;
}

/** Null when it is not PostgreSQL's. */
export function factsOf(sql: string, parser: Parser): StatementFacts | null {
  const outcome = parser.parse(sql);
  const kind = outcome.ok ? statementKind(outcome.tree) : null;
  if (!kind) return null;
  const makes = madeBy(kind.node);
  const needs = new Set<string>();
  const need = (parts: readonly (string | undefined)[]): void => {
    const name = qualified(parts);
    if (!makes.includes(name)) needs.add(name);
  };
  walk(kind.node, {
    RangeVar: (node) => need([node.schemaname, node.relname]),
    TypeName: (node) => need(texts(node.names)),
    FuncCall: (node) => need(texts(node.funcname)),
    CreateTrigStmt: (node) => need(texts(node.funcname)),
  });
  return { rank: RANKS[kind.tag] ?? OTHER_RANK, makes, needs: [...needs], isSetting: SETTINGS.has(kind.tag) };
}

const SETTINGS: ReadonlySet<NodeTag> = new Set<NodeTag>(["DoStmt", "TransactionStmt", "VariableSetStmt"]);

const OTHER_RANK = 5;
const RANKS: Readonly<Partial<Record<NodeTag, number>>> = {
  CreateRoleStmt: 0,
  CreateSchemaStmt: 0,
  CreateExtensionStmt: 1,
  CompositeTypeStmt: 2,
  CreateDomainStmt: 2,
  CreateEnumStmt: 2,
  CreateRangeStmt: 2,
  CreateSeqStmt: 3,
  CreateStmt: 4,
  AlterTableStmt: 7,
  IndexStmt: 8,
  CreateTableAsStmt: 10,
  ViewStmt: 10,
  CreateFunctionStmt: 11,
  CreateTrigStmt: 12,
  RuleStmt: 12,
  CreatePolicyStmt: 13,
  GrantStmt: 14,
  CommentStmt: 15,
  InsertStmt: 16,
  SelectStmt: 16,
  UpdateStmt: 16,
};

function madeBy(node: Node): readonly string[] {
  if ("CreateStmt" in node) return [relation(node.CreateStmt.relation)];
  if ("CreateSeqStmt" in node) return [relation(node.CreateSeqStmt.sequence)];
  if ("ViewStmt" in node) return [relation(node.ViewStmt.view)];
  if ("CreateTableAsStmt" in node) return [relation(node.CreateTableAsStmt.into?.rel)];
  if ("CompositeTypeStmt" in node) return [relation(node.CompositeTypeStmt.typevar)];
  if ("CreateEnumStmt" in node) return [qualified(texts(node.CreateEnumStmt.typeName))];
  if ("CreateDomainStmt" in node) return [qualified(texts(node.CreateDomainStmt.domainname))];
  if ("CreateRangeStmt" in node) return [qualified(texts(node.CreateRangeStmt.typeName))];
  if ("CreateFunctionStmt" in node) return [qualified(texts(node.CreateFunctionStmt.funcname))];
  return [];
}

interface RelationName {
  readonly schemaname?: string;
  readonly relname?: string;
}

const relation = (name: RelationName | undefined): string => qualified([name?.schemaname, name?.relname]);

/** The last two parts; what names no schema is taken to be in the usual one. */
function qualified(parts: readonly (string | undefined)[]): string {
  const named = parts.filter((part) => part !== undefined);
  return named.length > 1 ? named.slice(-2).join(".") : `public.${named[0] ?? ""}`;
}

function texts(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => ("String" in node ? [node.String.sval ?? ""] : []));
}
