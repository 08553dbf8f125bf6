import type { AlterTableCmd, Constraint } from "libpg-query";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { Act, ConstraintKind, RelationRef } from "./act.ts";
import { addedColumn } from "./column-acts.ts";
import type { KnownNames } from "./known-names.ts";
import { stringList } from "./nodes.ts";

interface Place {
  readonly table: RelationRef;
  readonly names: KnownNames;
  readonly base: ModelIndex;
}

/** What one command of ALTER TABLE does. */
export function alterActs(command: AlterTableCmd, place: Place): readonly Act[] {
  const { table, names } = place;
  const { subtype, name = "", def, behavior } = command;
  switch (subtype) {
    case "AT_AddColumn": {
      if (def === undefined || !("ColumnDef" in def)) return [];
      const exists = place.base.relation(table.id)?.columns.some((column) => column.name === def.ColumnDef.colname);
      // ADD COLUMN IF NOT EXISTS of a column that is there does nothing.
      if (command.missing_ok === true && exists === true) return [];
      names.addColumn(table, def.ColumnDef.colname ?? "");
      const column = addedColumn(def.ColumnDef, place.base);
      const inline = (def.ColumnDef.constraints ?? []).flatMap((item) =>
        "Constraint" in item ? constraintActs(item.Constraint, place, column.name) : [],
      );
      return [{ kind: "add column", table, column }, ...inline];
    }
    case "AT_DropColumn": {
      const column = names.column(table, name);
      if (column === null) return [];
      return [{ kind: "drop column", table, column, isCascade: behavior === "DROP_CASCADE" }];
    }
    case "AT_DropNotNull": {
      const column = names.column(table, name);
      return column === null ? [] : [{ kind: "drop not null", table, column }];
    }
    case "AT_DropConstraint":
      return [{ kind: "drop constraint", table, name }];
    case "AT_EnableTrig":
    case "AT_EnableAlwaysTrig":
    case "AT_EnableReplicaTrig":
    case "AT_DisableTrig":
      return [{ kind: "switch trigger", table, name, isOn: subtype !== "AT_DisableTrig" }];
    case "AT_EnableTrigAll":
    case "AT_DisableTrigAll":
      return [{ kind: "switch trigger", table, name: "ALL", isOn: subtype === "AT_EnableTrigAll" }];
    case "AT_EnableTrigUser":
    case "AT_DisableTrigUser":
      return [{ kind: "switch trigger", table, name: "USER", isOn: subtype === "AT_EnableTrigUser" }];
    case "AT_SetNotNull":
      return [{ kind: "set not null", table, column: name }];
    case "AT_AddConstraint":
      return def !== undefined && "Constraint" in def ? constraintActs(def.Constraint, place, null) : [];
    case "AT_ValidateConstraint":
      return [{ kind: "validate constraint", table, name }];
    case "AT_AlterColumnType":
      return [{ kind: "change type", table, column: name }];
    case "AT_AddIdentity":
      return [];
    case "AT_SetLogged":
    case "AT_SetUnLogged":
    case "AT_SetTableSpace":
    case "AT_SetAccessMethod":
      return [{ kind: "new file", table, how: NEW_FILE[subtype] }];
    case "AT_AttachPartition":
    case "AT_DetachPartition":
      return partitionActs(command, place);
    default:
      return [];
  }
}

const NEW_FILE = {
  AT_SetLogged: "SET LOGGED",
  AT_SetUnLogged: "SET UNLOGGED",
  AT_SetTableSpace: "SET TABLESPACE",
  AT_SetAccessMethod: "SET ACCESS METHOD",
} as const;

/** FKCONSTR_ACTION_CASCADE of the grammar. */
export const CASCADE = "c";

const KINDS: Readonly<Record<string, ConstraintKind>> = {
  CONSTR_CHECK: "check",
  CONSTR_FOREIGN: "foreign key",
  CONSTR_UNIQUE: "unique",
  CONSTR_PRIMARY: "primary key",
  CONSTR_EXCLUSION: "exclude",
};

function constraintActs(constraint: Constraint, { table, names }: Place, column: string | null): readonly Act[] {
  const { contype = "CONSTR_NULL", conname, skip_validation, indexname, pktable, fk_del_action } = constraint;
  // NOT NULL of a new column is part of the column; of an old one it is a constraint of its own since PostgreSQL 18.
  const isNotNull = contype === "CONSTR_NOTNULL" && column === null;
  const kind = isNotNull ? "not null" : KINDS[contype];
  if (kind === undefined) return [];
  const keys = kind === "foreign key" ? constraint.fk_attrs : constraint.keys;
  return [
    {
      kind: "add constraint",
      table,
      constraint: kind,
      columns: column === null ? stringList(keys) : [column],
      isNotValid: skip_validation === true,
      isInline: column !== null,
      ...(conname === undefined ? {} : { name: conname }),
      ...(indexname === undefined ? {} : { usingIndex: indexname }),
      ...(pktable === undefined ? {} : { references: names.relation(pktable) }),
      ...(fk_del_action === CASCADE ? { cascades: true as const } : {}),
    },
  ];
}

function partitionActs({ subtype, def }: AlterTableCmd, { table, names }: Place): readonly Act[] {
  if (def === undefined || !("PartitionCmd" in def)) return [];
  const partition = names.relation(def.PartitionCmd.name);
  if (subtype === "AT_AttachPartition") return [{ kind: "attach partition", table, partition }];
  const isConcurrent = def.PartitionCmd.concurrent === true;
  const detach: Act = { kind: "detach partition", table, partition, isConcurrent };
  return isConcurrent ? [detach, { kind: "concurrently", what: "DETACH PARTITION CONCURRENTLY" }] : [detach];
}
