import type { Column, SchemaModel, Table } from "#schemas/model.ts";
import type { Planted } from "./planted.ts";

/** `INSERT`s with random rows that hold what the right answers look for. The same seed gives the same rows. */
export function seedRows(model: SchemaModel, planted: Planted, seed: number): string {
  const random = randomFrom(seed);
  const groups = groupColumns(model, planted);
  const script: string[] = [];
  for (const table of model.tables) script.push(...tableRows(table, { random, groups, planted }));
  return script.join("\n");
}

const ENTITY_ROWS = 16;
const LINK_ROWS = 40;

/** Columns that hold the same things, with the values those things are known by. */
interface Group {
  readonly values: readonly string[];
}

interface Context {
  readonly random: () => number;
  readonly groups: ReadonlyMap<string, Group>;
  readonly planted: Planted;
}

function tableRows(table: Table, context: Context): string[] {
  const { random } = context;
  const key = table.constraints.find(({ kind }) => kind === "primary key")?.columns ?? [];
  const single = key.length === 1 ? key[0] : undefined;
  const isLink =
    single === undefined || table.columns.filter(({ name }) => context.groups.has(place(table, name))).length > 2;
  const count = isLink ? LINK_ROWS : ENTITY_ROWS;
  const pools = table.columns.map((column) => {
    const values = valuesOf(table, column, context);
    const isOnce =
      column.name === single ||
      (context.planted.told.has(place(table, column.name)) && !context.groups.has(place(table, column.name))) ||
      (!isLink && NAMES.test(column.name) && !context.groups.has(place(table, column.name)));
    return { isOnce, values: isOnce ? shuffled(distinct(table, column, values, count), random) : values };
  });
  const rows: string[] = [];
  const keys = new Set<string>();
  for (let at = 0; at < count; at += 1) {
    const cells = pools.map(({ isOnce, values }) =>
      isOnce ? values[at] : values[Math.floor(random() * values.length)],
    );
    if (cells.includes(undefined)) break;
    const id = table.columns.flatMap(({ name }, index) => (key.includes(name) ? [cells[index]] : [])).join("\0");
    if (key.length > 0 && keys.has(id)) continue;
    keys.add(id);
    rows.push(`(${cells.map((cell) => `'${(cell ?? "").replaceAll("'", "''")}'`).join(", ")})`);
  }
  return rows.length === 0 ? [] : [`insert into "${table.name}" values ${rows.join(", ")};`];
}

/** Names of things are told apart: a title occurs once, a city often. */
const NAMES = /name$|title$/i;

function valuesOf(table: Table, column: Column, { groups, planted, random }: Context): readonly string[] {
  const group = groups.get(place(table, column.name));
  if (group) return group.values;
  const literals = [...(planted.literals.get(place(table, column.name)) ?? [])];
  return [...literals.flatMap((literal) => near(literal, column)), ...inventedValues(column, random)];
}

function inventedValues(column: Column, random: () => number): string[] {
  switch (column.type.family) {
    case "integer":
    case "decimal":
    case "float":
      return Array.from({ length: 40 }, () => String(Math.floor(random() * 9000) + 1));
    case "boolean":
      return ["true", "false"];
    case "date":
    case "timestamp":
      return Array.from({ length: 8 }, () => `20${10 + Math.floor(random() * 14)}-0${1 + Math.floor(random() * 9)}-15`);
    case "time":
      return ["08:30", "12:00", "17:45"];
    default:
      return Array.from({ length: 4 }, (_, at) => `${column.name} ${at + 1}`);
  }
}

/** A number is planted with its neighbours, so that `>` and `>=` differ. */
function near(literal: string, column: Column): string[] {
  const number = Number(literal);
  const { family } = column.type;
  if (family === "integer") return [number - 1, number, number + 1].map((one) => String(Math.round(one)));
  if (family === "float" || family === "decimal") return [number - 0.5, number, number + 0.5].map(String);
  if (family === "date" || family === "timestamp") return /^\d{4}-/.test(literal) ? [literal] : [];
  return [literal];
}

function distinct(table: Table, column: Column, values: readonly string[], count: number): string[] {
  const found = [...new Set(values)].slice(0, count);
  for (let at = 1; found.length < count && at < 1000; at += 1) {
    const next = numbered(table, column, at);
    if (!found.includes(next)) found.push(next);
  }
  return found;
}

/** The same for the same number, and of the column's type. */
function numbered(table: Table, column: Column, at: number): string {
  switch (column.type.family) {
    case "integer":
    case "decimal":
    case "float":
      return String(at);
    case "date":
    case "timestamp":
      return new Date(Date.UTC(2000, 0, at * 11)).toISOString().slice(0, 10);
    case "boolean":
      return at % 2 === 0 ? "true" : "false";
    default:
      return `${table.name} ${column.name} ${at}`;
  }
}

function groupColumns(model: SchemaModel, { joined, literals }: Planted): Map<string, Group> {
  const parent = new Map<string, string>();
  const root = (name: string): string => {
    const up = parent.get(name);
    return up === undefined || up === name ? name : root(up);
  };
  const declared = model.tables.flatMap((table) =>
    table.constraints.flatMap((one) =>
      one.kind === "foreign key"
        ? one.columns.map((column, at) => [place(table, column), targetOf(model, one.references, at)] as const)
        : [],
    ),
  );
  for (const [a, b] of [...joined, ...declared]) {
    parent.set(a, root(a));
    parent.set(b, root(b));
    parent.set(root(a), root(b));
  }
  const members = Map.groupBy(parent.keys(), root);
  const families = new Map(
    model.tables.flatMap((table) => table.columns.map(({ name, type }) => [place(table, name), type.family] as const)),
  );
  const groups = new Map<string, Group>();
  for (const [name, columns] of members) {
    const isNumber = columns.some((column) => families.get(column) !== "text");
    const known = [...new Set(columns.flatMap((column) => [...(literals.get(column) ?? [])]))].filter(
      (value) => !isNumber || /^\d+$/.test(value),
    );
    const values = [...known];
    for (let at = 1; values.length < ENTITY_ROWS; at += 1) {
      const next = isNumber ? String(at) : `${name.split(".")[1] ?? name} ${at}`;
      if (!values.includes(next)) values.push(next);
    }
    const group = { values: values.slice(0, Math.max(ENTITY_ROWS, known.length)) };
    for (const column of columns) groups.set(column, group);
  }
  return groups;
}

function targetOf(
  model: SchemaModel,
  references: { readonly table: string; readonly columns: readonly string[] },
  at: number,
): string {
  const table = model.tables.find(({ id }) => id === references.table);
  return `${table?.name ?? ""}.${references.columns[at] ?? ""}`;
}

const place = (table: Table, column: string): string => `${table.name}.${column}`;

function shuffled(values: readonly string[], random: () => number): string[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
