import type { StepSource } from "#schemas/dialects/read-steps.ts";
import { columnChange } from "#schemas/dialects/mysql/column-change.ts";
import { isExpression } from "#schemas/dialects/mysql/online-ddl.ts";
import { Cursor } from "#schemas/languages/sql/mysql/cursor.ts";
import { readSet } from "#schemas/languages/sql/mysql/read-set.ts";
import type {
  ColumnSpec,
  KeySpec,
  PositionedSpec,
  Statement,
  TableElement,
} from "#schemas/languages/sql/mysql/statement.ts";
import { columnId } from "#schemas/object-id.ts";
import type { Act, AddedColumn, RelationRef } from "../acts/act.ts";
import { dataActs } from "./data-acts.ts";
import type { SpelledNames } from "./spelled-names.ts";

type MysqlSource = Extract<StepSource, { kind: "mysql" }>;
type AlterTable = Extract<Statement, { kind: "alter table" }>;
type CreateTable = Extract<Statement, { kind: "create table" }>;

/** What a statement of MySQL or MariaDB does. Also tells `names` what it makes and renames. */
export function mysqlActs(source: MysqlSource, names: SpelledNames): readonly Act[] {
  const { statement, text, facts } = source;
  switch (statement.kind) {
    case "alter table":
      return alterTable(statement, source, names);
    case "create table":
      return createTable(statement, names);
    case "rename tables":
      return statement.pairs.map(({ from, to }) => {
        const table = names.relation(from);
        return { kind: "rename table", table, to: names.rename(table, to) };
      });
    case "drop":
      return drop(statement, names);
    case "drop database":
      return [{ kind: "drop database", name: statement.name }];
    case "create trigger":
      return [{ kind: "create trigger", table: names.relation(statement.table), name: statement.name.name }];
    case "create view":
      names.create(statement.name, false);
      return [];
    case "nothing":
      return [
        ...sessionActs(text, source, names),
        ...readSet(text, facts.runs).map(({ name, value }) => ({ kind: "set" as const, name, value })),
        ...dataActs(text, "mysql", names),
      ];
    default:
      return [];
  }
}

function createTable(statement: CreateTable, names: SpelledNames): readonly Act[] {
  if (statement.temporary) {
    names.create(statement.name, false);
    return [];
  }
  const table = names.create(statement.name, statement.ifNotExists);
  const keys = statement.elements.flatMap((element) => {
    if (element.kind === "foreign key") return [element.foreignKey.references];
    return element.kind === "column" && element.column.references ? [element.column.references] : [];
  });
  const targets = keys.map(({ table: to, onDelete }) => ({ to: names.relation(to), onDelete }));
  return [
    {
      kind: "create table",
      table,
      references: targets.map(({ to }) => to).filter(({ id }) => id !== table.id),
      cascades: targets.filter(({ onDelete }) => onDelete === "cascade").map(({ to }) => to),
    },
  ];
}

function drop({ what, names: dropped }: Extract<Statement, { kind: "drop" }>, names: SpelledNames): readonly Act[] {
  return dropped.flatMap((name): readonly Act[] => {
    if (what === "table") {
      const table = names.relation(name);
      names.drop(table);
      return [{ kind: "drop table", table, what: "table" }];
    }
    if (what !== "trigger") return [];
    const owner = names.triggerOwner(name.name);
    return owner ? [{ kind: "drop trigger", table: owner, name: name.name }] : [];
  });
}

/** TRUNCATE and the ends of transactions, which the reader of schemas passes over. */
function sessionActs(text: string, { facts }: MysqlSource, names: SpelledNames): readonly Act[] {
  const cursor = new Cursor(text, facts.runs);
  if (cursor.accept("TRUNCATE")) {
    cursor.accept("TABLE");
    return cursor.isName()
      ? [{ kind: "truncate", table: names.relation(cursor.qualifiedName()), isCascade: false }]
      : [];
  }
  if (cursor.is("BEGIN") || cursor.is("START", "TRANSACTION")) return [{ kind: "transaction", control: "begin" }];
  const isEnd = cursor.is("COMMIT") || (cursor.is("ROLLBACK") && !cursor.is("ROLLBACK", "TO"));
  return isEnd ? [{ kind: "transaction", control: "end" }] : [];
}

interface Place {
  readonly table: RelationRef;
  readonly names: SpelledNames;
  readonly source: MysqlSource;
}

function alterTable({ name, specs }: AlterTable, source: MysqlSource, names: SpelledNames): readonly Act[] {
  const table = names.relation(name);
  return specs.flatMap((spec) => specActs(spec, { table, names, source }));
}

