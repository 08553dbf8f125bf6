import { Cursor } from "../../languages/sql/mysql/cursor.ts";
import { objectId, type ObjectId } from "../../object-id.ts";
import { onlineSteps } from "./online-ddl.ts";
import type { MysqlStep } from "./read-mysql-model.ts";

/** Counts, for each table, the instant changes of its columns since it was last written anew. */
export function createRowVersions(): { next(step: MysqlStep): number | undefined } {
  const counts = new Map<ObjectId, number>();
  return {
    next({ statement, text, database, table, facts }) {
      if (statement.kind === "nothing") {
        const cursor = new Cursor(text, facts.runs);
        if (!cursor.accept("OPTIMIZE")) return undefined;
        while (!cursor.isDone && !cursor.accept("TABLE") && !cursor.accept("TABLES")) cursor.next();
        do if (cursor.isName()) counts.delete(idOf(cursor.qualifiedName(), database));
        while (cursor.accept(","));
        return undefined;
      }
      if (statement.kind !== "alter table") return undefined;
      const id = table?.id ?? idOf(statement.name, database);
      const steps = onlineSteps(statement, { table, facts, skipsForeignKeyChecks: false });
      if (steps.some(({ algorithm }) => algorithm === "rebuild" || algorithm === "copy")) {
        counts.delete(id);
        return undefined;
      }
      const isInstant = steps.some(
        ({ operation, algorithm }) =>
          algorithm === "instant" && (operation === "add column" || operation === "drop column"),
      );
      if (!isInstant) return undefined;
      const count = (counts.get(id) ?? 0) + 1;
      counts.set(id, count);
      return count;
    },
  };
}

const idOf = ({ schema, name }: { readonly schema?: string; readonly name: string }, database: string): ObjectId =>
  objectId(schema ?? database, name);
