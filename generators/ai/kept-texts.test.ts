import { expect, test } from "vitest";
import { keptArtifact, keptPath, newEntry, readKept } from "./kept-texts.ts";

const entry = {
  kind: "table",
  id: "sales.orders",
  key: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  family: "gemini",
  texts: { "sales.orders": "Purchases.", "sales.orders.note": "Said by customers." },
  aliases: [],
  questions: [],
} as const;

test("reads what it wrote, byte for byte", async () => {
  const artifact = await keptArtifact("ai", await newEntry(entry, undefined));
  const read = await readKept(String(artifact.content), artifact.path);
  if (!("key" in read)) throw new Error(read.message);
  expect((await keptArtifact("ai", read)).content).toBe(artifact.content);
});

test("marks the one text that a person changed, and keeps it in a new entry", async () => {
  const artifact = await keptArtifact("ai", await newEntry(entry, undefined));
  const edited = await readKept(String(artifact.content).replace("Purchases.", "What was bought."), artifact.path);
  if (!("key" in edited)) throw new Error(edited.message);
  expect(edited.texts).toMatchObject({ "sales.orders": { by: "person" }, "sales.orders.note": { by: "ai" } });
  const next = await newEntry({ ...entry, texts: { "sales.orders": "Other words." } }, edited);
  expect(next.texts["sales.orders"]).toMatchObject({ by: "person", text: "What was bought." });
});

test.each([
  ["{", "JSON"],
  ["{}", "cannot be used"],
  ['{"version":2}', "cannot be used"],
])("reports a file that cannot be read: %s", async (text, says) => {
  expect(await readKept(text, "ai/table/x.json")).toMatchObject({
    code: "QG784",
    message: expect.stringContaining(says),
  });
});

test.each([
  ["sales.orders", "ai/table/sales.orders.json"],
  ['sales."../../etc"', "ai/table/sales.%22..%2F..%2Fetc%22.json"],
  ["f(a, b*)", "ai/table/f%28a%2C%20b%2A%29.json"],
])("has a safe name for %s", async (id, path) => expect(await keptPath("ai", { kind: "table", id })).toBe(path));

test("has a short name for a long id", async () =>
  expect((await keptPath("ai", { kind: "table", id: "x".repeat(500) })).length).toBeLessThan(205));
