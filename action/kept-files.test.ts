import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { memoryStore } from "#test/support/memory-store.ts";
import { contentHash } from "./manifest.ts";
import { projectFiles } from "./kept-files.ts";

let root = "";
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), "querygenie-kept-"))));
afterEach(() => rm(root, { recursive: true }));

const page = { asked: ["table *\nsales.orders", "page\nsales.tags"], key: "k1", content: "# Orders\n" };

/** A store that knows of one page, which lies in the repository. */
async function keptPage() {
  const store = memoryStore();
  await writeFile(join(root, "orders.md"), page.content);
  const files = await projectFiles({ store, database: "shop", root });
  files.keep("orders.md", page);
  await files.save({ isWhole: true });
  return { store, open: () => projectFiles({ store, database: "shop", root }) };
}

test("a file is taken when its questions give the same key, with its hash", async () => {
  const files = await (await keptPage()).open();
  const asked: (readonly string[])[] = [];
  const content = files.take("orders.md", (questions) => (asked.push(questions), "k1"));
  expect(asked).toEqual([page.asked]);
  expect(new TextDecoder().decode(content)).toBe(page.content);
  const artifact = { path: "orders.md", content: content ?? "", generator: "docs" };
  expect(files.marked(artifact)).toEqual({ ...artifact, inPlace: contentHash(page.content) });
  expect(files.marked({ ...artifact, content: page.content })).toEqual({ ...artifact, content: page.content });
});

test("a file is made again when a key differs, and when somebody has edited or removed it", async () => {
  const { open } = await keptPage();
  expect((await open()).take("orders.md", () => "k2")).toBeUndefined();
  expect((await open()).take("tags.md", () => "k1")).toBeUndefined();
  await writeFile(join(root, "orders.md"), "# Mine\n");
  expect((await open()).take("orders.md", () => "k1")).toBeUndefined();
  expect((await open()).former("orders.md")).toBeUndefined();
  await rm(join(root, "orders.md"));
  expect((await open()).take("orders.md", () => "k1")).toBeUndefined();
});

test("a run of some generators keeps what others have made; a whole one forgets what is gone", async () => {
  const { open } = await keptPage();
  const some = await open();
  some.keep("erd/orders.svg", { asked: [], key: "k", content: "<svg/>" });
  await some.save({ isWhole: false });
  expect((await open()).take("orders.md", () => "k1")).toBeDefined();
  const whole = await open();
  whole.keep("erd/orders.svg", { asked: [], key: "k", content: "<svg/>" });
  await whole.save({ isWhole: true });
  expect((await open()).take("orders.md", () => "k1")).toBeUndefined();
});

test.each(["no json", "[]", '{"questions": 1}', '{"questions":[],"asked":[9],"files":{"orders.md":["k","h",1]}}'])(
  "a damaged store (%s) costs time only",
  async (text) => {
    const { store, open } = await keptPage();
    await store.set("files shop", new TextEncoder().encode(text));
    expect((await open()).take("orders.md", () => "k1")).toBeUndefined();
  },
);
