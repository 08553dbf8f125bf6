import type { SchemaModel, Table, View } from "../../../model.ts";
import { objectId } from "../../../object-id.ts";
import type { Problem } from "../../../problem.ts";
import { isBookkeepingTable } from "../../../replay/bookkeeping.ts";
import type { LiveModel, LiveReader } from "../../live-reader.ts";
import type { LiveTarget } from "../../live-target.ts";
import { readMssqlModel } from "../read-mssql-model.ts";
import { dataType } from "../types.ts";
import { alignMssql } from "./align.ts";
import { catalogQueries, readCatalogAnswers, type Catalog } from "./catalog.ts";
import { catalogScript } from "./script.ts";
import { openSession, type MssqlSession } from "./session.ts";
import { readStatistics } from "./statistics.ts";
import { readWorkload } from "./workload.ts";

/** SQL Server 2016 and newer, Azure SQL Database: the whole catalog in one batch. */
export const mssqlLive: LiveReader = {
  id: "mssql",
  async open(target) {
    const session = await openSession(target);
    const [hello] = await session.json([VERSION]);
    const version = versionOf(hello);
    return {
      engine: { name: "SQL Server", version },
      readModel: () => readModel(session, target, version),
      readStatistics: () => readStatistics(session),
      readWorkload: (limit) => readWorkload(session, limit),
      close: () => session.close(),
    };
  },
};

const VERSION =
  "select cast(serverproperty('ProductVersion') as nvarchar(128)) as version for json path, without_array_wrapper";

/** The year a version is known by, as configurations name it; the number itself when it is newer than we know. */
function versionOf(hello: unknown): string {
  const text = typeof hello === "object" && hello !== null && "version" in hello ? String(hello.version) : "";
  return YEARS[text.split(".")[0] ?? ""] ?? text;
}
const YEARS: Readonly<Record<string, string>> = { 13: "2016", 14: "2017", 15: "2019", 16: "2022", 17: "2025" };

async function readModel(session: MssqlSession, { connection }: LiveTarget, version: string): Promise<LiveModel> {
  const found = readCatalogAnswers(await session.json(catalogQueries));
  const catalog = { ...found, tables: found.tables.filter(({ name }) => !isBookkeepingTable(name)) };
  const text = catalogScript(catalog).join("\nGO\n");
  const read = readMssqlModel([{ path: connection, version: "1", transaction: "none", text: `${text}\nGO\n` }], {
    version,
  });
  const problems = [...read.problems.map(asMissing), ...hiddenModules(connection, catalog)];
  const model: SchemaModel = {
    ...read.model,
    evidence: "live",
    complete: problems.length === 0,
    tables: read.model.tables.map((table) => withRows(table, catalog)),
    views: read.model.views.map((view) => withColumns(view, catalog)),
  };
  return {
    model,
    problems: [...problems, ...lost(connection, model, catalog)],
    alignedWith: (committed) => alignMssql(model, committed),
  };
}

function withRows(table: Table, { tables }: Catalog): Table {
  const row = tables.find(({ schema, name }) => schema === table.schema && name === table.name);
  return row?.rowTotal === null || row?.rowTotal === undefined ? table : { ...table, rowEstimate: row.rowTotal };
}

/** Types that the reader cannot tell from a view's query, the server knows. */
function withColumns(view: View, { modules, columns }: Catalog): View {
  const module = modules.find(({ schema, name }) => schema === view.schema && name === view.name);
  const own = columns.filter(({ object }) => object === module?.id);
  const isRead = view.columns.length === own.length && view.columns.every(({ type }) => type.raw !== "unknown");
  if (isRead || own.length === 0) return view;
  return {
    ...view,
    columns: own.map((column, at) => {
      const known = view.columns.find(({ name }) => name === column.name);
      if (known && known.type.raw !== "unknown") return known;
      const { type, bytes, precision, scale } = column;
      return {
        kind: "column",
        id: objectId(view.schema, view.name, column.name),
        name: column.name,
        position: at + 1,
        type: dataType(type, sizes(type, { bytes, precision, scale })),
        nullable: column.nullable,
      };
    }),
  };
}

function sizes(
  type: string,
  { bytes, precision, scale }: { bytes: number; precision: number; scale: number },
): readonly string[] {
  if (type === "decimal" || type === "numeric") return [String(precision), String(scale)];
  if (type === "time" || type === "datetime2" || type === "datetimeoffset") return [String(scale)];
  if (bytes < 0) return ["max"];
  return [String(type.startsWith("n") ? bytes / 2 : bytes)];
}

function asMissing({ message, help }: Problem): Problem {
  return {
    code: "QG710",
    severity: "warning",
    message,
    ...(help === undefined ? {} : { help }),
    makesIncomplete: true,
  };
}

function hiddenModules(connection: string, { modules }: Catalog): readonly Problem[] {
  return modules
    .filter(({ definition }) => definition === null)
    .map(({ schema, name }) => ({
      code: "QG710",
      severity: "warning",
      message: `the text of ${schema}.${name} of the connection "${connection}" is not shown to its user and is missing`,
      help: "GRANT VIEW DEFINITION to it. An encrypted module shows its text to nobody.",
      makesIncomplete: true,
    }));
}

/** A module that was renamed keeps its old name in its text. */
function lost(connection: string, model: SchemaModel, { modules }: Catalog): readonly Problem[] {
  const known = new Set(
    [...model.views, ...model.routines].map(({ schema, name }) => `${schema}.${name}`.toLowerCase()),
  );
  return modules
    .filter(({ type, definition }) => definition !== null && type !== "TR")
    .filter(({ schema, name }) => !known.has(`${schema}.${name}`.toLowerCase()))
    .map(({ schema, name }) => ({
      code: "QG710",
      severity: "warning",
      message: `${schema}.${name} of the connection "${connection}" was renamed by sp_rename; its text makes it under the old name, as which it is listed`,
      help: "Drop it and create it again under its new name.",
    }));
}
