import { compareNumbers, compareText } from "./order.ts";
import { engineOfWord } from "./engine-name.ts";
import { fillGoTemplates } from "./placeholders.ts";
import { folderOf, joinPath } from "./listing.ts";
import { duplicates, engineOfFiles, leftovers, readSteps } from "./steps.ts";
import { scores } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Step } from "./steps.ts";

/** https://github.com/golang-migrate/migrate: one call a file, which PostgreSQL runs as one implicit transaction. */
export const golangMigrate: Framework = {
  id: "golang-migrate",
  title: "golang-migrate",
  rule: "N_name.up.sql in the order of the number N; each file is one transaction.",
  kind: "history",
  async detect(folder, listing) {
    const steps = pairedSteps(folder, listing, null);
    if (steps.length === 0) return [];
    const engine = await engineOfFiles(
      listing,
      steps.map((step) => step.up),
    );
    const inGo = hasAbove(folder, "go.mod", listing);
    const why = `${steps.length} files named like ${steps[0]?.version}_name.up.sql${inGo ? " below a go.mod" : ""}`;
    const score = scores.pattern + (inGo ? 10 : 0);
    return [{ framework: "golang-migrate", path: folder, engine, score, why, files: steps.length }];
  },
  async read({ path, listing, variables, engine }) {
    const steps = pairedSteps(path, listing, engine);
    const taken = new Set(listing.filesIn(path).filter((name) => PAIRED.test(name)));
    const read = await readSteps({
      listing,
      steps,
      transaction: () => "file",
      fill: (file) => fillGoTemplates(file, variables),
    });
    const rest = leftovers({ listing, folder: path, taken, code: CODE, why: WHY, engine });
    return { value: read.value, problems: [...read.problems, ...duplicates(steps, compareNumbers), ...rest] };
  },
};

const PAIRED = /^(\d+)_(.*)\.(up|down)\.(?:pg)?sql$/;
const CODE = /^\d+_.*\.(?:go|js|ts|py)$/;
const WHY = "its name is not like N_name.up.sql";

/** Ups with their downs in numeric order. `1_name.mysql.up.sql` is left out when another engine is wanted. */
export function pairedSteps(folder: string, listing: FileListing, engine: string | null): readonly Step[] {
  const names = listing.filesIn(folder);
  const known = new Set(names);
  const steps: Step[] = [];
  for (const name of names) {
    const match = PAIRED.exec(name);
    if (!match || match[3] !== "up") continue;
    const other = engineOfWord(match[2]?.split(".").slice(1).join(".") ?? "");
    if (engine !== null && other !== null && other !== engine) continue;
    const down = name.replace(/\.up\.((?:pg)?sql)$/, ".down.$1");
    const paired = known.has(down) ? { down: joinPath(folder, down) } : {};
    steps.push({ version: match[1] ?? "", up: joinPath(folder, name), ...paired });
  }
  return steps.sort((a, b) => compareNumbers(a.version, b.version) || compareText(a.up, b.up));
}

/** True when the folder or one above it holds the file. */
export function hasAbove(folder: string, name: string, listing: FileListing): boolean {
  for (let at = folder; ; at = folderOf(at)) {
    if (listing.hasFile(joinPath(at, name))) return true;
    if (at === "") return false;
  }
}
