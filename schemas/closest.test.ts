import { expect, test } from "vitest";
import { closest } from "./closest.ts";

const check = (word: string, candidates: readonly string[], expected: string | null): void =>
  expect(closest(word, candidates)).toBe(expected);

test("finds the name with one letter missing", () => check("orers", ["orders", "customers"], "orders"));
test("counts two swapped letters as one change", () => check("odrers", ["orders", "drawers"], "orders"));
test("does not mind capital letters", () => check("Orders", ["orders"], "orders"));
test("finds a folder whose name goes on", () => check("db/migrate", ["db/migrations", "queries"], "db/migrations"));
test("suggests nothing when no name is near", () => check("orders", ["shipments", "id"], null));
test("suggests nothing from an empty list", () => check("orders", [], null));
