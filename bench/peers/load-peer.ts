import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runCommand } from "../measure/run-command.ts";

const folder = fileURLToPath(new URL("./", import.meta.url));

/** A peer's module, installed into its own folder on first use; a string says why it is not there. */
export async function loadPeer<Module>(name: string): Promise<Module | string> {
  if (!existsSync(`${folder}node_modules/${name}`)) {
    const install = await runCommand("npm", ["install", "--no-audit", "--no-fund", "--omit=dev"], { cwd: folder });
    if (install.exitCode !== 0) return `${name} could not be installed (offline?)`;
  }
  const entry = createRequire(`${folder}package.json`).resolve(name);
  const module: unknown = await import(pathToFileURL(entry).href);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- A peer has types of its own; the caller states the part that it uses.
  return module as Module;
}
