import type { Parser } from "../../../languages/sql/postgres/parse.ts";

/**
 * Whether two texts that servers of different versions print are the same statement. Before 16 a server printed the
 * table's name before every column of a view over one table; what differs in nothing else has the same tree.
 */
export function isSamePostgresText(parser: Parser, live: string, committed: string, isQuery: boolean): boolean {
  const [one, other] = [live, committed].map((text) => treeText(parser, isQuery ? text : `select ${text}`));
  return one !== undefined && one !== null && one === other;
}

function treeText(parser: Parser, sql: string): string | null {
  const outcome = parser.parse(sql);
  if (!outcome.ok) return null;
  const statement: unknown = outcome.tree.stmts?.[0]?.stmt;
  return statement === undefined ? null : JSON.stringify(plain(statement, onlyTable(statement)));
}

/** What the only table of the outermost FROM is called in its query. */
function onlyTable(statement: unknown): string | null {
  const from = field(field(statement, "SelectStmt"), "fromClause");
  if (!Array.isArray(from) || from.length !== 1) return null;
  const table = field(from[0], "RangeVar");
  const alias = field(field(table, "alias"), "aliasname");
  const name = alias ?? field(table, "relname");
  return typeof name === "string" ? name : null;
}

/** The tree without places in the text, and without the only table's name before its columns. */
function plain(node: unknown, table: string | null): unknown {
  if (Array.isArray(node)) return node.map((item) => plain(item, table));
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node)
    .filter(([name]) => name !== "location" && name !== "stmt_location" && name !== "stmt_len")
    .map(([name, value]): [string, unknown] => {
      const fields: unknown = field(value, "fields");
      if (name !== "ColumnRef" || !Array.isArray(fields) || fields.length !== 2) return [name, plain(value, table)];
      const isOwn = field(field(fields[0], "String"), "sval") === table;
      return [name, { fields: plain(isOwn ? fields.slice(1) : fields, table) }];
    });
  return Object.fromEntries(entries);
}

function field(node: unknown, name: string): unknown {
  if (typeof node !== "object" || node === null) return undefined;
  return Object.entries(node).find(([key]) => key === name)?.[1];
}
