import { expect, test } from "vitest";
import { makeTracks, TRACKS, type Stretch } from "./tracks.ts";

const on =
  (low: number, high: number) =>
  (track: number): readonly Stretch[] => [{ gutter: 0, track, ends: [high, low] }];

test("lines of other tables that would run on each other get tracks of their own", () => {
  const tracks = makeTracks();
  expect(tracks.take("a", 3, on(0, 100))).toBe(3);
  // The same table, another table, one below, and one that goes round the end.
  expect(tracks.take("a", 3, on(50, 300))).toBe(3);
  expect(tracks.take("b", 3, on(100, 200))).toBe(4);
  expect(tracks.take("b", 3, on(301, 400))).toBe(3);
  expect(tracks.take("c", TRACKS - 1, on(0, 1))).toBe(TRACKS - 1);
  expect(tracks.take("d", TRACKS - 1, on(0, 1))).toBe(0);
});

test("a full gutter gives what was wished", () => {
  const tracks = makeTracks();
  const got = Array.from({ length: TRACKS + 1 }, (_, at) => tracks.take(`t${at}`, 2, on(0, 9)));
  expect(new Set(got.slice(0, TRACKS)).size).toBe(TRACKS);
  expect(got.at(-1)).toBe(2);
});
