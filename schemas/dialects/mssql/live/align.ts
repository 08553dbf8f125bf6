import { nextToken, type Scanner } from "../../../languages/sql/mssql/tokens.ts";
import type { Column, SchemaModel } from "../../../model.ts";
import { alignSpelling } from "../../align-spelling.ts";
import { canonicalExpression, type ExpressionToken } from "../../same-expression.ts";

/** The live model in the words of the committed one: see `LiveModel.alignedWith`. */
export function alignMssql(live: SchemaModel, committed: SchemaModel): SchemaModel {
  const spelled = alignSpelling(live, committed, {
    isSame: (one, other, { field, kind }) => {
      const isWhole = WHOLE.has(kind) && (field === "definition" || field === "body");
      return isWhole ? statementText(one) === statementText(other) : isSameExpression(one, other);
    },
  });
  const tables = new Map(committed.tables.map((table) => [table.id, table]));
  const views = new Map(committed.views.map((view) => [view.id, view]));
  return {
    ...spelled,
    schemas: spelled.schemas,
    tables: spelled.tables.map((table) => ({
      ...table,
      columns: columnsAs(table.columns, tables.get(table.id)?.columns ?? []),
    })),
    views: spelled.views.map((view) => ({
      ...view,
      columns: columnsAs(view.columns, views.get(view.id)?.columns ?? []),
    })),
  };
}

const WHOLE: ReadonlySet<string> = new Set(["trigger", "event trigger", "routine", "view"]);

/** Whether an expression that the server printed is the one that was written. */
export const isSameExpression = (live: string, committed: string): boolean =>
  canonicalExpression(expressionTokens(live)) === canonicalExpression(expressionTokens(committed));

/** What a computed column, or one of a view, is of is told by the server alone; a file's reader may not know. */
function columnsAs(live: readonly Column[], committed: readonly Column[]): readonly Column[] {
  const byId = new Map(committed.map((column) => [column.id, column]));
  return live.map((column) => {
    const own = byId.get(column.id);
    const isUnread = own && (own.type.raw === "unknown" || own.type.raw === "" || (own.generated && column.generated));
    return isUnread ? { ...column, type: own.type, nullable: own.nullable } : column;
  });
}

export function expressionTokens(text: string): readonly ExpressionToken[] {
  const scanner: Scanner = { text, at: 0, open: null, variable: () => null };
  const tokens: ExpressionToken[] = [];
  for (let token = nextToken(scanner); token !== null; token = nextToken(scanner)) {
    const piece = text.slice(token.start, token.end);
    switch (token.kind) {
      case "name":
        // A type's name in brackets is the same as without.
        tokens.push({ kind: "name", text: token.value.toLowerCase() });
        break;
      case "string":
      case "number":
        tokens.push({ kind: "value", text: piece });
        break;
      case "variable":
        tokens.push({ kind: "name", text: piece.toLowerCase() });
        break;
      case "end":
        return tokens;
      default:
        tokens.push({ kind: token.kind, text: piece.toUpperCase() });
    }
  }
  return tokens;
}

/** A module is kept as it was written, but for the space around it; CREATE OR ALTER is kept as CREATE. */
function statementText(text: string): string {
  const words = expressionTokens(text).map((token) => token.text.toUpperCase());
  const isOrAlter = words[0] === "CREATE" && words[1] === "OR" && words[2] === "ALTER";
  return (isOrAlter ? ["CREATE", ...words.slice(3)] : words).filter((word) => word !== ";").join(" ");
}
