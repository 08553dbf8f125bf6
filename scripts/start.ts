/**
 * `npm start`: the main job on the sample, then the site with its playground. No key, no network.
 * `npm start -- --no-serve` stops after building; other words go to `querygenie serve`.
 */
import { join } from "node:path";
import { $ } from "zx";

$.stdio = "inherit";
$.verbose = false;

const root = join(import.meta.dirname, "..");
const program = join(root, "bin", "querygenie.mjs");
const shop = join(root, "examples", "shop");
const words = process.argv.slice(2);

console.error("The sample, examples/shop:\n");
await $`${process.execPath} ${program} build --cwd ${shop}`;
if (words.includes("--no-serve")) {
  await $`${process.execPath} ${program} site build --cwd ${shop} --out ${join(root, "node_modules", ".cache", "querygenie-start")}`;
  console.error(`
Made in examples/shop:
  docs/database/    documentation and diagrams: begin with README.md
  fixtures/         rows that have been loaded with every constraint on
npm start serves the site with a working playground.`);
} else {
  const serving = $`${process.execPath} ${program} serve --cwd ${shop} ${words}`;
  // Ctrl-C reaches the child too; waiting for it lets it close its engine.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => void serving.kill("SIGTERM"));
  await serving.nothrow();
}
