import { expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import bundled from "./bundled.json" with { type: "json" };
import { external } from "./external.ts";

const { dependencies, devDependencies } = manifest;

test("what dist/ holds a copy of is not installed by a user", () => {
  expect(bundled.filter((name) => Object.hasOwn(dependencies, name) || !Object.hasOwn(devDependencies, name))).toEqual(
    [],
  );
  expect(bundled.filter((name) => external.includes(name))).toEqual([]);
});

test("what dist/ holds no copy of is installed by a user", () => {
  expect(external.filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
});
