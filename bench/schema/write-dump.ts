import { objectName } from "./names.ts";
import type { PlannedSchema, PlannedTable } from "./plan.ts";
import {
  addForeignKey,
  commentsOn,
  createDomain,
  createEnum,
  createIndex,
  createPartitions,
  createPolicy,
  createRoutine,
  createSchema,
  createTable,
  createTrigger,
  createView,
  partitionClause,
  script,
  type TableParts,
} from "./write-sql.ts";

interface SchemaText {
  readonly path: string;
  readonly text: string;
}

/** The finished database: types, a file a department, then what joins the departments. */
export function writeDump(plan: PlannedSchema): SchemaText[] {
  const types = [
    ...plan.modules.flatMap(createSchema),
    ...plan.domains.flatMap(createDomain),
    ...plan.enums.flatMap((type) => createEnum(type)),
  ];
  const files = [{ name: "types", statements: types }];
  for (const { schema } of plan.modules) {
    const tables = plan.tables.filter((table) => table.schema === schema);
    if (tables.length > 0) files.push({ name: schema, statements: tables.flatMap(wholeTable) });
  }
  files.push(
    {
      name: "foreign_keys",
      statements: plan.tables.flatMap((table) => table.foreignKeys.map((key) => addForeignKey(table, key))),
    },
    { name: "functions", statements: plan.routines.flatMap(createRoutine) },
    { name: "triggers", statements: plan.tables.filter(({ isTouched }) => isTouched).map(createTrigger) },
    { name: "views", statements: plan.views.flatMap(createView) },
  );
  return files.map(({ name, statements }, index) => ({
    path: `${String(index).padStart(2, "0")}_${name}.sql`,
    text: script(statements),
  }));
}

/** Everything of a table but its references. */
function wholeTable(table: PlannedTable): string[] {
  return [
    createTable(tableParts(table)),
    ...createPartitions(table),
    ...table.indexes.map((index) => createIndex(table, index)),
    ...commentsOn(table),
    ...(table.rowSecurity === undefined ? [] : createPolicy(table)),
  ];
}

export function tableParts(table: PlannedTable): TableParts {
  const { schema, name, columns, uniques, checks } = table;
  const partitionBy = partitionClause(table);
  return {
    schema,
    name,
    columns,
    uniques,
    checks,
    primaryKey: { name: objectName(name, [], "pkey"), columns: table.primaryKey },
    ...(partitionBy === undefined ? {} : { partitionBy }),
  };
}
