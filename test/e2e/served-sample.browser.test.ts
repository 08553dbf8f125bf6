import { spawn, type ChildProcess } from "node:child_process";
import { appendFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { shopFolder } from "#test/support/shop.ts";
import { hasServices, startServices, type ComposeServices } from "./compose-services.ts";
import { browserMissing, launchBrowser, openPage, skipsWithoutBrowser } from "../../site/test-support/browser.ts";

const program = fileURLToPath(new URL("../../bin/querygenie.mjs", import.meta.url));
const hint = browserMissing === null ? "" : ` (${browserMissing})`;

const hasAll = await hasServices();

/** What `npm start` serves: the program's own site on its own query function, in a real browser. */
describe.skipIf(skipsWithoutBrowser)(`the served sample${hint}`, () => {
  served(null);
});
describe.skipIf(skipsWithoutBrowser || !hasAll)(
  `the served sample with the services of deploy/compose.yml${hint}`,
  () => {
    served(startServices);
  },
);

function served(start: (() => Promise<ComposeServices>) | null): void {
  let folder = "";
  let services: ComposeServices | null = null;
  let server: ChildProcess | undefined;
  let browser: Browser | undefined;
  let url = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "querygenie-served-"));
    await cp(shopFolder, folder, { recursive: true });
    services = (await start?.()) ?? null;
    if (services) await appendFile(join(folder, "querygenie.yml"), services.config);
    const child = spawn(process.execPath, [program, "serve", ...(services ? [] : ["--port", "0"])], {
      cwd: folder,
      env: { PATH: process.env["PATH"], HOME: folder, QUERYGENIE_CACHE_DIR: testCacheDir, ...services?.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    server = child;
    url = await addressOf(child);
    browser = await launchBrowser();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    if (server?.exitCode === null) {
      const ended = new Promise((resolve) => server?.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
    }
    await services?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("leads from a question to a table, and from a query to its rows and plan", async () => {
    if (!browser) throw new Error("no browser");
    const { page, troubles } = await openPage(browser, url);
    await page.goto("");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Shop");
    await page.keyboard.press("/");
    await page.getByRole("combobox").first().fill("sales orders");
    await page
      .getByRole("option", { name: /sales\.orders/ })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/tables/sales/orders/");
    expect(await page.getByText("A purchase, from the click").first().isVisible()).toBe(true);

    const sql = "select count(*) as orders, min(order_no) as first_order from sales.orders";
    await page.goto(`playground/?sql=${encodeURIComponent(sql)}`);
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByRole("columnheader", { name: "first_order" }).waitFor();
    expect(await page.getByRole("cell", { name: "20", exact: true }).isVisible()).toBe(true);
    await page.getByRole("button", { name: "Explain" }).click();
    await page.getByText("Aggregate").first().waitFor();
    expect(troubles).toEqual([]);
  });

  it("refuses to change a row, and says so", async () => {
    if (!browser) throw new Error("no browser");
    const { page } = await openPage(browser, url);
    await page.goto(`playground/?sql=${encodeURIComponent("delete from sales.orders")}`);
    await page.getByRole("button", { name: "Run" }).click();
    expect(await page.getByRole("alert").textContent()).toContain("DELETE is not a query");
  });

  it.runIf(start !== null)(
    "queries and plans the databases of who has signed in, and writes down that they did",
    async () => {
      if (!browser || !services) throw new Error("no browser or no services");
      const { page, troubles } = await openPage(browser, url);
      const run = async (connection: string, sql: string): Promise<readonly string[]> => {
        await page.goto(`playground/?sql=${encodeURIComponent(sql)}`);
        await page.locator("[data-connection]").selectOption(connection);
        await page.getByRole("button", { name: /^Run/ }).click();
        await page.locator("qg-playground .result table").waitFor();
        const cells = await page.locator("qg-playground .result table td").allTextContents();
        await page.getByRole("button", { name: "Explain" }).click();
        await page.getByText("Seq Scan").first().waitFor();
        return cells;
      };
      await page.goto("playground/");
      await page.getByRole("link", { name: "Sign in with GitHub" }).click();
      await page.getByText("Signed in as ada").waitFor();
      expect((await run("parcels", "select carrier from parcels")).join()).toMatch(/Posten.*Bring/);
      expect((await run("stock", "select place from shelves")).join()).toMatch(/north.*south/);
      await expect
        .poll(services.audited)
        .toEqual(
          expect.arrayContaining([
            "ada explain parcels ok",
            "ada explain stock ok",
            "ada query parcels ok",
            "ada query stock ok",
          ]),
        );
      expect(await services.cached()).toBeGreaterThan(0);
      // Signing in leaves the server, and nothing else does.
      expect(troubles.filter((trouble) => !trouble.includes("/login/oauth/authorize?"))).toEqual([]);
    },
  );

  it("shows what a saved query answers on the fixtures", async () => {
    if (!browser) throw new Error("no browser");
    const { page, troubles } = await openPage(browser, url);
    await page.goto("queries/best-sellers/");
    expect(await page.locator("table tbody tr").count()).toBeGreaterThan(0);
    expect(troubles).toEqual([]);
  });
}

/** Where a server says it is; fails with what it said when it ends instead. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const take = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
}
