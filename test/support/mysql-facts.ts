import type { SchemaModel, Table } from "#schemas/model.ts";
import type { MariadbServer } from "./mariadb.ts";

/** Facts of a schema as comparable lines; the same line from the catalog and from our model means the same thing. */
export type Facts = readonly string[];

/** What MariaDB's own catalog says of a database. */
export function catalogFacts(server: MariadbServer, database: string): Facts {
  const where = (column: string): string => `${column} = '${database}'`;
  const tables = server.rows<{ t: string; e: string; l: string; c: string; p: number }>(
    `select json_object('t', table_name, 'e', engine, 'l', table_collation, 'c', table_comment, 'p', instr(create_options, 'partitioned'))
     from information_schema.tables where ${where("table_schema")} and table_type in ('BASE TABLE', 'SYSTEM VERSIONED')`,
  );
  const columns = server.rows<ColumnRow>(
    `select json_object('t', table_name, 'c', column_name, 'o', ordinal_position, 'y', column_type, 'n', is_nullable, 'd', column_default,
       'x', extra, 'l', collation_name, 'm', column_comment, 'g', generation_expression)
     from information_schema.columns where ${where("table_schema")}`,
  );
  const views = new Set(
    server.rows<string>(`select json_quote(table_name) from information_schema.views where ${where("table_schema")}`),
  );
  const sequences = new Set(
    server.rows<string>(
      `select json_quote(table_name) from information_schema.tables where ${where("table_schema")} and table_type = 'SEQUENCE'`,
    ),
  );
  // Names in expressions are printed with their database.
  const own = (row: ColumnRow): ColumnRow => ({ ...row, d: row.d?.replaceAll(`\`${database}\`.`, "") ?? null });
  return [
    ...tables.map(({ t, e, l, c, p }) => line("table", t, e.toLowerCase(), l, c, p > 0 ? "partitioned" : "")),
    ...columns
      .filter(({ t }) => !sequences.has(t))
      .map((row) => (views.has(row.t) ? line("view column", row.t, row.c, row.o, row.y) : columnLine(own(row)))),
    ...indexFacts(server, where),
    ...foreignKeyFacts(server, where),
    ...server
      .rows<{ t: string; n: string; e: string }>(
        `select json_object('t', table_name, 'n', constraint_name, 'e', check_clause) from information_schema.check_constraints where ${where("constraint_schema")}`,
      )
      .map(({ t, n, e }) => line("check", t, n, expression(e))),
    ...server
      .rows<{ t: string; n: string; a: string; e: string }>(
        `select json_object('t', event_object_table, 'n', trigger_name, 'a', action_timing, 'e', event_manipulation) from information_schema.triggers where ${where("trigger_schema")}`,
      )
      .map(({ t, n, a, e }) => line("trigger", t, n, a.toLowerCase(), e.toLowerCase())),
    ...server
      .rows<{ n: string; y: string; d: string; s: string }>(
        `select json_object('n', routine_name, 'y', routine_type, 'd', is_deterministic, 's', security_type) from information_schema.routines where ${where("routine_schema")}`,
      )
      .map(({ n, y, d, s }) => line("routine", n, y.toLowerCase(), d === "YES", s === "DEFINER")),
    ...server
      .rows<string>(`select json_quote(event_name) from information_schema.events where ${where("event_schema")}`)
      .map((name) => line("event", name)),
  ].sort();
}

interface ColumnRow {
  readonly t: string;
  readonly c: string;
  readonly o: number;
  readonly y: string;
  readonly n: string;
  readonly d: string | null;
  readonly x: string;
  readonly l: string | null;
  readonly m: string;
  readonly g: string | null;
}

function columnLine({ t, c, o, y, n, d, x, l, m, g }: ColumnRow): string {
  const update = /on update ([^,]*)/i.exec(x)?.[1]?.trim() ?? "";
  const extra = [
    /auto_increment/i.test(x) ? "auto" : "",
    /stored generated/i.test(x) ? "stored" : "",
    /virtual generated/i.test(x) ? "virtual" : "",
    /invisible/i.test(x) ? "invisible" : "",
  ].join("");
  const value = d === null || d === "NULL" ? "" : expression(d);
  return line("column", t, c, o, y, n === "YES", value, update, extra, l ?? "", m, g === null ? "" : expression(g));
}

function indexFacts(server: MariadbServer, where: (column: string) => string): string[] {
  const rows = server.rows<{
    t: string;
    i: string;
    u: number;
    s: number;
    c: string;
    p: number | null;
    y: string;
    m: string;
    g: string;
  }>(
    `select json_object('t', table_name, 'i', index_name, 'u', non_unique, 's', seq_in_index, 'c', column_name, 'p', sub_part, 'y', index_type, 'm', index_comment, 'g', ignored)
     from information_schema.statistics where ${where("table_schema")} order by table_name, index_name, seq_in_index`,
  );
  const groups = Map.groupBy(rows, ({ t, i }) => `${t}.${i}`);
  return [...groups.values()].flatMap((parts) => {
    const [first] = parts;
    if (!first) return [];
    // A spatial index always has a length of its own.
    const keys = parts.map(({ c, p }) => `${c}${p === null || first.y === "SPATIAL" ? "" : `(${p})`}`).join(",");
    return [line("index", first.t, first.i, first.u === 0, first.y.toLowerCase(), keys, first.m, first.g === "YES")];
  });
}

