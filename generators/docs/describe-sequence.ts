import type { Column, Sequence } from "#schemas/model.ts";
import type { ModelIndex, Placed } from "#schemas/model-index.ts";
import { counted } from "./names.ts";
import { code, prose, proseList, type Prose } from "./prose.ts";

/** Columns named in the sentence; the page lists them all. */
const COLUMNS_NAMED = 4;

/** A sequence in one or two sentences: which numbers it gives, and to whom. */
export function describeSequenceOffline(index: ModelIndex, sequence: Sequence): Prose {
  const { start, increment, cycle } = sequence;
  const down = increment.startsWith("-");
  const step = increment.replace("-", "");
  const by = step === "1" ? "one by one" : `in steps of ${step}`;
  const again = cycle ? ", and begins again at its end" : "";
  const numbers = prose`Gives numbers from ${start} ${down ? "down" : "up"}, ${by}${again}.`;
  if (sequence.ownedBy) return numbers;
  const columns = columnsNumberedBy(index, sequence).map(({ object }) => code(object.id));
  if (columns.length === 0) return [...numbers, " No column takes its default from it."];
  const rest = columns.length - COLUMNS_NAMED;
  const named = columns.slice(0, COLUMNS_NAMED);
  return [
    ...numbers,
    ...prose` The default of ${proseList(rest > 0 ? [...named, counted(rest, "more column")] : named)}.`,
  ];
}

/**
 * Columns of tables whose whole default is the next number of this sequence. The text is compared with the ones that
 * engines print, not read: a default that computes something with the number is not counted.
 */
export function columnsNumberedBy(index: ModelIndex, { id, schema, name }: Sequence): readonly Placed<Column>[] {
  const printed = new Set([
    `nextval('${id.replaceAll("'", "''")}'::regclass)`,
    `nextval(\`${schema}\`.\`${name}\`)`,
    `(NEXT VALUE FOR ${id})`,
    `(NEXT VALUE FOR [${schema}].[${name}])`,
    `NEXT VALUE FOR ${id}`,
    `NEXT VALUE FOR [${schema}].[${name}]`,
  ]);
  return index.model.tables.flatMap((parent) =>
    parent.columns
      .filter((column) => column.default !== undefined && printed.has(column.default))
      .map((object) => ({ object, parent })),
  );
}
