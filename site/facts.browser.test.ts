import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeObjections } from "./test-support/axe.ts";
import { browserMissing, openPage, skipsWithoutBrowser } from "./test-support/browser.ts";
import { buildShop, type BuiltShop } from "./test-support/built-shop.ts";
import { shopSiteData } from "./test-support/shop-site-data.ts";

const hint = browserMissing === null ? "" : ` (${browserMissing})`;
describe.skipIf(skipsWithoutBrowser)(`facts about objects in a browser${hint}`, () => {
  let shop: BuiltShop;
  beforeAll(async () => {
    shop = await buildShop(await shopSiteData(null));
  });
  afterAll(() => shop?.close());

  it("says who owns a table, which commit made it, and what is found in it", async () => {
    const { page, troubles } = await openPage(shop.browser, shop.url, { javaScriptEnabled: false });
    await page.goto("tables/sales/orders/");
    const history = page.locator(".places");
    expect(await history.textContent()).toContain("Owned by @shop/db (CODEOWNERS)");
    expect(await history.locator("time").getAttribute("datetime")).toBe("2026-03-04");
    expect(await page.getByRole("link", { name: "#12" }).getAttribute("href")).toBe(
      "https://git.example.org/shop/pull/12",
    );
    await page.getByRole("link", { name: "select-star" }).click();
    await page.waitForURL("**/findings/select-star/");
    expect(await page.getByText("The star returns every column.").isVisible()).toBe(true);
    await page.goto("tables/sales/payment_methods/");
    expect(await page.locator("#column-iban .sensitive").isVisible()).toBe(true);
    expect(troubles).toEqual([]);
  });

  it("leads from the findings to each rule's own page", async () => {
    const { page } = await openPage(shop.browser, shop.url, { javaScriptEnabled: false });
    await page.goto("findings/");
    await page.getByRole("link", { name: "SET NOT NULL that reads the whole table" }).click();
    await page.waitForURL("**/findings/set-not-null/");
    expect(await page.getByText("Add a CHECK that is NOT VALID").isVisible()).toBe(true);
  });

  it("shows how much is described and what models were used for", async () => {
    const { page } = await openPage(shop.browser, shop.url, { javaScriptEnabled: false });
    await page.goto("coverage/");
    expect(await page.getByText(/% of \d+ objects are described by people/).isVisible()).toBe(true);
    await page.getByRole("link", { name: "AI usage" }).first().click();
    await page.waitForURL("**/usage/");
    expect(await page.getByRole("cell", { name: "gemini/gemini-3.8-flash" }).isVisible()).toBe(true);
  });

  it("has each page for programs beside it", async () => {
    const { page } = await openPage(shop.browser, shop.url, { javaScriptEnabled: false });
    await page.goto("tables/sales/orders/");
    const markdown = await page.request.get(`${shop.url}tables/sales/orders.md`);
    expect(await page.locator("link[rel=alternate][type='text/markdown']").getAttribute("href")).toBe(
      new URL(markdown.url()).pathname,
    );
    expect(await markdown.text()).toMatch(/^# sales\.orders\n/);
    await page.getByRole("link", { name: "JSON" }).click();
    expect(JSON.parse(await page.locator("body").innerText())).toMatchObject({ id: "sales.orders" });
    expect(await (await page.request.get(`${shop.url}llms.txt`)).text()).toContain("](<tables/sales/orders.md>)");
  });

  it("prints the page alone, with everything unfolded", async () => {
    const { page } = await openPage(shop.browser, shop.url, { colorScheme: "dark" });
    await page.goto("tables/sales/orders/", { waitUntil: "networkidle" });
    await page.emulateMedia({ media: "print" });
    for (const away of ["header.header", ".sidebar-pane", ".right-sidebar", ".qg-buttons", ".twins"])
      expect({ away, isShown: await page.locator(away).first().isVisible() }).toEqual({ away, isShown: false });
    const folded = page.locator(".rules details code").first();
    expect((await folded.boundingBox())?.height).toBeGreaterThan(0);
    const colours = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return [color, backgroundColor];
    });
    expect(colours[1]).toMatch(/rgb\(255, 255, 255\)/);
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 4).toString()).toBe("%PDF");
  });

  const paths = ["findings/", "findings/select-star/", "coverage/", "usage/", "tables/sales/payment_methods/", "erd/"];
  it.each(["light", "dark"] as const)("has nothing axe objects to in %s, and fits a telephone", async (colorScheme) => {
    const { page } = await openPage(shop.browser, shop.url, { colorScheme, viewport: { width: 320, height: 800 } });
    for (const path of paths) {
      await page.goto(path, { waitUntil: "networkidle" });
      expect({ path, found: await axeObjections(page) }).toEqual({ path, found: [] });
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect({ path, over }).toEqual({ path, over: 0 });
      expect(await page.evaluate(() => "hacked" in window)).toBe(false);
    }
  });
});
