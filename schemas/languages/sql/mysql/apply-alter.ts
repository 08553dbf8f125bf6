import { convertedType, isText, baseType } from "../../../dialects/mysql/types.ts";
import { addColumn, columnOf, dropColumn, modifyColumn, renameColumn } from "./apply-columns.ts";
import { findTable, tableOf, type ApplyContext } from "./apply-context.ts";
import { addElement, setOptions } from "./apply-elements.ts";
import { dropForeignKey, keyOf } from "./apply-keys.ts";
import { renameTable } from "./apply-rename.ts";
import { ApplyError, byName, touch, type Built, type BuiltTable } from "./built.ts";
import type { PartitionSpec, PositionedSpec, Statement, TableOptions } from "./statement.ts";

/** Applies each part of an ALTER; one that does not fit is reported and costs itself. */
export function applyAlter(context: ApplyContext, statement: Extract<Statement, { kind: "alter table" }>): void {
  if (statement.ifExists && !findTable(context, statement.name)) return;
  const table = tableOf(context, statement.name);
  let failures = 0;
  for (const spec of statement.specs) {
    try {
      applySpec(context, table, spec);
    } catch (error) {
      if (!(error instanceof ApplyError)) throw error;
      failures++;
      if (statement.specs.filter(({ kind }) => kind !== "request").length === 1) throw error;
      context.lose(error.message, spec.offset, { missing: error.missing });
    }
  }
  if (failures < statement.specs.length && statement.viaIndex !== true) touch(table, context.start);
}

function applySpec(context: ApplyContext, table: BuiltTable, spec: PositionedSpec): void {
  const at = context.placeAt(spec.offset);
  switch (spec.kind) {
    case "add column":
      if (spec.ifNotExists && byName(table.columns, spec.column.name)) return;
      return addColumn(context, table, spec.column, spec.place);
    case "add element":
      return addElement(context, table, spec.element);
    case "modify column":
      if (spec.ifExists && !byName(table.columns, spec.from)) return;
      return modifyColumn(context, table, spec.from, spec.column, spec.place);
    case "rename column": {
      const column = byName(table.columns, spec.from);
      if (!column && spec.ifExists) return;
      renameColumn(context, table, spec.from, spec.to);
      return touch(columnOf(table, spec.to), at);
    }
    case "drop column":
      if (spec.ifExists && !byName(table.columns, spec.name)) return;
      return dropColumn(table, spec.name);
    case "set default": {
      const column = columnOf(table, spec.name);
      column.default = spec.value ?? undefined;
      return touch(column, at);
    }
    case "column visibility": {
      const column = columnOf(table, spec.name);
      column.invisible = spec.invisible;
      return touch(column, at);
    }
    case "rename table":
      return renameTable(context, table, spec.to);
    case "convert":
      return convert(context, table, spec.charset, spec.collation);
    case "options":
      keepText(context, table, spec.options);
      return setOptions(context, table, spec.options);
    case "partition by":
      table.partitioning = spec.partitioning;
      return;
    case "remove partitioning":
      table.partitioning = undefined;
      return;
    case "add partitions":
      return setPartitions(table, (partitions) => [...partitions, ...spec.partitions], spec.count ?? 0);
    case "drop partitions":
      return setPartitions(table, (partitions) => partitions.filter(({ name }) => !spec.names.includes(name)));
    case "reorganize partitions":
      return setPartitions(table, (partitions) => {
        const first = partitions.findIndex(({ name }) => spec.names.includes(name));
        const kept = partitions.filter(({ name }) => !spec.names.includes(name));
        return kept.toSpliced(Math.max(0, first), 0, ...spec.into);
      });
    case "request":
    case "rebuild":
    case "partition work":
    case "nothing":
      return;
    default:
      return applyKeySpec(context, table, spec);
  }
}

type KeyChange = Extract<
  PositionedSpec,
  {
    kind:
      | "drop key"
      | "drop primary key"
      | "drop foreign key"
      | "drop check"
      | "drop constraint"
      | "enforce"
      | "rename key"
      | "key visibility";
  }
