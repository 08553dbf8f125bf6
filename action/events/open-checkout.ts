import { access } from "node:fs/promises";
import { join } from "node:path";
import { withBasePrivileges } from "#schemas/config/privileges.ts";
import type { ConfigFlags } from "#schemas/config/resolve.ts";
import type { Config } from "#schemas/config/schema.ts";
import { ProblemError } from "#schemas/problem.ts";
import { rules as allRules } from "#generators/review/rules/registry.ts";
import type { Workspace } from "#schemas/ports.ts";
import { defaultPrivileges } from "../default-config.ts";
import { openConfig } from "../open-config.ts";
import { openProject, type OpenOptions, type Project, type ProjectWorld } from "../project.ts";
import { projectWorld } from "../project-world.ts";
import { gitWorkspace } from "../workspace/git-workspace.ts";
import type { ActionContext } from "./action-context.ts";

/** The checkout of this run as a project. Throws `ProblemError`. */
export async function openCheckout(
  context: ActionContext,
  { offline }: { readonly offline: boolean },
): Promise<Project> {
  const world = await checkoutWorld(context);
  const privileges = (config: Config): Config => withInputs(config, context);
  return openProject(world, { ...openOptions(context, offline), privileges });
}

async function checkoutWorld(context: ActionContext): Promise<ProjectWorld> {
  await assertCheckout(context);
  return projectWorld({ cwd: context.root }, context.terminal.progress);
}

export interface ReviewedCheckout {
  readonly project: Project;
  /** The configuration of the base; null when it has no schema or none that can be read. */
  readonly base: Config | null;
}

/** The checkout of a pull request, with everything that widens rights taken from the base. Throws `ProblemError`. */
export async function openReviewed(
  context: ActionContext,
  { revision, offline }: { readonly revision: string; readonly offline: boolean },
): Promise<ReviewedCheckout> {
  const world = await checkoutWorld(context);
  const workspace = await gitWorkspace({ cwd: context.root, revision });
  const options = openOptions(context, offline);
  const base = await configOf(workspace, options);
  const floor = await defaultPrivileges();
  const privileges = (head: Config): Config =>
    withBasePrivileges(withInputs(head, context), base && withInputs(base, context), floor);
  return { project: await openProject(world, { ...options, privileges }), base };
}

async function configOf(workspace: Workspace, options: OpenOptions): Promise<Config | null> {
  try {
    return (await openConfig({ workspace }, options)).config;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

function openOptions({ inputs }: ActionContext, offline: boolean): OpenOptions {
  const { rules, "fail-on": failOn, dialect, source, config, database } = inputs;
  const flags: ConfigFlags = {
    offline: offline || inputs.offline === true,
    ...(source && source.length > 0 ? { sources: source } : {}),
    ...(dialect ? { dialect } : {}),
    ...(failOn ? { failOn } : {}),
    ...(rules === undefined ? {} : { rules: ruleChoice(rules) }),
  };
  return {
    flags,
    ...(config === undefined ? {} : { configPath: config }),
    ...(database === undefined ? {} : { database }),
  };
}

/** Inputs are written in the workflow, which the base branch has: they hold on both sides. */
function withInputs(config: Config, { inputs }: ActionContext): Config {
  const { "publish-mode": mode, "on-pull-requests": onPullRequests, comment } = inputs;
  const publish = {
    ...config.publish,
    ...(mode ? { mode } : {}),
    ...(onPullRequests ? { onPullRequests } : {}),
    ...(comment ? { comment } : {}),
  };
  return { ...config, publish };
}

function ruleChoice(text: string): "default" | "all" | string[] {
  if (text === "default" || text === "all") return text;
  const ids = text.split(/[\s,]+/).filter(Boolean);
  const unknown = ids.filter((id) => !allRules.some((rule) => rule.id === id));
  if (unknown.length === 0) return ids;
  const message = `the input rules names no rule: "${unknown.join('", "')}"`;
  throw new ProblemError(
    [{ code: "QG811", severity: "error", message, help: "docs/reference/rules.md lists them." }],
    2,
  );
}

async function assertCheckout({ target, root }: ActionContext): Promise<void> {
  const isThere = async (path: string): Promise<boolean> =>
    access(path).then(
      () => true,
      () => false,
    );
  if (!(await isThere(join(target.cwd, ".git")))) {
    const message = "there is no checkout of the repository to work on";
    const help = "Put actions/checkout before this step, with fetch-depth: 0 and persist-credentials: false.";
    throw new ProblemError([{ code: "QG820", severity: "error", message, help }], 2);
  }
  if (await isThere(root)) return;
  const message = `the input working-directory names no folder: ${JSON.stringify(root)}`;
  throw new ProblemError([{ code: "QG811", severity: "error", message }], 2);
}
