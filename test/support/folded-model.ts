import type { Column, Constraint, SchemaModel, Table, TypeFamily } from "#schemas/model.ts";
import { parseObjectId } from "#schemas/object-id.ts";

/** Facts of a model as lines that are equal for one schema in every dialect, by table. */
export type FoldedModel = Readonly<Record<string, readonly string[]>>;

/**
 * The stated fold, under which one schema written for several databases is one model:
 * - names in small letters and without `_`, schemas left out;
 * - a type is its family, and the families of `SAME` are one: what one database lacks is written with another;
 * - of keys and indexes the columns count, not the names; of an index that a key or a foreign key brings nothing;
 * - defaults count by whether there is one, and `NO ACTION` is `RESTRICT`.
 */
export function foldedModel({ tables }: SchemaModel): FoldedModel {
  return Object.fromEntries(
    tables
      .map((table): [string, readonly string[]] => [fold(table.name), [...new Set(factsOf(table))].sort()])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const fold = (name: string): string => name.toLowerCase().replaceAll("_", "");
const names = (columns: readonly string[]): string => columns.map(fold).join(",");

/** A flag is a number where there is no boolean; a date has its time where the script says so. */
const SAME: Readonly<Partial<Record<TypeFamily, string>>> = { boolean: "flag" };
const familyOf = ({ type }: Column): string => SAME[type.family] ?? type.family;

function factsOf(table: Table): readonly string[] {
  return [
    ...table.columns.map((column) =>
      [
        `column ${fold(column.name)} ${familyOf(column)}`,
        column.nullable ? "" : " not null",
        column.default === undefined ? "" : " default",
        column.generated ? " generated" : "",
      ].join(""),
    ),
    ...table.constraints.flatMap(constraintFact),
    ...table.indexes
      .filter(
        (index) =>
          !index.primary &&
          !index.constraint &&
          !isOfForeignKey(
            table,
            index.keys.map(({ column }) => column ?? "?"),
          ),
      )
      .map((index) => `${index.unique ? "unique" : "index"} ${names(index.keys.map(({ column }) => column ?? "?"))}`),
  ];
}

/** MySQL makes an index for each foreign key; the others leave it to the script. */
const isOfForeignKey = ({ constraints }: Table, columns: readonly string[]): boolean =>
  constraints.some((one) => one.kind === "foreign key" && names(one.columns) === names(columns));

function constraintFact(constraint: Constraint): readonly string[] {
  switch (constraint.kind) {
    case "primary key":
      return [`primary key ${names(constraint.columns)}`];
    case "unique":
      return [`unique ${names(constraint.columns)}`];
    case "foreign key": {
      const { columns, references, onDelete, onUpdate } = constraint;
      const target = fold(parseObjectId(references.table)?.at(-1) ?? "?");
      const action = (rule: string): string => (rule === "no action" ? "restrict" : rule);
      return [
        `foreign key ${names(columns)} to ${target} ${names(references.columns)}, delete ${action(onDelete)}, update ${action(onUpdate)}`,
      ];
    }
    default:
      return [];
  }
}
