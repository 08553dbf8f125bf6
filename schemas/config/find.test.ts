import { expect, test } from "vitest";
import { findConfig } from "./find.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";

async function check(
  files: Readonly<Record<string, string>>,
  expected: { path?: string; problems?: readonly string[] },
  path?: string,
): Promise<void> {
  const { value, problems } = await findConfig(memoryWorkspace(files), path);
  expect(value.loaded?.path).toBe(expected.path);
  expect(problems.map((problem) => `${problem.code} ${problem.origin?.file ?? ""}`)).toEqual(expected.problems ?? []);
}

const shop = "name: Shop\n";

test("finds nothing in a repository without a configuration", () => check({ "README.md": "" }, {}));
test("takes the first of the known places", () =>
  check({ "querygenie.yml": shop, ".github/querygenie.yml": shop }, { path: "querygenie.yml" }));
test("looks in .github last", () => check({ ".github/querygenie.yml": shop }, { path: ".github/querygenie.yml" }));
test("takes the file that was named", () =>
  check({ "querygenie.yml": shop, "other.yml": shop }, { path: "other.yml" }, "other.yml"));
test("reports a named file that does not exist", () =>
  check({ "querygenie.yml": shop }, { problems: ["QG113 "] }, "other.yml"));
test("reports what is wrong with a file and does not look for another", () =>
  check({ "querygenie.yml": "nam: Shop\n", ".querygenie.yml": shop }, { problems: ["QG102 querygenie.yml"] }));

test("reads an existing tbls configuration and says what it leaves", async () => {
  const text = `dsn: postgres://ada:pw@localhost/shop
docPath: ./doc/schema/
name: Shop
desc: Outdoor gear.
comments:
  - table: orders
    tableComment: Purchases.
    columnComments:
      status: Where the order is.
      "Odd Name": Odd.
  - table: sales.carts
    tableComment: Carts.
  - labels: [no table]
er:
  skip: true
`;
  const { value, problems } = await findConfig(memoryWorkspace({ ".tbls.yml": text }));
  expect(value.tbls).toEqual({
    path: ".tbls.yml",
    name: "Shop",
    description: "Outdoor gear.",
    docs: "doc/schema",
    descriptions: {
      "public.orders": "Purchases.",
      "public.orders.status": "Where the order is.",
      'public.orders."Odd Name"': "Odd.",
      "sales.carts": "Carts.",
    },
  });
  expect(
    problems.map(({ code, severity, message, origin }) => `${code} ${severity} ${origin?.line} ${message}`),
  ).toEqual(['QG105 info 1 "dsn" of tbls is not used', 'QG105 info 14 "er" of tbls is not used']);
  expect(JSON.stringify(problems)).not.toContain("ada:pw");
});
