import { describe, expect, test } from "vitest";
import { buildModel } from "#test/support/build-model.ts";
import type { ColumnDraft, ModelDraft, TableDraft } from "#test/support/model-draft.ts";
import { breakageOf } from "./breaking.ts";
import { describeChange, isImplied, summarizeChanges } from "./describe-change.ts";
import { diffModels } from "./diff-models.ts";

/** Each change that a reader sees: its sentence, and `!` with whom it breaks. */
function check(base: ModelDraft, head: ModelDraft, expected: readonly string[]): void {
  const changes = diffModels(buildModel(base), buildModel(head)).filter((change) => !isImplied(change));
  const told = changes.map((change) => {
    const breakage = breakageOf(change);
    return describeChange(change) + (breakage ? ` ! ${breakage.who}` : "");
  });
  expect(told).toEqual(expected);
}

const email: ColumnDraft = { name: "email", type: "varchar(50)" };
const table = (column: ColumnDraft | undefined, rest: Partial<TableDraft> = {}): ModelDraft => ({
  enums: [{ name: "people.role", labels: ["buyer", "clerk"] }],
  tables: [
    { name: "people.customers", columns: [{ name: "id", type: "bigint" }, ...(column ? [column] : [])], ...rest },
  ],
});
const column = "column `people.customers.email`";

describe("columns", () => {
  const cases: readonly (readonly [string, ColumnDraft | undefined, ColumnDraft | undefined, string])[] = [
    ["dropped", email, undefined, `${column} dropped ! both`],
    ["added, required", undefined, email, `${column} added, \`varchar(50)\`, required ! writers`],
    ["added, optional", undefined, { ...email, nullable: true }, `${column} added, \`varchar(50)\``],
    [
      "widened",
      email,
      { ...email, type: "varchar(120)" },
      `${column} widened from \`varchar(50)\` to \`varchar(120)\``,
    ],
    ["widened to no limit", email, { ...email, type: "text" }, `${column} widened from \`varchar(50)\` to \`text\``],
    ["narrowed", { ...email, type: "text" }, email, `${column} narrowed from \`text\` to \`varchar(50)\` ! writers`],
    [
      "a larger integer",
      { ...email, type: "integer" },
      { ...email, type: "bigint" },
      `${column} widened from \`integer\` to \`bigint\``,
    ],
    [
      "fewer digits before the point",
      { ...email, type: "numeric(10,2)" },
      { ...email, type: "numeric(10,4)" },
      `${column} narrowed from \`numeric(10,2)\` to \`numeric(10,4)\` ! writers`,
    ],
    ["another type", email, { ...email, type: "jsonb" }, `${column} changed from \`varchar(50)\` to \`jsonb\` ! both`],
    [
      "of an enum",
      email,
      { ...email, type: "people.role" },
      `${column} changed from \`varchar(50)\` to \`people.role\` ! both`,
    ],
    ["required", { ...email, nullable: true }, email, `${column} made required (NOT NULL) ! writers`],
    ["optional", email, { ...email, nullable: true }, `${column} made optional (allows NULL) ! readers`],
    ["default set", email, { ...email, default: "''" }, `${column} default set to \`''\``],
    ["default dropped", { ...email, default: "''" }, email, `${column} default dropped ! writers`],
    [
      "default changed",
      { ...email, default: "'a'" },
      { ...email, default: "'b'" },
      `${column} default changed from \`'a'\` to \`'b'\``,
    ],
    ["identity", email, { ...email, identity: true }, `${column} made an identity column ! writers`],
    [
      "generated",
      email,
      { ...email, generated: "lower(note)" },
      `${column} made a generated column: \`lower(note)\` ! writers`,
    ],
    [
      "two fields",
      email,
      { ...email, type: "text", comment: "where to write" },
      `${column} comment set to \`where to write\` and widened from \`varchar(50)\` to \`text\``,
    ],
  ];
  test.each(cases)("%s", (_name, before, after, expected) => {
    check(table(before), table(after), [expected]);
  });
});

