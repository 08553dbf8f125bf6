import { expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import bundled from "./bundled.json" with { type: "json" };
import { external, peers } from "./external.ts";

const { dependencies, devDependencies, peerDependencies, peerDependenciesMeta } = manifest;

test("what dist/ holds a copy of is not installed by a user", () => {
  expect(bundled.filter((name) => Object.hasOwn(dependencies, name) || !Object.hasOwn(devDependencies, name))).toEqual(
    [],
  );
  expect(bundled.filter((name) => external.includes(name))).toEqual([]);
});

test("what dist/ holds no copy of is installed by a user", () => {
  expect(
    external.filter((name) => !Object.hasOwn(peers.includes(name) ? peerDependencies : dependencies, name)),
  ).toEqual([]);
});

test("what a server alone may need is installed by who runs one", () => {
  expect(Object.keys(peerDependencies).toSorted()).toEqual(peers.toSorted());
  expect(Object.entries(peerDependenciesMeta)).toEqual(
    Object.keys(peerDependencies).map((name) => [name, { optional: true }]),
  );
});
