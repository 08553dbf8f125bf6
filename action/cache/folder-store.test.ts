import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { afterEach, expect, test } from "vitest";
import { cacheFolder, folderStore } from "./folder-store.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "querygenie-store-"));
  made.push(folder);
  return folder;
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Makes everything in the folder as old as the number of seconds, so that order does not hang on the disk's clock. */
function age(folder: string, seconds: number, only: ReadonlySet<string> = new Set(filesIn(folder))): void {
  for (const path of only) utimesSync(path, seconds, seconds);
}

const bytes = (size: number, fill = 1): Uint8Array => new Uint8Array(size).fill(fill);

test("gives back what was set, and null for what was not", async () => {
  const store = folderStore({ folder: newFolder(), maxBytes: 1000 });
  await store.set("model:../../shop\0", bytes(10, 7));
  expect(await store.get("model:../../shop\0")).toEqual(bytes(10, 7));
  expect(await store.get("model:other")).toBeNull();
});

test("keeps the last of several values, and leaves no temporary file", async () => {
  const folder = newFolder();
  const store = folderStore({ folder, maxBytes: 10_000 });
  await Promise.all(Array.from({ length: 20 }, (_, index) => store.set("model", bytes(50, index))));
  await store.set("model", bytes(3, 99));
  expect(await store.get("model")).toEqual(bytes(3, 99));
  expect(filesIn(folder)).toHaveLength(1);
});

test("keeps values for the next process", async () => {
  const folder = newFolder();
  await folderStore({ folder, maxBytes: 1000 }).set("model", bytes(5));
  expect(await folderStore({ folder, maxBytes: 1000 }).get("model")).toEqual(bytes(5));
});

test("forgets what was not used for longest when it is full", async () => {
  const folder = newFolder();
  const store = folderStore({ folder, maxBytes: 1000 });
  await store.set("old", bytes(300));
  const first = new Set(filesIn(folder));
  await store.set("older", bytes(300));
  age(folder, 1000, new Set(filesIn(folder).filter((path) => !first.has(path))));
  age(folder, 2000, first);
  // Reading makes "older" the newest of the two.
  await store.get("older");
  await store.set("new", bytes(500));
  expect(await store.get("old")).toBeNull();
  expect(await store.get("older")).toEqual(bytes(300));
  expect(await store.get("new")).toEqual(bytes(500));
});

test("does not take a value larger than all the room", async () => {
  const folder = newFolder();
  const store = folderStore({ folder, maxBytes: 100 });
  await store.set("huge", bytes(101));
  expect(await store.get("huge")).toBeNull();
  expect(filesIn(folder)).toEqual([]);
});

test("goes on without a cache where the folder cannot be made", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "file"), "");
  const store = folderStore({ folder: join(folder, "file"), maxBytes: 100 });
  await store.set("model", bytes(20));
  expect(await store.get("model")).toBeNull();
});

test("leaves files alone that are not its own", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "notes.txt"), "x".repeat(500));
  chmodSync(join(folder, "notes.txt"), 0o644);
  const store = folderStore({ folder, maxBytes: 100 });
  for (let index = 0; index < 10; index += 1) await store.set(`model ${index}`, bytes(50));
  expect(statSync(join(folder, "notes.txt")).size).toBe(500);
});

const checkFolder = (environment: Readonly<Record<string, string>>, expected: string): void =>
  expect(cacheFolder(environment, "/home/ada")).toBe(expected);

test("takes its folder from its own variable first", () =>
  checkFolder({ QUERYGENIE_CACHE_DIR: "/own", XDG_CACHE_HOME: "/xdg" }, "/own"));
test("then from the shared one", () => checkFolder({ XDG_CACHE_HOME: "/xdg" }, "/xdg/querygenie"));
test("ignores a shared one that is relative", () =>
  checkFolder({ XDG_CACHE_HOME: "xdg" }, "/home/ada/.cache/querygenie"));
test("else from the home folder", () => checkFolder({ QUERYGENIE_CACHE_DIR: "" }, "/home/ada/.cache/querygenie"));