describe("everything else", () => {
  test("says where a label was added to an enum", () => {
    const labels = (...all: string[]): ModelDraft => ({ enums: [{ name: "people.role", labels: all }] });
    check(labels("buyer", "clerk"), labels("buyer", "guest", "clerk"), [
      "enum `people.role` label `guest` added after `buyer`",
    ]);
    check(labels("buyer", "clerk"), labels("clerk"), ["enum `people.role` label `buyer` dropped ! both"]);
    check(labels("buyer", "clerk"), labels("clerk", "buyer"), ["enum `people.role` labels put in another order"]);
  });
  test("says how large an added table is, and not that its columns were added", () => {
    check({ schemas: ["people"] }, table(email), [
      "enum `people.role` added: `buyer` and `clerk`",
      "table `people.customers` added with 2 columns",
    ]);
  });
  test("names a rename by the new name alone where the table stays, with its certainty", () => {
    const state = { name: "e_mail", type: "varchar(50)", comment: "where to write" };
    check(table({ ...email, comment: "where to write" }), table(state), [
      "column `people.customers.email` renamed to `e_mail` (88 % sure) ! both",
    ]);
  });
  test("does not repeat a constraint by its index, nor a definition beside what changed in it", () => {
    check(
      table(email, { uniques: [{ name: "one_each", columns: ["email"] }] }),
      table(email, { uniques: [{ name: "one_each", columns: ["id", "email"] }] }),
      ["unique constraint `people.customers.one_each` columns changed ! writers"],
    );
  });
  test("tells enabled row security, lost rights and changed policies", () => {
    const may = (...privileges: string[]) => ({ grants: [{ grantee: "clerk", privileges }] });
    const policies = (using: string) => ({ policies: [{ name: "own_rows", using }] });
    check(
      table(email, { ...may("INSERT", "SELECT"), ...policies("true") }),
      table(email, { ...may("SELECT"), ...policies("id = 1"), rowSecurity: true }),
      [
        "table `people.customers` grants changed and row-level security enabled ! both",
        "policy `people.customers.own_rows` USING changed from `true` to `id = 1` ! both",
      ],
    );
    check(table(email, may("SELECT")), table(email, may("INSERT", "SELECT")), [
      "table `people.customers` grants changed",
    ]);
    check(table(email, may("INSERT", "SELECT")), table(email, may("SELECT")), [
      "table `people.customers` grants changed ! both",
    ]);
  });
  test("an index that is renamed breaks nobody, a new unique one may", () => {
    const indexed = (name: string, unique: boolean) =>
      table(email, { indexes: [{ name, columns: ["email"], unique }] });
    check(indexed("by_email", false), indexed("customers_by_email", false), [
      "index `people.customers.by_email` renamed to `customers_by_email` (95 % sure)",
    ]);
    check(table(email), indexed("by_email", true), ["index `people.customers.by_email` added (unique) ! writers"]);
  });
  test("does not repeat what partitions inherit", () => {
    const parts = (type: string): ModelDraft => ({
      tables: [
        { name: "sales.visits", columns: [{ name: "at", type }], partitionKey: "RANGE (at)" },
        {
          name: "sales.visits_2026",
          columns: [{ name: "at", type, inherited: true }],
          partitionOf: { parent: "sales.visits", bound: "DEFAULT" },
        },
      ],
    });
    check(parts("integer"), parts("bigint"), ["column `sales.visits.at` widened from `integer` to `bigint`"]);
  });
  test("keeps a long or broken text on one line", () => {
    const comment = `first line\nsecond ${"and on ".repeat(20)}`;
    check(table(email), table({ ...email, comment }), [`${column} comment added`]);
    check(table(email), table({ ...email, comment: "one\ntwo" }), [`${column} comment added`]);
  });
});

test("counts changes of a kind in one line, in the order one applies them", () => {
  const base = table({ ...email, nullable: true });
  const head = table(email, { name: "people.customers" });
  const more: ModelDraft = {
    ...head,
    tables: [...(head.tables ?? []), { name: "sales.tills", columns: [{ name: "no" }] }],
  };
  expect(summarizeChanges(diffModels(buildModel(base), buildModel(more)))).toBe(
    "1 schema added, 1 table added, 1 column changed",
  );
  expect(summarizeChanges([])).toBe("no changes");
});
