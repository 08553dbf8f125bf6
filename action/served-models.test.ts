import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ask } from "#generators/ask/ask.ts";
import { memoryStore } from "#test/support/memory-store.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { startModelServer, type ModelServer } from "#test/support/model-server.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { silentProgress } from "#test/support/silent-progress.ts";
import { openProject, type Project } from "./project.ts";
import { isOpenTo, servedModelNames, servedModels } from "./served-models.ts";

let server: ModelServer;
beforeEach(async () => {
  server = await startModelServer();
  server.play({ kind: "answer", text: "{}" });
  vi.stubEnv("ANTHROPIC_API_KEY", "sk-ant-test");
  vi.stubEnv("ANTHROPIC_BASE_URL", server.urls.anthropic);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const smallProject = (): Promise<Project> =>
  openProject({
    root: "/nowhere",
    workspace: memoryWorkspace({ "migrations/0001_a.sql": "CREATE TABLE a (id int);\n" }),
    store: memoryStore(),
    cacheDir: "/nowhere",
    progress: silentProgress,
    clock: { now: () => new Date(0), elapsed: () => 0 },
  });

/** Calls that reach the provider when a question nobody can answer by rule is put to a server. */
async function callsOf(serving: {
  readonly host?: string;
  readonly offline?: boolean;
  readonly mayUseModels?: boolean;
}): Promise<number> {
  const project = await smallProject();
  const counted: string[] = [];
  const models = servedModels(project, {
    offline: serving.offline ?? false,
    isOpen: isOpenTo(serving.host),
    onCall: (task, { outcome }) => counted.push(`${task} ${outcome}`),
  });
  const context = {
    model: shopModel,
    queries: [],
    descriptions: {},
    ai: await models("anthropic", { mayUseModels: serving.mayUseModels ?? false }),
  };
  await ask("Which flibbertigibbet wobbles?", context);
  expect(counted).toHaveLength(server.calls.length);
  return server.calls.length;
}

test.each([[{}], [{ host: "127.0.0.1" }], [{ host: "localhost" }], [{ host: "0.0.0.0", mayUseModels: true }]])(
  "a server for this machine alone, or for who may use models, %j, asks the model that was chosen",
  async (serving) => {
    expect(await callsOf(serving)).toBeGreaterThan(0);
  },
);

test.each([
  [{ host: "0.0.0.0" }],
  [{ host: "::" }],
  [{ host: "192.168.1.7" }],
  [{ host: "127.0.0.1", offline: true, mayUseModels: true }],
])("a server that others reach, or that was told to, asks nobody: %j", async (serving) => {
  expect(await callsOf(serving)).toBe(0);
});

test("says which addresses others reach", () => {
  expect(["0.0.0.0", "db.example.org", "::1", undefined].map(isOpenTo)).toEqual([true, true, false, false]);
});

test("a server asks no model that its configuration would not ask", async () => {
  const project = await smallProject();
  const models = servedModels(project, { offline: false, isOpen: false });
  await expect(models("anthropic/the-most-expensive")).rejects.toMatchObject({ problems: [{ code: "QG785" }] });
  const names = servedModelNames(project, { offline: false, isOpen: true });
  expect(names({ mayUseModels: false })).toEqual([]);
  expect(names({ mayUseModels: true }).map(({ provider }) => provider)).toEqual(["anthropic", "anthropic"]);
  expect(servedModelNames(project, { offline: true, isOpen: false })({ mayUseModels: true })).toEqual([]);
});
