import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDatabase } from "#app/query/build-database.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { buildSite } from "../action/site/build-site.ts";
import { engineFiles } from "../action/site/engine-files.ts";
import { axeObjections } from "./test-support/axe.ts";
import { browserMissing, launchBrowser, openPage, skipsWithoutBrowser } from "./test-support/browser.ts";
import { serveSite, type FakeQueryFunction, type ServedSite } from "./test-support/serve-site.ts";
import { HOSTILE, shopSiteData } from "./test-support/shop-site-data.ts";
import { writeSiteData } from "./test-support/write-site-data.ts";

const base = "/docs/shop/";

/** Answers as the query function does: rows, a plan, or an RFC 9457 problem. */
const queryFunction: FakeQueryFunction = (path, sql) => {
  if (/delete/i.test(sql)) {
    const detail = "DELETE changes data. The playground only reads.";
    return { status: 422, body: { type: "about:blank", title: "Only a query can run here", status: 422, detail } };
  }
  if (path === "/api/explain") {
    const tree = { node: "Seq Scan", relation: "sales.orders", conditions: [], cost: 12, rows: 20, children: [] };
    return { status: 200, body: { tree, text: "Seq Scan on orders", warnings: [] } };
  }
  if (path === "/api/optimize") {
    const rewrite = {
      kind: "rewrite",
      title: `Join it ${HOSTILE}`,
      sql: "select 2 as better",
      costBefore: 1200,
      costAfter: 12.5,
    };
    const index = { kind: "index", title: "An index", sql: "CREATE INDEX ON sales.orders (state)" };
    const suggestions = /better/.test(sql) ? [] : [rewrite, index];
    return {
      status: 200,
      body: { original: sql, optimized: sql, suggestions, estimatedImprovement: 0, verified: false },
    };
  }
  const columns = [{ name: "order_no", type: "text" }];
  return { status: 200, body: { columns, rows: [["S-77"]], rowCount: 1, truncated: false, elapsedMs: 3.2 } };
};

/** A table of the sample with rows of its own, for the engine that the site carries. */
const smallDatabase = {
  files: [
    {
      path: "migrations/1.sql",
      version: "1",
      transaction: "file" as const,
      text: `create schema sales;
create table sales.orders (id integer primary key, order_no text not null, state text not null);`,
    },
  ],
  fixturesSql: "insert into sales.orders values (1, 'S-1', 'new'), (2, 'S-2', 'paid'), (3, 'S-3', 'new');",
};

