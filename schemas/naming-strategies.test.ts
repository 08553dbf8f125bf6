import { expect, test } from "vitest";
import { namingStrategies, parentByName, type NamingStrategy } from "./naming-strategies.ts";

// From tbls' documentation of `detectVirtualRelations`, and what follows from it.
const cases: readonly (readonly [NamingStrategy, string, string | null])[] = [
  ["default", "user_id", "users.id"],
  ["default", "post_id", "posts.id"],
  ["default", "category_id", "categories.id"],
  ["default", "parent_category_id", "parent_categories.id"],
  ["default", "person_id", "people.id"],
  ["default", "users_id", "users.id"],
  ["default", "id", null],
  ["default", "_id", null],
  ["default", "userid", null],
  ["default", "user_uuid", null],
  ["default", "id_user", null],
  ["singularTableName", "user_id", "user.id"],
  ["singularTableName", "users_id", "user.id"],
  ["singularTableName", "category_id", "category.id"],
  ["singularTableName", "id_user", null],
  ["identical", "user_id", "users.user_id"],
  ["identical", "category_id", "categories.category_id"],
  ["identical", "id", null],
  ["identicalSingularTableName", "user_id", "user.user_id"],
  ["identicalSingularTableName", "users_id", "user.users_id"],
  ["invertedSingularTableName", "id_user", "user.id"],
  ["invertedSingularTableName", "id_users", "user.id"],
  ["invertedSingularTableName", "id_category", "category.id"],
  ["invertedSingularTableName", "user_id", null],
  ["invertedSingularTableName", "id", null],
  ["invertedSingularTableName", "userid", null],
];

test.each(cases)("%s: %s means %s", (strategy, column, expected) => {
  const parent = parentByName(strategy, column);
  expect(parent && `${parent.table}.${parent.column}`).toBe(expected);
});

test("every strategy is tried", () => {
  expect([...new Set(cases.map(([strategy]) => strategy))].sort()).toEqual([...namingStrategies].sort());
});
