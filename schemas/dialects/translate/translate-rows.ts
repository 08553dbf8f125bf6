import { lexemes, mssqlLexis, mysqlLexis, type Lexeme } from "../../languages/sql/translate/lexer.ts";
import { Untranslatable } from "../../languages/sql/translate/query.ts";
import { relationsOf, type Relation, type Relations } from "../../languages/sql/translate/scope.ts";
import type { SchemaModel } from "../../model.ts";
import type { Problem } from "../../problem.ts";

export interface TranslatedRows {
  /** One script for the embedded engine, with its transaction; empty where nothing could be read. */
  readonly sql: string;
  readonly problems: readonly Problem[];
}

/**
 * The rows of a fixtures script of MySQL or SQL Server for the translated schema: its INSERTs and UPDATEs of literals.
 * Session settings and the like are passed over. A statement that is more than that costs itself.
 */
export function translateRows(script: string, model: SchemaModel): TranslatedRows {
  const problems: Problem[] = [];
  const lost = (why: string): void => {
    problems.push({
      code: "QG401",
      severity: "warning",
      message: `a statement of the fixtures was left out of the translated database: ${why}`,
      help: "`querygenie build --only fixtures` writes them again.",
    });
  };
  const relations = relationsOf(model);
  const written: string[] = [];
  try {
    for (const statement of statementsOf(lexemes(script, model.dialect === "mysql" ? mysqlLexis : mssqlLexis))) {
      try {
        const sql = translateStatement(statement, relations);
        if (sql !== null) written.push(sql);
      } catch (error) {
        if (!(error instanceof Untranslatable)) throw error;
        lost(error.message);
      }
    }
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    lost(error.message);
  }
  if (written.length === 0) return { sql: "", problems };
  // The rows were proven with every constraint on; here references may come before what they refer to.
  const lines = ["BEGIN", "SET LOCAL session_replication_role = replica", ...written, "COMMIT"];
  return { sql: lines.map((sql) => `${sql};\n`).join(""), problems };
}

function* statementsOf(all: readonly Lexeme[]): Generator<readonly Lexeme[]> {
  let from = 0;
  for (const [at, { kind, text }] of all.entries()) {
    if (kind !== "symbol" || text !== ";") continue;
    if (at > from) yield all.slice(from, at);
    from = at + 1;
  }
  if (from < all.length) yield all.slice(from);
}

/** Moves over the lexemes of one statement. */
interface Reader {
  readonly all: readonly Lexeme[];
  at: number;
}

function translateStatement(all: readonly Lexeme[], relations: Relations): string | null {
  const reader: Reader = { all, at: 0 };
  if (accept(reader, "INSERT")) {
    accept(reader, "INTO");
    return insert(reader, relations);
  }
  return accept(reader, "UPDATE") ? update(reader, relations) : null;
}

function insert(reader: Reader, relations: Relations): string {
  const relation = relationOf(reader, relations);
  expect(reader, "(");
  const columns = [columnOf(reader, relation)];
  while (accept(reader, ",")) columns.push(columnOf(reader, relation));
  expect(reader, ")");
  expect(reader, "VALUES");
  const rows: string[] = [];
  do {
    expect(reader, "(");
    const values = [valueOf(reader)];
    while (accept(reader, ",")) values.push(valueOf(reader));
    expect(reader, ")");
    rows.push(`(${values.join(", ")})`);
  } while (accept(reader, ","));
  atEnd(reader);
  return `INSERT INTO ${pathOf(relation)} (${columns.join(", ")}) OVERRIDING SYSTEM VALUE VALUES\n  ${rows.join(",\n  ")}`;
}

function update(reader: Reader, relations: Relations): string {
  const relation = relationOf(reader, relations);
  expect(reader, "SET");
  const pair = (): string => {
    const column = columnOf(reader, relation);
    expect(reader, "=");
    return `${column} = ${valueOf(reader)}`;
  };
  const sets = [pair()];
  while (accept(reader, ",")) sets.push(pair());
  expect(reader, "WHERE");
  const conditions = [pair()];
  while (accept(reader, "AND")) conditions.push(pair());
  atEnd(reader);
  return `UPDATE ${pathOf(relation)} SET ${sets.join(", ")} WHERE ${conditions.join(" AND ")}`;
}

/** A literal as PostgreSQL's untyped text, which becomes what the column is. */
function valueOf(reader: Reader): string {
  if (accept(reader, "NULL")) return "NULL";
  const sign = accept(reader, "-") ? "-" : "";
  const lexeme = next(reader);
  switch (lexeme.kind) {
    case "number":
      return textOf(`${sign}${lexeme.text}`);
    case "text":
      return textOf(lexeme.text);
    case "bytes":
      return textOf(`\\x${lexeme.text}`);
    case "word":
      if (lexeme.text === "B") return textOf(textIn(reader));
      if (lexeme.text === "ST_GEOMFROMTEXT") {
        expect(reader, "(");
        const shape = textIn(reader);
        expect(reader, ")");
        return textOf(shape);
      }
      throw new Untranslatable(`${lexeme.raw} is no value that fixtures have`);
    default:
      throw new Untranslatable(`${lexeme.raw} is no value that fixtures have`);
  }
}

function textIn(reader: Reader): string {
  const lexeme = next(reader);
  if (lexeme.kind !== "text") throw new Untranslatable(`${lexeme.raw} stands where a text is wanted`);
  return lexeme.text;
}

function relationOf(reader: Reader, relations: Relations): Relation {
  const path = [nameOf(reader)];
  while (accept(reader, ".")) path.push(nameOf(reader));
  const found = relations.find(path);
  if (!found) throw new Untranslatable(`there is no table ${path.join(".")}`);
  return found;
}

function columnOf(reader: Reader, { columns, name }: Relation): string {
  const written = nameOf(reader);
  const found = columns.get(written.toLowerCase());
  if (!found) throw new Untranslatable(`${name} has no column ${written}`);
  return quote(found.name);
}

function nameOf(reader: Reader): string {
  const lexeme = next(reader);
  if (lexeme.kind === "name") return lexeme.text;
  if (lexeme.kind === "word") return lexeme.raw;
  throw new Untranslatable(`${lexeme.raw} stands where a name is wanted`);
}

function next(reader: Reader): Lexeme {
  const lexeme = reader.all[reader.at];
  if (!lexeme) throw new Untranslatable("it ends too early");
  reader.at++;
  return lexeme;
}

function accept(reader: Reader, word: string): boolean {
  const lexeme = reader.all[reader.at];
  if ((lexeme?.kind !== "word" && lexeme?.kind !== "symbol") || lexeme.text !== word) return false;
  reader.at++;
  return true;
}

function expect(reader: Reader, word: string): void {
  if (!accept(reader, word))
    throw new Untranslatable(`${reader.all[reader.at]?.raw ?? "its end"} stands where ${word} is wanted`);
}

function atEnd({ all, at }: Reader): void {
  const rest = all[at];
  if (rest) throw new Untranslatable(`${rest.raw} stands where it should end`);
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const pathOf = ({ schema, name }: Relation): string => `${quote(schema)}.${quote(name)}`;
const textOf = (text: string): string => `'${text.replaceAll("'", "''").replaceAll("\0", "")}'`;
