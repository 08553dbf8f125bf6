import { afterEach, expect, test } from "vitest";
import { actionWorld, TOKEN, type ActionWorld } from "#test/support/action-world.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { silentLog } from "../log.ts";
import { callerRate } from "../query/caller-rate.ts";
import { SETUP_BRANCH } from "./onboard.ts";
import { runJob } from "./run-job.ts";

let world: ActionWorld;
afterEach(() => world.close());

async function installed(): Promise<void> {
  const { url: serverUrl, apiUrl } = world.github;
  await runJob(
    { kind: "onboard", installation: 7, owner: "outdoor", repo: "shop" },
    {
      serverUrl,
      apiUrl,
      cacheDir: testCacheDir,
      tokenFor: async () => TOKEN,
      notes: { note: async () => null, setNote: async () => undefined },
      rate: callerRate({ perMinute: 1, now: () => 0 }),
      log: silentLog,
    },
    new AbortController().signal,
  );
}

const proposals = () => world.repository.pulls.filter(({ headRef }) => headRef === SETUP_BRANCH);

test("proposes a configuration with what was found, once, also after it was closed", async () => {
  world = await actionWorld("");
  const { bare } = world.repository;
  await installed();
  expect(proposals()).toMatchObject([{ baseRef: "main", state: "open", title: "Configure QueryGenie" }]);
  const tip = bare.resolve(`refs/heads/${SETUP_BRANCH}`) ?? "";
  expect(bare.read(tip, "querygenie.yml")).toContain("path: migrations");
  // The App needs no workflow, and no right to write one.
  expect(bare.git(["diff", "--name-only", "main", tip]).trim()).toBe("querygenie.yml");
  await installed();
  for (const pull of proposals()) pull.state = "closed";
  await installed();
  expect(proposals()).toHaveLength(1);
});

test("goes on where an attempt before ended", async () => {
  world = await actionWorld("");
  const { github } = world;
  github.faults.push({ on: /^POST .*\/pulls$/, times: 1, what: { status: 422, json: { message: "not now" } } });
  await expect(installed()).rejects.toThrow("not now");
  expect(proposals()).toHaveLength(0);
  await installed();
  expect(proposals()).toHaveLength(1);
});

test.each([["querygenie.yml"], [".querygenie.yml"], [".github/querygenie.yml"], [".tbls.yml"]])(
  "proposes nothing where there is a %s",
  async (path) => {
    world = await actionWorld("");
    world.commit("main", { [path]: "version: 1\n" });
    await installed();
    expect(proposals()).toEqual([]);
  },
);

test("proposes nothing where there is no schema", async () => {
  world = await actionWorld("", { migrations: 0 });
  world.commit("main", { "README.md": "Nothing here.\n" });
  await installed();
  expect(proposals()).toEqual([]);
});
