import { expect, test } from "vitest";
import { freshSecret, hashOf, isSame, isSecret, secretBox } from "./secrets.ts";

const box = secretBox("a secret of more than thirty-two characters");

test("opens what it has sealed, about the same thing and with the same key alone", () => {
  const sealed = box.seal("gho_0123", "session one");
  expect(box.open(sealed, "session one")).toBe("gho_0123");
  expect(sealed).not.toContain("gho");
  expect(box.seal("gho_0123", "session one")).not.toBe(sealed);
  expect(box.open(sealed, "session two")).toBeNull();
  expect(secretBox("another secret of more than thirty-two").open(sealed, "session one")).toBeNull();
});

test("opens nothing of which a single bit is another one, or that is cut", () => {
  const sealed = Buffer.from(box.seal("gho_0123", "one"), "base64url");
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const forged = Buffer.from(sealed);
    forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(box.open(forged.toString("base64url"), "one")).toBeNull();
  }
  for (let length = 0; length < sealed.length; length++)
    expect(box.open(sealed.subarray(0, length).toString("base64url"), "one")).toBeNull();
});

test("signs with a key of its own", () => {
  expect(box.sign("csrf one")).toBe(box.sign("csrf one"));
  expect(box.sign("csrf one")).not.toBe(box.sign("csrf two"));
  expect(box.sign("csrf one")).not.toBe(secretBox("another secret of more than thirty-two").sign("csrf one"));
});

test("makes secrets of one form, none twice", () => {
  const made = Array.from({ length: 100 }, freshSecret);
  expect(made.every(isSecret)).toBe(true);
  expect(new Set(made).size).toBe(100);
  expect(["", "a", "A".repeat(44), `${"A".repeat(42)}/`, `${"A".repeat(43)}\n`].some(isSecret)).toBe(false);
  expect(hashOf("a")).toBe("ypeBEsobvcr6wjGzmiPcTaeG7_gUfE5yuYB3ha_uSLs");
});

test("compares texts of any length", () => {
  expect(isSame("abc", "abc")).toBe(true);
  expect([isSame("abc", "abd"), isSame("abc", "ab"), isSame("", "a"), isSame("é", "e")]).toEqual(Array(4).fill(false));
});
