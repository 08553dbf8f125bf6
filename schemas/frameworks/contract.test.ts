import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { detectSources } from "./detect-sources.ts";
import { frameworks } from "./registry.ts";
import { layouts } from "#test/support/layouts.ts";
import { listFiles } from "./listing.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Layout } from "#test/support/layout.ts";
import type { MigrationFile } from "../source.ts";
import type { WithProblems } from "../problem.ts";

const engine = "postgres";
type Files = Readonly<Record<string, string | Uint8Array>>;

const listingOf = (files: Files): Promise<FileListing> => listFiles(memoryWorkspace(files), { fileMegabytes: 1 });

async function read(
  framework: Framework,
  layout: Layout,
  files: Files,
): Promise<WithProblems<readonly MigrationFile[]>> {
  const listing = await listingOf(files);
  return framework.read({ path: layout.path ?? layout.folder, listing, variables: {}, engine });
}

/** Those in code are only recognised: code-framework.test.ts tries them. Other languages: declared.test.ts. */
const readable = frameworks.filter(({ kind }) => kind === "history" || kind === "dump");

test("every framework has a layout to be tried on, and every layout a framework", () => {
  expect(readable.map((framework) => framework.id)).toEqual(Object.keys(layouts).sort());
});

test("the registry is sorted by id, and each id is the name of a file", () => {
  const ids = frameworks.map((framework) => framework.id);
  const files = readdirSync(import.meta.dirname);
  expect(ids).toEqual([...ids].sort());
  for (const id of ids) expect(files).toContain(`${id}.ts`);
});

describe.each(readable.map((framework) => [framework.id, framework] as const))("%s", (id, framework) => {
  const layout = layouts[id];
  if (!layout) throw new Error(`no layout for ${id} in test/support/layouts.ts`);

  test("recognises its layout, with the engine and the number of steps", async () => {
    const found = await framework.detect(layout.folder, await listingOf(layout.files));
    const mine = found.find((one) => one.engine === engine);
    expect(mine).toMatchObject({ framework: id, path: layout.path ?? layout.folder });
    expect(mine?.why).not.toBe("");
  });

  test("is the one that detection chooses for its layout", async () => {
    const listing = await listingOf(layout.files);
    const { value, problems } = await detectSources({ listing, engine });
    expect(value.map((one) => one.framework)).toEqual([id]);
    expect(problems).toEqual([]);
  });

  test("reads its files in the runner's order and transaction mode", async () => {
    const { value, problems } = await read(framework, layout, layout.files);
    expect(value.map((file) => file.path)).toEqual(layout.order);
    expect([...new Set(value.map((file) => file.transaction))]).toEqual([layout.transaction]);
    expect(problems).toEqual([]);
  });

  test("gives each step a version of its own", async () => {
    const { value } = await read(framework, layout, layout.files);
    expect(new Set(value.map((file) => file.version)).size).toBe(value.length);
  });

  test("gives the same files whatever the order they are listed in", async () => {
    const reversed = Object.fromEntries(Object.entries(layout.files).toReversed());
    expect(await read(framework, layout, reversed)).toEqual(await read(framework, layout, layout.files));
  });

  test("does not enter folders below that are not its own", async () => {
    const copies = Object.entries(layout.files).map(([path, text]) => [
      `${layout.below}/${path.split("/").at(-1)}`,
      text,
    ]);
    const { value } = await read(framework, layout, { ...layout.files, ...Object.fromEntries(copies) });
    expect(value.map((file) => file.path)).toEqual(layout.order);
  });

  test("leaves out a file that is no text and says so, and keeps the rest", async () => {
    const [spoilt = ""] = layout.order;
    const { value, problems } = await read(framework, layout, {
      ...layout.files,
      [spoilt]: new Uint8Array([0, 1, 2, 0]),
    });
    expect(value.map((file) => file.path)).toEqual(layout.order.slice(1));
    expect(problems).toMatchObject([{ code: "QG206", origin: { file: spoilt }, makesIncomplete: true }]);
  });

  test("takes an empty file as a step without statements", async () => {
    const [emptied = ""] = layout.order.slice(-1);
    const { value, problems } = await read(framework, layout, { ...layout.files, [emptied]: "" });
    expect(value.at(-1)).toMatchObject({ path: emptied, text: "" });
    expect(problems).toEqual([]);
  });

  test("sees nothing in a folder of saved queries or in an empty one", async () => {
    const listing = await listingOf({ "queries/open-orders.sql": "SELECT * FROM orders;\n" });
    expect(await framework.detect("queries", listing)).toEqual([]);
    expect(await framework.detect("", listing)).toEqual([]);
  });
});
