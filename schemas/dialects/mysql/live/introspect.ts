import type { MigrationFile } from "../../../source.ts";
import type { SchemaModel, Table } from "../../../model.ts";
import { objectId } from "../../../object-id.ts";
import type { Problem } from "../../../problem.ts";
import { isBookkeepingTable } from "../../../replay/bookkeeping.ts";
import { NO_DATABASE } from "../../../languages/sql/mysql/apply-context.ts";
import type { LiveModel, LiveReader } from "../../live-reader.ts";
import type { LiveTarget } from "../../live-target.ts";
import type { MysqlVersion } from "../facts.ts";
import { readMysqlModel } from "../read-mysql-model.ts";
import { quoteName } from "../sql-text.ts";
import { alignMysql } from "./align.ts";
import { expressionTokens } from "./same-text.ts";
import { listQueries, readLists, type Lists, type ListedObject } from "./lists.ts";
import { openSession, type MysqlSession, type Row } from "./session.ts";
import { readStatistics } from "./statistics.ts";
import { readWorkload } from "./workload.ts";

/**
 * MySQL 5.7 and newer, MariaDB 10.2 and newer: one request lists what there is, another asks for every CREATE
 * statement, and the reader of files reads them. So both ways give one model.
 */
export const mysqlLive: LiveReader = {
  id: "mysql",
  async open(target) {
    const session = await openSession(target);
    return {
      engine: session.engine,
      readModel: () => readModel(session, target),
      readStatistics: () => readStatistics(session),
      readWorkload: (limit) => readWorkload(session, limit),
      close: () => session.close(),
    };
  },
};

async function readModel(session: MysqlSession, { connection }: LiveTarget): Promise<LiveModel> {
  const lists = readLists(await session.rows(listQueries));
  const objects = lists.objects.filter(({ kind, name }) => kind !== "table" || !isBookkeepingTable(name));
  const { rows, failed } = await session.rowsOfMany(
    objects.flatMap(({ database, show }) => [`use ${quoteName(database)}`, show]),
  );
  const refused = new Map(failed.map(({ index, errno }) => [index, errno]));
  const made: MadeObject[] = [];
  const problems: Problem[] = [];
  for (const [at, object] of objects.entries()) {
    const text = createText(rows[at * 2 + 1] ?? []);
    const errno = refused.get(at * 2 + 1);
    if (text === null) problems.push(hidden(connection, object, errno));
    else made.push({ ...object, text });
  }
  const version: MysqlVersion = {
    engine: session.engine.name === "MariaDB" ? "mariadb" : "mysql",
    version: session.engine.version,
  };
  const read = (nameOf: (database: string) => string): SchemaModel => {
    const { model, problems: found } = readMysqlModel(scripts(made, { lists, version, nameOf }), version);
    problems.push(...found.filter(({ makesIncomplete }) => makesIncomplete === true).map(asMissing));
    return {
      ...model,
      evidence: "live",
      complete: problems.length === 0,
      tables: withRows(model.tables, lists, nameOf),
    };
  };
  const model = read((database) => database);
  return {
    model,
    problems,
    alignedWith(committed) {
      const [only, ...others] = lists.databases;
      const [own, ...more] = committed.schemas;
      const renames = only && own && others.length === 0 && more.length === 0;
      const live = renames ? read(() => own.name) : model;
      return alignMysql(live, committed, { ...lists.defaults, version });
    },
  };
}

interface MadeObject extends ListedObject {
  readonly text: string;
}

/** The column that begins with `Create`, or the statement of a trigger or sequence; null when it is hidden. */
function createText(rows: readonly Row[]): string | null {
  const [row] = rows;
  if (!row) return null;
  const found = Object.entries(row).find(
    ([name]) => (/^create /i.test(name) && name !== "Create Time") || name === "SQL Original Statement",
  );
  return typeof found?.[1] === "string" ? found[1] : null;
}

/** A file for each object, so that a body may hold any delimiter but its own; tables first, triggers behind them. */
function scripts(
  made: readonly MadeObject[],
  {
    lists,
    version,
    nameOf,
  }: { readonly lists: Lists; readonly version: MysqlVersion; readonly nameOf: (database: string) => string },
): MigrationFile[] {
  const files: MigrationFile[] = [];
  const add = (path: string, text: string): void => void files.push({ path, version: path, transaction: "none", text });
  const ordered = viewsInOrder(made, version);
  for (const database of lists.databases) {
    const name = nameOf(database);
    if (name !== NO_DATABASE) add(name, `create database if not exists ${quoteName(name)};\nuse ${quoteName(name)};\n`);
    for (const object of ordered) {
      if (object.database !== database) continue;
      const mark = delimiterFor(object.text);
      add(`${name}.${object.name}`, `delimiter ${mark}\n${object.text}\n${mark}\n`);
    }
  }
  return files;
}

/** A view stands behind the views it reads; everything else stays where it is. */
function viewsInOrder(made: readonly MadeObject[], version: MysqlVersion): readonly MadeObject[] {
  const views = made.filter(({ kind }) => kind === "view");
  const done = new Set<MadeObject>();
  const ordered: MadeObject[] = [];
  const add = (view: MadeObject): void => {
    if (done.has(view)) return;
    done.add(view);
    const names = new Set(expressionTokens(version, view.text).map(({ text }) => text));
    for (const other of views) if (other.database === view.database && names.has(other.name.toLowerCase())) add(other);
    ordered.push(view);
  };
  for (const view of views) add(view);
  return made.flatMap((object) => (object.kind === "view" ? (ordered.shift() ?? []) : object));
}

function delimiterFor(text: string): string {
  let mark = "//statement//";
  while (text.includes(mark)) mark += "/";
  return mark;
}

function withRows(
  tables: readonly Table[],
  { rowEstimates }: Lists,
  nameOf: (database: string) => string,
): readonly Table[] {
  const byId = new Map(rowEstimates.map(({ database, name, rows }) => [objectId(nameOf(database), name), rows]));
  return tables.map((table) => {
    const rowEstimate = byId.get(table.id);
    const { origin: _file, ...own } = table;
    return rowEstimate === undefined ? own : { ...own, rowEstimate };
  });
}

function hidden(connection: string, { kind, name }: ListedObject, errno: number | undefined): Problem {
  return {
    code: "QG710",
    severity: "warning",
    message: `the ${kind} ${name} of the connection "${connection}" is not shown to its user and is missing${errno === undefined ? "" : ` (error ${errno})`}`,
    help: "A view needs SHOW VIEW, a routine SHOW_ROUTINE (or SELECT on mysql.proc), a trigger TRIGGER, an event EVENT. A view over what is gone cannot be read at all.",
    makesIncomplete: true,
  };
}

/** What our reader did not understand of what the server printed. */
function asMissing({ message, help, origin }: Problem): Problem {
  return {
    code: "QG710",
    severity: "warning",
    message: `${origin?.file ?? "An object"}: ${message}`,
    ...(help === undefined ? {} : { help }),
    makesIncomplete: true,
  };
}
