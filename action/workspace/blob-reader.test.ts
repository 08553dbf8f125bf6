import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { blobReader } from "./blob-reader.ts";
import { GitError } from "./git-process.ts";

const root = mkdtempSync(join(tmpdir(), "querygenie-blobs-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
execFileSync("git", ["init", "--quiet"], { cwd: root });

const store = (bytes: Buffer): string =>
  execFileSync("git", ["hash-object", "-w", "--stdin"], { cwd: root, input: bytes, encoding: "utf8" }).trim();

test("reads small, empty and large objects, in any order, and again after a rest", async () => {
  const read = blobReader(root);
  const blobs = [Buffer.from("a\nb"), Buffer.alloc(0), Buffer.alloc(3_000_000, "x\n"), Buffer.from([0, 10, 255])];
  const ids = blobs.map(store);
  const all = await Promise.all(ids.map((id) => read(id)));
  expect(all.map((bytes) => Buffer.from(bytes))).toEqual(blobs);
  await sleep(400);
  expect(Buffer.from(await read(ids[0] ?? ""))).toEqual(blobs[0]);
});

test("fails for an object that is not there, and for no other", async () => {
  const read = blobReader(root);
  const id = store(Buffer.from("there"));
  const [missing, there] = await Promise.allSettled([read("0".repeat(40)), read(id)]);
  expect(missing).toMatchObject({ status: "rejected", reason: expect.any(GitError) });
  expect(there.status).toBe("fulfilled");
});

test("fails for every read when the folder is no repository", async () => {
  const read = blobReader(tmpdir());
  const outcomes = await Promise.allSettled([read("0".repeat(40)), read("1".repeat(40))]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});

test("lets the program end while the process rests", () => {
  const script = `import { blobReader } from ${JSON.stringify(join(import.meta.dirname, "blob-reader.ts"))};
    const bytes = await blobReader(${JSON.stringify(root)})(${JSON.stringify(store(Buffer.from("bye")))});
    console.log(Buffer.from(bytes).toString());`;
  expect(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" })).toBe("bye\n");
});
