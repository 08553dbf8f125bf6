import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeObjections } from "./test-support/axe.ts";
import { browserMissing, openPage, skipsWithoutBrowser } from "./test-support/browser.ts";
import { buildShop, type BuiltShop } from "./test-support/built-shop.ts";
import { shopSiteData } from "./test-support/shop-site-data.ts";

const hint = browserMissing === null ? "" : ` (${browserMissing})`;
describe.skipIf(skipsWithoutBrowser)(`the guides in a browser${hint}`, () => {
  let shop: BuiltShop;
  beforeAll(async () => {
    shop = await buildShop(await shopSiteData(null));
  });
  afterAll(() => shop?.close());

  it("shows the users' own pages beside the reference, with links into it and diagrams drawn", async () => {
    const { page, troubles } = await openPage(shop.browser, shop.url);
    await page.goto("");
    await page.getByRole("link", { name: "How a return becomes a refund" }).click();
    await page.waitForURL("**/guides/returns/");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("How a return becomes a refund");
    await page.locator("qg-mermaid[data-drawn] svg", { hasText: "Warehouse" }).waitFor();
    await page.getByRole("link", { name: "support.returns.requested_at" }).click();
    await page.waitForURL("**/tables/support/returns/#column-requested_at");
    await page.goBack();
    await page.getByRole("link", { name: "The reference" }).click();
    await page.waitForURL("**/tables/support/returns/");
    expect(troubles).toEqual([]);
  });

  it("finds a guide by its words", async () => {
    const { page, troubles } = await openPage(shop.browser, shop.url);
    await page.goto("");
    await page.getByRole("button", { name: "Search" }).first().waitFor();
    await page.keyboard.press("/");
    await page.getByRole("combobox", { name: "Search" }).fill("looked at every piece");
    await page
      .getByRole("group", { name: "Guides" })
      .getByRole("option", { name: /How a return becomes a refund/ })
      .click();
    await page.waitForURL("**/guides/returns/");
    expect(troubles).toEqual([]);
  });

  it("runs nothing that a guide brings along, and says what is wrong in it", async () => {
    const { page, troubles } = await openPage(shop.browser, shop.url);
    await page.goto("guides/hostile/");
    await page.locator("qg-mermaid:is([data-drawn], :has(.failed))").waitFor();
    for (const node of await page.locator("qg-mermaid svg a, qg-mermaid svg .clickable").all()) await node.click();
    expect(await page.evaluate(() => "hacked" in window)).toBe(false);
    expect(await page.locator(".sl-markdown-content img").count()).toBe(0);
    await page.goto("findings/");
    await page.getByText("the guide links to [[sales.ordres]], which is not in the schema").waitFor();
    expect(await page.getByText("Did you mean [[sales.orders]]?").isVisible()).toBe(true);
    expect(troubles).toEqual([]);
  });

  it("is readable without JavaScript", async () => {
    const { page } = await openPage(shop.browser, shop.url, { javaScriptEnabled: false });
    await page.goto("guides/returns/");
    expect(await page.getByText("sequenceDiagram").isVisible()).toBe(true);
    await page.goto("guides/");
    expect(await page.getByRole("link", { name: "How a return becomes a refund" }).first().isVisible()).toBe(true);
  });

  it.each(["light", "dark"] as const)("has nothing axe objects to in %s, and fits a telephone", async (colorScheme) => {
    const { page } = await openPage(shop.browser, shop.url, { colorScheme, viewport: { width: 320, height: 800 } });
    for (const path of ["guides/returns/", "guides/", "guides/hostile/"]) {
      await page.goto(path, { waitUntil: "networkidle" });
      expect({ path, found: await axeObjections(page) }).toEqual({ path, found: [] });
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect({ path, over }).toEqual({ path, over: 0 });
    }
  });
});
