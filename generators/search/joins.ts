import type { Column, SchemaModel, Table } from "#schemas/model.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { splitWords, stem } from "./tokenise.ts";

/** One way to join two tables: equal columns, from the table that refers to the one that is referred to. */
export interface Join {
  readonly from: ObjectId;
  readonly to: ObjectId;
  /** Column names, pairwise equal. */
  readonly columns: readonly (readonly [from: string, to: string])[];
  /** A foreign key of the schema, or a guess by names: many old schemas declare no keys. */
  readonly basis: "declared" | "inferred";
}

/** All joins of a model: its foreign keys, and for columns without one what their names say. Sorted by table. */
export function joinsOf(model: SchemaModel): readonly Join[] {
  const declared = model.tables.flatMap((table) =>
    table.constraints.flatMap((constraint): Join[] => {
      if (constraint.kind !== "foreign key") return [];
      const { references } = constraint;
      const columns = constraint.columns.map((column, at) => [column, references.columns[at] ?? column] as const);
      return [{ from: table.id, to: references.table, columns, basis: "declared" }];
    }),
  );
  const bySchema = Map.groupBy(
    model.tables.filter(({ partitionOf }) => !partitionOf),
    ({ schema }) => schema,
  );
  const inferred = [...bySchema.values()].flatMap((tables) => inferredJoins(tables));
  return [...declared, ...inferred].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
}

function inferredJoins(tables: readonly Table[]): Join[] {
  const names = new Set(tables.map(({ name }) => joined(name)));
  const targets = tables.flatMap((table) => targetsOf(table, names));
  const hasDeclared = tables.some(({ constraints }) => constraints.some(({ kind }) => kind === "foreign key"));
  const readings = hasDeclared ? SURE_READINGS : [...SURE_READINGS, ...BOLD_READINGS];
  const joins: Join[] = [];
  for (const table of tables) {
    const covered = new Set(table.constraints.flatMap((one) => (one.kind === "foreign key" ? one.columns : [])));
    for (const column of table.columns) {
      if (covered.has(column.name)) continue;
      for (const target of referredBy(table, column, targets, readings)) {
        const columns = [[column.name, target.column.name] as const];
        joins.push({ from: table.id, to: target.table.id, columns, basis: "inferred" });
      }
    }
    const pair = hasDeclared ? undefined : secondOfPair(table, joins);
    if (pair) joins.push(pair);
  }
  return joins;
}

/** A table of two columns of which one refers to something pairs it with itself: `border_info (state_name, border)`. */
function secondOfPair(table: Table, joins: readonly Join[]): Join | undefined {
  const [a, b] = table.columns;
  const own = joins.filter(({ from }) => from === table.id);
  if (a === undefined || b === undefined || table.columns.length > 2 || own.length !== 1) return undefined;
  const [first] = own;
  const used = first?.columns[0];
  const other = used?.[0] === a.name ? b : a;
  if (first === undefined || used === undefined || a.type.family !== b.type.family) return undefined;
  if (joined(other.name) === joined(table.name)) return undefined;
  return { ...first, columns: [[other.name, used[1]]] };
}

/** A column that others may refer to: the key of its table. */
interface Target {
  readonly table: Table;
  readonly column: Column;
  /** How another table may call it: `course id`, `courseid`, each as one word. */
  readonly names: ReadonlySet<string>;
  readonly isPrimary: boolean;
}

function targetsOf(table: Table, tableNames: ReadonlySet<string>): Target[] {
  const key = table.constraints.find(({ kind }) => kind === "primary key");
  const words = splitWords(table.name).map(stem);
  const last = words.at(-1) ?? "";
  // `offering_id` is the key of course_offering, but `course_id` is not that of program_course where course is a table.
  const own = new Set([words.join(""), ...(tableNames.has(last) ? [] : [last])]);
  const primary = key?.columns.length === 1 ? key.columns[0] : undefined;
  return table.columns.flatMap((column): Target[] => {
    const name = joined(column.name);
    const isOwnId = [...own].some((one) => KEY_WORDS.some((word) => name === `${one}${word}`));
    const isPrimary = column.name === primary || (key === undefined && name === "id");
    if (!isPrimary && !isOwnId) return [];
    const names = new Set(KEY_WORDS.includes(name) ? [`${words.join("")}${name}`] : [name]);
    if (isOwnId || KEY_WORDS.includes(name)) {
      for (const word of KEY_WORDS) if (name.endsWith(word)) names.add(`${words.join("")}${word}`);
    }
    return [{ table, column, names, isPrimary }];
  });
}

