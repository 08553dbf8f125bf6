import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kinds } from "./new-files.ts";
import { writeNew } from "./new.ts";

const repository = join(import.meta.dirname, "..");
let root = "";

beforeAll(() => {
  // Inside the repository, so that #schemas/… of the new files is found.
  mkdirSync(join(repository, ".cache"), { recursive: true });
  root = mkdtempSync(join(repository, ".cache/new-"));
});
afterAll(() => rmSync(root, { recursive: true }));

const registries: Readonly<Record<string, string>> = {
  command: "action/commands/registry.ts",
  framework: "schemas/frameworks/registry.ts",
  generator: "generators/registry.ts",
  rule: "generators/review/rules/registry.ts",
};

test.each(Object.keys(kinds))("writes a new %s and lists it in its registry", async (kind) => {
  const result = await writeNew({ kind, id: `refund-${kind}`, root });
  expect(result).toHaveProperty("written");
  const registry = readFileSync(join(root, registries[kind] ?? ""), "utf8");
  expect(registry).toContain(`refund-${kind}.ts`);
});

test("writes files that the compiler takes", () => {
  const settings = {
    extends: join(repository, "tsconfig.json"),
    // The new files find their neighbours as if they lay beside them.
    compilerOptions: { rootDirs: [root, repository], typeRoots: [join(repository, "node_modules/@types")] },
    include: [`${root}/**/refund-*.ts`, join(repository, "schemas/**/*.d.ts")],
  };
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify(settings));
  const { stdout } = spawnSync(join(repository, "node_modules/.bin/tsc"), ["-p", root], { encoding: "utf8" });
  expect(stdout).toBe("");
});

test.each([
  ["an unknown kind", "page", "refunds", /There is no "page" to add; there are command, framework, generator, rule\./],
  ["a name that is no file's", "rule", "Refunds!", /"Refunds!" cannot be a file's name/],
  ["a name that is taken", "rule", "refund-rule", /refund-rule\.ts is there already/],
])("refuses %s", async (_, kind, id, wrong) => {
  expect(await writeNew({ kind, id, root })).toEqual({ wrong: expect.stringMatching(wrong) });
});
