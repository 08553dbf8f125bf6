import { spawn, type ChildProcess } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { shopFolder } from "#test/support/shop.ts";
import { browserMissing, launchBrowser, openPage, skipsWithoutBrowser } from "../../site/test-support/browser.ts";

const program = fileURLToPath(new URL("../../bin/querygenie.mjs", import.meta.url));
const hint = browserMissing === null ? "" : ` (${browserMissing})`;

/** What `npm start` serves: the program's own site on its own query function, in a real browser. */
describe.skipIf(skipsWithoutBrowser)(`the served sample${hint}`, () => {
  let folder = "";
  let server: ChildProcess | undefined;
  let browser: Browser | undefined;
  let url = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "querygenie-served-"));
    await cp(shopFolder, folder, { recursive: true });
    const child = spawn(process.execPath, [program, "serve", "--port", "0"], {
      cwd: folder,
      env: { PATH: process.env["PATH"], HOME: folder, QUERYGENIE_CACHE_DIR: testCacheDir },
      stdio: ["ignore", "pipe", "pipe"],
    });
    server = child;
    url = await addressOf(child);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    if (server?.exitCode === null) {
      const ended = new Promise((resolve) => server?.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
    }
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

  it("shows what a saved query answers on the fixtures", async () => {
    if (!browser) throw new Error("no browser");
    const { page, troubles } = await openPage(browser, url);
    await page.goto("queries/best-sellers/");
    expect(await page.locator("table tbody tr").count()).toBeGreaterThan(0);
    expect(troubles).toEqual([]);
  });
});

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
