import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { $ } from "zx";
import { migrationsModule } from "./store-migrations.ts";

const root = join(import.meta.dirname, "..");

test("the store's list of migrations is that of the folder; npm run migrations writes it", async () => {
  expect(await readFile(join(root, "app/store/migrations.ts"), "utf8")).toBe(await migrationsModule());
});

test("the store's tables have no change without a migration; npm run migrations writes it", async () => {
  // drizzle-kit takes paths below its working directory only.
  const cache = join(root, "node_modules/.cache");
  await mkdir(cache, { recursive: true });
  const copy = await mkdtemp(join(cache, "store-migrations-"));
  try {
    await cp(join(root, "app/store/migrations"), copy, { recursive: true });
    const out = copy.slice(root.length + 1);
    const from = ["--dialect", "postgresql", "--schema", "./app/store/tables.ts", "--out", out];
    await $({ cwd: root, preferLocal: true, quiet: true })`drizzle-kit generate ${from}`;
    expect(await readdir(copy)).toEqual(await readdir(join(root, "app/store/migrations")));
  } finally {
    await rm(copy, { recursive: true });
  }
});
