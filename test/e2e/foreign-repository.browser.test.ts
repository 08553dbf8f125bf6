/** A repository that knows nothing of QueryGenie but a workflow file: documents, then a site, read in a browser. */
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actionWorld, TOKEN, type ActionWorld } from "#test/support/action-world.ts";
import { builtAction, type BuiltAction } from "#test/support/built-action.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { repositoryJson } from "#test/support/fake-github/rest-json.ts";
import { checkout, pushStep } from "#test/support/run-action.ts";
import { removeRun, runComposite, type CompositeRun } from "#test/support/run-composite.ts";
import { browserMissing, launchBrowser, openPage, skipsWithoutBrowser } from "../../site/test-support/browser.ts";
import { serveSite, type ServedSite } from "../../site/test-support/serve-site.ts";

const TIMEOUT_MS = 900_000;
/** Types of an extension that the engine brings in a package of its own. */
const VECTORS = "migrations/0900_tastes.sql";
const hint = browserMissing === null ? "" : ` (${browserMissing})`;

describe.skipIf(skipsWithoutBrowser)(`a foreign repository${hint}`, { timeout: TIMEOUT_MS }, () => {
  let action: BuiltAction;
  let world: ActionWorld;
  let folder = "";
  let built: CompositeRun | undefined;
  let served: ServedSite | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    action = builtAction();
    world = await actionWorld(action.folder);
    world.commit("main", {
      [VECTORS]: "create extension vector;\nalter table people.customers add taste vector(3);\n",
    });
    folder = mkdtempSync(join(tmpdir(), "querygenie-foreign-"));
    browser = await launchBrowser();
  }, TIMEOUT_MS);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    if (built) removeRun(built);
    await world.close();
    action.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const site = (isPrivate = false, inputs: Readonly<Record<string, string>> = {}): CompositeRun => {
    const { repository, github } = world;
    const { ref, sha, payload } = pushStep(repository);
    const workspace = join(folder, isPrivate ? "private" : "workspace");
    checkout({ github, repository, action: action.folder, token: TOKEN, event: "push", payload, ref, sha }, workspace);
    const event = join(folder, "event.json");
    writeFileSync(event, JSON.stringify({ repository: { ...repositoryJson(repository), private: isPrivate } }));
    return runComposite({
      file: join(action.folder, "action/site/action.yml"),
      workspace,
      inputs,
      env: {
        // setup-node puts its Node first; ours is the one these tests run on.
        PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
        HOME: process.env["HOME"] ?? folder,
        // What it installs was downloaded when this checkout was installed.
        npm_config_prefer_offline: "true",
        npm_config_fund: "false",
        ASTRO_TELEMETRY_DISABLED: "1",
        QUERYGENIE_CACHE_DIR: testCacheDir,
        CI: "true",
        GITHUB_ACTIONS: "true",
        GITHUB_WORKSPACE: workspace,
        GITHUB_EVENT_NAME: "push",
        GITHUB_EVENT_PATH: event,
        GITHUB_REPOSITORY: `${repository.owner}/${repository.name}`,
        GITHUB_SERVER_URL: github.url,
        GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
      },
    });
  };

  test("gets its documents by a pull request", async () => {
    const run = await world.onPush();
    expect(run.code).toBe(0);
    for (const proposal of world.repository.pulls) world.merge(proposal);
    expect(world.repository.bare.read("main", "docs/database/README.md")).toContain("people.customers");
  });

  test("builds its site below the path that GitHub Pages gives it", () => {
    built = site();
    expect(built.log).toContain("Site of ");
    expect(built).toMatchObject({ code: 0, outputs: { base: `/${world.repository.name}` } });
    expect(built.used.map(({ uses }) => uses.split("@")[0])).toEqual([
      "actions/setup-node",
      "actions/upload-pages-artifact",
    ]);
    expect(built.used.at(-1)?.with["path"]).toBe(built.outputs["path"]);
  });

  test("gives readers the engine as its packages hold it, though the action's download holds it packed", () => {
    const served = (name: string): Buffer => {
      const [path, ...more] = globSync(join(built?.outputs["path"] ?? "", "engine/*", name));
      if (path === undefined || more.length > 0) throw new Error(`there is not one ${name}`);
      return readFileSync(path);
    };
    const { resolve } = createRequire(import.meta.url);
    const pglite = dirname(resolve("@electric-sql/pglite"));
    for (const name of ["index.js", "pglite.data", "pglite.wasm"])
      expect(served(name).equals(readFileSync(join(pglite, name))), name).toBe(true);
    const vectors = join(dirname(resolve("@electric-sql/pglite-pgvector")), "..");
    expect(served("pgvector/vector.tar.gz").equals(readFileSync(join(vectors, "dist/vector.tar.gz")))).toBe(true);
  });

  test("shows a table, found by the search, in a browser, and asks nobody else for anything", async () => {
    if (!built || !browser) throw new Error("there is no site");
    served = await serveSite(built.outputs["path"] ?? "", `/${world.repository.name}/`);
    const { page, troubles } = await openPage(browser, served.url);
    const { origin } = new URL(served.url);
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(origin)) elsewhere.push(request.url());
    });
    await page.goto("");
    await page.keyboard.press("/");
    await page.getByRole("combobox").first().fill("customers");
    await page
      .getByRole("option", { name: /people\.customers/ })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/${world.repository.name}/tables/people/customers/`);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("customers");
    expect(elsewhere).toEqual([]);
    expect(troubles).toEqual([]);
  });

  test("publishes nothing of a private repository that has not said so", () => {
    const refused = site(true);
    expect(refused.code).toBe(2);
    expect(refused.log).toContain("QG814");
    expect(refused.log).toContain("site.public: true");
    expect(refused.used.map(({ uses }) => uses.split("@")[0])).toEqual(["actions/setup-node"]);
  });
});
