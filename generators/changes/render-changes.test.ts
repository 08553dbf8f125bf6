import * as fc from "fast-check";
import { expect, test } from "vitest";
import { changeListSchema } from "#schemas/json/diff.ts";
import { diffModels } from "#schemas/diff/diff-models.ts";
import { arbitraryModelPair } from "#test/support/arbitrary-model.ts";
import { buildModel } from "#test/support/build-model.ts";
import type { ModelDraft, TableDraft } from "#test/support/model-draft.ts";
import { renderChanges } from "./render-changes.ts";
import type { ChangeFormat } from "./render-changes.ts";

function check(base: ModelDraft, head: ModelDraft, format: ChangeFormat, expected: readonly string[]): void {
  expect(renderChanges(diffModels(buildModel(base), buildModel(head)), format).split("\n")).toEqual([...expected, ""]);
}

const orders: TableDraft = {
  name: "sales.orders",
  columns: [
    { name: "id", type: "bigint" },
    { name: "state", nullable: true },
    { name: "total", type: "numeric(10,2)" },
  ],
  primaryKey: ["id"],
};
const reworked: TableDraft = {
  ...orders,
  columns: [
    { name: "id", type: "bigint" },
    { name: "total", type: "numeric(12,2)" },
    { name: "paid_at", type: "timestamptz", nullable: true },
  ],
  uniques: [{ name: "one_total", columns: ["total"] }],
};
const base: ModelDraft = { tables: [orders] };
const head: ModelDraft = {
  tables: [reworked, { name: "sales.tills", columns: [{ name: "no", type: "integer" }] }],
  enums: [{ name: "sales.channel", labels: ["web", "till"] }],
};

test("prints signs and groups for the terminal", () => {
  check(base, head, "text", [
    "1 enum added, 1 table added, 1 column added, 1 column changed, 1 column dropped, 1 unique constraint added · 2 may break programs",
    "+ enum `sales.channel` added: `web` and `till`",
    "+ table `sales.tills` added with 1 column",
    "",
    "sales.orders",
    "  ~ column `sales.orders.total` widened from `numeric(10,2)` to `numeric(12,2)`",
    "  + column `sales.orders.paid_at` added, `timestamptz`",
    "  + unique constraint `sales.orders.one_total` added  ! rows that were accepted are refused",
    "  − column `sales.orders.state` dropped  ! programs that use it fail",
  ]);
});

test("prints a list for a pull request", () => {
  check(base, head, "md", [
    "**1 enum added, 1 table added, 1 column added, 1 column changed, 1 column dropped, 1 unique constraint added · 2 may break programs**",
    "",
    "- **+** enum `sales.channel` added: `web` and `till`",
    "- **+** table `sales.tills` added with 1 column",
    "",
    "`sales.orders`",
    "",
    "- **~** column `sales.orders.total` widened from `numeric(10,2)` to `numeric(12,2)`",
    "- **+** column `sales.orders.paid_at` added, `timestamptz`",
    "- **+** unique constraint `sales.orders.one_total` added ⚠ rows that were accepted are refused",
    "- **−** column `sales.orders.state` dropped ⚠ programs that use it fail",
  ]);
});

test("says so when nothing changed", () => {
  check(base, base, "text", ["no changes"]);
  check(base, base, "md", ["**no changes**"]);
});

test("a name with markup or control characters stays a name", () => {
  const evil = (name: string): ModelDraft => ({ tables: [{ ...orders, name: `sales.${name}` }] });
  check({ schemas: ["sales"] }, evil("a`b</details>"), "md", [
    "**1 table added**",
    "",
    '- **+** table ``sales."a`b</details>"`` added with 3 columns',
  ]);
  check({ schemas: ["sales"] }, evil("red\u001b[31m"), "text", [
    "1 table added",
    '+ table `sales."red\\x1b[31m"` added with 3 columns',
  ]);
});

test("any changes as JSON are what the published schema says", () => {
  fc.assert(
    fc.property(arbitraryModelPair(), ([before, after]) => {
      const changes = diffModels(before, after);
      const printed: unknown = JSON.parse(renderChanges(changes, "json"));
      const list = changeListSchema.parse(printed);
      expect(list).toEqual(printed);
      expect(list.changes.map(({ id }) => id)).toEqual(changes.map(({ id }) => id));
    }),
    { numRuns: 100 },
  );
});

test("any change has one line in text and in Markdown", () => {
  fc.assert(
    fc.property(arbitraryModelPair(), ([before, after]) => {
      const changes = diffModels(before, after);
      const told = (format: ChangeFormat, line: RegExp) =>
        renderChanges(changes, format)
          .split("\n")
          .filter((text) => line.test(text)).length;
      expect(told("text", /^ *[+~−] /)).toBe(told("md", /^- \*\*[+~−]\*\* /));
    }),
    { numRuns: 100 },
  );
});
