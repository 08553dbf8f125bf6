import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expectGolden } from "#test/support/golden.ts";
import { comparable } from "#test/support/same-model.ts";
import type { Dialect } from "../model.ts";
import type { MigrationFile } from "../source.ts";
import { ddlScript, writeDdl } from "./ddl-writers.ts";
import { readerOf } from "./readers.ts";

/** Scripts of our own with all that the dialects of their time could declare; what is made of them is in `golden/`. */
const scripts = [
  { dialect: "mysql", name: "old-style", engineVersion: "5.7", isReadBack: true },
  { dialect: "mysql", name: "modern", engineVersion: "8.4", isReadBack: true },
  { dialect: "mysql", name: "mariadb", engineVersion: "11.4", isReadBack: false },
  { dialect: "mssql", name: "old-style", engineVersion: "2000", isReadBack: false },
  { dialect: "mssql", name: "modern", engineVersion: "2022", isReadBack: false },
] as const;

const read = (dialect: Dialect, file: Pick<MigrationFile, "path" | "text">, engineVersion: string) =>
  readerOf(dialect).readModel([{ ...file, version: "1", transaction: "none" }], { engineVersion });

test.each(scripts)("$dialect $name is read whole, and its SQL says what was read", async (script) => {
  const { dialect, name, engineVersion, isReadBack } = script;
  const folder = join(import.meta.dirname, dialect, "__fixtures__/hard");
  const path = `${name}.sql`;
  const { model, problems, statements } = await read(
    dialect,
    { path, text: readFileSync(join(folder, path), "utf8") },
    engineVersion,
  );
  const written = writeDdl(model);
  const text = ddlScript(model, written);
  const again = await read(dialect, { path, text }, engineVersion);
  // JSON that is text with a check, and what the SQL is told to leave out, do not come back as they were.
  const names = ({ tables }: typeof model) => tables.map(({ id, columns }) => [id, columns.map((one) => one.name)]);
  expect(isReadBack ? comparable(again.model) : names(again.model)).toEqual(
    isReadBack ? comparable(model) : names(model),
  );
  expect(statements.failed).toBe(0);
  const told = [...problems, ...written.problems].map(
    ({ code, severity, message, origin }) => `-- ${code} ${severity} ${origin?.line ?? ""}: ${message}\n`,
  );
  await expectGolden(join(folder, "golden", name), [{ path, content: [...told, text].join("\n"), generator: "test" }]);
});
