import type { Dialect, SchemaModel } from "../model.ts";
import type { DdlWriter, WrittenDdl } from "./ddl-writer.ts";
import { writeMssql } from "./mssql/ddl/write-mssql.ts";
import { writeMysql } from "./mysql/ddl/write-mysql.ts";
import { writePostgres } from "./postgres/ddl/write-postgres.ts";

interface Writer {
  readonly write: DdlWriter;
  /** What stands behind each statement of a script. */
  readonly end: (statement: string) => string;
}

/** A body holds semicolons of its own: MySQL's client is told another terminator for the time. */
const mysqlEnd = (statement: string): string =>
  statement.includes(";") ? `DELIMITER $$\n${statement}$$\nDELIMITER ;\n` : `${statement};\n`;

const writers: Readonly<Record<Dialect, Writer>> = {
  mssql: { write: writeMssql, end: (statement) => `${statement}\nGO\n` },
  mysql: { write: writeMysql, end: mysqlEnd },
  postgres: { write: writePostgres, end: (statement) => `${statement};\n` },
};

export const writeDdl = (model: SchemaModel): WrittenDdl => writers[model.dialect].write(model);

/** The DDL as a script for the database's own client. */
export function ddlScript(model: SchemaModel, { statements }: WrittenDdl): string {
  return statements.map((statement) => writers[model.dialect].end(statement)).join("\n");
}
