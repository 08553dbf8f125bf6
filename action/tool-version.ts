import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

let version: string | undefined;

/** The package's own version. The nearest package.json above this file is ours, in a checkout and in a bundle. */
export function toolVersion(): string {
  version ??= readVersion(join(packageFolder(), "package.json")) ?? "0.0.0";
  return version;
}

/** Folder of the package. */
export function packageFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (readVersion(join(folder, "package.json")) !== null || dirname(folder) === folder) return folder;
  }
}

function readVersion(path: string): string | null {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof manifest !== "object" || manifest === null) return null;
    return "version" in manifest && typeof manifest.version === "string" ? manifest.version : null;
  } catch {
    // No file here: the search goes on above.
    return null;
  }
}
