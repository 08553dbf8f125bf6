import { hash } from "node:crypto";

/** Parts of models never change, so one that was seen before is not written out again. */
const known = new WeakMap<object, string>();

/** A text that two pieces of plain data share only when they are equal: short data as JSON, else its digest. */
export function digestOf(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "";
  const found = known.get(value);
  if (found !== undefined) return found;
  const text = JSON.stringify(value);
  const digest = text.length < SHORT ? text : hash("sha256", text, "base64url");
  known.set(value, digest);
  return digest;
}

const SHORT = 100;
