import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { publishedFiles } from "#schemas/json/published-files.ts";

/** Writes the published JSON Schemas and their examples, and removes those that are no longer published. */
const folder = new URL("../schemas/json/published/", import.meta.url);
const files = publishedFiles();
await mkdir(folder, { recursive: true });
for (const name of await readdir(folder)) {
  if (!files.has(name)) await rm(new URL(name, folder));
}
for (const [name, text] of files) await writeFile(new URL(name, folder), text);
console.log(`${files.size} files written to schemas/json/published`);
