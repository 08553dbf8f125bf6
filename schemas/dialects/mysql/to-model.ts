import { NO_DATABASE } from "../../languages/sql/mysql/apply-context.ts";
import type { Built, BuiltRoutine, BuiltSequence } from "../../languages/sql/mysql/built.ts";
import {
  MODEL_VERSION,
  type Namespace,
  type OtherObject,
  type Routine,
  type SchemaModel,
  type Sequence,
} from "../../model.ts";
import { idPart, objectId, routineId } from "../../object-id.ts";
import { dataType } from "./types.ts";
import type { MysqlFacts } from "./facts.ts";
import { byId } from "./by-id.ts";
import { tableModel } from "./table-to-model.ts";
import { viewModel } from "./view-to-model.ts";

/** The model of what the applier made. Temporary tables live in sessions and are left out. */
export function builtToModel(
  built: Built,
  { facts, complete }: { readonly facts: MysqlFacts; readonly complete: boolean },
): SchemaModel {
  const triggers = Map.groupBy(built.triggers.values(), ({ schema, table }) => objectId(schema, table));
  const tables = [...built.tables.values()].filter(({ temporary }) => !temporary);
  return {
    version: MODEL_VERSION,
    dialect: "mysql",
    evidence: "rule",
    engine: { name: facts.name, version: facts.version },
    complete,
    schemas: byId(namespaces(built)),
    extensions: [],
    enums: [],
    domains: [],
    composites: [],
    ranges: [],
    sequences: byId([...built.sequences.values()].map(sequence)),
    tables: byId(
      tables.map((table) => tableModel(table, triggers.get(objectId(table.schema, table.name)) ?? [], facts)),
    ),
    views: byId([...built.views.values()].map((view) => viewModel(built, view, facts))),
    routines: byId([...built.routines.values()].map((one) => routine(one, facts))),
    others: byId(events(built)),
  };
}

function namespaces(built: Built): Namespace[] {
  const used = new Set(
    [...built.tables.values(), ...built.views.values(), ...built.routines.values()].map(({ schema }) => schema),
  );
  // A database that a script only mentions, as mysqldump's USE does, is not made by it.
  const named = [...built.databases.values()].filter(({ name, origin }) => used.has(name) || origin !== undefined);
  return named.map(({ name, comment, origin }) => ({
    kind: "schema",
    id: idPart(name),
    name,
    ...(comment === undefined ? {} : { comment }),
    ...(origin === undefined || name === NO_DATABASE ? {} : { origin }),
  }));
}

function routine(one: BuiltRoutine, facts: MysqlFacts): Routine {
  const types = one.parameters.map(({ type }) => dataType(type, facts, type.charset).raw);
  return {
    kind: "routine",
    id: routineId(one.schema, one.name, types),
    name: one.name,
    schema: one.schema,
    variant: one.variant,
    arguments: one.parameters.map(({ name, mode }, index) => ({ name, mode, type: types[index] ?? "" })),
    ...(one.returns ? { returns: dataType(one.returns, facts, one.returns.charset).raw } : {}),
    language: "sql",
    volatility: volatility(one),
    strict: false,
    securityDefiner: !one.securityInvoker,
    definition: one.definition,
    body: one.body,
    ...(one.comment === undefined ? {} : { comment: one.comment }),
    origin: one.origin,
  };
}

function volatility({ deterministic, readsOnly }: BuiltRoutine): Routine["volatility"] {
  if (deterministic) return "immutable";
  return readsOnly ? "stable" : "volatile";
}

function sequence({ schema, name, options, origin }: BuiltSequence): Sequence {
  const increment = options["increment"] ?? "1";
  const isDown = increment.startsWith("-");
  return {
    kind: "sequence",
    id: objectId(schema, name),
    name,
    schema,
    type: "bigint",
    start: options["start"] ?? (isDown ? (options["maxvalue"] ?? "-1") : (options["minvalue"] ?? "1")),
    increment,
    minimum: options["minvalue"] ?? (isDown ? "-9223372036854775807" : "1"),
    maximum: options["maxvalue"] ?? (isDown ? "-1" : "9223372036854775806"),
    cycle: options["cycle"] !== undefined,
    origin,
  };
}

function events(built: Built): OtherObject[] {
  return [...built.events.values()].map(({ schema, name, comment, definition, origin }) => ({
    kind: "event",
    id: objectId(schema, name),
    name,
    schema,
    definition,
    ...(comment === undefined ? {} : { comment }),
    origin,
  }));
}
