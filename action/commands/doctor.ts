import { spawnSync } from "node:child_process";
import { access, constants } from "node:fs/promises";
import type { DoctorResult } from "#schemas/json/doctor.ts";
import { startEngine } from "#schemas/replay/pglite-engine.ts";
import { ProblemError } from "#schemas/problem.ts";
import { checkModels } from "../ai/check-models.ts";
import { checkConnections } from "../check-connections.ts";
import { projectWorld } from "../project-world.ts";
import { toolVersion } from "../tool-version.ts";
import type { Command, CommandInput } from "./command.ts";

type Check = DoctorResult["checks"][number];

const NEEDED_NODE = 24;

export const doctor: Command = {
  name: "doctor",
  summary: "Check the installation, the configuration, keys and the engine.",
  usage: "",
  options: { format: { type: "string", oneOf: ["text", "json"], help: "Default text." } },
  examples: [
    ["querygenie doctor", "says what works and how to mend what does not"],
    ["querygenie doctor --offline", "the same without a look at any provider"],
  ],
  async run(input) {
    const connections = await checkConnections(input.globals, input.terminal.progress);
    const checks = [
      checkNode(),
      checkGit(input.globals.cwd),
      ...(await checkModels(input)),
      await checkCache(input),
      await checkEngine(input),
      await checkProject(input),
      ...connections.checks,
    ];
    const { terminal, globals } = input;
    if (globals.format === "json")
      terminal.result(JSON.stringify({ version: 1, tool: toolVersion(), checks } satisfies DoctorResult, null, 2));
    else {
      const signs = { ok: "✔", warning: "⚠", failed: "✖" };
      for (const { name, status, detail } of checks) terminal.result(`${signs[status]} ${name.padEnd(14)} ${detail}`);
    }
    const isEngineDown = checks.some(({ name, status }) => name === "engine" && status === "failed");
    const isWrong = checks.some(({ status }) => status === "failed");
    if (isEngineDown || connections.isCutOff) return { exitCode: 3 };
    return { exitCode: isWrong ? 2 : 0 };
  },
};

function checkNode(): Check {
  const major = Number(process.versions.node.split(".")[0]);
  const detail = `Node ${process.versions.node}`;
  if (major >= NEEDED_NODE) return { name: "node", status: "ok", detail };
  return { name: "node", status: "failed", detail: `${detail}; Node ${NEEDED_NODE} or newer is needed` };
}

function checkGit(cwd: string): Check {
  const { status, stdout } = spawnSync("git", ["rev-parse", "--abbrev-ref", "HEAD"], { cwd, encoding: "utf8" });
  if (status === 0) return { name: "git", status: "ok", detail: `on ${stdout.trim()}` };
  return {
    name: "git",
    status: "warning",
    detail: "no git repository here; diff and review compare folders and files only",
  };
}

async function checkCache({ globals, terminal }: CommandInput): Promise<Check> {
  try {
    const { cacheDir } = await projectWorld(globals, terminal.progress);
    await access(cacheDir, constants.W_OK);
    return { name: "cache", status: "ok", detail: cacheDir };
  } catch (error) {
    return {
      name: "cache",
      status: "failed",
      detail: `${reason(error)}; set QUERYGENIE_CACHE_DIR to a folder that can be written`,
    };
  }
}

async function checkEngine({ globals, terminal }: CommandInput): Promise<Check> {
  try {
    const { cacheDir } = await projectWorld(globals, terminal.progress);
    const engine = await startEngine({ cacheDir });
    const { version, extensions } = engine.info;
    await engine.close();
    return { name: "engine", status: "ok", detail: `embedded PostgreSQL ${version}, ${extensions.length} extensions` };
  } catch (error) {
    return { name: "engine", status: "failed", detail: reason(error) };
  }
}

async function checkProject({ project }: CommandInput): Promise<Check> {
  try {
    const { configPath, databases } = await project();
    const found = databases
      .map(({ settings, files }) => `${settings.id} (${settings.dialect}, ${files.length} files)`)
      .join(", ");
    return { name: "configuration", status: "ok", detail: `${configPath ?? "none, found by itself"}: ${found}` };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [first] = error.problems;
    const place = first?.origin ? ` ${first.origin.file}:${first.origin.line}` : "";
    return {
      name: "configuration",
      status: "failed",
      detail: `${first?.code ?? ""}${place} ${first?.message ?? ""}. ${first?.help ?? ""}`.trim(),
    };
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
