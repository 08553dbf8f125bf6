import { array, assert, constantFrom, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { modelSchema } from "../../../json/model.ts";
import { readMssqlModel } from "../../../dialects/mssql/read-mssql-model.ts";
import { tokensOf } from "./parse-name.ts";
import { readBatch } from "./read-batch.ts";
import type { Token } from "./tokens.ts";

const modelOf = (text: string) => readMssqlModel([{ path: "a.sql", version: "1", transaction: "none", text }]);

/** Tokens that reading one batch looks at, each as often as it is looked at. */
function steps(text: string): number {
  let count = 0;
  const counted: readonly Token[] = new Proxy([...tokensOf(text)], {
    get(target, key, receiver) {
      if (typeof key === "string" && /^\d+$/.test(key)) count++;
      return Reflect.get(target, key, receiver);
    },
  });
  readBatch(text, counted);
  return count;
}

/** What could be read again and again: openings without ends, lists without commas, statements in statements. */
const repeated = [
  "( ",
  ") ",
  "BEGIN ",
  "END ",
  "IF ",
  "IF 1 = 1 ",
  "IF EXISTS (SELECT 1 FROM sys.tables WHERE name IN (",
  "ELSE ",
  "IF @a = 1 PRINT 1 ELSE ",
  "WHILE 1 = 1 ",
  "CASE WHEN ",
  "SELECT CASE WHEN 1 = 1 THEN ",
  "SELECT (SELECT ",
  "SELECT * FROM (SELECT * FROM ",
  "SELECT a AND NOT (b OR ",
  "SELECT - ",
  "SELECT f( ",
  "SELECT CAST( ",
  "SELECT 1 UNION ",
  "WITH a AS (SELECT 1 ",
  "WITH ",
  "INSERT ",
  "UPDATE t SET ",
  "MERGE ",
  "DECLARE @a int = 1, ",
  "SET @a = ",
  "EXEC ",
  "EXEC('",
  "CREATE TABLE t (a int, ",
  "CREATE TABLE t (a int check (",
  "CREATE TABLE ",
  "CREATE ",
  "ALTER TABLE t ADD a int DEFAULT (",
  "ALTER TABLE t DROP COLUMN a, ",
  "CREATE INDEX i ON t (a) WHERE ",
  "DROP TABLE a, ",
  "GRANT ",
  "a. ",
  ", ",
  "DEFAULT ",
  "CONSTRAINT ",
];

describe("a batch of anything", () => {
  it.each(repeated)("takes no more than twice the steps for twice of %j", (piece) => {
    const small = steps(piece.repeat(1500));
    const large = steps(piece.repeat(3000));
    expect(large / small).toBeLessThan(2.2);
  });

  const words = constantFrom(
    ...repeated,

    "dbo.Orders ",
    "[Id] ",
    "int ",
    "NOT NULL ",
    "PRIMARY KEY ",
    "REFERENCES ",
    "ON ",
    "'x' ",
    "1 ",
    "; ",
    "\nGO\n",
    "AS ",
    "@a ",

    "sp_rename ",
    "VIEW ",
    "PROC ",
    "TRIGGER ",
    "TYPE ",
    "AS TABLE ",
    "SEQUENCE ",
    "INDEX ",
    "INTO ",
    "RETURN ",
    "= ",
    "NULL ",

    "/* ",
    "*/ ",
    "-- ",
    "[",
    '"',
    "$(a) ",
    "$a$ ",
    ":setvar a b\n",
    "IDENTITY ",
    "GENERATED ",
    "WITH (",
    "SYSTEM_VERSIONING = ON ",
  );

  it("gives a model that fits its schema, whatever it is given", () => {
    assert(
      property(array(words, { maxLength: 60 }), (parts) => {
        expect(modelSchema.safeParse(modelOf(parts.join("")).model).error).toBeUndefined();
      }),
      { numRuns: 1500, seed: 7 },
    );
  });

  it("gives a model for any text", () => {
    assert(
      property(string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(modelSchema.safeParse(modelOf(text).model).error).toBeUndefined();
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it("reads what comes before and after a broken statement", () => {
    assert(
      property(array(words, { maxLength: 20 }), (parts) => {
        const broken = parts.join("").replaceAll(/[/[\]"'*]/g, "");
        const { model } = modelOf(`CREATE TABLE First (Id int)\nGO\n${broken}\nGO\nCREATE TABLE Later (Id int)`);
        expect(model.tables.map(({ name }) => name)).toEqual(expect.arrayContaining(["First", "Later"]));
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});
