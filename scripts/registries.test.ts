import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { frameworkIds } from "#schemas/frameworks/framework-ids.ts";
import { frameworks } from "#schemas/frameworks/registry.ts";
import { dirname, join } from "node:path";
import { idsText, registries, registryPath, registryText } from "./registries.ts";

test.each(registries.map((registry) => [registry.folder, registry] as const))(
  "the registry of %s lists its folder; npm run registries writes it",
  async (_, registry) => {
    const path = registryPath(registry);
    const written = await registryText(registry);
    const committed = written !== null && existsSync(path) ? readFileSync(path, "utf8") : null;
    expect(committed).toBe(written);
  },
);

test("the ids of the frameworks are those of the registry", async () => {
  const registry = registries.find(({ idsFile }) => idsFile !== undefined);
  if (!registry?.idsFile) throw new Error("no registry has a file of ids");
  const path = join(dirname(registryPath(registry)), registry.idsFile);
  expect(readFileSync(path, "utf8")).toBe(await idsText(registry));
  expect([...frameworkIds]).toEqual(frameworks.map(({ id }) => id));
});

test("finds the entries of a folder that has some", async () => {
  const frameworks = registries.find((registry) => registry.folder === "schemas/frameworks");
  expect(frameworks && (await registryText(frameworks))).toContain(
    'import { golangMigrate } from "./golang-migrate.ts";',
  );
});
