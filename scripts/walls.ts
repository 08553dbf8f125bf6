/** The walls between the rooms, held by dependency-cruiser; see .dependency-cruiser.mjs for the rules. */
import { execFile } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ICruiseResult } from "dependency-cruiser";

export interface Walls {
  /** TypeScript files that were read. */
  readonly modules: number;
  /** Imports found in them. */
  readonly imports: number;
  /** Files of the rooms that were not read: a cruiser without the compiler skips every .ts and calls it clean. */
  readonly unseen: readonly string[];
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
}

const rooms = ["schemas", "generators", "action", "app", "site"];
const config = join(import.meta.dirname, "../.dependency-cruiser.mjs");
const program = join(import.meta.dirname, "../node_modules/dependency-cruiser/bin/dependency-cruise.mjs");

/** Reads every import of the repository below `root`. Throws when the cruiser itself fails. */
export async function readWalls(root: string): Promise<Walls> {
  const present = rooms.filter((room) => existsSync(join(root, room)));
  const words = [program, "--config", config, "--output-type", "json", "--progress", "none", ...present];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: root, maxBuffer: 2 ** 28 }).catch(
    // It exits with the number of violations, and prints its result all the same.
    (error: { readonly stdout?: string }) => {
      if (error.stdout?.startsWith("{")) return { stdout: error.stdout };
      throw error;
    },
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The cruiser's own type for its own output.
  const { modules, summary } = JSON.parse(stdout) as ICruiseResult;
  const read = modules.filter(({ source }) => source.endsWith(".ts"));
  const seen = new Set(read.map(({ source }) => source));
  const files = present.flatMap((room) => globSync(`${room}/**/*.ts`, { cwd: root }));
  return {
    modules: seen.size,
    imports: read.reduce((sum, { dependencies }) => sum + dependencies.length, 0),
    unseen: files.filter((file) => !seen.has(file.replaceAll("\\", "/"))).sort(),
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

if (import.meta.main) {
  const { modules, imports, unseen, violations } = await readWalls(process.cwd());
  for (const { rule, from, to } of violations) console.log(`${rule}: ${from} → ${to}`);
  for (const file of unseen) console.log(`was not read: ${file}`);
  console.log(`${modules} modules and ${imports} imports read, ${violations.length} violations`);
  // Files without a single import were not understood.
  process.exitCode = violations.length + unseen.length > 0 || imports < modules ? 1 : 0;
}
