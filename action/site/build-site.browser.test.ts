import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shopSiteData } from "../../site/test-support/shop-site-data.ts";
import { writeSiteData } from "../../site/test-support/write-site-data.ts";
import { buildSite } from "./build-site.ts";

const checkout = fileURLToPath(new URL("../../", import.meta.url));

// Node strips no types below node_modules, so a site that builds in the checkout may not build where it is installed.
describe("buildSite in another repository", () => {
  let folder = "";
  let packageDir = "";

  beforeAll(async () => {
    const installed = await realpath(join(checkout, "node_modules"));
    const cache = join(dirname(installed), ".cache");
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(join(cache, "foreign-repository-"));
    packageDir = join(folder, "node_modules/querygenie");
    await mkdir(packageDir, { recursive: true });
    for (const part of ["astro.config.mjs", "package.json", "generators", "schemas", "site"]) {
      await cp(join(checkout, part), join(packageDir, part), { recursive: true });
    }
    for (const name of await readdir(installed)) {
      if (name !== "querygenie" && !name.startsWith("."))
        await symlink(join(installed, name), join(folder, "node_modules", name));
    }
    await writeSiteData(await shopSiteData(), join(folder, "data"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("builds below a sub-path and writes outside the package", async () => {
    const before = await readdir(packageDir);
    const outDir = join(folder, "out");
    await buildSite({
      packageDir,
      dataDir: join(folder, "data"),
      outDir,
      cacheDir: join(folder, "cache"),
      base: "/docs/db/",
      quiet: true,
    });
    const home = await readFile(join(outDir, "index.html"), "utf8");
    expect(home).toContain('href="/docs/db/schemas/sales/"');
    expect(home).not.toMatch(/(?:href|src)="\/(?!docs\/db\/)/);
    const after = await readdir(packageDir);
    expect(after.filter((name) => !before.includes(name) && name !== ".astro")).toEqual([]);
  });

  it("says what went wrong when the data is not a site's", async () => {
    const build = buildSite({
      packageDir,
      dataDir: folder,
      outDir: join(folder, "none"),
      cacheDir: join(folder, "cache"),
      quiet: true,
    });
    await expect(build).rejects.toMatchObject({
      exitCode: 3,
      problems: [{ code: "QG406", help: expect.stringContaining("site.json") }],
    });
  });
});
