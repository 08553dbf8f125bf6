import { ddlWords } from "../declared/ddl-words.ts";
import type { DeclaredColumn } from "../declared/declared-schema.ts";
import { railsType } from "./column-types.ts";
import { path, type RailsContext, type TableDraft } from "./context.ts";
import { defaultSql } from "./defaults.ts";
import { isFalse, isTrue, nameList, nameText, type RubyCall, type RubyValue } from "./ruby.ts";
import { addCheck, addExclusion, addIndex, addUnique } from "./table-parts.ts";

/** `create_table "orders", id: :uuid do |t| … end`; null without a name. */
export function tableOf(context: RailsContext, call: RubyCall): TableDraft | null {
  const name = nameText(call.arguments[0]);
  if (name === undefined) return null;
  const { options, line } = call;
  const comment = nameText(options.get("comment"));
  const tail = tableOptions(options);
  const table: TableDraft = {
    ...path(name),
    columns: [],
    uniques: [],
    checks: [],
    exclusions: [],
    indexes: [],
    foreignKeys: [],
    ...primaryKey(call),
    ...(comment === undefined ? {} : { comment }),
    ...(tail === "" ? {} : { options: tail }),
    ...(isTrue(options.get("temporary")) ? { persistence: "temporary" } : {}),
    line,
  };
  table.columns.push(...idColumn(context, call));
  for (const part of call.block ?? []) addPart(context, table, part);
  return table;
}

function primaryKey({ options, line }: RubyCall): Pick<TableDraft, "primaryKey"> {
  const id = options.get("id");
  const given = options.get("primary_key");
  const single = isFalse(id) ? [] : [nameText(given) ?? "id"];
  const names = given?.kind === "list" ? nameList(given) : single;
  if (names.length === 0) return {};
  return { primaryKey: { columns: names.map((column) => ({ column })), line } };
}

/** The key that Active Record adds by itself: `bigint` since Rails 5.1, which is the first to write `id: :serial`. */
function idColumn(context: RailsContext, { options, line }: RubyCall): readonly DeclaredColumn[] {
  const id = options.get("id");
  if (isFalse(id) || options.get("primary_key")?.kind === "list") return [];
  const facts = id?.kind === "hash" ? new Map([...options, ...id.entries]) : options;
  const type = id?.kind === "hash" ? (nameText(id.entries.get("type")) ?? "bigint") : (nameText(id) ?? "bigint");
  const name = nameText(options.get("primary_key")) ?? "id";
  const fallback = facts.get("default");
  const counts = fallback === undefined && COUNTING.has(type);
  const words = ddlWords(context.dialect);
  const isSerial = counts && words.hasSerial;
  const comment = id?.kind === "hash" ? nameText(id.entries.get("comment")) : undefined;
  const value = fallback === undefined ? null : defaultSql(context, fallback, { type });
  return [
    {
      name,
      type: isSerial ? serial(type) : railsType(context.dialect, { type, options: facts, version: context.version }),
      nullable: false,
      ...(value === null ? {} : { default: value }),
      ...(counts && !isSerial && words.increment !== "" ? { increment: true } : {}),
      ...(comment === undefined ? {} : { comment }),
      line,
    },
  ];
}

const COUNTING: ReadonlySet<string> = new Set([
  "bigint",
  "integer",
  "primary_key",
  "serial",
  "bigserial",
  "unsigned_bigint",
  "unsigned_integer",
]);

const serial = (type: string): string => (type === "integer" || type === "serial" ? "serial" : "bigserial");

function tableOptions(options: ReadonlyMap<string, RubyValue>): string {
  const [charset, collation, given] = ["charset", "collation", "options"].map((key) => nameText(options.get(key)));
  return [
    given,
    charset === undefined ? undefined : `DEFAULT CHARSET=${charset}`,
    collation === undefined ? undefined : `COLLATE=${collation}`,
  ]
    .filter((part) => part !== undefined)
    .join(" ");
}

function addPart(context: RailsContext, table: TableDraft, call: RubyCall): void {
  switch (call.name) {
    case "index":
      return addIndex(context, table, call);
    case "check_constraint":
      return addCheck(context, table, call);
    case "exclusion_constraint":
      return addExclusion(context, table, call);
    case "unique_constraint":
      return addUnique(context, table, call);
    case "foreign_key":
      // Added when every table is known.
      return;
    case "timestamps":
      for (const name of ["created_at", "updated_at"]) {
        const options = new Map([["null", { kind: "word", text: "false" } satisfies RubyValue], ...call.options]);
        addColumn(context, table, { ...call, name: "datetime", arguments: [{ kind: "text", text: name }], options });
      }
      return;
    case "references":
    case "belongs_to":
      for (const name of call.arguments.flatMap((one) => nameText(one) ?? []))
        addReference(context, table, { call, name });
      return;
    case "column":
      addColumn(context, table, {
        ...call,
        name: nameText(call.arguments[1]) ?? "text",
        arguments: call.arguments.slice(0, 1),
      });
      return;
    default:
      for (const one of call.arguments) addColumn(context, table, { ...call, arguments: [one] });
  }
}

function addReference(
  context: RailsContext,
  table: TableDraft,
  { call, name }: { readonly call: RubyCall; readonly name: string },
): void {
  const type = nameText(call.options.get("type")) ?? "bigint";
  const column = (suffix: string, of: string): void =>
    addColumn(context, table, { ...call, name: of, arguments: [{ kind: "text", text: `${name}_${suffix}` }] });
  column("id", type);
  const isPolymorphic = call.options.has("polymorphic") && !isFalse(call.options.get("polymorphic"));
  if (isPolymorphic) column("type", "string");
  if (isFalse(call.options.get("index"))) return;
  const columns = [...(isPolymorphic ? [`${name}_type`] : []), `${name}_id`];
  const items = columns.map((text): RubyValue => ({ kind: "text", text }));
  addIndex(context, table, { ...call, arguments: [{ kind: "list", items }], options: new Map() });
}

function addColumn(context: RailsContext, table: TableDraft, call: RubyCall): void {
  const { options, line } = call;
  const name = nameText(call.arguments[0]);
  if (name === undefined) return;
  const words = ddlWords(context.dialect);
  const isVirtual = call.name === "virtual";
  const type = isVirtual ? (nameText(options.get("type")) ?? "text") : call.name;
  const array = isTrue(options.get("array")) ? "[]" : "";
  const isRaw = /[^a-z_0-9]/i.test(type);
  const sql = isRaw ? type : railsType(context.dialect, { type, options, version: context.version });
  const given = options.get("default");
  const value = given === undefined ? null : defaultSql(context, given, { type, isArray: array !== "" });
  const expression = nameText(options.get("as"));
  const [collation, charset, comment] = ["collation", "charset", "comment"].map((key) => nameText(options.get(key)));
  table.columns.push({
    name,
    type: `${sql}${array}`,
    nullable: !isFalse(options.get("null")),
    ...(value === null ? {} : { default: value }),
    ...(expression === undefined ? {} : { generated: { expression, stored: isTrue(options.get("stored")) } }),
    ...(collation === undefined ? {} : { collation }),
    ...(charset === undefined ? {} : { charset }),
    ...(comment === undefined ? {} : { comment }),
    ...(isTrue(options.get("auto_increment")) && words.increment !== "" ? { increment: true } : {}),
    line,
  });
}
