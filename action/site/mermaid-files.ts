import { cp, mkdir, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Mermaid for browsers, which loads the part that a diagram needs: 5.5 MB, of which a diagram takes about 1. */
const PROGRAM = "mermaid.esm.min.mjs";
const CHUNKS = "chunks/mermaid.esm.min";

/** Where it lies in the site. */
export const MERMAID_FOLDER = "mermaid/";

/** Copies it into a folder, without what only debuggers read. */
export async function copyMermaid(to: string): Promise<void> {
  const from = mermaidFolder();
  await mkdir(join(to, CHUNKS), { recursive: true });
  await cp(join(from, PROGRAM), join(to, PROGRAM));
  for (const name of await readdir(join(from, CHUNKS))) {
    if (name.endsWith(".mjs")) await cp(join(from, CHUNKS, name), join(to, CHUNKS, name));
  }
}

/** Beside the bundle in an installed package, in node_modules of a checkout. */
function mermaidFolder(): string {
  const shipped = fileURLToPath(new URL("./mermaid/", import.meta.url));
  if (existsSync(join(shipped, PROGRAM))) return shipped;
  return join(dirname(createRequire(import.meta.url).resolve("mermaid/package.json")), "dist");
}
