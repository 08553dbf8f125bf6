import type { DoctorResult } from "#schemas/json/doctor.ts";
import type { Progress } from "#schemas/ports.ts";
import { ProblemError } from "#schemas/problem.ts";
import type { GlobalOptions } from "./commands/global-options.ts";
import { openNamed, readConnections, type ConnectionWorld } from "./live-connection.ts";
import { projectWorld } from "./project-world.ts";

type Check = DoctorResult["checks"][number];

/** Each configured connection: how it is protected, and whether it lets us in. `isCutOff`: one of them does not. */
export async function checkConnections(
  globals: GlobalOptions,
  progress: Progress,
): Promise<{ readonly checks: readonly Check[]; readonly isCutOff: boolean }> {
  const world = await projectWorld(globals, progress);
  const place = { world, ...(globals.config === undefined ? {} : { configPath: globals.config }) };
  const checks: Check[] = [];
  let isCutOff = false;
  try {
    const { connections } = await readConnections(place);
    for (const [name, { urlFrom }] of Object.entries(connections)) {
      const { exitCode, ...check } = await checkConnection(place, name, urlFrom);
      checks.push(check);
      isCutOff ||= exitCode === 3;
    }
  } catch (error) {
    // A wrong configuration is reported by its own check.
    if (!(error instanceof ProblemError)) throw error;
  }
  return { checks, isCutOff };
}

const TLS_WORDS = {
  verify: "TLS, certificate verified",
  "no-verify": "TLS, certificate NOT verified (tls: no-verify)",
  off: "no TLS",
} as const;

async function checkConnection(
  place: ConnectionWorld,
  connection: string,
  variable: string,
): Promise<Check & { readonly exitCode?: 2 | 3 }> {
  const name = `connection ${connection}`;
  if ((process.env[variable] ?? "") === "")
    return { name, status: "warning", detail: `${variable} is not set; nothing live is read` };
  try {
    const { server, target, problems } = await openNamed(place, connection);
    await server.close();
    const { engine } = server;
    const authority = target.ca === undefined ? "" : " with the certificates of tlsCa";
    const detail = `${engine.name} ${engine.version}; ${TLS_WORDS[target.tls]}${authority}`;
    const [doubt] = problems;
    if (doubt === undefined) return { name, status: "ok", detail };
    return { name, status: "warning", detail: `${detail}. ${doubt.help ?? ""}` };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [first] = error.problems;
    const detail = `${first?.code ?? ""} ${first?.message ?? ""}. ${first?.help ?? ""}`;
    return { name, status: "failed", detail, exitCode: error.exitCode };
  }
}
