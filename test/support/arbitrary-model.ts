import * as fc from "fast-check";
import type { SchemaModel } from "#schemas/model.ts";
import { buildModel } from "./build-model.ts";
import type { ColumnDraft, ModelDraft, TableDraft } from "./model-draft.ts";

/*
 * Believable models of a shop. All names come from small pools, so that two models share objects, and drop, add,
 * rename and change the others. What refers to something refers to what is there. Shrinks towards the empty model.
 */

/** Any model with any kind of object. */
export function arbitraryModel(): fc.Arbitrary<SchemaModel> {
  return arbitraryDraft.map(buildModel);
}

/** Two models that are strangers, relatives, or the same with tables, columns, types and schemas renamed. */
export function arbitraryModelPair(): fc.Arbitrary<readonly [SchemaModel, SchemaModel]> {
  const strangers = fc.tuple(arbitraryDraft, arbitraryDraft);
  const relatives = fc
    .tuple(arbitraryDraft, arbitraryDraft, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }))
    .map(([base, other, taken]) => [base, blend(base, other, taken)] as const);
  const renamed = fc
    .tuple(arbitraryDraft, arbitraryRenames)
    .map(([base, renames]) => [base, rename(base, renames)] as const);
  return fc.oneof(strangers, relatives, renamed).map(([base, head]) => [buildModel(base), buildModel(head)] as const);
}

const schemaName = fc.constantFrom("sales", "people", "Stock room");
const comment = fc.option(fc.constantFrom("what was ordered", "set by the till", "it's `odd`\nand | long"), {
  nil: undefined,
  freq: 3,
});
const columnName = fc.constantFrom("id", "state", "status", "email", "total", "note", "customer_id", "Placed at");
const builtInType = fc.constantFrom(
  "bigint",
  "integer",
  "text",
  "varchar(50)",
  "varchar(120)",
  "numeric(10,2)",
  "text[]",
);
const enumNames = ["sales.order_state", "sales.order_status", "people.role"] as const;
const tableNames = ["orders", "purchases", "customers", "products", "order_lines", "Price list"] as const;

function draftName(...names: readonly string[]): fc.Arbitrary<string> {
  return fc.tuple(schemaName, fc.constantFrom(...names)).map((parts) => parts.join("."));
}

const column: fc.Arbitrary<ColumnDraft> = fc.record({
  name: columnName,
  type: fc.oneof({ weight: 4, arbitrary: builtInType }, { weight: 1, arbitrary: fc.constantFrom(...enumNames) }),
  nullable: fc.boolean(),
  default: fc.option(fc.constantFrom("0", "'open'::text", "now()"), { nil: undefined }),
  identity: fc.boolean(),
  generated: fc.option(fc.constantFrom("lower(note)", "total * 2"), { nil: undefined, freq: 5 }),
  comment,
  notNullName: fc.option(fc.constant("needed"), { nil: undefined, freq: 5 }),
});

const table: fc.Arbitrary<TableDraft> = fc
  .record({
    name: draftName(...tableNames),
    columns: fc.uniqueArray(column, { minLength: 1, maxLength: 5, selector: ({ name }) => name }),
    comment,
    owner: fc.option(fc.constantFrom("shop", "clerk"), { nil: undefined }),
    unlogged: fc.boolean(),
    primaryKey: fc.option(fc.nat(4), { nil: undefined }),
    uniques: fc.uniqueArray(fc.nat(4), { maxLength: 2 }),
    checks: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom("positive", "known"),
        expression: fc.constantFrom("total > 0", "state <> ''"),
      }),
      { maxLength: 2, selector: ({ name }) => name },
    ),
    foreignKeys: fc.uniqueArray(
      fc.record({ from: fc.nat(4), to: fc.nat(5), onDelete: fc.constantFrom("cascade" as const, "restrict" as const) }),
      { maxLength: 2, selector: ({ from }) => from },
    ),
    excludes: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom("no_overlap", "one_at_a_time"),
        definition: fc.constantFrom("EXCLUDE USING gist (id WITH =)", "EXCLUDE USING gist (total WITH =)"),
      }),
      { maxLength: 1 },
    ),
    indexes: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom("by_state", "By email", "recent"),
        on: fc.nat(4),
        unique: fc.boolean(),
        predicate: fc.option(fc.constant("state = 'open'"), { nil: undefined }),
      }),
      { maxLength: 2, selector: ({ name }) => name },
    ),
    triggers: fc.uniqueArray(fc.constantFrom("touch", "audit"), { maxLength: 2 }),
    policies: fc.uniqueArray(
      fc.record({ name: fc.constantFrom("own rows", "all_rows"), using: fc.constantFrom("true", "customer_id = 1") }),
      { maxLength: 1 },
    ),
    rowSecurity: fc.boolean(),
    partitions: fc.nat(2),
    grants: fc.option(
      fc.constantFrom(
        { grantee: "clerk", privileges: ["SELECT"] },
        { grantee: "public", privileges: ["INSERT", "SELECT"] },
      ),
      { nil: undefined },
    ),
  })
  .map(({ primaryKey, uniques, foreignKeys, indexes, triggers, partitions, grants, ...rest }) => {
    const nameAt = (at: number) => rest.columns[at % rest.columns.length]?.name ?? "id";
    const distinct = [...new Set(uniques.map(nameAt))];
    return {
      ...rest,
      ...(primaryKey !== undefined && { primaryKey: [nameAt(primaryKey)] }),
      uniques: distinct.map((name) => ({ columns: [name] })),
      foreignKeys: uniqueBy(
        foreignKeys.map(({ from, to, onDelete }) => ({ columns: [nameAt(from)], to: String(to), onDelete })),
        ({ columns }) => columns.join(),
      ),
      indexes: indexes.map(({ on, ...index }) => ({ ...index, columns: [nameAt(on)] })),
      triggers: triggers.map((name) => ({ name, calls: "sales.touch" })),
      ...(grants && { grants: [grants] }),
      ...(partitions > 0 && { partitionKey: `RANGE (${nameAt(0)})` }),
    };
  });

