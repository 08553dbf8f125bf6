import type { ActOf } from "./acts/act.ts";
import { notNullSteps } from "./not-null-steps.ts";
import type { Draft } from "./rule.ts";
import type { Scene } from "./scene.ts";
import { sqlName, sqlPart } from "./sql.ts";
import type { ReviewedStatement } from "./statement.ts";

type Added = ActOf<"add constraint">;
type Planned = Pick<Draft, "rewrite">;

/** NOT VALID first, VALIDATE in a transaction of its own. Only for a statement that adds this constraint and no more. */
export function validPlan(statement: ReviewedStatement, scene: Scene, act: Added): Planned {
  const name = act.name ?? madeConstraint(scene, act)?.name;
  if (statement.acts.length > 1 || act.isInline || name === undefined) return {};
  const steps = [
    `${statement.statement.text} NOT VALID`,
    `ALTER TABLE ${sqlName(act.table.current)} VALIDATE CONSTRAINT ${sqlPart(name)}`,
  ];
  return { rewrite: { title: "Add it unchecked, check it on its own", steps } };
}

/** The index first, concurrently; then the constraint on it. */
export function indexPlan(statement: ReviewedStatement, scene: Scene, act: Added): Planned {
  const made = madeConstraint(scene, act);
  if (statement.acts.length > 1 || act.isInline || !made || made.deferrable || act.columns.length === 0) return {};
  const table = sqlName(act.table.current);
  const name = sqlPart(made.name);
  const columns = act.columns.map(sqlPart).join(", ");
  const word = made.kind === "primary key" ? "PRIMARY KEY" : "UNIQUE";
  const nullable = made.kind === "primary key" ? nullableColumns(scene, act) : [];
  const steps = [
    ...nullable.flatMap((column) => notNullSteps(act.table.current, column, scene.engineMajor)),
    `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table} (${columns})`,
    `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${word} USING INDEX ${name}`,
  ];
  return { rewrite: { title: "Build the index first, outside a transaction", steps } };
}

/** The constraint as the migration leaves it. */
function madeConstraint(scene: Scene, { table, constraint, columns, name }: Added) {
  return scene.head
    .table(table.id)
    ?.constraints.find(
      (made) =>
        made.kind === constraint && (name === undefined ? made.columns.join() === columns.join() : made.name === name),
    );
}

const nullableColumns = (scene: Scene, { table, columns }: Added): readonly string[] =>
  columns.filter(
    (name) => scene.base.table(table.id)?.columns.find((column) => column.name === name)?.nullable === true,
  );
