/** `npm run check`: everything that can be said about the code without running it, at once. Exits with 1 if any part fails. */
import { availableParallelism } from "node:os";
import { $ } from "zx";
import { checkParts, type Part } from "./check-parts.ts";

const parts = checkParts({ isCi: process.env["CI"] === "true" });
const WIDTH = Math.max(...parts.map(({ name }) => name.length));

async function run({ name, command, environment }: Part): Promise<boolean> {
  const started = performance.now();
  const output = await $({
    quiet: true,
    nothrow: true,
    preferLocal: true,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", ...environment },
  })`${command}`;
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  const isGood = output.exitCode === 0;
  console.log(`${isGood ? "✓" : "✗"} ${name.padEnd(WIDTH)} ${seconds} s`);
  if (!isGood) console.log(`\n${output.stdout}${output.stderr}`);
  return isGood;
}

const started = performance.now();
const results = await Promise.all(parts.map((part) => run(part)));
const failed = results.filter((isGood) => !isGood).length;
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  `${failed === 0 ? "All parts passed" : `${failed} of ${parts.length} parts failed`} in ${seconds} s on ${availableParallelism()} cores.`,
);
process.exitCode = failed === 0 ? 0 : 1;
