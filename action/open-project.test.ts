import { expect, test } from "vitest";
import type { ConfigInput } from "#schemas/config/schema.ts";
import { configSchema } from "#schemas/config/schema.ts";
import { withBasePrivileges } from "#schemas/config/privileges.ts";
import type { ProgramCall, Trust } from "#schemas/ports.ts";
import { ProblemError } from "#schemas/problem.ts";
import { memoryStore } from "#test/support/memory-store.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { silentProgress } from "#test/support/silent-progress.ts";
import { openProject, type Project } from "./project.ts";

const base = (database: Partial<ConfigInput["databases"][number]>) =>
  configSchema.parse({ databases: [{ id: "shop", sources: [{ path: "schema.sql" }], ...database }] });

/** Opens a pull request's files as an event that may run programs; says what was run. */
async function open(
  config: string,
  ofBase: ReturnType<typeof base> | null,
): Promise<{ readonly ran: readonly ProgramCall[]; readonly project: Project | readonly string[] }> {
  const ran: ProgramCall[] = [];
  const trust: Trust = {
    kind: "trusted",
    run: (call) => {
      ran.push(call);
      return Promise.resolve({ exitCode: 0, stdout: "create table made (id int);", stderr: "", timedOut: false });
    },
  };
  const world = {
    root: "/nowhere",
    workspace: memoryWorkspace({ "querygenie.yml": config, "schema.sql": "create table written (id int);" }),
    store: memoryStore(),
    cacheDir: "/nowhere",
    progress: silentProgress,
    clock: { now: () => new Date(0), elapsed: () => 0 },
    trust,
  };
  try {
    const project = await openProject(world, { privileges: (head) => withBasePrivileges(head, ofBase) });
    return { ran, project };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ran, project: error.problems.map(({ code }) => code) };
  }
}

const COMMAND = "databases:\n  - id: shop\n    sources: [{ path: schema.sql, command: make schema }]\n";

test("runs the command of a pull request that its base has too", async () => {
  const { ran, project } = await open(COMMAND, base({ sources: [{ path: "x.sql", command: "make schema" }] }));
  expect(ran).toMatchObject([{ kind: "shell", command: "make schema" }]);
  expect(project).toMatchObject({ databases: [{ files: [{ text: "create table made (id int);" }] }] });
});

test("runs no command that the base does not have, before anything else happens", async () => {
  for (const without of [base({}), null]) {
    const { ran, project } = await open(COMMAND, without);
    expect(ran).toEqual([]);
    expect(project).toMatchObject({ databases: [{ files: [{ text: "create table written (id int);" }] }] });
  }
});

test("reads no running database that the base does not read", async () => {
  const config =
    "databases:\n  - id: shop\n    sources: [{ connection: live }]\nconnections:\n  live: { urlFrom: HOME }\n";
  expect((await open(config, base({}))).project).toEqual(["QG121"]);
});
