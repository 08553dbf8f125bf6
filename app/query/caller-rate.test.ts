import { expect, test } from "vitest";
import { callerRate } from "./caller-rate.ts";

function rateAt(perMinute: number) {
  let time = 0;
  const rate = callerRate({ perMinute, now: () => time });
  return { take: (caller: string) => rate.take(caller), pass: (seconds: number) => void (time += seconds * 1000) };
}

test("lets a caller send a minute's requests at once, and then one at a time", () => {
  const { take, pass } = rateAt(30);
  expect(Array.from({ length: 31 }, () => take("10.0.0.1"))).toEqual([...Array<number>(30).fill(0), 2]);
  pass(1);
  expect(take("10.0.0.1")).toBe(1);
  pass(1);
  expect([take("10.0.0.1"), take("10.0.0.1")]).toEqual([0, 2]);
});

test("counts each caller for itself", () => {
  const { take } = rateAt(1);
  expect([take("10.0.0.1"), take("10.0.0.2"), take("10.0.0.1")]).toEqual([0, 0, 60]);
});

test("never saves up more than a minute's requests", () => {
  const { take, pass } = rateAt(2);
  take("10.0.0.1");
  pass(86_400);
  expect([1, 2, 3].map(() => take("10.0.0.1"))).toEqual([0, 0, 30]);
});

test("remembers so many callers and no more, those who ask longest of all", () => {
  const { take } = rateAt(1);
  take("steady");
  for (let index = 0; index < 9_999; index++) take(String(index));
  expect(take("steady")).toBe(60);
  take("one more");
  // The first of the crowd was forgotten for the one more.
  expect([take("0"), take("steady")]).toEqual([0, 60]);
});
