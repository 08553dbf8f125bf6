import type { AlterTableStmt, CreateStmt, DropStmt, RenameStmt } from "libpg-query";
import type { Node } from "#schemas/languages/sql/postgres/ast.ts";
import type { ParseTree } from "#schemas/languages/sql/postgres/parse.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import { objectId, parseObjectId, type ObjectId } from "#schemas/object-id.ts";
import type { Act } from "./act.ts";
import { alterActs } from "./alter-acts.ts";
import { foreignKeysOf } from "./column-acts.ts";
import type { KnownNames } from "./known-names.ts";
import { CASCADE } from "./alter-acts.ts";
import { otherActs } from "./other-acts.ts";
import { comparedColumns } from "./compared-columns.ts";
import { isTautology } from "./tautology.ts";
import { optionIsOn, settingCall, settingOf, words } from "./nodes.ts";

/** What a statement of PostgreSQL does. Also tells `names` what it makes and renames. */
export function readActs(tree: ParseTree, names: KnownNames, base: ModelIndex): readonly Act[] {
  return (tree.stmts ?? []).flatMap(({ stmt }) => (stmt === undefined ? [] : actsOfNode(stmt, names, base)));
}

function actsOfNode(node: Node, names: KnownNames, base: ModelIndex): readonly Act[] {
  if ("AlterTableStmt" in node) return alterStatement(node.AlterTableStmt, names, base);
  if ("CreateStmt" in node) return createTable(node.CreateStmt, names);
  if ("CreateTableAsStmt" in node) {
    const { into, if_not_exists } = node.CreateTableAsStmt;
    return [
      { kind: "create table", table: names.create(into?.rel, if_not_exists === true), references: [], cascades: [] },
    ];
  }
  if ("IndexStmt" in node) {
    const { relation, idxname, unique, concurrent, if_not_exists, indexParams = [], whereClause } = node.IndexStmt;
    const table = names.relation(relation);
    const isConcurrent = concurrent === true;
    const isOnly = relation?.inh !== true;
    const columns = indexParams.flatMap((item) => ("IndexElem" in item ? (item.IndexElem.name ?? []) : []));
    const isPartial = whereClause !== undefined || columns.length < indexParams.length;
    return [
      {
        kind: "create index",
        table,
        isUnique: unique === true,
        isConcurrent,
        isOnly,
        ifNotExists: if_not_exists === true,
        columns,
        isPartial,
        ...(idxname && { name: idxname }),
      },
      ...(isConcurrent ? [concurrently("CREATE INDEX CONCURRENTLY")] : []),
    ];
  }
  if ("DropStmt" in node) return dropStatement(node.DropStmt, names);
  if ("RenameStmt" in node) return renameStatement(node.RenameStmt, names);
  if ("AlterObjectSchemaStmt" in node) {
    const { relation, newschema, objectType } = node.AlterObjectSchemaStmt;
    if (objectType !== "OBJECT_TABLE" || newschema === undefined) return [];
    const table = names.relation(relation);
    const to = objectId(newschema, relation?.relname ?? "");
    names.renameTable(table, to);
    return [{ kind: "rename table", table, to }];
  }
  if ("UpdateStmt" in node) {
    const { relation, whereClause, targetList = [] } = node.UpdateStmt;
    const columns = targetList.flatMap((item) => ("ResTarget" in item ? (item.ResTarget.name ?? []) : []));
    const filters = comparedColumns(whereClause);
    const everyRow = isTautology(whereClause);
    const narrowed = filters.length > 0 ? { filters } : {};
    return [{ kind: "update rows", table: names.relation(relation), everyRow, columns, ...narrowed }];
  }
  if ("DeleteStmt" in node) {
    const { relation, whereClause } = node.DeleteStmt;
    return [{ kind: "delete rows", table: names.relation(relation), everyRow: isTautology(whereClause) }];
  }
  if ("TruncateStmt" in node) {
    const { relations, behavior } = node.TruncateStmt;
    const isCascade = behavior === "DROP_CASCADE";
    return (relations ?? []).flatMap((item) =>
      "RangeVar" in item ? [{ kind: "truncate" as const, table: names.relation(item.RangeVar), isCascade }] : [],
    );
  }
  if ("RefreshMatViewStmt" in node) {
    const { relation, concurrent } = node.RefreshMatViewStmt;
    return [{ kind: "refresh", table: names.relation(relation), isConcurrent: concurrent === true }];
  }
  if ("ClusterStmt" in node) {
    const { relation } = node.ClusterStmt;
    if (!relation) return [{ kind: "rewrite everything", how: "CLUSTER" }];
    return [{ kind: "new file", table: names.relation(relation), how: "CLUSTER" }];
  }
  if ("VacuumStmt" in node && optionIsOn(node.VacuumStmt.options, "full")) {
    const { rels = [] } = node.VacuumStmt;
    if (rels.length === 0) return [{ kind: "rewrite everything", how: "VACUUM FULL" }];
    return rels.flatMap((item) =>
      "VacuumRelation" in item
        ? [{ kind: "new file" as const, table: names.relation(item.VacuumRelation.relation), how: "VACUUM FULL" }]
        : [],
    );
  }
  if ("TransactionStmt" in node) return transactionActs(node.TransactionStmt.kind);
  if ("VariableSetStmt" in node) {
    const setting = settingOf(node.VariableSetStmt);
    if (setting === null) return [];
    if (setting.name === "search_path") names.setSearchPath(setting.values);
    return [{ kind: "set", name: setting.name, value: setting.values?.[0] ?? null }];
  }
  if ("DoStmt" in node) return [{ kind: "opaque", what: "DO block" }];
  if ("CallStmt" in node) return [{ kind: "opaque", what: "CALL" }];
  if ("SelectStmt" in node) {
    const setting = settingCall(node.SelectStmt);
    return [...(setting ? [{ kind: "set" as const, ...setting }] : []), { kind: "opaque", what: "SELECT" }];
  }
  return otherActs(node, names);
}

