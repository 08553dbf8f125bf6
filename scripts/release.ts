/**
 * `npm run release -- v0.1.0`: builds, runs what was built, and makes a local tag with it. Nothing is pushed: the release
 * workflow does that, and a person decides when.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { releaseCommit } from "./release-commit.ts";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const [tag] = process.argv.slice(2);
const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const version = `v${String(Reflect.get(Object(manifest), "version"))}`;

if (tag !== version) {
  console.error(`The tag must be ${version}, the version in package.json; this is ${tag ?? "none"}.`);
  process.exit(2);
}
if (execFileSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" }).trim() !== "") {
  console.error("There are changes that are not committed; a release is made from a commit.");
  process.exit(2);
}
execFileSync(process.execPath, [join(root, "scripts/build.ts")], { cwd: root, stdio: "inherit" });
// An event that does not exist makes the bundle load, read its inputs and refuse.
const { PATH } = process.env;
const trial = spawnSync(process.execPath, [join(dist, "main.js")], { env: { PATH }, encoding: "utf8" });
if (trial.status !== 2 || !trial.stdout.includes("QG810")) {
  console.error(`The built action does not run:\n${trial.stdout}${trial.stderr}`);
  process.exit(1);
}
console.log(`${tag} is ${releaseCommit({ root, dist, tag })}. Push it with: git push origin refs/tags/${tag}`);
