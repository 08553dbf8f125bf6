import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserMissing, openPage, skipsWithoutBrowser } from "./test-support/browser.ts";
import { buildShop, type BuiltShop } from "./test-support/built-shop.ts";
import type { FakeQueryFunction } from "./test-support/serve-site.ts";
import { shopSiteData } from "./test-support/shop-site-data.ts";

/** Some rows for every query, so that the grid and the chart have something to show. */
const queryFunction: FakeQueryFunction = (path) => {
  if (path === "/api/explain") return { status: 200, body: { tree: null, text: "Seq Scan on orders", warnings: [] } };
  const columns = [
    { name: "state", type: "text" },
    { name: "orders", type: "bigint" },
  ];
  const rows = ["new", "paid", "sent"].map((state, at) => [state, at + 1]);
  return { status: 200, body: { columns, rows, rowCount: 3, truncated: false, elapsedMs: 2 } };
};

const hint = browserMissing === null ? "" : ` (${browserMissing})`;
describe.skipIf(skipsWithoutBrowser)(`the site by keyboard alone${hint}`, () => {
  let shop: BuiltShop;
  beforeAll(async () => {
    shop = await buildShop(await shopSiteData("/api"), queryFunction);
  });
  afterAll(() => shop?.close());

  it("leads from the home over the search to a table and into the playground", async () => {
    const { page, troubles } = await openPage(shop.browser, shop.url);
    await page.goto("");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Skip to content");
    await page.keyboard.press("Enter");
    await tabTo(page, page.getByRole("link", { name: /^stock \d+ tables$/ }));
    await page.keyboard.press("Enter");
    await page.waitForURL("**/schemas/stock/");

    await page.getByRole("button", { name: "Search" }).first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("sales orders");
    await page.locator("[role=option]:first-of-type[aria-selected=true]", { hasText: "sales.orders" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/tables/sales/orders/");
    await tabTo(page, page.getByRole("link", { name: "Query this table" }));
    await page.keyboard.press("Enter");
    await page.waitForURL("**/playground/**");
    expect(troubles).toEqual([]);
  });

  it("closes the search and goes back to where the reader was", async () => {
    const { page } = await openPage(shop.browser, shop.url);
    await page.goto("tables/sales/orders/");
    const button = page.getByRole("button", { name: "Search" }).first();
    await button.waitFor();
    await tabTo(page, button);
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Search" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("combobox", { name: "Search" }).waitFor({ state: "hidden" });
    await expect.poll(() => isIn(button)).toBe(true);
  });

  it("writes, runs and leaves the editor, filters the rows and draws a chart", async () => {
    const { page, troubles } = await openPage(shop.browser, shop.url);
    await page.goto("playground/");
    const editor = page.locator(".cm-content");
    await tabTo(page, editor);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("select state, count(*) from sales.orders group by state");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("cell", { name: "paid" }).waitFor();
    // Tab writes into the editor; Escape closes its list of names, and then leads out of it.
    for (let press = 0; press < 2 && (await isIn(editor)); press += 1) await page.keyboard.press("Escape");
    expect(await isIn(editor)).toBe(false);
    await tabTo(page, page.getByRole("button", { name: "Chart", exact: true }));
    await page.keyboard.press("Enter");
    await page.getByRole("img", { name: /chart of 3 rows/ }).waitFor();
    await tabTo(page, page.getByLabel("Filter rows"));
    await page.keyboard.type("paid");
    await page.getByRole("img", { name: /chart of 1 row;/ }).waitFor();
    await tabBackTo(page, page.getByRole("button", { name: "Chart", exact: true }));
    await page.keyboard.press("Space");
    await tabTo(page, page.getByRole("button", { name: "orders", exact: true }));
    await page.keyboard.press("Enter");
    await page.locator("th[aria-sort=ascending]").waitFor();
    expect(troubles).toEqual([]);
  });

  it("asks in the words of the glossary", async () => {
    const { page, troubles } = await openPage(shop.browser, shop.url);
    await page.goto("playground/");
    const box = page.getByLabel("What are you looking for?");
    await tabTo(page, box);
    await page.keyboard.type("how many parcels are there");
    await page.keyboard.press("Enter");
    await page.locator(".cm-content", { hasText: /stock\.shipments/ }).waitFor();
    expect(await page.locator(".reading").textContent()).not.toContain("Not understood");
    await page.getByRole("cell", { name: "paid" }).waitFor();
    expect(troubles).toEqual([]);
  });

  it("finds, chooses and opens a table of the diagram", async () => {
    const { page, troubles } = await openPage(shop.browser, shop.url);
    await page.goto("erd/");
    await page.locator("qg-erd[data-ready]").waitFor();
    await tabTo(page, page.getByLabel("Find a table"));
    await page.keyboard.type("support.tickets");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/erd/?active=support.tickets");
    await tabTo(page, page.getByRole("button", { name: "Only around it" }));
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("[data-table]").count()).toBeLessThan(12);
    await tabTo(page, page.locator(".frame"));
    for (const key of ["ArrowRight", "+", "-", "0"]) await page.keyboard.press(key);
    await tabTo(page, page.locator("a:has([data-table='support.tickets'])"));
    await page.keyboard.press("Enter");
    await page.waitForURL("**/tables/support/tickets/");
    expect(troubles).toEqual([]);
  });

  it("opens the menu of a telephone and a page from it", async () => {
    const { page, troubles } = await openPage(shop.browser, shop.url, { viewport: { width: 390, height: 800 } });
    await page.goto("tables/sales/orders/");
    await tabTo(page, page.locator("button[popovertarget='starlight__sidebar'], starlight-menu-button button").first());
    await page.keyboard.press("Enter");
    await tabTo(page, page.locator("#starlight__sidebar").getByRole("link", { name: "Coverage" }));
    await page.keyboard.press("Enter");
    await page.waitForURL("**/coverage/");
    expect(troubles).toEqual([]);
  });
});

const MOST_TABS = 90;

/** Presses Tab until the focus is where it shall be; on the way it must always be seen. */
async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  const passed: string[] = [];
  for (let press = 0; press < MOST_TABS; press += 1) {
    await page.keyboard.press(key);
    const unseen = await page.evaluate(unseenFocus);
    expect(unseen).toBeNull();
    if (await isIn(target.first())) return;
    passed.push(await focused(page));
  }
  throw new Error(`The keyboard does not come there. It passed ${passed.slice(-12).join(" · ")}.`);
}

const tabBackTo = (page: Page, target: Locator): Promise<void> => tabTo(page, target, "Shift+Tab");

const isIn = (target: Locator): Promise<boolean> => target.evaluate((node) => node === document.activeElement);

async function focused(page: Page): Promise<string> {
  return page.evaluate(() => (document.activeElement?.textContent ?? "").trim().replaceAll(/\s+/g, " ").slice(0, 40));
}

/** What has the focus without showing it; null when it shows, or nothing has it. Runs in the page. */
function unseenFocus(): string | null {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const box = node.getBoundingClientRect();
  const isFlat = box.width === 0 && box.height === 0;
  const style = getComputedStyle(node);
  const hasRing = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
  // A diagram's box changes its border, an editor shows its caret.
  const isOwn = node.matches(".cm-content") || node.closest("svg") !== null;
  if (!isFlat && (hasRing || style.boxShadow !== "none" || isOwn)) return null;
  return `${node.tagName} ${node.className} ${(node.textContent ?? "").trim().slice(0, 40)}`;
}