const concurrently = (what: string): Act => ({ kind: "concurrently", what });

function alterStatement(statement: AlterTableStmt, names: KnownNames, base: ModelIndex): readonly Act[] {
  const { objtype, relation, cmds } = statement;
  if (objtype !== "OBJECT_TABLE" && objtype !== "OBJECT_MATVIEW") return [];
  const table = names.relation(relation);
  return (cmds ?? []).flatMap((item) =>
    "AlterTableCmd" in item ? alterActs(item.AlterTableCmd, { table, names, base }) : [],
  );
}

function createTable(statement: CreateStmt, names: KnownNames): readonly Act[] {
  const { relation, tableElts, inhRelations, partbound, if_not_exists } = statement;
  const table = names.create(relation, if_not_exists === true);
  const keys = foreignKeysOf(tableElts ?? []).map(({ target, onDelete }) => ({ to: names.relation(target), onDelete }));
  const references = keys.map(({ to }) => to);
  const cascades = keys.filter(({ onDelete }) => onDelete === CASCADE).map(({ to }) => to);
  const parents = (inhRelations ?? []).flatMap((item) => ("RangeVar" in item ? [names.relation(item.RangeVar)] : []));
  const attached = partbound === undefined ? [] : parents;
  return [
    { kind: "create table", table, references: references.filter(({ id }) => id !== table.id), cascades },
    ...attached.map((parent) => ({ kind: "attach partition" as const, table: parent, partition: table })),
  ];
}

/** Words of objects whose dropping the review calls by their own rule. */
const RELATIONS: Readonly<Record<string, string>> = {
  OBJECT_TABLE: "table",
  OBJECT_FOREIGN_TABLE: "foreign table",
  OBJECT_MATVIEW: "materialized view",
};

function dropStatement(statement: DropStmt, names: KnownNames): readonly Act[] {
  const { objects = [], removeType = "OBJECT_TABLE", behavior, concurrent } = statement;
  const dropped = objects.map(words);
  const isCascade = behavior === "DROP_CASCADE";
  const what = removeType.slice("OBJECT_".length).toLowerCase().replaceAll("_", " ");
  const acts: Act[] = [];
  const cascading: ObjectId[] = [];
  for (const parts of dropped) {
    const name = parts.at(-1) ?? "";
    const schema = parts.at(-2);
    const range = { relname: name, ...(schema === undefined ? {} : { schemaname: schema }) };
    const relationWord = RELATIONS[removeType];
    if (relationWord !== undefined) {
      const table = names.relation(range);
      if (!table.isNew) cascading.push(table.id);
      names.drop(table);
      acts.push({ kind: "drop table", table, what: relationWord });
    } else if (removeType === "OBJECT_INDEX") {
      const owner = names.indexOwner(schema, name);
      if (owner) {
        const isConcurrent = concurrent === true;
        acts.push({ kind: "drop index", ...owner, isConcurrent, isCascade, count: dropped.length });
        cascading.push(owner.index);
      } else {
        acts.push({ kind: "clear index", name });
      }
      if (concurrent === true) acts.push(concurrently("DROP INDEX CONCURRENTLY"));
    } else if (removeType === "OBJECT_TRIGGER") {
      const [, relname = "", schemaname] = parts.toReversed();
      const table = names.relation({ relname, ...(schemaname === undefined ? {} : { schemaname }) });
      acts.push({ kind: "drop trigger", table, name });
      cascading.push(objectId(...parts));
    } else if (removeType === "OBJECT_SCHEMA") {
      const ref = names.schema(name);
      acts.push({ kind: "drop schema", schema: ref });
      if (!ref.isNew) cascading.push(ref.id);
    } else if (parts.length > 0) {
      cascading.push(objectId(...parts));
    }
  }
  return isCascade && cascading.length > 0 ? [...acts, { kind: "drop cascade", what, names: cascading }] : acts;
}

function renameStatement(statement: RenameStmt, names: KnownNames): readonly Act[] {
  const { renameType, relationType, relation, subname = "", newname = "" } = statement;
  if (renameType === "OBJECT_COLUMN" && (relationType === "OBJECT_TABLE" || relationType === "OBJECT_VIEW")) {
    const table = names.relation(relation);
    const column = names.column(table, subname);
    names.renameColumn(table, subname, newname);
    return column === null ? [] : [{ kind: "rename column", table, column, to: newname }];
  }
  if (renameType === "OBJECT_SCHEMA") {
    const ref = names.schema(subname);
    names.renameSchema(subname, newname);
    return [{ kind: "rename schema", schema: ref, to: newname }];
  }
  if (renameType === "OBJECT_TABLE" || renameType === "OBJECT_VIEW" || renameType === "OBJECT_MATVIEW") {
    const table = names.relation(relation);
    const to = objectId(...(parseObjectId(table.current) ?? []).slice(0, -1), newname);
    names.renameTable(table, to);
    return [{ kind: "rename table", table, to }];
  }
  return [];
}

function transactionActs(kind: string | undefined): readonly Act[] {
  if (kind === "TRANS_STMT_BEGIN" || kind === "TRANS_STMT_START") return [{ kind: "transaction", control: "begin" }];
  const isPoint = kind === "TRANS_STMT_SAVEPOINT" || kind === "TRANS_STMT_RELEASE" || kind === "TRANS_STMT_ROLLBACK_TO";
  return isPoint ? [] : [{ kind: "transaction", control: "end" }];
}
