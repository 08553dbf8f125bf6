/** The other end of `executed-steps.ts`: texts as JSON on standard input, their counts on standard output. */
import { Session } from "node:inspector/promises";
import { text as textOf } from "node:stream/consumers";
import { readMssqlModel } from "#schemas/dialects/mssql/read-mssql-model.ts";
import { readMysqlModel } from "#schemas/dialects/mysql/read-mysql-model.ts";
import type { MigrationFile } from "#schemas/source.ts";
import type { ReadText } from "./executed-steps.ts";

const readers: Readonly<Record<ReadText["dialect"], (file: MigrationFile) => unknown>> = {
  mysql: (file) => readMysqlModel([file], { engine: "mysql", version: "8.4" }),
  mssql: (file) => readMssqlModel([file]),
};

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Written by executed-steps.ts, the only caller.
const texts = JSON.parse(await textOf(process.stdin)) as readonly ReadText[];
const session = new Session();
session.connect();
await session.post("Profiler.enable");
const counts: number[] = [];
for (const { dialect, text } of texts) {
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  readers[dialect]({ path: "a.sql", version: "1", transaction: "none", text });
  const { result } = await session.post("Profiler.takePreciseCoverage");
  await session.post("Profiler.stopPreciseCoverage");
  const ranges = result
    .filter(({ url }) => url.includes("/schemas/"))
    .flatMap(({ functions }) => functions.flatMap((one) => one.ranges));
  counts.push(ranges.reduce((sum, { count }) => sum + count, 0));
}
session.disconnect();
process.stdout.write(JSON.stringify(counts));
