import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPacked } from "./packed-file.ts";

let folder = "";
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "querygenie-packed-"));
  await writeFile(join(folder, "plain"), "as it is");
  await writeFile(join(folder, "small.br"), brotliCompressSync(Buffer.from("packed")));
  await writeFile(join(folder, "broken.br"), "no Brotli");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a file is read as it is, or from its packed form", async () => {
  expect(text(await readPacked(join(folder, "plain")))).toBe("as it is");
  expect(text(await readPacked(join(folder, "small")))).toBe("packed");
  expect(text(await readPacked(join(folder, "small.br")))).toBe("packed");
});

test("neither form, or one that is damaged, is an error", async () => {
  await expect(readPacked(join(folder, "nowhere"))).rejects.toMatchObject({ code: "ENOENT" });
  await expect(readPacked(join(folder, "broken"))).rejects.toThrow(/decompress/i);
});
