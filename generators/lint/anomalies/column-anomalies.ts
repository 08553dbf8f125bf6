import type { Column, Table, View } from "#schemas/model.ts";
import { ownTables, typeName } from "../../review/own-columns.ts";
import type { Anomaly, AnomalyDraft } from "./anomaly.ts";

/** The default is the engine's own print of a literal, compared as a text and not read as SQL. */
const NULL_AS_TEXT = /^\(*'null'(?:::[\w ."]+)?\)*$/i;

export const nullAsText: Anomaly = {
  severity: "warning",
  check: ({ index }) =>
    ownTables(index.model).flatMap(({ columns }) =>
      columns
        .filter((column) => NULL_AS_TEXT.test(column.default ?? ""))
        .map((about) => ({
          message: `the default of ${about.id} is the word NULL, not the absence of a value`,
          help: "DROP DEFAULT, and set the rows that hold the word to NULL",
          about,
        })),
    ),
};

/** A foreign key whose rows can refer to nothing but themselves. */
export const referenceToOwnRow: Anomaly = {
  severity: "warning",
  check: ({ index }) =>
    index.references
      .filter(({ foreignKey, from }) => foreignKey.references.table === from.id && foreignKey.virtual === undefined)
      .filter(({ foreignKey: { columns, references } }) => columns.join("\0") === references.columns.join("\0"))
      .map(({ foreignKey, from }) => ({
        message: `${foreignKey.id} lets each row of ${from.id} refer to itself and to no other`,
        help: "Drop it, or refer from the column that was meant",
        about: foreignKey,
        also: [from.id],
      })),
};

/** A name in fewer tables than this is a coincidence. */
const FEWEST = 3;
/** The share of tables that must agree before the others are odd. */
const MAJORITY = 2 / 3;
/** Names that mean something else in each table. */
const GENERIC: ReadonlySet<string> = new Set(
  "id uuid key value name type kind code status state data number no position level version size amount content".split(
    " ",
  ),
);

export const inconsistentColumnType: Anomaly = {
  severity: "info",
  check({ index }) {
    const columns = ownTables(index.model).flatMap((table) => table.columns.filter(({ inherited }) => !inherited));
    const byName = Map.groupBy(columns, ({ name }) => name);
    return [...byName].flatMap(([name, same]) => (GENERIC.has(name.toLowerCase()) ? [] : oddOnes(name, same)));
  },
};

function oddOnes(name: string, same: readonly Column[]): readonly AnomalyDraft[] {
  const byType = [...Map.groupBy(same, ({ type }) => typeName(type))].sort(([, a], [, b]) => b.length - a.length);
  const [usual] = byType;
  if (!usual || same.length < FEWEST || byType.length < 2 || usual[1].length / same.length < MAJORITY) return [];
  return byType.slice(1).flatMap(([type, odd]) =>
    odd.map((about) => ({
      message: `${about.id} is ${type}; ${usual[1].length} other columns called ${name} are ${usual[0]}`,
      help: "One name, one type: give it the type of the others, or another name",
      about,
    })),
  );
}

/** Capitals are another matter, which the rule name-case has. */
const PLAIN = /^[\p{L}_][\p{L}\p{M}\p{N}_$]*$/u;

export const quotedName: Anomaly = {
  severity: "info",
  check({ index: { model } }) {
    const relations: readonly (Table | View)[] = [...ownTables(model), ...model.views];
    return relations.flatMap((about) => {
      const odd = [about, ...about.columns].filter(({ name }) => !PLAIN.test(name));
      if (odd.length === 0) return [];
      const names = odd.map(({ name }) => JSON.stringify(name)).join(", ");
      return [
        {
          message: `${about.id} has names that must be quoted everywhere: ${names}`,
          help: "Letters, digits and _ need no quotes",
          about,
          also: odd.map(({ id }) => id).filter((id) => id !== about.id),
        },
      ];
    });
  },
};