function foreignKeyFacts(server: MariadbServer, where: (column: string) => string): string[] {
  const rows = server.rows<{ t: string; n: string; c: string; r: string; d: string; u: string; f: string }>(
    `select json_object('t', k.table_name, 'n', k.constraint_name, 'c', group_concat(k.column_name order by k.ordinal_position),
       'r', group_concat(k.referenced_column_name order by k.ordinal_position), 'f', r.referenced_table_name, 'd', r.delete_rule, 'u', r.update_rule)
     from information_schema.key_column_usage k join information_schema.referential_constraints r
       on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name and r.table_name = k.table_name
     where ${where("k.table_schema")} group by k.table_name, k.constraint_name`,
  );
  return rows.map(({ t, n, c, r, d, u, f }) => line("foreign key", t, n, c, f, r, action(d), action(u)));
}

/** The same lines from our model; `collation` is the server's default one. */
export function modelFacts(model: SchemaModel, collation: string): Facts {
  return [
    ...model.tables.flatMap((table) => tableFacts(table, collation)),
    ...model.views.flatMap(({ name, columns }) =>
      columns.map((column) => line("view column", name, column.name, column.position, column.type.raw)),
    ),
    ...model.routines.map(({ name, variant, volatility, securityDefiner }) =>
      line(
        "routine",
        name,
        variant === "procedure" ? variant : "function",
        volatility === "immutable",
        securityDefiner,
      ),
    ),
    ...model.others.map(({ name }) => line("event", name)),
  ].sort();
}

function tableFacts(table: Table, serverCollation: string): string[] {
  const collation = table.options?.["collation"] ?? serverCollation;
  const { name } = table;
  return [
    line(
      "table",
      name,
      table.options?.["engine"]?.toLowerCase() ?? "innodb",
      collation,
      table.comment ?? "",
      table.variant === "partitioned" ? "partitioned" : "",
    ),
    ...table.columns.map((column) => {
      const isText = /^(?:char|varchar|tinytext|text|mediumtext|longtext|enum|set)\b/.test(column.type.raw);
      const extra = [
        column.identity ? "auto" : "",
        column.generated?.stored === true ? "stored" : "",
        column.generated?.stored === false ? "virtual" : "",
        column.invisible === true ? "invisible" : "",
      ].join("");
      return line(
        "column",
        name,
        column.name,
        column.position,
        column.type.raw,
        column.nullable,
        expression(column.default ?? ""),
        column.onUpdate ?? "",
        extra,
        isText ? (column.collation ?? collation) : "",
        column.comment ?? "",
        expression(column.generated?.expression ?? ""),
      );
    }),
    ...table.indexes.map((index) =>
      line(
        "index",
        name,
        index.name,
        index.unique,
        index.method,
        index.keys
          .map(({ column, prefixLength }) => `${column ?? "?"}${prefixLength === undefined ? "" : `(${prefixLength})`}`)
          .join(","),
        index.comment ?? "",
        index.invisible === true,
      ),
    ),
    ...table.constraints.flatMap((constraint) => {
      if (constraint.kind === "check") return [line("check", name, constraint.name, expression(constraint.expression))];
      if (constraint.kind !== "foreign key") return [];
      const { references, onDelete, onUpdate } = constraint;
      const target = references.table.slice(references.table.indexOf(".") + 1).replaceAll('"', "");
      return [
        line(
          "foreign key",
          name,
          constraint.name,
          constraint.columns.join(","),
          target,
          references.columns.join(","),
          action(onDelete),
          action(onUpdate),
        ),
      ];
    }),
    ...table.triggers.map((trigger) => line("trigger", name, trigger.name, trigger.timing, trigger.events[0] ?? "")),
  ];
}

const line = (...parts: readonly (string | number | boolean)[]): string => parts.join(" | ");

/**
 * InnoDB treats RESTRICT and NO ACTION alike, and stores either as the other when it adds the key in place with
 * foreign_key_checks off (innobase_set_foreign_key_option).
 */
const action = (rule: string): string => (rule.toLowerCase() === "no action" ? "restrict" : rule.toLowerCase());

/** Expressions without what a server adds and takes when it prints them: quotes of names, spaces, parentheses, case. */
function expression(text: string): string {
  if (/^'.*'$/s.test(text)) return text;
  return text.replaceAll(/`|\s|[()]/g, "").toLowerCase();
}
