import type { Dialect } from "../../model.ts";
import type { Problem, WithProblems } from "../../problem.ts";
import type { SourceFile } from "../../source.ts";
import type { DeclaredSchema, DeclaredStatement, DeclaredTable } from "../declared/declared-schema.ts";
import { ddlWords } from "../declared/ddl-words.ts";
import { writeDeclared } from "../declared/write-declared.ts";
import { parseRuby } from "./parse-ruby.ts";
import { isTrue, nameText, type RubyCall } from "./ruby.ts";
import { addCheck, addExclusion, addForeignKey, addIndex, addUnique } from "./table-parts.ts";
import { tableOf } from "./table.ts";
import { path, type RailsContext, type TableDraft } from "./context.ts";

/** `db/schema.rb` as Active Record's dumper writes it (https://guides.rubyonrails.org/active_record_migrations.html). */
export function readSchemaRb(file: SourceFile, dialect: Dialect): WithProblems<DeclaredSchema | null> {
  const calls = parseRuby(file.text);
  const define = calls.find(({ receiver, name }) => receiver.startsWith("ActiveRecord::Schema") && name === "define");
  if (!define?.block) return { value: null, problems: [notASchema(file.path)] };
  const version = define.arguments.find(({ kind }) => kind === "number");
  const problems: Problem[] = [];
  const context: RailsContext = {
    dialect,
    path: file.path,
    version: version?.kind === "number" ? Number(version.text) : 0,
    tables: new Map(),
    problems,
  };
  const made = new Made();
  for (const call of define.block) apply(context, made, call);
  for (const link of made.links) link();
  const tables: DeclaredTable[] = [...context.tables.values()];
  const { extensions, enums, views, before, behind } = made;
  return { value: { extensions, enums, tables, views, before, behind }, problems };
}

/** What is no table. Foreign keys wait until every table is known. */
class Made {
  readonly extensions: { name: string; line: number }[] = [];
  readonly enums: DeclaredSchema["enums"][number][] = [];
  readonly views: NonNullable<DeclaredSchema["views"]>[number][] = [];
  readonly before: DeclaredStatement[] = [];
  readonly behind: DeclaredStatement[] = [];
  readonly links: (() => void)[] = [];
}

function apply(context: RailsContext, made: Made, call: RubyCall): void {
  const { line } = call;
  const [first, second] = call.arguments;
  const name = nameText(first);
  switch (call.name) {
    case "enable_extension":
      // Every database has it.
      if (name !== undefined && name !== "plpgsql")
        made.extensions.push({ name: name.split(".").at(-1) ?? name, line });
      return;
    case "create_schema":
      if (name !== undefined && name !== "public")
        made.before.push({ sql: `CREATE SCHEMA IF NOT EXISTS "${name}"`, line });
      return;
    case "create_enum":
      if (name !== undefined && second?.kind === "list") {
        made.enums.push({ ...path(name), labels: second.items.flatMap((item) => nameText(item) ?? []), line });
      }
      return;
    case "create_table": {
      const table = tableOf(context, call);
      if (!table) return;
      context.tables.set(name ?? "", table);
      for (const part of call.block ?? [])
        if (part.name === "foreign_key") made.links.push(() => link(context, table, part));
      return;
    }
    case "create_view":
    case "create_materialized_view": {
      const definition = nameText(call.options.get("sql_definition"));
      if (name === undefined || definition === undefined) return lost(context, call);
      const materialized = isTrue(call.options.get("materialized")) || call.name === "create_materialized_view";
      made.views.push({ ...path(name), materialized, definition: trimmed(definition), line });
      return;
    }
    case "create_function":
    case "create_trigger": {
      const sql = nameText(call.options.get("sql_definition"));
      if (sql === undefined) return lost(context, call);
      const place = call.name === "create_trigger" ? made.behind : made.before;
      const { bodiesUnchecked } = ddlWords(context.dialect);
      if (place === made.before && made.before.length === 0 && bodiesUnchecked !== null)
        place.push({ sql: bodiesUnchecked, line });
      place.push({ sql: trimmed(sql), line });
      return;
    }
    default:
      if (name !== undefined && onTable(context, made, call, name)) return;
      lost(context, call);
  }
}

/** `add_index "orders", …` and its like. */
function onTable(context: RailsContext, made: Made, call: RubyCall, name: string): boolean {
  const add = adders[call.name];
  if (!add && call.name !== "add_foreign_key") return false;
  const rest = { ...call, arguments: call.arguments.slice(1) };
  const table = context.tables.get(name);
  const view = made.views.some((one) => one.name === path(name).name);
  if (!table && view && call.name === "add_index") {
    // An index of a materialised view: written behind it, with a table of its own name as its owner.
    const none = { columns: [], uniques: [], checks: [], exclusions: [], indexes: [], foreignKeys: [] };
    const owner: TableDraft = { ...path(name), ...none, line: call.line };
    addIndex(context, owner, rest);
    made.behind.push(...viewIndexes(context, owner));
    return true;
  }
  if (!table) {
    context.problems.push(
      problem(context, call, `${call.name} names the table "${name}", which the file does not make`),
    );
    return true;
  }
  if (add) add(context, table, rest);
  else made.links.push(() => link(context, table, rest));
  return true;
}

const adders: Readonly<Record<string, (context: RailsContext, table: TableDraft, call: RubyCall) => void>> = {
  add_index: addIndex,
  add_check_constraint: addCheck,
  add_exclusion_constraint: addExclusion,
  add_unique_constraint: addUnique,
};

function viewIndexes(context: RailsContext, owner: TableDraft): readonly DeclaredStatement[] {
  return writeDeclared({ enums: [], tables: [owner] }, context.dialect).filter(({ sql }) => / INDEX /.test(sql));
}

function link(context: RailsContext, table: TableDraft, call: RubyCall): void {
  addForeignKey(context, table, call);
}

const trimmed = (sql: string): string => sql.trim().replace(/;\s*$/, "");

function lost(context: RailsContext, call: RubyCall): void {
  context.problems.push({
    ...problem(context, call, `${call.name} is not known and was left out`),
    severity: "warning",
  });
}

function problem({ path: file }: RailsContext, { line }: RubyCall, message: string): Problem {
  return {
    code: "QG721",
    severity: "error",
    message,
    help: "db/structure.sql holds everything: set config.active_record.schema_format = :sql and dump the schema again.",
    origin: { file, line, column: 1 },
    makesIncomplete: true,
  };
}

function notASchema(file: string): Problem {
  return {
    code: "QG720",
    severity: "error",
    message: `${file} has no ActiveRecord::Schema.define block`,
    help: "bin/rails db:schema:dump writes the file.",
    origin: { file, line: 1, column: 1 },
    makesIncomplete: true,
  };
}
