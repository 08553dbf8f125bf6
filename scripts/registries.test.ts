import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { registries, registryPath, registryText } from "./registries.ts";

test.each(registries.map((registry) => [registry.folder, registry] as const))(
  "the registry of %s lists its folder; npm run registries writes it",
  async (_, registry) => {
    const path = registryPath(registry);
    const written = await registryText(registry);
    const committed = written !== null && existsSync(path) ? readFileSync(path, "utf8") : null;
    expect(committed).toBe(written);
  },
);

test("finds the entries of a folder that has some", async () => {
  const frameworks = registries.find((registry) => registry.folder === "schemas/frameworks");
  expect(frameworks && (await registryText(frameworks))).toContain(
    'import { golangMigrate } from "./golang-migrate.ts";',
  );
});