const arbitraryDraft: fc.Arbitrary<ModelDraft> = fc
  .record({
    schemas: fc.uniqueArray(fc.constantFrom("archive", "sales"), { maxLength: 2 }),
    extensions: uniqueNames(
      fc.record({ name: fc.constantFrom("citext", "uuid-ossp"), version: fc.constantFrom("1.0", "1.1") }),
    ),
    enums: uniqueNames(
      fc.record({
        name: fc.constantFrom(...enumNames),
        labels: fc.uniqueArray(fc.constantFrom("open", "paid", "sent", "lost"), { minLength: 1 }),
      }),
    ),
    domains: uniqueNames(
      fc.record({
        name: draftName("email", "money_amount"),
        base: builtInType,
        check: fc.constantFrom("VALUE <> ''", "VALUE > 0"),
      }),
    ),
    composites: uniqueNames(
      fc.record({
        name: draftName("address", "place"),
        attributes: fc.uniqueArray(fc.record({ name: fc.constantFrom("street", "town"), type: builtInType }), {
          minLength: 1,
          selector: ({ name }) => name,
        }),
      }),
    ),
    ranges: uniqueNames(fc.record({ name: draftName("price_range", "span"), subtype: builtInType })),
    sequences: uniqueNames(
      fc.record({ name: draftName("invoice_numbers", "orders_id_seq"), start: fc.constantFrom("1", "1000") }),
    ),
    tables: uniqueNames(table, 4),
    views: uniqueNames(
      fc.record({
        name: draftName("open_orders", "big_spenders"),
        reads: fc.nat(3),
        columns: fc.uniqueArray(column, { minLength: 1, maxLength: 3, selector: ({ name }) => name }),
        materialized: fc.boolean(),
        filter: fc.constantFrom("total > 10", "state = 'open'"),
      }),
    ),
    routines: uniqueNames(
      fc.record({
        name: draftName("touch", "total_of"),
        arguments: fc.array(fc.constantFrom("bigint", "sales.order_state"), { maxLength: 2 }),
        body: fc.constantFrom("begin return new; end", "begin return null; end"),
      }),
    ),
    others: uniqueNames(
      fc.record({
        kind: fc.constantFrom("publication" as const, "event trigger" as const),
        name: fc.constantFrom("everything", "on_ddl"),
        definition: fc.constantFrom("FOR ALL TABLES", "ON ddl_command_end"),
      }),
    ),
  })
  .map(({ views, tables, ...rest }) => {
    const linked = tables.map((each) => ({
      ...each,
      foreignKeys:
        each.foreignKeys?.map((key) => ({ ...key, to: tables[Number(key.to) % tables.length]?.name ?? each.name })) ??
        [],
    }));
    const taken = new Set(tables.map(({ name }) => name));
    const reading = views
      .filter(({ name }) => !taken.has(name))
      .map(({ filter, reads, ...view }) => {
        const source = tables.length > 0 ? (tables[reads % tables.length]?.name ?? "") : "";
        const from = source === "" ? "" : ` FROM ${source}`;
        const names = view.columns.map(({ name }) => name).join(", ");
        return { ...view, reads: source === "" ? [] : [source], definition: `SELECT ${names}${from} WHERE ${filter};` };
      });
    return { ...rest, tables: linked, views: reading };
  });

/** The head: some lists of the one draft, some of the other. */
function blend(base: ModelDraft, other: ModelDraft, taken: readonly boolean[]): ModelDraft {
  const lists = Object.entries(base).filter((_, at) => !taken[at % taken.length]);
  return { ...other, ...Object.fromEntries(lists) };
}

const arbitraryRenames = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom("orders", "state", "sales", "order_state", "open_orders", "by_state", "address"),
    fc.constantFrom("new_", "New "),
  ),
  { minLength: 1, maxLength: 2, selector: ([from]) => from },
);

/** Renames words everywhere in a draft, as an engine does that prints them. */
function rename(draft: ModelDraft, renames: readonly (readonly [string, string])[]): ModelDraft {
  let text = JSON.stringify(draft);
  for (const [from, prefix] of renames) {
    // Each gets a name of its own: no two relations may have one.
    text = text.replaceAll(new RegExp(`\\b${from}\\b`, "g"), `${prefix}${from}`);
  }
  // A draft that was printed and read again is a draft.
  const renamed: ModelDraft = JSON.parse(text);
  return renamed;
}

function uniqueNames<T extends { readonly name: string }>(item: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T[]> {
  return fc.uniqueArray(item, { maxLength, selector: ({ name }) => name });
}

function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
