import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder, toolVersion } from "./tool-version.ts";

let fingerprint: string | undefined;

/**
 * Changes when the tool may write other bytes for the same input: a release by its version, a checkout by its sources,
 * so that whoever works on a generator sees its effect.
 */
export function toolFingerprint(): string {
  fingerprint ??= isRelease() ? toolVersion() : `${toolVersion()}+${sourcesHash()}`;
  return fingerprint;
}

/** True for the bundle, false for a checkout. */
export function isRelease(): boolean {
  return !import.meta.url.endsWith(".ts");
}

function sourcesHash(): string {
  const folder = packageFolder();
  const hash = createHash("sha256");
  for (const path of globSync("{schemas,generators}/**/*.{ts,json}", { cwd: folder }).sort()) {
    if (!path.endsWith(".test.ts")) hash.update(path).update(readFileSync(join(folder, path)));
  }
  return hash.digest("hex").slice(0, 16);
}
