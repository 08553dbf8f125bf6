import type { MigrationFile } from "../../source.ts";
import type { DialectReader } from "../reader.ts";
import { DEFAULT_VERSION, versionOf, type MysqlVersion } from "./facts.ts";
import { readMysqlModel } from "./read-mysql-model.ts";
import { readMysqlSteps } from "./read-mysql-steps.ts";

/** Our own reader applies the files: no engine runs. It takes less time than a cache would. */
export const mysql: DialectReader = {
  id: "mysql",
  readSteps: (history, files, { engineVersion }) =>
    readMysqlSteps(history, files, versionOf(engineVersion) ?? dumpedVersion(history) ?? DEFAULT_VERSION),
  readModel: (files, { engineVersion }) =>
    Promise.resolve(readMysqlModel(files, versionOf(engineVersion) ?? dumpedVersion(files) ?? DEFAULT_VERSION)),
};

/** The server that a dump says it comes from, in the header of mysqldump and mariadb-dump. */
export function dumpedVersion(files: readonly MigrationFile[]): MysqlVersion | undefined {
  for (const { text } of files) {
    const head = text.slice(0, HEADER_CHARACTERS);
    const maria = /^-- (?:Server version|MariaDB dump .*Distrib)\s+(\d+\.\d+(?:\.\d+)?)-MariaDB/m.exec(head);
    if (maria?.[1] !== undefined) return { engine: "mariadb", version: maria[1] };
    const server = /^-- Server version\s+(\d+\.\d+(?:\.\d+)?)/m.exec(head);
    if (server?.[1] !== undefined) return { engine: "mysql", version: server[1] };
  }
  return undefined;
}

const HEADER_CHARACTERS = 2000;
