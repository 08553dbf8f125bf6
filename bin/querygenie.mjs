#!/usr/bin/env node
// In a checkout the sources run as they are; an installed package has its bundle, because Node strips no types there.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";

// V8 optimises one huge function of the SQL parser, which takes half a gigabyte and gains nothing in a short run.
// Set while Node runs, one flag does not bring the others that it would bring at its start.
for (const flag of ["--liftoff-only", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"]) setFlagsFromString(flag);

const NEEDED = 24;
if (Number(process.versions.node.split(".")[0]) < NEEDED) {
  process.stderr.write(`QueryGenie needs Node ${NEEDED} or newer; this is ${process.versions.node}.\n`);
  process.exit(2);
}
const source = new URL("../action/cli.ts", import.meta.url);
const isInstalled = fileURLToPath(source).includes("/node_modules/") || !existsSync(source);
await import(isInstalled ? new URL("../dist/cli.js", import.meta.url).href : source.href);
