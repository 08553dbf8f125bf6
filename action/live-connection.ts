import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { connectionsSchema } from "#schemas/config/connections.ts";
import { findConfig } from "#schemas/config/find.ts";
import { limitsSchema } from "#schemas/config/limits.ts";
import { outputSchema } from "#schemas/config/output.ts";
import { secretKind } from "#schemas/config/secrets.ts";
import type { LiveModel, LiveServer } from "#schemas/dialects/live-reader.ts";
import { openLive } from "#schemas/dialects/live-readers.ts";
import { isThisMachine, readTarget, type LiveTarget } from "#schemas/dialects/live-target.ts";
import type { Progress } from "#schemas/ports.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import { defaultConfig } from "./default-config.ts";
import type { ProjectWorld } from "./project.ts";

/** What of a repository a running database needs; unlike a project it need not have any source. */
export interface ConnectionWorld {
  readonly world: Pick<ProjectWorld, "root" | "workspace">;
  readonly configPath?: string;
}

type Connections = ReturnType<typeof connectionsSchema.parse>;

/** The configured connections and where the state is kept. Throws `ProblemError` (exit 2) for a wrong configuration. */
export async function readConnections({ world, configPath }: ConnectionWorld): Promise<{
  readonly connections: Connections;
  readonly limits: ReturnType<typeof limitsSchema.parse>;
  readonly state: string;
}> {
  const { value, problems } = await findConfig(world.workspace, configPath, await defaultConfig());
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new ProblemError(errors, 2);
  const file = value.loaded?.file;
  return {
    connections: connectionsSchema.parse(file?.connections),
    limits: limitsSchema.parse(file?.limits ?? {}),
    state: outputSchema.parse(file?.output ?? {}).state,
  };
}

/**
 * The running database of a name under `connections`, or of an environment variable that holds its URL. Throws
 * `ProblemError` (exit 2) when it is not known or its URL cannot be read.
 */
export async function connectionTarget(input: ConnectionWorld, name: string): Promise<LiveTarget> {
  const { connections, limits } = await readConnections(input);
  return targetOf({ connections, limits, root: input.world.root }, name);
}

/** What of a configuration a connection needs, and the folder that its paths start from. */
export interface ConnectionSettings {
  readonly connections: Connections;
  readonly limits: Pick<ReturnType<typeof limitsSchema.parse>, "connectSeconds" | "liveSeconds">;
  readonly root: string;
}

/** The same by a configuration that has been read. Throws `ProblemError` (exit 2). */
export async function targetOf({ connections, limits, root }: ConnectionSettings, name: string): Promise<LiveTarget> {
  refuseUrl(name);
  const variable: Connections[string] | undefined = /^[A-Z][A-Z0-9_]*$/.test(name) ? { urlFrom: name } : undefined;
  const settings = Object.hasOwn(connections, name) ? connections[name] : variable;
  if (!settings) throw new ProblemError([unknownConnection(name, Object.keys(connections))], 2);
  // A hidden character at the end of a secret is a common accident.
  const url = process.env[settings.urlFrom]?.trim();
  if (url === undefined || url === "") throw new ProblemError([notSet(name, settings.urlFrom)], 2);
  const { value: target, problems } = readTarget({
    connection: name,
    variable: settings.urlFrom,
    url,
    ...(settings.dialect === undefined ? {} : { dialect: settings.dialect }),
    ...(settings.tls === undefined ? {} : { tls: settings.tls }),
    ...(settings.tlsCa === undefined ? {} : { caFile: settings.tlsCa }),
    timeouts: { connectMs: limits.connectSeconds * 1000, statementMs: limits.liveSeconds * 1000 },
  });
  if (!target) throw new ProblemError(problems, 2);
  return target.caFile === undefined ? target : { ...target, ca: await readCa(root, target) };
}

/** Throws `ProblemError` (exit 2) when a connection's name is its URL. */
export function refuseUrl(name: string): void {
  if (secretKind(name) !== null) throw new ProblemError([urlTyped()], 2);
}

/** Opens the running database of a name; the caller closes it. Throws `ProblemError`: 2 for its settings, 3 for the server. */
export async function openNamed(
  input: ConnectionWorld,
  name: string,
): Promise<{ readonly server: LiveServer; readonly target: LiveTarget; readonly problems: readonly Problem[] }> {
  const target = await connectionTarget(input, name);
  return { server: await openLive(target), target, problems: protectionProblems(target) };
}

/** The model of the running database of a name, with its server's name and version. Throws `ProblemError`. */
export async function readLive(
  input: ConnectionWorld,
  name: string,
  progress: Progress,
): Promise<{
  readonly live: { readonly model: LiveModel; readonly engine: LiveServer["engine"] };
  readonly target: LiveTarget;
  readonly problems: readonly Problem[];
}> {
  const target = await connectionTarget(input, name);
  const live = await readTargetModel(target, progress);
  return { live, target, problems: protectionProblems(target) };
}

/** The model of a running database, and its server's name and version. Throws `ProblemError` (exit 3). */
export async function readTargetModel(
  target: LiveTarget,
  progress: Progress,
): Promise<{ readonly model: LiveModel; readonly engine: LiveServer["engine"] }> {
  const task = `Reading ${target.connection}`;
  progress.start(task);
  const server = await openLive(target);
  try {
    const model = await server.readModel();
    const { tables, views, routines } = model.model;
    const { engine } = server;
    progress.finish(
      task,
      `${engine.name} ${engine.version}: ${tables.length} tables, ${views.length} views, ${routines.length} routines`,
    );
    return { model, engine };
  } finally {
    await server.close();
  }
}

/** What is doubtful about how a connection is protected. */
export function protectionProblems({ connection, tls, host }: LiveTarget): readonly Problem[] {
  if (tls === "verify" || (tls === "off" && isThisMachine(host))) return [];
  const how = tls === "off" ? "is not encrypted" : "is encrypted for a server whose certificate is not checked";
  return [
    {
      code: "QG712",
      severity: "warning",
      message: `the connection "${connection}" ${how}`,
      help: "`tls: verify` under `connections` protects it, with `tlsCa` for an authority of your own.",
    },
  ];
}

async function readCa(root: string, { caFile = "", connection }: LiveTarget): Promise<string> {
  try {
    return await readFile(resolve(root, caFile), "utf8");
  } catch {
    const message = `the file of certificates of connection "${connection}" cannot be read`;
    const help = "`tlsCa` under `connections`, or the URL's own parameter, names a file in PEM.";
    throw new ProblemError([{ code: "QG113", severity: "error", message, help }], 2);
  }
}

function unknownConnection(name: string, known: readonly string[]): Problem {
  const list = known.length === 0 ? "None is configured." : `Known: ${known.join(", ")}.`;
  return {
    code: "QG121",
    severity: "error",
    message: `there is no connection "${name}"`,
    help: `${list} A name is a key under \`connections\` in the configuration, or an environment variable that holds a URL. On a pull request those of the base branch count, and a running database is the schema only when it is there too.`,
  };
}

function notSet(name: string, variable: string): Problem {
  return {
    code: "QG701",
    severity: "error",
    message: `the environment variable ${variable}, which holds the URL of connection "${name}", is not set`,
    help: "Set it where this runs; in a workflow from a secret. Such as postgres://reader:password@host/database.",
  };
}

function urlTyped(): Problem {
  return {
    code: "QG120",
    severity: "error",
    message: "a connection is chosen by its name; a URL on the command line would stay in the shell's history",
    help: "Put the URL into an environment variable and give the variable's name.",
  };
}
