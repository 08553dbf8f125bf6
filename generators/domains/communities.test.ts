import * as fc from "fast-check";
import { expect, test } from "vitest";
import { communities, type Link } from "./communities.ts";

const link = (left: number, right: number, weight = 1): Link => ({ left, right, weight });

function check(size: number, links: readonly Link[], expected: readonly (readonly number[])[]): void {
  const groups = communities(size, links);
  const found = [...Map.groupBy(groups.keys(), (node) => groups[node]).values()];
  expect(found).toEqual(expected);
}

const triangle = (at: number): readonly Link[] => [link(at, at + 1), link(at + 1, at + 2), link(at, at + 2)];

test("two triangles on one thread are two groups", () =>
  check(
    6,
    [...triangle(0), ...triangle(3), link(2, 3)],
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  ));
test("a ring of triangles keeps its triangles", () =>
  check(
    9,
    [...triangle(0), ...triangle(3), ...triangle(6), link(2, 3), link(5, 6), link(8, 0)],
    [
      [0, 1, 2],
      [3, 4, 5],
      [6, 7, 8],
    ],
  ));
test("weight decides where a node between two groups belongs", () => {
  check(
    7,
    [...triangle(0), ...triangle(3), link(6, 0, 0.2), link(6, 3, 0.9)],
    [
      [0, 1, 2],
      [3, 4, 5, 6],
    ],
  );
});
test("nodes without links stay alone", () => check(3, [], [[0], [1], [2]]));

const links = fc
  .tuple(fc.nat(20), fc.nat(20), fc.double({ min: 0.01, max: 5, noNaN: true }))
  .map(([left, right, weight]) => link(left, right, weight));

test("it always ends, gives every node a group, and the same one again", () => {
  fc.assert(
    fc.property(fc.array(links, { maxLength: 80 }), (all) => {
      const groups = communities(21, all);
      expect(groups).toHaveLength(21);
      expect(communities(21, all)).toEqual(groups);
    }),
  );
});