function specActs(spec: PositionedSpec, place: Place): readonly Act[] {
  const { table, names } = place;
  switch (spec.kind) {
    case "add column": {
      const exists = place.source.table?.columns.some(
        ({ name }) => name.toLowerCase() === spec.column.name.toLowerCase(),
      );
      if (spec.ifNotExists && exists === true) return [];
      names.known.addColumn(table, spec.column.name);
      return [{ kind: "add column", table, column: added(spec.column) }, ...inlineActs(spec.column, place)];
    }
    case "add element":
      return elementActs(spec.element, place);
    case "modify column":
      return modified(spec, place);
    case "rename column": {
      const column = names.column(table, spec.from);
      names.known.renameColumn(table, column ?? spec.from, spec.to);
      return column === null ? [] : [{ kind: "rename column", table, column, to: spec.to }];
    }
    case "drop column": {
      const column = names.column(table, spec.name);
      return column === null ? [] : [{ kind: "drop column", table, column, isCascade: false }];
    }
    case "drop key": {
      const index = place.source.table?.indexes.find(({ name }) => name.toLowerCase() === spec.name.toLowerCase());
      const dropped: Act = {
        kind: "drop index",
        table,
        index: index?.id ?? columnId(table.id, spec.name),
        isConcurrent: false,
        isCascade: false,
        count: 1,
      };
      return index?.unique === true ? [dropped, { kind: "drop constraint", table, name: index.name }] : [dropped];
    }
    case "drop primary key":
      return [{ kind: "drop constraint", table, name: "PRIMARY" }];
    case "drop foreign key":
    case "drop check":
    case "drop constraint":
      return [{ kind: "drop constraint", table, name: spec.name }];
    case "rename table":
      return [{ kind: "rename table", table, to: names.rename(table, spec.to) }];
    default:
      return [];
  }
}

function modified(spec: Extract<PositionedSpec, { kind: "modify column" }>, place: Place): readonly Act[] {
  const { table, names, source } = place;
  const column = names.column(table, spec.from);
  const changes = columnChange(spec, source.table, source.facts);
  const acts: Act[] = [];
  if (column !== null) {
    for (const change of changes) {
      if (
        change.kind === "type" ||
        change.kind === "varchar" ||
        change.kind === "charset" ||
        change.kind === "labels"
      ) {
        acts.push({ kind: "change type", table, column });
      } else if (change.kind === "nullability") {
        acts.push({ kind: change.to ? "drop not null" : "set not null", table, column });
      } else if (change.kind === "rename") acts.push({ kind: "rename column", table, column, to: change.to });
    }
  }
  if (spec.from.toLowerCase() !== spec.column.name.toLowerCase()) {
    names.known.renameColumn(table, column ?? spec.from, spec.column.name);
  }
  return [...acts, ...inlineActs(spec.column, place)];
}

/** What a column definition asks for. */
export function added(column: ColumnSpec): AddedColumn {
  const written = column.default?.trim();
  const hasDefault = written !== undefined && written.toUpperCase() !== "NULL";
  const isConstant = hasDefault && !isExpression(written) && !/^(?:current_timestamp|now|localtime)/i.test(written);
  return {
    name: column.name,
    required: column.nullable === false || column.primary === true,
    default: hasDefault ? { isConstant, functions: isConstant ? [] : [written] } : null,
    isSerial: column.type.name === "serial",
    isIdentity: column.autoIncrement === true,
    isStored: column.generated?.stored === true,
    isVirtual: column.generated?.stored === false,
  };
}

/** Keys and checks in a column's definition. */
function inlineActs(column: ColumnSpec, { table, names, source }: Place): readonly Act[] {
  const inline = { table, columns: [column.name], isNotValid: false, isInline: true } as const;
  const { references } = column;
  const isKey = references !== undefined && source.facts.honoursInlineReferences;
  return [
    ...(column.unique ? [{ kind: "add constraint" as const, constraint: "unique" as const, ...inline }] : []),
    ...(column.primary ? [{ kind: "add constraint" as const, constraint: "primary key" as const, ...inline }] : []),
    ...column.checks.map(() => ({ kind: "add constraint" as const, constraint: "check" as const, ...inline })),
    ...(isKey
      ? [
          {
            kind: "add constraint" as const,
            constraint: "foreign key" as const,
            ...inline,
            references: names.relation(references.table),
            ...(references.onDelete === "cascade" ? { cascades: true as const } : {}),
          },
        ]
      : []),
  ];
}

function elementActs(element: TableElement, place: Place): readonly Act[] {
  const { table, names } = place;
  switch (element.kind) {
    case "key":
      return keyActs(element.key, place);
    case "foreign key": {
      const { foreignKey } = element;
      const { references } = foreignKey;
      return [
        {
          kind: "add constraint",
          table,
          constraint: "foreign key",
          columns: foreignKey.columns.flatMap((name) => names.column(table, name) ?? name),
          isNotValid: false,
          isInline: false,
          references: names.relation(references.table),
          ...(foreignKey.name === undefined ? {} : { name: foreignKey.name }),
          ...(references.onDelete === "cascade" ? { cascades: true as const } : {}),
        },
      ];
    }
    case "period":
      return [];
    case "check": {
      const { name } = element.check;
      return [
        {
          kind: "add constraint",
          table,
          constraint: "check",
          columns: [],
          isNotValid: false,
          isInline: false,
          ...(name === undefined ? {} : { name }),
        },
      ];
    }
    case "column":
      return [];
  }
}

function keyActs({ kind, name, parts }: KeySpec, { table, names }: Place): readonly Act[] {
  const columns = parts.flatMap(({ column }) => (column === undefined ? [] : (names.column(table, column) ?? column)));
  const isPartial = columns.length < parts.length;
  const own = name === undefined ? {} : { name };
  if ((kind === "unique" || kind === "primary") && !isPartial) {
    const constraint = kind === "unique" ? "unique" : "primary key";
    return [{ kind: "add constraint", table, constraint, columns, isNotValid: false, isInline: false, ...own }];
  }
  return [
    {
      kind: "create index",
      table,
      isUnique: kind === "unique",
      isConcurrent: false,
      isOnly: false,
      ifNotExists: false,
      columns,
      isPartial,
      ...own,
    },
  ];
}
