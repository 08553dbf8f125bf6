/**
 * What a user installs: the package is built, packed, installed without devDependencies into an empty repository, and
 * used there. Two minutes and a registry, so it runs in CI and by `npm run test:package` only.
 */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const isWanted = process.env["CI"] === "true" || process.env["QUERYGENIE_TEST_PACKAGE"] === "1";
const TIMEOUT_MS = 600_000;

/** Nothing heavier may be asked of a user. */
const MOST_MEGABYTES = 450;

describe.skipIf(!isWanted)("the installed package", () => {
  let folder = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "querygenie-package-"));
    const shop = join(folder, "shop");
    mkdirSync(shop);
    writeFileSync(join(shop, "package.json"), '{ "name": "shop", "private": true }\n');
    cpSync(join(root, "examples/shop/migrations"), join(shop, "migrations"), { recursive: true });
    await run(root, "npm", ["pack", "--pack-destination", folder]);
    const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const version = Reflect.get(Object(manifest), "version");
    const tarball = join(folder, `querygenie-${String(version)}.tgz`);
    await run(shop, "npm", ["install", "--omit=dev", "--prefer-offline", "--no-audit", "--no-fund", tarball]);
  }, TIMEOUT_MS);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the installed command in the user's repository; fails when it exits with anything but 0. */
  async function querygenie(...words: readonly string[]): Promise<{ stdout: string; stderr: string }> {
    return await run(join(folder, "shop"), "npx", ["--no-install", "querygenie", ...words]);
  }

  test("is not heavier than a user can bear", async () => {
    const { stdout } = await run(join(folder, "shop"), "du", ["-sm", "node_modules"]);
    expect(Number.parseInt(stdout, 10)).toBeLessThanOrEqual(MOST_MEGABYTES);
  });

  test("starts", async () => {
    expect((await querygenie("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test(
    "documents a repository, once",
    async () => {
      const first = await querygenie("build", "--format", "json");
      expect(JSON.parse(first.stdout)).toMatchObject({ upToDate: false, databases: [{ complete: true }] });
      const second = await querygenie("build", "--format", "json");
      expect(JSON.parse(second.stdout)).toMatchObject({ upToDate: true, written: [] });
    },
    TIMEOUT_MS,
  );

  test("answers as a function of another host, with types for whoever writes one", async () => {
    const shop = join(folder, "shop");
    const program = `import { lambdaFunction } from "querygenie/function";
const handler: (event: Parameters<ReturnType<typeof lambdaFunction>>[0]) => Promise<{ readonly statusCode: number }> = lambdaFunction();
const headers = { host: "f.example" };
const http = { method: "GET", sourceIp: "203.0.113.9" };
const requestContext = { domainName: "f.example", http };
const answer = await handler({ rawPath: "/livez", rawQueryString: "", headers, requestContext, isBase64Encoded: false });
console.log(answer.statusCode);
`;
    writeFileSync(join(shop, "function.mts"), program);
    const words = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--types", "node"];
    const types = ["--typeRoots", join(root, "node_modules/@types")];
    await run(shop, join(root, "node_modules/.bin/tsc"), [...words, ...types, "function.mts"]);
    // Nothing is set up: it says so, and only its log says what.
    const { stdout, stderr } = await run(shop, process.execPath, ["function.mts"]);
    expect(stdout.trim()).toBe("503");
    expect(stderr).toContain("QUERYGENIE_CONNECTIONS");
  });

  test(
    "builds the site, whose sources lie where Node strips no types",
    async () => {
      await querygenie("site", "build");
      const page = join(folder, "shop/_site/index.html");
      expect(existsSync(page) && readFileSync(page, "utf8")).toContain("</html>");
    },
    TIMEOUT_MS,
  );
});

/** CI=true would make npm and Astro quieter than they are for a user. */
async function run(cwd: string, program: string, words: readonly string[]) {
  const { CI: _, ...env } = process.env;
  return await promisify(execFile)(program, words, { cwd, env, maxBuffer: 2 ** 26 });
}
