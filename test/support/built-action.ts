import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { releaseCommit } from "../../scripts/release-commit.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const dist = join(root, "dist");

export interface BuiltAction {
  /** Checkout of the release tag, as the runner has it below `_actions`. */
  readonly folder: string;
  remove(): void;
}

/** The action as a user's workflow gets it: built, tagged, and checked out from the tag. */
export function builtAction(): BuiltAction {
  buildWhenStale();
  const folder = mkdtempSync(join(tmpdir(), "querygenie-action-"));
  const clone = join(folder, "clone");
  const checkout = join(folder, "checkout");
  const quiet = { stdio: "ignore" } as const;
  execFileSync("git", ["clone", "--quiet", "--shared", "--bare", root, clone], quiet);
  execFileSync("git", ["-C", clone, "config", "user.name", "Shop"], quiet);
  execFileSync("git", ["-C", clone, "config", "user.email", "shop@example.com"], quiet);
  releaseCommit({ root: clone, dist, tag: "v0.0.0-test" });
  mkdirSync(checkout);
  execFileSync(
    "git",
    ["--git-dir", clone, "--work-tree", checkout, "checkout", "--quiet", "v0.0.0-test", "--", "."],
    quiet,
  );
  return { folder: checkout, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function buildWhenStale(): void {
  const mark = join(dist, ".sources");
  const hash = createHash("sha256");
  for (const path of globSync("{action,app,generators,schemas,scripts}/**/*.{ts,json}", { cwd: root }).sort()) {
    if (!path.endsWith(".test.ts")) hash.update(path).update(readFileSync(join(root, path)));
  }
  const wanted = hash.digest("hex");
  if (existsSync(mark) && existsSync(join(dist, "main.js")) && readFileSync(mark, "utf8") === wanted) return;
  execFileSync(process.execPath, [join(root, "scripts/build.ts")], { cwd: root, stdio: "ignore" });
  writeFileSync(mark, wanted);
}
