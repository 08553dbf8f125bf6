import { applyAlter } from "./apply-alter.ts";
import { databaseOf, type ApplyContext } from "./apply-context.ts";
import {
  createDatabase,
  createEvent,
  createRoutine,
  createSequence,
  createTrigger,
  createView,
  dropDatabase,
  dropObjects,
} from "./apply-objects.ts";
import { renameTables } from "./apply-rename.ts";
import { createTable } from "./apply-tables.ts";
import type { Statement } from "./statement.ts";

/**
 * Does to the schema what a statement asks for. Throws `ApplyError` when it does not fit what was made before; parts
 * that do not fit are reported through `context.lose` and cost themselves.
 */
export function applyStatement(context: ApplyContext, statement: Statement): void {
  switch (statement.kind) {
    case "create table":
      return createTable(context, statement);
    case "alter table":
      return applyAlter(context, statement);
    case "rename tables":
      return renameTables(context, statement);
    case "drop":
      return dropObjects(context, statement);
    case "create view":
      return createView(context, statement);
    case "create trigger":
      return createTrigger(context, statement);
    case "create routine":
      return createRoutine(context, statement);
    case "create event":
      return createEvent(context, statement);
    case "create sequence":
      return createSequence(context, statement);
    case "create database":
      return createDatabase(context, statement);
    case "drop database":
      return dropDatabase(context, statement);
    case "use":
      context.current = statement.schema;
      databaseOf(context, statement.schema);
      return;
    case "nothing":
    case "unknown":
    case "session":
    case "call":
      return;
  }
}
