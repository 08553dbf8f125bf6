import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PACKED, readPacked } from "#schemas/replay/packed-file.ts";

/** Mermaid for browsers, which loads the part that a diagram needs: 5.5 MB, of which a diagram takes about 1. */
const PROGRAM = "mermaid.esm.min.mjs";
const CHUNKS = "chunks/mermaid.esm.min";

/** Where it lies in the site. */
export const MERMAID_FOLDER = "mermaid/";

/** Copies it into a folder, without what only debuggers read. */
export async function copyMermaid(to: string): Promise<void> {
  const from = mermaidFolder();
  await mkdir(join(to, CHUNKS), { recursive: true });
  const copy = async (name: string): Promise<void> => writeFile(join(to, name), await readPacked(join(from, name)));
  await copy(PROGRAM);
  const chunks = (await readdir(join(from, CHUNKS))).map((name) => name.replace(/\.br$/, ""));
  for (const name of chunks) if (name.endsWith(".mjs")) await copy(join(CHUNKS, name));
}

/** Beside the bundle in an installed package, in node_modules of a checkout. */
function mermaidFolder(): string {
  const shipped = fileURLToPath(new URL("./mermaid/", import.meta.url));
  if (existsSync(join(shipped, PROGRAM + PACKED))) return shipped;
  return join(dirname(createRequire(import.meta.url).resolve("mermaid/package.json")), "dist");
}
