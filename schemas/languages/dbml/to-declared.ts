import type { Column } from "@dbml/parse";
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
import type { LinkedDocument, LinkedTable } from "./linked.ts";
import { nameOf, type DbmlContext } from "./names.ts";
import { referencesOf } from "./references.ts";

/** What the parser found, as a schema whose types and expressions are the database's own. */
export function toDeclared(document: LinkedDocument, context: DbmlContext): WithProblems<DeclaredSchema> {
  const words = ddlWords(context.dialect);
  const problems: Problem[] = [];
  const references = referencesOf(document, context, problems);
  const enums = document.enums.map((one) => {
    const notes = one.values.flatMap(({ name, note }) => (note?.value ? [`${name}: ${note.value}`] : []));
    return {
      ...nameOf(one.schemaName, one.name, words),
      labels: one.values.map(({ name }) => name),
      ...comment(notes.join("\n")),
      line: one.token.start.line,
    };
  });
  const tables = document.tables.map((table) => {
    const keys = references.flatMap((one) => (one.kind === "key" && one.of === table ? [one.key] : []));
    const name = nameOf(table.schema, table.name, words);
    return tableOf(table, { words, dialect: context.dialect, name, keys, document });
  });
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
  readonly document: LinkedDocument;
}

function tableOf(table: LinkedTable, { words, dialect, name, keys, document }: TableInput): DeclaredTable {
  const { line } = table;
  const marked = table.columns.filter(({ pk }) => pk).map((field) => field.name);
  const listed = table.indexes.find(({ pk }) => Boolean(pk));
  const primary = listed ? listed.columns.map(({ value }) => value) : marked;
  const own = table.indexes.filter(({ pk }) => !pk);
  const columns = table.columns.map((field): DeclaredColumn => {
    const value = defaultText(field, words);
    return {
      name: field.name,
      type: columnType(field, document.enumOf(field), dialect, words),
      nullable: !(field.not_null || primary.includes(field.name)),
      ...(value === null ? {} : { default: value }),
      ...(field.increment && !isSerial(field) ? { increment: true } : {}),
      ...comment(field.note?.value),
      line: lineOf(field),
    };
  });
  const uniques = table.columns
    .filter(({ unique, pk }) => unique && !pk)
    .map((field) => ({ columns: [field.name], line: lineOf(field) }));
  const named = new Set(table.columns.map((field) => field.name));
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
    checks: [...table.columns.flatMap(({ checks }) => checks), ...table.checks].map(
      ({ name: own, expression, token }) => ({
        expression,
        ...(own ? { name: own } : {}),
        line: token.start.line,
      }),
    ),
    indexes: own.map((index): DeclaredIndex => {
      const keyOf = ({ type, value }: { readonly type: string; readonly value: string }) =>
        type === "column" || named.has(value) ? { column: value } : { expression: value };
      const method = index.type || undefined;
      return {
        keys: index.columns.map(keyOf),
        unique: index.unique === true,
        ...(index.name ? { name: index.name } : { name: indexName(table.name, index.columns.map(keyOf)) }),
        ...(method === undefined ? {} : { method }),
        ...comment(index.note?.value),
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
const isSerial = (field: Column): boolean => /serial/i.test(field.type.type_name);

const lineOf = (field: Column): number => field.token.start.line;

const comment = (note: string | null | undefined): { readonly comment?: string } =>
  note === null || note === undefined || note === "" ? {} : { comment: note };
