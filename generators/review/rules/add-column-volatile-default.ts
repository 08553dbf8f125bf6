import { columnId } from "#schemas/object-id.ts";
import { actsOf, type ActOf } from "../acts/act.ts";
import { rewriteSeverity, sized, whileBlocked } from "../blocking.ts";
import { notNullSteps } from "../not-null-steps.ts";
import type { Draft } from "../rule.ts";
import type { Scene } from "../scene.ts";
import { sqlName, sqlPart } from "../sql.ts";
import { rewrites, type ReviewedStatement } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const addColumnVolatileDefault: Rule = {
  id: "add-column-volatile-default",
  scope: "statement",
  title: "New column whose default is different for each row",
  group: "migration",
  dialects: ["postgres"],
  severity: "error",
  default: "on",
  check(statement, scene) {
    return volatileColumns(statement, scene).map(({ table, column }) => ({
      message: `ADD COLUMN ${column.name} writes every row of ${sized(scene, table.id)} anew${whileBlocked(statement, table.id)}, because ${column.default?.isConstant ? `PostgreSQL ${scene.engineMajor} writes a default into each row` : "its default is volatile"}`,
      help: "Add the column without a default, set the default, fill old rows in batches, then make it NOT NULL",
      objects: [table.id, columnId(table.id, column.name)],
      ...rewriteSeverity(scene, table.id),
      ...plan(statement, scene, { table, column }),
    }));
  },
};

/** Volatile functions of PostgreSQL and its usual extensions that people write in defaults. */
const VOLATILE = new Set(
  `random random_normal clock_timestamp timeofday nextval gen_random_uuid uuidv4 uuidv7 uuid_generate_v1 uuid_generate_v1mc
  uuid_generate_v4 gen_random_bytes gen_salt nanoid txid_current pg_current_xact_id setseed statement_timestamp`.split(
    /\s+/,
  ),
);

/** First version that keeps a constant default beside the table. Source: PostgreSQL 11 release notes. */
const KEEPS_CONSTANTS = 11;

const isWritten = ({ isConstant }: NonNullable<Added["column"]["default"]>, { engineMajor }: Scene): boolean =>
  !isConstant || engineMajor < KEEPS_CONSTANTS;

type Added = Pick<ActOf<"add column">, "table" | "column">;

/** The columns to blame for a measured rewrite: known volatile defaults first, then every default with a function. */
function volatileColumns(statement: ReviewedStatement, scene: Scene): readonly Added[] {
  const candidates = actsOf(statement.acts, "add column").filter(({ table, column }) => {
    const rewritesByItself = column.isIdentity || column.isStored || column.isSerial || column.domain !== undefined;
    if (table.isNew || rewritesByItself || column.default === null || !isWritten(column.default, scene)) return false;
    return rewrites(statement, scene.family(table.id));
  });
  const known = candidates.filter(({ column }) => column.default?.functions.some((name) => VOLATILE.has(name)));
  return known.length > 0 ? known : candidates;
}

function plan(statement: ReviewedStatement, scene: Scene, { table, column }: Added): Pick<Draft, "rewrite"> {
  const made = scene.head.table(table.id)?.columns.find(({ name }) => name === column.name);
  if (statement.acts.length > 1 || made?.default === undefined) return {};
  const name = sqlPart(column.name);
  const alter = `ALTER TABLE ${sqlName(table.current)}`;
  const steps = [
    `${alter} ADD COLUMN ${name} ${made.type.raw}`,
    `${alter} ALTER COLUMN ${name} SET DEFAULT ${made.default}`,
    `-- in batches, by ranges of the key\nUPDATE ${sqlName(table.current)} SET ${name} = DEFAULT WHERE ${name} IS NULL`,
    ...(made.nullable ? [] : notNullSteps(table.current, column.name, scene.engineMajor)),
  ];
  return { rewrite: { title: "Add it empty, fill it in batches, then require it", steps } };
}