>;

function applyKeySpec(context: ApplyContext, table: BuiltTable, spec: KeyChange): void {
  const at = context.placeAt(spec.offset);
  switch (spec.kind) {
    case "drop key":
      return dropKey(table, spec.name, spec.ifExists);
    case "drop primary key":
      return dropKey(table, "PRIMARY", spec.ifExists);
    case "drop foreign key":
      if (spec.ifExists && !byName(table.foreignKeys, spec.name)) return;
      return dropForeignKey(context.built, table, spec.name);
    case "drop check":
      return dropCheck(table, spec.name, spec.ifExists);
    case "drop constraint":
      return dropConstraint(context.built, table, spec);
    case "enforce": {
      const check = byName(table.checks, spec.name);
      if (!check) throw new ApplyError(`check "${spec.name}" does not exist in "${table.name}"`, true);
      check.enforced = spec.enforced;
      return touch(check, at);
    }
    case "rename key": {
      if (spec.ifExists && !byName(table.keys, spec.from)) return;
      const key = keyOf(table, spec.from);
      key.name = spec.to;
      return touch(key, at);
    }
    case "key visibility": {
      const key = keyOf(table, spec.name);
      key.invisible = spec.invisible;
      return touch(key, at);
    }
  }
}

function dropKey(table: BuiltTable, name: string, ifExists: boolean): void {
  if (ifExists && !byName(table.keys, name)) return;
  const key = keyOf(table, name);
  table.keys = table.keys.filter((one) => one !== key);
}

function dropCheck(table: BuiltTable, name: string, ifExists: boolean): void {
  const check = byName(table.checks, name);
  if (!check && !ifExists) throw new ApplyError(`check "${name}" does not exist in "${table.name}"`, true);
  table.checks = table.checks.filter((one) => one !== check);
}

/** A constraint of any kind, by name. */
function dropConstraint(
  built: Built,
  table: BuiltTable,
  { name, ifExists }: { readonly name: string; readonly ifExists: boolean },
): void {
  if (byName(table.foreignKeys, name)) return dropForeignKey(built, table, name);
  if (byName(table.checks, name)) return dropCheck(table, name, false);
  if (byName(table.keys, name)) return dropKey(table, name, false);
  if (!ifExists) throw new ApplyError(`constraint "${name}" does not exist in "${table.name}"`, true);
}

/** A table's new default is that of new columns: those it has keep what they had, the server's default included. */
function keepText({ facts }: ApplyContext, table: BuiltTable, { charset, collation }: TableOptions): void {
  if ((charset ?? collation) === undefined) return;
  for (const column of table.columns) {
    if (column.charset !== undefined || !isText(baseType(column.type, facts, column.charset).base)) continue;
    column.charset = facts.defaultCharset;
    column.collation = facts.defaultCollation(facts.defaultCharset);
  }
}

/** Gives every text column another charset. */
function convert(context: ApplyContext, table: BuiltTable, charset: string, named: string | undefined): void {
  const collation = named ?? context.facts.defaultCollation(charset);
  for (const column of table.columns) {
    const { base } = baseType(column.type, context.facts, column.charset);
    if (!isText(base)) continue;
    column.type = convertedType(column.type, column.charset ?? context.facts.defaultCharset, charset);
    column.charset = charset;
    column.collation = collation;
    touch(column, context.start);
  }
  table.charset = charset;
  table.collation = collation;
}

function setPartitions(
  table: BuiltTable,
  change: (partitions: readonly PartitionSpec[]) => readonly PartitionSpec[],
  more = 0,
): void {
  if (!table.partitioning) throw new ApplyError(`"${table.name}" is not partitioned`);
  const { count, partitions, key } = table.partitioning;
  table.partitioning = { key, partitions: change(partitions), ...(count === undefined ? {} : { count: count + more }) };
}
