import type { Database } from "@dbml/core";
import type { Dialect } from "../../model.ts";
import type { Problem, WithProblems } from "../../problem.ts";
import { ddlWords, type DdlWords } from "../declared/ddl-words.ts";
import type {
  DeclaredColumn,
  DeclaredForeignKey,
  DeclaredIndex,
  DeclaredName,
  DeclaredSchema,
  DeclaredTable,
} from "../declared/declared-schema.ts";
import { columnType, defaultText } from "./column-sql.ts";
import { nameOf, type DbmlContext } from "./names.ts";
import { referencesOf } from "./references.ts";

type DbmlTable = Database["schemas"][number]["tables"][number];
type DbmlField = DbmlTable["fields"][number];

/** What the parser found, as a schema whose types and expressions are the database's own. */
export function toDeclared(database: Database, context: DbmlContext): WithProblems<DeclaredSchema> {
  const words = ddlWords(context.dialect);
  const problems: Problem[] = [];
  const references = referencesOf(database, context, problems);
  const enums = database.schemas.flatMap((schema) =>
    schema.enums.map((one) => {
      const notes = one.values.filter(({ note }) => note).map(({ name, note }) => `${name}: ${note}`);
      return {
        ...nameOf(schema.name, one.name, words),
        labels: one.values.map(({ name }) => name),
        ...comment([one.note, ...notes].filter(Boolean).join("\n")),
        line: one.token.start.line,
      };
    }),
  );
  const tables = database.schemas.flatMap((schema) =>
    schema.tables.map((table) => {
      const keys = references.flatMap((one) => (one.kind === "key" && one.of === table ? [one.key] : []));
      return tableOf(table, { words, dialect: context.dialect, name: nameOf(schema.name, table.name, words), keys });
    }),
  );
  return { value: { enums, tables: [...tables, ...joinTables(references)] }, problems };
}

function joinTables(references: ReturnType<typeof referencesOf>): readonly DeclaredTable[] {
  return references.flatMap((one) => (one.kind === "table" ? [one.table] : []));
}

interface TableInput {
  readonly words: DdlWords;
  readonly dialect: Dialect;
  readonly name: DeclaredName;
  readonly keys: readonly DeclaredForeignKey[];
}

function tableOf(table: DbmlTable, { words, dialect, name, keys }: TableInput): DeclaredTable {
  const { line } = table.token.start;
  const marked = table.fields.filter(({ pk }) => pk).map((field) => field.name);
  const listed = table.indexes.find(({ pk }) => Boolean(pk));
  const primary = listed ? listed.columns.map(({ value }) => String(value)) : marked;
  const own = table.indexes.filter(({ pk }) => !pk);
  const columns = table.fields.map((field): DeclaredColumn => {
    const value = defaultText(field, words);
    return {
      name: field.name,
      type: columnType(field, dialect, words),
      nullable: !(field.not_null || primary.includes(field.name)),
      ...(value === null ? {} : { default: value }),
      ...(field.increment && !isSerial(field) ? { increment: true } : {}),
      ...comment(field.note),
      line: lineOf(field),
    };
  });
  const uniques = table.fields
    .filter(({ unique, pk }) => unique && !pk)
    .map((field) => ({ columns: [field.name], line: lineOf(field) }));
  const named = new Set(table.fields.map((field) => field.name));
  return {
    ...name,
    columns,
    ...(primary.length > 0
      ? {
          primaryKey: {
            columns: primary.map((column) => ({ column })),
            line,
            ...(listed?.name ? { name: listed.name } : {}),
          },
        }
      : {}),
    uniques,
    checks: [...table.fields.flatMap(({ checks }) => checks), ...table.checks].map(
      ({ name: own, expression, token }) => ({
        expression,
        ...(own ? { name: own } : {}),
        line: token.start.line,
      }),
    ),
    indexes: own.map((index): DeclaredIndex => {
      const keyOf = ({ type, value }: { readonly type: string; readonly value: string }) =>
        type === "column" || named.has(value) ? { column: value } : { expression: value };
      const method = index.type ? String(index.type) : undefined;
      return {
        keys: index.columns.map(keyOf),
        unique: index.unique,
        ...(index.name ? { name: index.name } : { name: indexName(table.name, index.columns.map(keyOf)) }),
        ...(method === undefined ? {} : { method }),
        ...comment(index.note),
        line: index.token.start.line,
      };
    }),
    foreignKeys: keys,
    ...comment(table.note),
    line,
  };
}

/** As PostgreSQL names one without a name; other databases ask for a name. */
function indexName(table: string, keys: readonly { readonly column?: string }[]): string {
  return `${table}_${keys.map(({ column = "expr" }) => column).join("_")}_idx`.slice(0, LONGEST_NAME);
}
const LONGEST_NAME = 63;

/** A serial type counts up by itself. */
const isSerial = (field: DbmlField): boolean => /serial/i.test(String(field.type.type_name));

const lineOf = (field: DbmlField): number => field.token.start.line;

const comment = (note: string | null | undefined): { readonly comment?: string } =>
  note === null || note === undefined || note === "" ? {} : { comment: note };

/** DBML calls the schema of a name without one `public`, whatever the database. */
