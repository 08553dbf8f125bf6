import type { SchemaModel, Sequence, Table } from "../../../model.ts";
import { parseObjectId } from "../../../object-id.ts";
import type { Problem } from "../../../problem.ts";
import { unwritten, type WrittenDdl } from "../../ddl-writer.ts";
import { comments, grants } from "./comments.ts";
import { inOrder, type Step } from "../../in-order.ts";
import { others } from "./others.ts";
import { routineStep } from "./routines.ts";
import { indexesOf, keysOf, security, tableStep, triggersOf } from "./tables.ts";
import { path, quote } from "./text.ts";
import { typeSteps } from "./types.ts";
import { viewStep } from "./views.ts";

/**
 * DDL that makes a PostgreSQL model again, as pg_dump orders it: what others need comes first, foreign keys come when
 * every table is there. Bodies of functions are not checked while it runs.
 */
export function writePostgres(model: SchemaModel): WrittenDdl {
  const problems: Problem[] = [];
  const left = (id: string, why: string): void => void problems.push(unwritten(id, why));
  const names = namesOf(model);
  const routines = model.routines.flatMap((routine) => routineStep(routine, names, left));
  const views = model.views.map((view) => viewStep(view, names));
  const late = behindViews(routines, views);
  const tables = model.tables.filter((table) => {
    if (table.variant === "foreign") left(table.id, "its server is no part of the schema");
    return table.variant !== "foreign";
  });
  const parents = new Map(tables.map((table) => [table.id, table]));
  const depths = new Map<string, number>();
  const depthOf = (table: Table): number => {
    const known = depths.get(table.id);
    if (known !== undefined) return known;
    const parent = parents.get(table.partitionOf?.parent ?? "");
    const depth = parent ? depthOf(parent) + 1 : 0;
    depths.set(table.id, depth);
    return depth;
  };
  // Children before their parents, whose keys then take the children's for their own.
  const leavesFirst = [...tables].sort((a, b) => depthOf(b) - depthOf(a));
  const statements = [
    "SET check_function_bodies = off",
    ...model.schemas
      .filter(({ name }) => name !== "public")
      .map(
        ({ name, owner }) =>
          `CREATE SCHEMA ${quote(name)}${owner === undefined ? "" : ` AUTHORIZATION ${quote(owner)}`}`,
      ),
    ...model.extensions.flatMap(({ id, name, schema, missing }) => {
      if (missing === true) left(id, "the embedded engine lacks the extension, and nothing of it was read");
      return [`CREATE EXTENSION IF NOT EXISTS ${quote(name)} WITH SCHEMA ${quote(schema)}`];
    }),
    ...inOrder([
      ...typeSteps(model, names),
      ...model.sequences.map(sequenceStep),
      ...routines.filter((step) => !late.has(step)),
      ...tables.map((table) => tableStep(table, { names, parents })),
    ]),
    ...model.sequences.flatMap(ownedBy),
    ...leavesFirst.flatMap((table) => keysOf(table, ({ kind }) => kind !== "foreign key")),
    ...leavesFirst.flatMap((table) => indexesOf(table, left)),
    ...inOrder([...routines.filter((step) => late.has(step)), ...views]),
    ...model.views.flatMap((view) => view.indexes.map(({ definition }) => definition)),
    ...tables.flatMap((table) => keysOf(table, ({ kind }) => kind === "foreign key")),
    ...others(model, left),
    ...[...tables, ...model.views].flatMap(triggersOf),
    ...tables.flatMap(security),
    ...comments(model),
    ...grants(model),
  ];
  return { statements, problems };
}

/** What a `schema.name` may be. */
export type Names = ReadonlyMap<string, readonly string[]>;

function namesOf(model: SchemaModel): Names {
  const names = new Map<string, string[]>();
  const add = (id: string, key = id): void => void names.set(key, [...(names.get(key) ?? []), id]);
  for (const { id } of [...model.enums, ...model.domains, ...model.composites, ...model.ranges]) add(id);
  for (const { id } of [...model.tables, ...model.views, ...model.sequences]) add(id);
  for (const { id } of model.routines) add(id, id.slice(0, id.indexOf("(")));
  return names;
}

/** Routines whose signature needs a view, straight or through another routine. */
function behindViews(routines: readonly Step[], views: readonly Step[]): ReadonlySet<Step> {
  const seen = new Set(views.map(({ id }) => id));
  const late = new Set<Step>();
  for (let before = -1; before !== late.size;) {
    before = late.size;
    for (const step of routines) {
      if (late.has(step) || !step.needs.some((need) => seen.has(need))) continue;
      late.add(step);
      seen.add(step.id);
    }
  }
  return late;
}

function sequenceStep(sequence: Sequence): Step {
  const { id, type, start, increment, minimum, maximum, cycle } = sequence;
  const range = `MINVALUE ${minimum} MAXVALUE ${maximum} START WITH ${start}`;
  const sql = `CREATE SEQUENCE ${path(sequence)} AS ${type} INCREMENT BY ${increment} ${range}${cycle ? " CYCLE" : ""}`;
  return { id, needs: [], statements: [sql] };
}

function ownedBy(sequence: Sequence): readonly string[] {
  const owner = sequence.ownedBy && parseObjectId(sequence.ownedBy.column);
  return owner ? [`ALTER SEQUENCE ${path(sequence)} OWNED BY ${owner.map(quote).join(".")}`] : [];
}