const hint = browserMissing === null ? "" : ` (${browserMissing})`;
describe.skipIf(skipsWithoutBrowser)(`the site in a browser${hint}`, () => {
  let folder = "";
  let served: ServedSite;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "querygenie-site-"));
    const carried = await engineFiles(
      await buildDatabase(smallDatabase, { cacheDir: testCacheDir }),
      join(folder, "work"),
    );
    await writeSiteData(await shopSiteData("/api", carried.engine), join(folder, "data"));
    await buildSite({
      dataDir: join(folder, "data"),
      outDir: join(folder, "out"),
      cacheDir: join(folder, "cache"),
      base,
      quiet: true,
    });
    await carried.write(join(folder, "out"));
    served = await serveSite(join(folder, "out"), base, queryFunction);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("leads from the home over the search to a table, a query and a running playground", async () => {
    const { page, troubles } = await openPage(browser, served.url);
    await page.goto("");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Shop");
    expect(await page.locator(".question table").first().isVisible()).toBe(true);
    await page.getByRole("link", { name: "stock 11 tables" }).click();
    await page.waitForURL("**/schemas/stock/");

    await openSearch(page, "/");
    await searchBox(page).fill("clients purchase");
    await page.locator("[role=option]").first().waitFor();
    await searchBox(page).fill("sales orders");
    await page
      .getByRole("option", { name: /sales\.orders/ })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/tables/sales/orders/");
    expect(await page.locator(".qg-lead").textContent()).toContain("A purchase, from the click");
    expect(await page.locator("table.qg-grid tbody tr").count()).toBe(5);
    expect(await page.getByRole("link", { name: "sales.order_lines" }).first().isVisible()).toBe(true);

    await page.getByRole("link", { name: "Best sellers by category" }).click();
    await page.waitForURL("**/queries/best-sellers/");
    expect(await page.getByText("Fjell 38").isVisible()).toBe(true);
    expect(await page.getByText("Hash Join", { exact: true }).isVisible()).toBe(true);

    await page.goBack();
    await page.getByRole("link", { name: "Query this table" }).click();
    await page.waitForURL("**/playground/**");
    await expectEditor(page, /select \*\s*from sales\.orders/);
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
    await page.getByRole("cell", { name: "S-77" }).waitFor();
    await page.getByRole("button", { name: "Explain" }).click();
    await page.getByText("Seq Scan on sales.orders", { exact: true }).first().waitFor();
    expect(troubles).toEqual([]);
  });

  it("shows kindly why a statement is refused", async () => {
    const { page } = await openPage(browser, served.url);
    await page.goto(`playground/?sql=${encodeURIComponent("delete from sales.orders")}`);
    await page.getByRole("button", { name: "Run" }).click();
    expect(await page.getByRole("alert").textContent()).toBe(
      "Only a query can run hereDELETE changes data. The playground only reads.",
    );
  });

  it("shows cheaper forms of a query, to be taken with a click", async () => {
    const { page, troubles } = await openPage(browser, served.url);
    await page.goto(`playground/?sql=${encodeURIComponent("select 1 as slow")}`);
    await page.getByRole("button", { name: "Optimise" }).click();
    await page.getByText("Cost 1,200 → 12.5").waitFor();
    await page.getByText("CREATE INDEX ON sales.orders (state)").waitFor();
    await page.getByRole("button", { name: "Use this query" }).click();
    await expectEditor(page, /select 2 as better/);
    await page.getByRole("button", { name: "Optimise" }).click();
    await page.getByText("Nothing cheaper was found that gives the same rows.").waitFor();
    await page.getByLabel("Answers from").selectOption("saved");
    await page.getByRole("button", { name: "Optimise" }).waitFor({ state: "hidden" });
    expect([await page.evaluate(() => "hacked" in window), troubles]).toEqual([false, []]);
  });

  it("lists tables and saved queries for words, and opens a saved query with its answer", async () => {
    const { page, troubles } = await openPage(browser, served.url);
    await page.goto("playground/");
    await page.getByLabel("What are you looking for?").fill("what to reorder in the warehouse");
    await page.locator(".found").getByRole("button", { name: "What to reorder" }).click();
    await page.getByRole("cell", { name: "FJ-38-GRN" }).waitFor();
    await expectEditor(page, /stock\.levels/);
    expect(troubles).toEqual([]);
  });

  it("finds a table although a letter is wrong, and a guide by its prose", async () => {
    const { page, troubles } = await openPage(browser, served.url);
    await page.goto("");
    await openSearch(page, "Control+k");
    await searchBox(page).fill("warehousse");
    await page.getByRole("option", { name: /stock\.warehouses/ }).waitFor();
    await searchBox(page).fill("embedded engine migrations");
    await page.getByRole("group", { name: "Guides" }).getByRole("option").first().waitFor();
    expect(troubles).toEqual([]);
  });

  it("runs queries in the page where there is no query function", async () => {
    const files = await serveSite(join(folder, "out"), base);
    const { page, troubles } = await openPage(browser, files.url);
    await page.goto("playground/");
    await page.getByRole("cell", { name: "Fjell 38" }).waitFor();
    await page.goto(`playground/?sql=${encodeURIComponent("select order_no from sales.orders where state = $1")}`);
    await page.getByLabel("Answers from").selectOption("browser");
    await page.getByLabel("$1").fill("paid");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByRole("cell", { name: "S-2" }).waitFor({ timeout: ENGINE_START_MS });
    expect(await page.locator(".result tbody tr:not(.gap)").count()).toBe(1);
    await page.getByRole("button", { name: "Explain" }).click();
    await page.getByText("Seq Scan on sales.orders", { exact: true }).first().waitFor();

    // A question in words becomes a query, with how it was read.
    await page.getByLabel("What are you looking for?").fill("how many orders per state");
    await page.getByRole("button", { name: "Ask" }).click();
    await page.locator(".reading", { hasText: /order/i }).waitFor();
    await page.getByRole("cell", { name: "paid" }).waitFor();

    await typeSql(page, "delete from sales.orders");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByText(/The playground only reads|PostgreSQL refuses/).waitFor();
    expect(await page.getByRole("alert").textContent()).toMatch(/read-only|permission denied/);

    // Nothing but the end of its worker stops a query; the next query has a fresh engine.
    await typeSql(page, "select count(*) from generate_series(1, 4000000000) as n");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("The query was stopped.").waitFor();

    await typeSql(
      page,
      `select n, 'row ' || n as name, '${HOSTILE.replaceAll("'", "''")}' as text from generate_series(1, 100000) as n`,
    );
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByText("100,000 rows").waitFor({ timeout: ENGINE_START_MS });
    await expectFewRows(page);
    await page.locator(".result .qg-scroll").evaluate((region) => (region.scrollTop = region.scrollHeight));
    await page.getByRole("cell", { name: "row 100000", exact: true }).waitFor();
    await expectFewRows(page);
    await page.getByRole("button", { name: "n", exact: true }).click();
    await page.getByRole("button", { name: "n", exact: true }).click();
    await page.getByRole("cell", { name: "row 100000", exact: true }).waitFor();
    await page.getByLabel("Filter rows").fill("row 4242");
    await page.getByText("11 shown").waitFor();
    await page.getByRole("button", { name: "Chart", exact: true }).click();
    await page.getByRole("img", { name: /as a bar chart of 11 rows/ }).waitFor();
    await page.getByLabel("Filter rows").fill("row 42424");
    await page.getByRole("img", { name: /as a bar chart of 1 row;/ }).waitFor();
    await page.getByRole("button", { name: "Chart", exact: true }).click();
    await page.getByLabel("Filter rows").fill("row 424");
    await page.getByRole("button", { name: "Chart", exact: true }).click();
    await page.getByRole("img", { name: /as a bar chart of 111 rows/ }).waitFor();
    expect(await page.evaluate(() => "hacked" in window)).toBe(false);

    await page.getByLabel("Answers from").selectOption("saved");
    await typeSql(page, "select 1");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByText("Only saved queries have answers here").waitFor();
    // The models that a query function would have.
    expect(troubles).toEqual([NOT_FOUND]);
    await files.close();
  });

  it("reads the question of a link without loading an engine for it", async () => {
    const files = await serveSite(join(folder, "out"), base);
    const { page, troubles } = await openPage(browser, files.url);
    const engines: string[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith(".wasm") && request.url().includes("/engine/")) engines.push(request.url());
    });
    await page.goto(`playground/?ask=${encodeURIComponent("how many orders per state")}`);
    await page.locator(".reading", { hasText: /order/i }).waitFor();
    await expectEditor(page, /count/i);
    expect(engines).toEqual([]);
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByRole("cell", { name: "paid" }).waitFor({ timeout: ENGINE_START_MS });
    expect(engines).not.toEqual([]);
    // This site was built to ask a query function first, for its models and then a query; the server of files has none.
    expect(troubles).toEqual([NOT_FOUND, NOT_FOUND]);
    await files.close();
  });

  it("lays a query out, remembers it, and keeps it as a new file of the repository", async () => {
    const { page, troubles } = await openPage(browser, served.url);
    await page.goto(
      `playground/?sql=${encodeURIComponent("select order_no,state from sales.orders where state='new'")}`,
    );
    await page.getByRole("button", { name: "Format" }).click();
    await expectEditor(page, /select\s+order_no,\s+state/);
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByRole("cell", { name: "S-77" }).waitFor();
    await page.getByRole("button", { name: "History" }).click();
    await page.locator(".history .past").first().waitFor();
    await page.getByRole("button", { name: "Save as pull request" }).click();
    await page.getByLabel("Title").fill("New orders");
    await page.evaluate(() => {
      window.open = (address) => {
        document.title = String(address);
        return null;
      };
    });
    await page.getByRole("button", { name: "Open at GitHub" }).click();
    const address = new URL(await page.title());
    expect(address.searchParams.get("filename")).toBe("queries/new-orders.sql");
    expect(address.searchParams.get("value")).toMatch(/^-- title: New orders\nselect\n {2}order_no,/);
    expect(troubles).toEqual([]);
  });

  it("reads without JavaScript", async () => {
    const { page } = await openPage(browser, served.url, { javaScriptEnabled: false });
    await page.goto("tables/sales/orders/");
    expect(await page.getByText("A purchase, from the click").isVisible()).toBe(true);
    await page.goto("playground/");
    // Playwright's text search passes over noscript, readers do not.
    expect(await page.locator("noscript p").first().textContent()).toContain("The editor needs JavaScript");
    expect(await page.locator("noscript td", { hasText: "Fjell 38" }).first().isVisible()).toBe(true);
  });

  it("lists what each release did, with links to what is there still", async () => {
    const { page } = await openPage(browser, served.url);
    await page.goto("changes/");
    expect(await page.locator("h2", { hasText: "v2.0.0" }).count()).toBe(1);
    expect(await page.getByText("1 table dropped, 1 column added").first().isVisible()).toBe(true);
    expect(await page.locator("main h3 a", { hasText: "sales.orders" }).getAttribute("href")).toContain(
      "tables/sales/orders/",
    );
    expect(await page.getByText("The first release that is known, with 53 tables.").isVisible()).toBe(true);
    expect(await page.getByRole("link", { name: "Changes" }).first().isVisible()).toBe(true);
  });

  it("runs no text of the database as markup", async () => {
    const { page, troubles } = await openPage(browser, served.url);
    for (const path of [
      "tables/catalog/brands/",
      "queries/promotion-results/",
      "schemas/catalog/",
      "changes/",
      "playground/?query=promotion-results",
    ]) {
      await page.goto(path);
      await page.waitForLoadState("networkidle");
      expect(await page.evaluate(() => "hacked" in window)).toBe(false);
    }
    await openSearch(page, "/");
    await searchBox(page).fill("brands");
    await page
      .getByRole("option", { name: /catalog\.brands/ })
      .first()
      .waitFor();
    expect(await page.evaluate(() => "hacked" in window)).toBe(false);
    expect(troubles).toEqual([]);
  });

  const paths = [
    "",
    "tables/sales/orders/",
    "schemas/sales/",
    "queries/best-sellers/",
    "playground/",
    "findings/",
    "changes/",
  ];
  it.each(["light", "dark"] as const)("has nothing axe objects to in %s", async (colorScheme) => {
    const { page } = await openPage(browser, served.url, { colorScheme });
    for (const path of paths) {
      await page.goto(path, { waitUntil: "networkidle" });
      expect({ path, found: await axeObjections(page) }).toEqual({ path, found: [] });
    }
  });

  it("fits a narrow telephone", async () => {
    const { page } = await openPage(browser, served.url, { viewport: { width: 320, height: 640 } });
    for (const path of paths) {
      await page.goto(path, { waitUntil: "networkidle" });
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect({ path, over }).toEqual({ path, over: 0 });
    }
  });

  it("keeps a table's page light", async () => {
    const html = await readFile(join(folder, "out/tables/sales/orders/index.html"), "utf8");
    // Budgets of research: 60 KB a page, 60 links beside it.
    expect(html.length).toBeLessThan(60_000);
    const sidebar = html.slice(html.indexOf('id="starlight__sidebar"'), html.indexOf('class="main-frame'));
    expect(sidebar).toContain("order_lines");
    expect(sidebar.match(/<a /g)?.length).toBeLessThanOrEqual(60);
  });
});

/** A compiled engine starts in a second or two; a machine that is busy takes its time. */
const NOT_FOUND = "console: Failed to load resource: the server responded with a status of 404 (Not Found)";
const ENGINE_START_MS = 60_000;

async function typeSql(page: Page, sql: string): Promise<void> {
  const editor = page.locator(".cm-content");
  await editor.fill(sql);
}

/** However many rows there are, few are in the page. */
async function expectFewRows(page: Page): Promise<void> {
  expect(await page.locator(".result tr").count()).toBeLessThanOrEqual(200);
}

const searchBox = (page: Page) => page.getByRole("combobox", { name: "Search" });

/** The search button shows itself when its keys work. */
async function openSearch(page: Page, key: string): Promise<void> {
  await page.getByRole("button", { name: "Search" }).first().waitFor();
  await page.keyboard.press(key);
}

async function expectEditor(page: Page, text: RegExp): Promise<void> {
  await page.locator(".cm-content", { hasText: text }).waitFor();
}
