import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ReleaseOptions {
  /** Clone whose HEAD is released. Its working tree and index stay as they are. */
  readonly root: string;
  /** Folder with the built files. */
  readonly dist: string;
  /** Tag, such as `v0.1.0`. */
  readonly tag: string;
}

/** What the action and its site build read. Everything else would only make each user's download longer. */
const KEPT = [
  "action.yml",
  "package.json",
  "package-lock.json",
  "astro.config.mjs",
  "tsconfig.json",
  "LICENSE",
  "README.md",
  "bin",
  "schemas",
  "generators",
  "action",
  "site",
];

/** Never read at run time. */
const LEFT_OUT = /(\.test\.ts$|\/__fixtures__\/|^site\/test-support\/)/;

/** Makes the commit and the tag that users' workflows name: HEAD's sources and the built files. Returns the commit. */
export function releaseCommit({ root, dist, tag }: ReleaseOptions): string {
  const folder = mkdtempSync(join(tmpdir(), "querygenie-release-"));
  const env = { ...process.env, GIT_INDEX_FILE: join(folder, "index") };
  const git = (words: readonly string[], input?: string): string =>
    execFileSync("git", [...words], {
      cwd: root,
      env,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      ...(input === undefined ? {} : { input }),
    });
  try {
    const listed = git(["ls-tree", "-r", "-z", "HEAD", "--", ...KEPT])
      .split("\0")
      .filter(Boolean);
    const sources = listed.filter((line) => !LEFT_OUT.test(line.split("\t")[1] ?? ""));
    git(["update-index", "-z", "--index-info"], sources.map((line) => `${line}\0`).join(""));
    const built = globSync("**/*", { cwd: dist })
      .filter((path) => statSync(join(dist, path)).isFile())
      .sort();
    const hashes = git(
      ["hash-object", "-w", "--no-filters", "--stdin-paths"],
      built.map((path) => `${join(dist, path)}\n`).join(""),
    );
    const blobs = hashes.trim().split("\n");
    const lines = built.map((path, at) => `100644 ${blobs[at] ?? ""}\tdist/${path}\0`);
    git(["update-index", "-z", "--index-info"], lines.join(""));
    const tree = git(["write-tree"]).trim();
    const commit = git(["commit-tree", tree, "-p", "HEAD"], `Release ${tag}\n`).trim();
    git(["tag", "--annotate", "--message", `QueryGenie ${tag}`, "--", tag, commit]);
    return commit;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
