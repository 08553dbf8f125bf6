import { mkdir, mkdtemp, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Artifact } from "#schemas/ports.ts";
import { ProblemError } from "#schemas/problem.ts";
import { checkPublisher, folderPublisher } from "./folder-publisher.ts";
import type { Publisher } from "./publisher.ts";

const artifact = (path: string, content: string): Artifact => ({ path, content, generator: "docs" });

async function repository(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "querygenie-publisher-"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** Every file below a folder with its text. */
async function contents(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found[path.slice(root.length + 1)] = await readFile(path, "utf8");
  }
  return found;
}

const publishers: readonly {
  readonly name: string;
  readonly make: (root: string) => Publisher;
  readonly writes: boolean;
}[] = [
  { name: "folder", make: folderPublisher, writes: true },
  { name: "check", make: checkPublisher, writes: false },
];

describe.each(publishers)("the $name publisher", ({ make, writes }) => {
  test("tells what is new, what is equal and what is no longer made", async () => {
    const before = {
      "docs/orders.md": "old",
      "docs/carts.md": "same",
      "docs/gone.md": "stale",
      "docs/mine.md": "a person's",
    };
    const root = await repository(before);
    const made = [
      artifact("docs/orders.md", "new"),
      artifact("docs/carts.md", "same"),
      artifact("docs/erd/orders.svg", "<svg/>"),
    ];
    const published = await make(root).publish(made, ["docs/orders.md", "docs/carts.md", "docs/gone.md"]);
    expect(published).toEqual({
      written: ["docs/erd/orders.svg", "docs/orders.md"],
      unchanged: ["docs/carts.md"],
      removed: ["docs/gone.md"],
    });
    const after = {
      "docs/carts.md": "same",
      "docs/erd/orders.svg": "<svg/>",
      "docs/mine.md": "a person's",
      "docs/orders.md": "new",
    };
    expect(await contents(root)).toEqual(writes ? after : before);
  });

  test("finds nothing to do the second time", async () => {
    const root = await repository({});
    const made = [artifact("docs/orders.md", "text")];
    await folderPublisher(root).publish(made, []);
    expect(await make(root).publish(made, ["docs/orders.md"])).toEqual({
      written: [],
      unchanged: ["docs/orders.md"],
      removed: [],
    });
  });
});

describe("the folder publisher", () => {
  test.each(["../outside.md", "docs/../../outside.md", "/etc/outside.md", ""])("writes nothing at %j", async (path) => {
    const root = await repository({});
    await expect(
      folderPublisher(root).publish([artifact("docs/good.md", "x"), artifact(path, "x")], []),
    ).rejects.toThrow(ProblemError);
    expect(await contents(root)).toEqual({});
  });

  test("writes and removes nothing through a link", async () => {
    const outside = await repository({ "secret.md": "keep" });
    const root = await repository({});
    await symlink(outside, join(root, "docs"));
    await expect(folderPublisher(root).publish([artifact("docs/new.md", "x")], [])).rejects.toThrow("is a link");
    await expect(folderPublisher(root).publish([], ["docs/secret.md"])).rejects.toThrow("is a link");
    expect(await contents(outside)).toEqual({ "secret.md": "keep" });
  });

  test("leaves the old files as they were when one cannot be written", async () => {
    const root = await repository({ "docs/a.md": "old", blocked: "a file where a folder is needed" });
    const made = [artifact("docs/a.md", "new"), artifact("blocked/b.md", "new")];
    await expect(folderPublisher(root).publish(made, [])).rejects.toThrow(ProblemError);
    expect(await contents(root)).toEqual({ "docs/a.md": "old", blocked: "a file where a folder is needed" });
  });

  test("removes the folders it leaves empty, and no other", async () => {
    const root = await repository({ "docs/erd/a.svg": "x", "docs/keep.md": "x" });
    await folderPublisher(root).publish([], ["docs/erd/a.svg"]);
    expect(await readdir(join(root, "docs"))).toEqual(["keep.md"]);
  });
});
