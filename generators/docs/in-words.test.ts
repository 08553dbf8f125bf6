import { expect, test } from "vitest";
import type { Constraint, ForeignKey, Index, Policy, Trigger } from "#schemas/model.ts";
import { check as checkConstraint, foreignKey, index, primaryKey, table, unique } from "#test/support/model-builder.ts";
import { bare, constraintInWords, indexInWords, policyInWords, triggerInWords } from "./in-words.ts";
import { proseText } from "./prose.ts";

const orders = table({
  schema: "sales",
  name: "orders",
  columns: [
    { name: "id", type: "bigint" },
    { name: "customer_id", type: "bigint" },
    { name: "coupon_id", type: "bigint", nullable: true },
  ],
});
const customers = { table: "sales.customers", columns: ["id"] };

function check(make: (table: string) => Constraint, expected: string): void {
  expect(proseText(constraintInWords(make("sales.orders"), orders))).toBe(expected);
}
const to = (column: string, extra: Partial<ForeignKey>) => foreignKey("f", [column], customers, extra);
const withNulls = (make: (table: string) => Constraint) => (table: string) => ({
  ...make(table),
  nullsNotDistinct: true,
});

test.each<readonly [(table: string) => Constraint, string]>([
  [primaryKey("p", ["id"]), "Primary key: id identifies each row."],
  [primaryKey("p", ["id", "customer_id"]), "Primary key: id and customer_id together identify each row."],
  [unique("u", ["customer_id"]), "No two rows share the same customer_id."],
  [unique("u", ["coupon_id"]), "No two rows share the same coupon_id; rows with an empty value are not compared."],
  [withNulls(unique("u", ["coupon_id"])), "No two rows share the same coupon_id; empty values count as equal."],
  [
    to("customer_id", {}),
    "customer_id must exist in sales.customers (id). It cannot be deleted there while a row here refers to it.",
  ],
  [
    to("coupon_id", { onDelete: "set null" }),
    "coupon_id must exist in sales.customers (id), or be empty. Deleting it there empties it here.",
  ],
  [
    to("customer_id", { onDelete: "cascade", onUpdate: "cascade" }),
    "customer_id must exist in sales.customers (id). Deleting it there deletes the rows here. Changing it there changes it here.",
  ],
  [
    to("customer_id", { onDelete: "set default", validated: false }),
    "customer_id must exist in sales.customers (id). Deleting it there sets the default here. Not validated: rows from before it may break it.",
  ],
  [
    to("customer_id", { onDelete: "cascade", deferrable: true, initiallyDeferred: true }),
    "customer_id must exist in sales.customers (id). Deleting it there deletes the rows here. Checked when the transaction ends.",
  ],
  [checkConstraint("c", ["id"], "(id > 0)"), "Every row satisfies id > 0."],
])("%# constraint: %s", (make, expected) => check(make, expected));

test.each<readonly [Index["keys"], Partial<Index>, string]>([
  [[{ column: "id" }], {}, "B-tree index on id."],
  [[{ column: "id" }, { column: "at", descending: true }], {}, "B-tree index on id then at descending."],
  [
    [{ column: "at", descending: true, nullsFirst: false }],
    {},
    "B-tree index on at descending with empty values last.",
  ],
  [[{ expression: "lower(email)" }], { unique: true }, "Unique B-tree index on lower(email)."],
  [[{ column: "tags" }], { method: "gin" }, "GIN index on tags."],
  [
    [{ column: "id" }],
    { predicate: "(done IS FALSE)", include: ["at"] },
    "B-tree index on id; only rows where done IS FALSE; also stores at.",
  ],
  [[{ column: "id" }], { valid: false }, "B-tree index on id. Invalid: the engine does not use it."],
])("index on %j %j: %s", (keys, extra, expected) => {
  expect(proseText(indexInWords(index("i", keys, extra)("sales.orders")))).toBe(expected);
});

const trigger: Trigger = {
  kind: "trigger",
  id: "sales.orders.touch",
  name: "touch",
  timing: "before",
  events: ["update"],
  level: "row",
  routine: "sales.touch()",
  enabled: "origin",
  definition: "",
};
test.each<readonly [Partial<Trigger>, string]>([
  [{}, "Before a row is updated, calls sales.touch()."],
  [{ timing: "after", events: ["insert", "delete"] }, "After a row is inserted or deleted, calls sales.touch()."],
  [
    { columns: ["status"], when: "(old.* <> new.*)" },
    "Before a row is updated of status, if old.* <> new.*, calls sales.touch().",
  ],
  [{ level: "statement", events: ["truncate"] }, "Before each truncate statement, calls sales.touch()."],
  [{ timing: "instead of", events: ["insert"] }, "Instead of a row being inserted, calls sales.touch()."],
  [{ enabled: "disabled" }, "Before a row is updated, calls sales.touch(). Disabled."],
])("trigger %j: %s", (extra, expected) => {
  expect(proseText(triggerInWords({ ...trigger, ...extra }))).toBe(expected);
});

const policy: Policy = {
  kind: "policy",
  id: "sales.orders.own",
  name: "own",
  command: "select",
  permissive: true,
  roles: ["shop_customer"],
};
test.each<readonly [Partial<Policy>, string]>([
  [{ using: "(buyer = CURRENT_USER)" }, "shop_customer may read rows where buyer = CURRENT_USER."],
  [{ roles: ["public"], command: "all" }, "Everyone may read, add, change and delete rows."],
  [{ command: "insert", check: "(total > 0)" }, "shop_customer may add rows that satisfy total > 0."],
  [
    { command: "update", using: "a", check: "b", permissive: false },
    "shop_customer may at most change rows where a; new values must satisfy b.",
  ],
])("policy %j: %s", (extra, expected) => {
  expect(proseText(policyInWords({ ...policy, ...extra }))).toBe(expected);
});

test.each([
  ["(a > 0)", "a > 0"],
  ["(a > 0) AND (b > 0)", "(a > 0) AND (b > 0)"],
  ["((a))", "(a)"],
  ["(a = ')')", "a = ')'"],
  ["a", "a"],
])("%s without its outer brackets is %s", (given, expected) => expect(bare(given)).toBe(expected));