const KEY_WORDS = ["id", "code", "no", "key", "name", "num", "number", "uuid"];

type Reading = (context: {
  readonly table: Table;
  readonly column: Column;
  readonly targets: readonly Target[];
}) => readonly Target[];

/** The first reading that finds a table decides; one that finds several by equal right decides nothing. */
function referredBy(
  table: Table,
  column: Column,
  all: readonly Target[],
  readings: readonly Reading[],
): readonly Target[] {
  const targets = all.filter(
    (target) =>
      !(target.table.id === table.id && target.column.name === column.name) && comparable(target.column, column),
  );
  for (const reading of readings) {
    const found = reading({ table, column, targets });
    if (found.length > 0) return found;
  }
  return [];
}

/** `course_id` is the key `course_id`, or the key `id` of `course`. Of several, the table that the name names. */
const bySameName: Reading = ({ table, column, targets }) => {
  const name = joined(column.name);
  if (KEY_WORDS.includes(name)) return [];
  const found = targets.filter((target) => target.table.id !== table.id && target.names.has(name));
  const named = found.filter(({ table: other }) => name.startsWith(joined(other.name)));
  if (named.length > 0) return isNamedAfter(table, name) ? [] : named.slice(0, 1);
  if (isNamedAfter(table, name)) return [];
  return found.length === 1 ? found : [];
};

/** `pre_course_id`, `citingpaperid`, `ship_to_address_id`: what stands before the key's name says which role it plays. */
const byNameAtEnd: Reading = ({ column, targets }) => {
  const name = joined(column.name);
  const fits = (target: Target): number =>
    Math.max(
      0,
      ...[...target.names]
        .filter((one) => one.length > 4 && name.endsWith(one) && name !== one)
        .map((one) => one.length),
    );
  return longest(targets, fits);
};

/** `cited`, `manager`: a table's own name without a key word, of a type that could hold its key. */
const byTableName: Reading = ({ table, column, targets }) => {
  const name = joined(column.name);
  return targets.filter((target) => target.table.id !== table.id && joined(target.table.name) === name);
};

/** `msid` is a movie's `mid` or a series' `sid`. */
const byInitialsOfTwo: Reading = ({ column, targets }) => {
  const name = joined(column.name);
  const [, a, b] = /^([a-z])([a-z])id$/.exec(name) ?? [];
  if (a === undefined || b === undefined) return [];
  const pair = [`${a}id`, `${b}id`].flatMap((key) => targets.filter(({ column: own }) => joined(own.name) === key));
  return pair.length === 2 ? pair : [];
};

/** `kid` is the key `id` of the only table that begins with k. */
const byInitial: Reading = ({ table, column, targets }) => {
  const [, initial] = /^([a-z])id$/.exec(joined(column.name)) ?? [];
  const isOwnKey = table.constraints.some(
    ({ kind, columns }) => kind === "primary key" && columns.join() === column.name,
  );
  if (initial === undefined || isOwnKey) return [];
  const found = targets.filter(
    ({ table: other, column: key }) =>
      other.id !== table.id &&
      joined(key.name) === "id" &&
      other.name.toLowerCase().startsWith(initial) &&
      isNamed(other),
  );
  return found.length === 1 ? found : [];
};

const SURE_READINGS: readonly Reading[] = [bySameName, byNameAtEnd];
const BOLD_READINGS: readonly Reading[] = [byTableName, byInitialsOfTwo, byInitial];

/** A thing with a name or title, unlike a table that only says how others belong together. */
function isNamed(table: Table): boolean {
  const own = joined(table.name);
  return table.columns.some(({ name }) => joined(name) === own || /(?:name|title)$/.test(joined(name)));
}

function isNamedAfter(table: Table, name: string): boolean {
  return name.startsWith(joined(table.name)) && KEY_WORDS.some((word) => name === `${joined(table.name)}${word}`);
}

function longest(targets: readonly Target[], fits: (target: Target) => number): Target[] {
  const most = Math.max(0, ...targets.map(fits));
  const best = most === 0 ? [] : targets.filter((target) => fits(target) === most);
  return best.length === 1 ? best : [];
}

function comparable(a: Column, b: Column): boolean {
  return a.type.family === b.type.family;
}

/** A name as one word of singulars: `Order_Items` is `orderitem`. */
function joined(name: string): string {
  return splitWords(name).map(stem).join("");
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
