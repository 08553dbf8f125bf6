import type { AlterDomainStmt, AlterEnumStmt, ReindexStmt } from "libpg-query";
import type { Node } from "#schemas/languages/sql/postgres/ast.ts";
import type { Act } from "./act.ts";
import type { KnownNames } from "./known-names.ts";
import { optionIsOn, optionText, stringList } from "./nodes.ts";

/** What a statement does to things that are no relations: types, schemas, extensions, the server. */
export function otherActs(node: Node, names: KnownNames): readonly Act[] {
  if ("CreateTrigStmt" in node) {
    const { relation, trigname = "" } = node.CreateTrigStmt;
    return [{ kind: "create trigger", table: names.relation(relation), name: trigname }];
  }
  if ("ReindexStmt" in node) return reindexActs(node.ReindexStmt, names);
  if ("AlterEnumStmt" in node) return enumActs(node.AlterEnumStmt, names);
  if ("CreateEnumStmt" in node) {
    names.createType(stringList(node.CreateEnumStmt.typeName));
    return [];
  }
  if ("CreateDomainStmt" in node) {
    const { domainname, constraints = [] } = node.CreateDomainStmt;
    const type = names.createType(stringList(domainname));
    const kinds = constraints.flatMap((item) => ("Constraint" in item ? (item.Constraint.contype ?? []) : []));
    return [{ kind: "create domain", type, constraints: kinds.flatMap((kind) => DOMAIN_CONSTRAINTS[kind] ?? []) }];
  }
  if ("AlterDomainStmt" in node) return domainActs(node.AlterDomainStmt, names);
  if ("CreateSchemaStmt" in node) {
    names.createSchema(node.CreateSchemaStmt.schemaname ?? "");
    return [];
  }
  if ("DropdbStmt" in node) return [{ kind: "drop database", name: node.DropdbStmt.dbname ?? "" }];
  if ("AlterSystemStmt" in node) {
    return [{ kind: "alter system", setting: node.AlterSystemStmt.setstmt?.name ?? "every setting" }];
  }
  if ("AlterExtensionStmt" in node) {
    const { extname = "", options } = node.AlterExtensionStmt;
    const to = optionText(options, "new_version");
    return [{ kind: "upgrade extension", name: extname, ...(to === undefined ? {} : { to }) }];
  }
  return [];
}

const DOMAIN_CONSTRAINTS: Readonly<Record<string, string>> = { CONSTR_CHECK: "CHECK", CONSTR_NOTNULL: "NOT NULL" };

function enumActs(statement: AlterEnumStmt, names: KnownNames): readonly Act[] {
  const { typeName, oldVal, newVal = "", newValNeighbor } = statement;
  const type = names.type(stringList(typeName));
  if (oldVal !== undefined) return [{ kind: "rename enum value", type, from: oldVal, to: newVal }];
  return [{ kind: "add enum value", type, value: newVal, isPlaced: newValNeighbor !== undefined }];
}

/** Subtypes as the grammar writes them: C adds a constraint, O sets NOT NULL. */
function domainActs({ subtype, typeName, def }: AlterDomainStmt, names: KnownNames): readonly Act[] {
  const adds = subtype === "C" || subtype === "AD_AddConstraint";
  const requires = subtype === "O" || subtype === "AD_SetNotNull";
  if (!adds && !requires) return [];
  const isNotValid = def !== undefined && "Constraint" in def && def.Constraint.skip_validation === true;
  return [{ kind: "add domain constraint", type: names.type(stringList(typeName)), isNotValid }];
}

const REINDEXED: Readonly<Record<string, string>> = {
  REINDEX_OBJECT_INDEX: "INDEX",
  REINDEX_OBJECT_TABLE: "TABLE",
  REINDEX_OBJECT_SCHEMA: "SCHEMA",
  REINDEX_OBJECT_SYSTEM: "SYSTEM",
  REINDEX_OBJECT_DATABASE: "DATABASE",
};

function reindexActs({ kind = "REINDEX_OBJECT_TABLE", relation, name, params }: ReindexStmt, names: KnownNames) {
  const isConcurrent = optionIsOn(params, "concurrently");
  const what = REINDEXED[kind] ?? "TABLE";
  const owner = what === "INDEX" ? names.indexOwner(relation?.schemaname, relation?.relname ?? "")?.table : undefined;
  const table = what === "TABLE" ? names.relation(relation) : owner;
  const act: Act = {
    kind: "reindex",
    what,
    name: relation?.relname ?? name ?? "",
    isConcurrent,
    ...(table === undefined ? {} : { table }),
  };
  const alone: readonly Act[] = isConcurrent ? [{ kind: "concurrently", what: "REINDEX CONCURRENTLY" }] : [];
  return [act, ...alone];
}
