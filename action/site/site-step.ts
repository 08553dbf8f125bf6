/** The step of `action/site` that builds: a program of its own, because the site needs an installation. */
import { readFile, writeFile, appendFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ProblemError } from "#schemas/problem.ts";
import { openProject } from "../project.ts";
import { projectWorld } from "../project-world.ts";
import { processRunner } from "../runner/runner.ts";
import { runnerTerminal } from "../runner/runner-terminal.ts";
import { problemMarkdown } from "../runner/problem-markdown.ts";
import { makeSite, type SiteWeb } from "./make-site.ts";
import { basePath, mayPublish, type PagesRepository } from "./publish-rules.ts";

/** `isCheck` stops before anything is built: it needs no installation. */
async function main(environment: NodeJS.ProcessEnv, isCheck: boolean): Promise<number> {
  const runner = processRunner(environment, (text) => process.stdout.write(text));
  const workspace = environment["GITHUB_WORKSPACE"] ?? process.cwd();
  try {
    const root = resolve(workspace, environment["QUERYGENIE_DIRECTORY"] || ".");
    const world = await projectWorld({ cwd: root }, runnerTerminal(runner).progress);
    const config = environment["QUERYGENIE_CONFIG"];
    const project = await openProject(world, config ? { configPath: config } : {});
    const repository = await repositoryOf(environment);
    const isPreview = environment["QUERYGENIE_PREVIEW"] === "true";
    const refused = isPreview ? null : mayPublish(repository, project.config.site.public);
    if (refused) throw new ProblemError([refused], 2);
    const wanted = environment["QUERYGENIE_DATABASE"];
    const database = project.databases.find(({ settings }) => !wanted || settings.id === wanted);
    if (!database)
      throw new ProblemError(
        [
          noDatabase(
            wanted ?? "",
            project.databases.map(({ settings }) => settings.id),
          ),
        ],
        2,
      );
    if (isCheck) return 0;
    const outDir = resolve(workspace, environment["QUERYGENIE_OUT"] || "_site");
    const base = basePath(repository, {
      given: environment["QUERYGENIE_BASE"] || undefined,
      configured: project.config.site.base,
    });
    const made = await makeSite(project, database, {
      outDir,
      base,
      queryUrl: null,
      web: webOf(repository, environment),
    });
    // Without it GitHub Pages would run the pages through Jekyll, which drops folders that begin with an underscore.
    await writeFile(resolve(outDir, ".nojekyll"), "");
    runner.say(`Site of ${database.settings.id} built for ${base}.`);
    await output(environment, { path: outDir, base });
    await runner.summary(`### QueryGenie · site\n\nBuilt for \`${base}\`, ${made.problems.length} notes.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    runner.annotate([], error.problems);
    for (const { code, message, help } of error.problems) runner.say(`✖ ${code}  ${message}\n  ${help ?? ""}`);
    await runner.summary(`### QueryGenie · the site was not built\n\n${problemMarkdown(error.problems)}`);
    return error.exitCode;
  }
}

async function repositoryOf(environment: NodeJS.ProcessEnv): Promise<StepRepository> {
  const [owner = "", name = ""] = (environment["GITHUB_REPOSITORY"] ?? "").split("/");
  const path = environment["GITHUB_EVENT_PATH"];
  const payload: unknown = path === undefined ? {} : JSON.parse(await readFile(path, "utf8"));
  const repository: unknown = Object(payload).repository;
  const branch: unknown = Object(repository).default_branch;
  return {
    owner,
    name,
    // Unknown counts as private: what is published cannot be taken back.
    isPrivate: Object(repository).private !== false,
    branch: typeof branch === "string" ? branch : null,
  };
}

/** Where the pages lead to: files as this commit has them, and GitHub's page for a new one. */
function webOf({ owner, name, branch }: StepRepository, environment: NodeJS.ProcessEnv): SiteWeb {
  const server = environment["GITHUB_SERVER_URL"] ?? "https://github.com";
  const below = (environment["QUERYGENIE_DIRECTORY"] ?? "").replace(/^\.?\/|\/+$/g, "");
  const folder = below === "" || below === "." ? "" : `${below}/`;
  const sha = environment["GITHUB_SHA"] ?? "";
  const root = `${server}/${owner}/${name}`;
  const known = owner !== "" && name !== "";
  return {
    sourceUrl: known && sha !== "" ? `${root}/blob/${sha}/${folder}{file}#L{line}` : null,
    commitUrl: known ? `${root}/commit/{commit}` : null,
    pullUrl: known ? `${root}/pull/{pull}` : null,
    newFileUrl:
      known && branch !== null
        ? `${root}/new/${encodeURIComponent(branch)}?filename=${encodeURIComponent(folder)}{path}&value={content}`
        : null,
  };
}

interface StepRepository extends PagesRepository {
  readonly branch: string | null;
}

async function output(environment: NodeJS.ProcessEnv, values: Readonly<Record<string, string>>): Promise<void> {
  const path = environment["GITHUB_OUTPUT"];
  if (path === undefined) return;
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value.replaceAll(/[\r\n]/g, " ")}\n`);
  await appendFile(path, lines.join(""));
}

const noDatabase = (wanted: string, known: readonly string[]) =>
  ({
    code: "QG121",
    severity: "error",
    message: `there is no database ${JSON.stringify(wanted)}`,
    help: `Known databases: ${known.join(", ")}.`,
  }) as const;

// Not awaited at the top: in the bundle a lazy chunk may import this file, and would wait for it to end.
void main(process.env, process.argv.includes("--check")).then((code) => (process.exitCode = code));
