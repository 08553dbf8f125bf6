import { literal, qualified, quote } from "./names.ts";
import type { ColumnChange, TableTimes, Timeline } from "./plan-timeline.ts";
import type { PlannedCheck, PlannedColumn, PlannedIndex, PlannedTable } from "./plan.ts";
import { tableParts } from "./write-dump.ts";
import type { Writer } from "./write-history.ts";
import {
  addForeignKey,
  checkLine,
  columnLine,
  createIndex,
  createPartitions,
  createPolicy,
  createTable,
  createTrigger,
} from "./write-sql.ts";

/** Everything that happens to one table, from its first form to its last. */
export function writeTableHistory(table: PlannedTable, timeline: Timeline, writer: Writer): void {
  const { write, random } = writer;
  const times = timeline.of(table);
  const { created, settled } = times;
  const lateChecks = table.checks.filter(() => created < timeline.last && random.chance(0.25));
  const first = firstForm(table, times, lateChecks);
  write(created, "create", `create_${table.schema}_${table.name}`, [
    createTable(first),
    ...createPartitions(table),
    ...seedRows(table, first.columns, times),
  ]);
  writeRename(table, times, writer);
  writeColumns(table, timeline, writer);
  for (const check of lateChecks) writeCheck(table, check, timeline, writer);
  writeForeignKeys(table, timeline, writer);
  for (const index of table.indexes) writeIndex(table, index, timeline, writer);
  if (table.isTouched) write(settled, "attach", `touch_${table.name}`, [createTrigger(table)]);
  if (table.rowSecurity !== undefined) write(settled, "attach", `secure_${table.name}`, createPolicy(table));
  writeComments(table, timeline, writer);
}

function firstForm(table: PlannedTable, times: TableTimes, lateChecks: readonly PlannedCheck[]) {
  const parts = tableParts(table);
  return {
    ...parts,
    name: times.rename?.from ?? table.name,
    columns: table.columns.flatMap((column) => firstColumn(column, times.columns.get(column.name))),
    // What a later column is part of comes with that column.
    checks: table.checks.filter((check) => !lateChecks.includes(check)),
  };
}

function firstColumn(column: PlannedColumn, change: ColumnChange | undefined): PlannedColumn[] {
  if (!change) return [column];
  const { default: _later, ...rest } = column;
  switch (change.kind) {
    case "added":
      return [];
    case "renamed":
      return [{ ...column, name: change.from }];
    case "retyped":
      return [{ ...column, type: change.from }];
    case "required":
      return [{ ...column, isRequired: false }];
    default:
      return [{ ...rest, isRequired: false }];
  }
}

function writeColumns(table: PlannedTable, timeline: Timeline, { write }: Writer): void {
  for (const column of table.columns) {
    const change = timeline.of(table).columns.get(column.name);
    if (!change) continue;
    const alter = `alter table ${qualified(timeline.named(table, change.at))}`;
    write(
      change.at,
      "change",
      `change_${table.name}`,
      changeColumn(column, change).map((action) => `${alter} ${action}`),
    );
  }
}

function changeColumn(column: PlannedColumn, change: ColumnChange): string[] {
  const name = quote(column.name);
  switch (change.kind) {
    case "added":
      return [`add column ${columnLine(column)}`];
    case "renamed":
      return [`rename column ${quote(change.from)} to ${name}`];
    case "retyped":
      return [`alter column ${name} type ${column.type}`];
    case "required":
      return [`alter column ${name} set not null`];
    default:
      return [
        `alter column ${name} set default ${column.default}`,
        ...(column.isRequired ? [`alter column ${name} set not null`] : []),
      ];
  }
}

/** The sequence of an identity column keeps its old name when the table gets a new one. */
function writeRename(table: PlannedTable, { rename }: TableTimes, { write }: Writer): void {
  if (!rename) return;
  const old = { schema: table.schema, name: rename.from };
  const sequences = table.columns.filter(({ identity }) => identity !== undefined);
  write(rename.at, "rename", `rename_${rename.from}`, [
    `alter table ${qualified(old)} rename to ${quote(table.name)}`,
    ...sequences.map(({ name }) => {
      const sequence = { schema: table.schema, name: `${rename.from}_${name}_seq` };
      return `alter sequence ${qualified(sequence)} rename to ${quote(`${table.name}_${name}_seq`)}`;
    }),
  ]);
}

