import { parseExpression } from "../../languages/sql/translate/parse-query.ts";
import { Untranslatable, type Expression } from "../../languages/sql/translate/query.ts";
import { writeExpression } from "../../languages/sql/translate/write-postgres.ts";
import type { Column } from "../../model.ts";
import type { TranslateContext } from "./translate-model.ts";

/** A default as PostgreSQL takes it for the column's new type; null with a note when it has none. */
export function translateDefault(
  context: TranslateContext,
  { column, type, value }: { readonly column: Column; readonly type: string; readonly value: string },
): string | null {
  const left = (why: string): null => {
    context.note(column.id, `the default ${value} is left out: ${why}`, column.origin?.created);
    return null;
  };
  const bits = /^b'([01]*)'$/i.exec(value)?.[1];
  if (bits !== undefined) return type.startsWith("bit") ? `B'${bits}'` : String(Number.parseInt(bits || "0", 2));
  try {
    const expression = parseExpression(value, context.lexis);
    if (expression.kind === "word" && expression.word === "NULL") return null;
    if (expression.kind === "text" && /^0000-|-00/.test(expression.text) && /^(?:date|time)/.test(type))
      return left("there is no such day");
    if (expression.kind === "text" && type === "smallint" && /^[YNTF]?$/i.test(expression.text))
      return left("it is no number");
    if (expression.kind === "text" && type === "bytea")
      return `'\\x${Buffer.from(expression.text, "latin1").toString("hex")}'::bytea`;
    if (expression.kind === "text" && expression.text.includes("\0")) return left("a text of PostgreSQL holds no NUL");
    const sql = writeExpression(expression, context);
    if (expression.kind === "bytes" && type !== "bytea") return left(`bytes are no ${type}`);
    return isPlain(expression) ? sql : `(${sql})::${type}`;
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    return left(error.message);
  }
}

const isPlain = ({ kind }: Expression): boolean => kind === "number" || kind === "text" || kind === "bytes";
