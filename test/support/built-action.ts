import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { releaseCommit } from "../../scripts/release-commit.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Not dist/, which another test packs at the same time. */
const kept = join(root, ".cache/built-action");

export interface BuiltAction {
  /** Checkout of the release tag, as the runner has it below `_actions`. */
  readonly folder: string;
  remove(): void;
}

/** The action as a user's workflow gets it: built, tagged, and checked out from the tag. */
export function builtAction(): BuiltAction {
  const dist = builtFiles();
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

/** A folder with the bundle of these sources, made once. Two that make it at a time do not see each other's halves. */
function builtFiles(): string {
  const hash = createHash("sha256");
  const sources = globSync("{action,app,generators,schemas,scripts}/**/*.{ts,json}", { cwd: root }).sort();
  for (const path of [...sources, "package-lock.json"]) {
    if (!path.endsWith(".test.ts")) hash.update(path).update(readFileSync(join(root, path)));
  }
  const name = hash.digest("hex").slice(0, 16);
  const built = join(kept, name);
  if (existsSync(built)) return built;
  mkdirSync(kept, { recursive: true });
  for (const old of readdirSync(kept)) if (!old.startsWith(name)) rmSync(join(kept, old), { recursive: true });
  const half = `${built}.${process.pid}`;
  const output = ["ignore", "ignore", "pipe"] as const;
  execFileSync(process.execPath, [join(root, "scripts/build.ts"), half], { cwd: root, stdio: [...output] });
  try {
    renameSync(half, built);
  } catch (error) {
    // Another one was faster.
    if (!existsSync(built)) throw error;
    rmSync(half, { recursive: true });
  }
  return built;
}