/** Half of the checks that come late are added without looking at the rows first, as careful people do. */
function writeCheck(table: PlannedTable, check: PlannedCheck, timeline: Timeline, { write, random }: Writer): void {
  const at = random.int(timeline.of(table).created + 1, timeline.last);
  const alter = (moment: number): string => `alter table ${qualified(timeline.named(table, moment))}`;
  const isCareful = at < timeline.last && random.chance(0.5);
  write(at, "constrain", `check_${table.name}`, [
    `${alter(at)} add ${checkLine(check)}${isCareful ? " not valid" : ""}`,
  ]);
  if (!isCareful) return;
  const later = random.int(at + 1, timeline.last);
  write(later, "constrain", `validate_${table.name}`, [`${alter(later)} validate constraint ${quote(check.name)}`]);
}

function writeForeignKeys(table: PlannedTable, timeline: Timeline, { write, random }: Writer): void {
  for (const key of table.foreignKeys) {
    const at = Math.max(ready(table, key.columns, timeline), timeline.of(key.target).created);
    // A reference of a partitioned table cannot be added without looking at its rows.
    const isCareful = !table.partitions && at < timeline.last && random.chance(0.15);
    const then = { ...key, target: timeline.named(key.target, at) };
    write(at, "constrain", `link_${table.name}`, [addForeignKey(timeline.named(table, at), then, isCareful)]);
    if (!isCareful) continue;
    const later = random.int(at + 1, timeline.last);
    const alter = `alter table ${qualified(timeline.named(table, later))}`;
    write(later, "constrain", `validate_${table.name}`, [`${alter} validate constraint ${quote(key.name)}`]);
  }
}

/** Some indexes come when somebody notices that a query is slow, and some get a better name later. */
function writeIndex(table: PlannedTable, index: PlannedIndex, timeline: Timeline, { write, random }: Writer): void {
  const early = ready(table, index.columns, timeline);
  const at = random.chance(0.3) ? random.int(early, timeline.last) : early;
  const isRenamed = at < timeline.last && random.chance(0.03);
  const name = isRenamed ? `ix_${index.name}`.slice(0, 63) : index.name;
  write(at, "index", `index_${table.name}`, [createIndex(timeline.named(table, at), { ...index, name })]);
  if (!isRenamed) return;
  const rename = `alter index ${qualified({ schema: table.schema, name })} rename to ${quote(index.name)}`;
  write(random.int(at + 1, timeline.last), "index", `rename_${name}`, [rename]);
}

function writeComments(table: PlannedTable, timeline: Timeline, { write, random }: Writer): void {
  const title = `describe_${table.name}`;
  if (table.comment !== undefined) {
    const at = random.chance(0.7) ? timeline.of(table).created : timeline.of(table).settled;
    write(at, "describe", title, [
      `comment on table ${qualified(timeline.named(table, at))} is ${literal(table.comment)}`,
    ]);
  }
  for (const { name, comment } of table.columns) {
    if (comment === undefined) continue;
    const at = ready(table, [name], timeline);
    write(at, "describe", title, [
      `comment on column ${qualified(timeline.named(table, at))}.${quote(name)} is ${literal(comment)}`,
    ]);
  }
}

/** First moment at which the table has these columns under their final names and types. */
function ready(table: PlannedTable, names: readonly string[], timeline: Timeline): number {
  const { created, columns } = timeline.of(table);
  return Math.max(created, ...names.map((name) => columns.get(name)?.at ?? 0));
}

/** Lookup tables are filled by the migration that makes them. */
function seedRows(table: PlannedTable, columns: readonly PlannedColumn[], times: TableTimes): string[] {
  if (table.role !== "lookup" || table.primaryKey[0] !== "code") return [];
  const given = ["code", "label"];
  const isOpen = columns.some(
    ({ name, isRequired, default: fallback, identity }) =>
      isRequired && fallback === undefined && !identity && !given.includes(name),
  );
  const isNeededLater = table.columns.some(({ name, isRequired, default: fallback }) => {
    return times.columns.get(name)?.kind === "added" && isRequired && fallback === undefined;
  });
  if (isOpen || isNeededLater || !columns.some(({ name }) => name === "label")) return [];
  const { schema } = table;
  const into = qualified({ schema, name: times.rename?.from ?? table.name });
  return [
    `insert into ${into} (code, label) values ('standard', 'Standard'), ('special', 'Special'), ('other', 'Other')`,
  ];
}
