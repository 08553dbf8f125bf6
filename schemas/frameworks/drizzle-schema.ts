import { declaredLines } from "../languages/drizzle/declared-lines.ts";
import { exportSteps } from "../languages/drizzle/export-statements.ts";
import { dialectOf } from "./declared-source.ts";
import { drizzle } from "./drizzle.ts";
import { folderOf, joinPath, nameOf } from "./listing.ts";
import { normalisePath } from "./normalise-path.ts";
import { scores } from "./framework.ts";
import type { Framework, ReadInput } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Problem, WithProblems } from "../problem.ts";
import type { MigrationFile, SourceFile } from "../source.ts";

/** https://orm.drizzle.team/docs/drizzle-config-file. The schema is a program: drizzle-kit runs it, on trusted events only. */
export const drizzleSchema: Framework = {
  id: "drizzle-schema",
  title: "Drizzle schema",
  rule: "what drizzle-kit export prints for drizzle.config; on events that are not trusted the committed migrations instead.",
  kind: "declared",
  async detect(folder, listing) {
    const name = listing.filesIn(folder).find((file) => CONFIG.test(file));
    if (name === undefined) return [];
    const path = joinPath(folder, name);
    const { value } = await listing.read(path);
    const dialect = settingOf(value?.text ?? "", "dialect");
    if (dialect === undefined) return [];
    const engine = engines[dialect] ?? dialect;
    return [{ framework: "drizzle-schema", path, engine, score: scores.declared + 2, why: name, files: 1 }];
  },
  async read(input) {
    const { path, listing, trust } = input;
    const { value, problems } = await listing.read(path);
    if (!value) return { value: [], problems };
    if (trust?.kind !== "trusted") {
      return fallBack(input, value, notRun(path, trust?.why ?? "nothing said that the event is trusted"));
    }
    const folder = folderOf(path);
    const output = await trust.run({
      kind: "package",
      package: "drizzle-kit",
      arguments: ["export", `--config=${nameOf(path)}`],
      folder,
      timeoutMs: LONGEST_EXPORT_MS,
    });
    if (output.exitCode !== 0) return fallBack(input, value, failed(path, output));
    const files = await codeOf(folder, listing);
    const fallback = { file: path, line: 1, column: 1 };
    return {
      value: exportSteps(output.stdout, dialectOf(input.engine), { lines: declaredLines(files), fallback }),
      problems: [],
    };
  },
};

const CONFIG = /^drizzle(?:[.-]\w+)?\.config\.(?:[cm]?[jt]s|json)$/;
const LONGEST_EXPORT_MS = 120_000;

const engines: Readonly<Record<string, string>> = {
  postgresql: "postgres",
  mysql: "mysql",
  singlestore: "singlestore",
  mssql: "mssql",
  sqlite: "sqlite",
  turso: "sqlite",
};

/** A setting that is written as a text; the configuration is code, so this is a guess for finding it only. */
function settingOf(text: string, name: string): string | undefined {
  return new RegExp(`["']?\\b${name}["']?\\s*:\\s*["'\`]([^"'\`]+)["'\`]`).exec(text)?.[1];
}

/** The committed migrations, if the configuration names their folder or has them in the usual one. */
async function fallBack(
  input: ReadInput,
  config: SourceFile,
  problem: Problem,
): Promise<WithProblems<readonly MigrationFile[]>> {
  const { listing, path } = input;
  const out = normalisePath(joinPath(folderOf(path), settingOf(config.text, "out") ?? "drizzle")) ?? "";
  const has = listing.hasFile(joinPath(out, "meta/_journal.json"));
  const instead = has ? await drizzle.read({ ...input, path: out }) : { value: [], problems: [] };
  const help = has
    ? `The committed migrations in ${out} were read instead.`
    : "Commit migrations (npx drizzle-kit generate): they are read without running anything.";
  const worse: Partial<Problem> = has ? {} : { severity: "error", makesIncomplete: true };
  return { value: instead.value, problems: [{ ...problem, help, ...worse }, ...instead.problems] };
}

function notRun(path: string, why: string): Problem {
  return {
    code: "QG723",
    severity: "info",
    message: `${path} was not run: ${why}`,
    origin: { file: path, line: 1, column: 1 },
  };
}

function failed(
  path: string,
  { timedOut, stderr, stdout }: { readonly timedOut: boolean; readonly stderr: string; readonly stdout: string },
): Problem {
  const said =
    (stderr.trim() || stdout.trim())
      .split("\n")
      .filter((line) => line.trim() !== "")
      .at(0) ?? "it said nothing";
  const why = timedOut ? `it ran longer than ${LONGEST_EXPORT_MS / 1000} seconds` : said.trim();
  return {
    code: "QG724",
    severity: "warning",
    message: `drizzle-kit export failed for ${path}: ${why}`,
    origin: { file: path, line: 1, column: 1 },
  };
}

/** The program files around the configuration: their lines are the origins. */
async function codeOf(folder: string, listing: FileListing): Promise<readonly SourceFile[]> {
  const paths = listing.paths.filter(
    (path) =>
      (folder === "" || path.startsWith(`${folder}/`)) &&
      /(?<!\.d)\.[cm]?[jt]s$/.test(path) &&
      /schema|table|model|db|database|entit/i.test(path),
  );
  const files: SourceFile[] = [];
  for (const path of paths.slice(0, MOST_FILES)) {
    const { value } = await listing.read(path);
    if (value && /drizzle-orm/.test(value.text)) files.push(value);
  }
  return files;
}
const MOST_FILES = 500;
