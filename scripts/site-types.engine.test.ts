/** A check that reads nothing passes everything; see check-parts.ts. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { siteTypes } from "./check-parts.ts";

const repository = join(import.meta.dirname, "..");

test("the check of the site's types finds an error in a component", () => {
  mkdirSync(join(repository, ".cache"), { recursive: true });
  const root = mkdtempSync(join(repository, ".cache/site-types-"));
  try {
    for (const file of ["package.json", "tsconfig.json", "astro.config.mjs"])
      cpSync(join(repository, file), join(root, file));
    for (const folder of ["node_modules", "schemas", "generators", "examples", "test"]) {
      symlinkSync(join(repository, folder), join(root, folder));
    }
    cpSync(join(repository, "site"), join(root, "site"), { recursive: true });
    writeFileSync(
      join(root, "site/components/Planted.astro"),
      '---\nconst orders: number = "three";\n---\n<p>{orders}</p>\n',
    );
    const [program = "", ...words] = siteTypes.command;
    const { status, stdout } = spawnSync(join(repository, "node_modules/.bin", program), words, {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
    });
    expect(stdout).toContain("Planted.astro");
    expect(stdout).toContain("Type 'string' is not assignable to type 'number'");
    expect(status).toBe(1);
  } finally {
    rmSync(root, { recursive: true });
  }
});
