import { compareText } from "./order.ts";
import { fillCapitals } from "./placeholders.ts";
import { folderOf, joinPath, nameOf } from "./listing.ts";
import { headerOf, misshapen } from "./file-parts.ts";
import { namedSteps } from "./evidence.ts";
import { readSteps } from "./steps.ts";
import { scores } from "./framework.ts";
import { withIncludes } from "./graphile-includes.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { MigrationFile } from "../source.ts";
import type { Problem } from "../problem.ts";
import type { Step } from "./steps.ts";
import type { Variables } from "./placeholders.ts";

/** https://github.com/graphile/migrate: committed files form a chain of hashes, the current one is still being written. */
export const graphileMigrate: Framework = {
  id: "graphile-migrate",
  title: "Graphile Migrate",
  rule: "committed/N.sql by file name, then current.sql or current/*.sql with what they include; one transaction a file unless it begins with --! no-transaction.",
  kind: "history",
  async detect(folder, listing) {
    const steps = committed(folder, listing);
    const [first] = steps;
    if (!first) return [];
    const { value } = await listing.read(first.up);
    if (!value || !headerOf(value.text).some((line) => /^--!\s*Previous:/.test(line))) return [];
    const why = "committed files with --! Previous";
    const found = { path: folder, engine: "postgres", score: scores.marker, why, files: steps.length };
    return [{ framework: "graphile-migrate", ...found }];
  },
  async read({ path, listing, variables }) {
    const placeholders = await placeholdersOf(path, listing, variables);
    const fill = (file: { path: string; text: string }): ReturnType<typeof fillCapitals> =>
      fillCapitals(file, placeholders.values, placeholders.declared);
    const transaction = (text: string): "none" | "file" => (bodyMark(text) === "no-transaction" ? "none" : "file");
    const done = await readSteps({ listing, steps: committed(path, listing), transaction, fill });
    const steps = current(path, listing);
    const mode = steps.length > 1 ? () => "all" as const : transaction;
    const now = await readSteps({ listing, steps, transaction: mode, fill });
    const included = await withIncludes(now.value, { folder: joinPath(path, "fixtures"), listing, fill });
    return {
      value: [...done.value, ...included.value],
      problems: [...done.problems, ...brokenChain(done.value), ...now.problems, ...included.problems],
    };
  },
};

function committed(folder: string, listing: FileListing): readonly Step[] {
  const compare = (a: Step, b: Step): number => compareText(a.up, b.up);
  return namedSteps({ folder: joinPath(folder, "committed"), listing, name: /^(\d{6,}).*\.sql$/, compare });
}

function current(folder: string, listing: FileListing): readonly Step[] {
  const file = joinPath(folder, "current.sql");
  if (listing.hasFile(file)) return [{ version: "current", up: file }];
  const compare = (a: Step, b: Step): number => compareText(a.up, b.up);
  const steps = namedSteps({ folder: joinPath(folder, "current"), listing, name: /^(.*)\.sql$/, compare });
  return steps.map((step) => ({ ...step, version: `current/${step.version}` }));
}

/** What the first line after the header says with `--!`. */
function bodyMark(text: string): string | null {
  const lines = text.split("\n").map((line) => line.trim());
  const body = lines.find((line) => line !== "" && !/^--!\s*(?:Previous|Hash|Message|AllowInvalidHash)\b/.test(line));
  return /^--!\s*([\w-]+)\s*$/.exec(body ?? "")?.[1] ?? null;
}

/** Each file names the hash of the one before; the runner refuses the folder otherwise. */
function brokenChain(files: readonly MigrationFile[]): readonly Problem[] {
  const marks = files.map((file) => ({
    path: file.path,
    previous: mark(file.text, "Previous"),
    hash: mark(file.text, "Hash"),
  }));
  return marks.flatMap(({ path, previous }, index) => {
    const before = marks[index - 1];
    if (before === undefined || previous === null || before.hash === null || previous === before.hash) return [];
    const message = `${nameOf(path)} was committed after another file than ${nameOf(before.path)}`;
    return [misshapen(path, message, "Restore the file that is missing, or commit this one again.")];
  });
}

function mark(text: string, name: string): string | null {
  const line = headerOf(text).find((one) => one.startsWith(`--! ${name}:`));
  return line === undefined ? null : line.slice(line.indexOf(":") + 1).trim();
}

interface Placeholders {
  readonly values: Variables;
  /** Null when no settings say which names are placeholders. */
  readonly declared: ReadonlySet<string> | null;
}

async function placeholdersOf(folder: string, listing: FileListing, variables: Variables): Promise<Placeholders> {
  const given = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name.replace(/^:/, ""), value]));
  const builtIn = { DATABASE_NAME: "postgres", DATABASE_OWNER: "postgres" };
  const places = [folder, folderOf(folder)].flatMap((at) =>
    [".gmrc", ".gmrc.js", ".gmrc.cjs"].map((name) => joinPath(at, name)),
  );
  const settings = places.find((path) => listing.hasFile(path));
  if (settings === undefined) return { values: { ...builtIn, ...given }, declared: null };
  const { value } = await listing.read(settings);
  const found = [...(value?.text ?? "").matchAll(/["']:([A-Z][A-Z0-9_]*)["']\s*:\s*["']([^"'\n]*)["']/g)];
  const fixed = found.filter(([, , text]) => text !== "!ENV").map(([, name = "", text = ""]) => [name, text] as const);
  const declared = new Set([...found.map(([, name = ""]) => name), ...Object.keys(builtIn), ...Object.keys(given)]);
  return { values: { ...builtIn, ...Object.fromEntries(fixed), ...given }, declared };
}
