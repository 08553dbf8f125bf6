import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeObjections } from "./test-support/axe.ts";
import { browserMissing, openPage, skipsWithoutBrowser } from "./test-support/browser.ts";
import { buildShop, type BuiltShop } from "./test-support/built-shop.ts";
import { shopSiteData } from "./test-support/shop-site-data.ts";

const hint = browserMissing === null ? "" : ` (${browserMissing})`;
describe.skipIf(skipsWithoutBrowser)(`the diagrams in a browser${hint}`, () => {
  let shop: BuiltShop;
  beforeAll(async () => {
    shop = await buildShop(await shopSiteData(null));
  });
  afterAll(() => shop?.close());

  const open = async (path: string, options = {}) => {
    const opened = await openPage(shop.browser, shop.url, options);
    await opened.page.goto(path);
    await opened.page.locator("qg-erd[data-ready]").waitFor();
    return opened;
  };

  it("finds a table, marks what it is joined to, and keeps it in the address", async () => {
    const { page, troubles } = await open("erd/");
    await find(page, "return_lines");
    await page.getByRole("status").filter({ hasText: "support.return_lines is joined to" }).waitFor();
    expect(query(page)).toBe("?active=support.return_lines");
    expect(await page.locator("[data-table].on").count()).toBe(3);
    await flown(page);
    expect(await isInSight(page, "support.return_lines")).toBe(true);
    await page.getByRole("button", { name: "Only around it" }).click();
    await expectTables(page, 3);
    expect(query(page)).toBe("?active=support.return_lines&hops=1");
    await page.getByRole("link", { name: "Open its page" }).click();
    await page.waitForURL("**/tables/support/return_lines/");
    await page.getByRole("link", { name: "In the diagram of everything" }).click();
    await page.waitForURL("**/erd/?active=support.return_lines");
    expect(troubles).toEqual([]);
  });

  it("marks what changed since a release by colour and sign, and keeps it in the address", async () => {
    const { page, troubles } = await open("erd/");
    await page.getByLabel("Changes since").selectOption("v1.0.0");
    await page.getByRole("status").filter({ hasText: "+ 0 added, ~ 1 changed, − 1 dropped" }).waitFor();
    expect(query(page)).toBe("?from=v1.0.0");
    const orders = page.locator("[data-table='sales.orders'].changed");
    expect(await orders.textContent()).toContain("~ ");
    const colour = (place: typeof orders): Promise<string> =>
      place.locator("rect.b").evaluate((box) => getComputedStyle(box).stroke);
    const gone = page.locator("[data-table].dropped");
    expect(await gone.count()).toBe(1);
    // The name of the table that is gone would run as a script.
    expect(await gone.textContent()).toContain("− ");
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    const plain = page.locator("[data-table]:not(.changed, .dropped)").first();
    expect(new Set([await colour(orders), await colour(gone), await colour(plain)]).size).toBe(3);
    expect(await axeObjections(page)).toEqual([]);
    await page.reload();
    await page.locator("[data-table].dropped").waitFor();
    await page.getByLabel("Changes since").selectOption("");
    await page.waitForURL("**/erd/");
    expect(await page.locator("[data-table].changed").count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  it("chooses a table by the first press, opens its page by the second, and lets go beside it", async () => {
    const { page, troubles } = await open("erd/sales/");
    const orders = page.locator("[data-table='sales.orders']");
    await orders.click();
    await page.waitForURL("**/erd/sales/?active=sales.orders");
    await flown(page);
    await page.locator(".frame").click({ position: { x: 3, y: 3 } });
    await page.waitForURL("**/erd/sales/");
    await orders.click();
    await flown(page);
    await orders.click();
    await page.waitForURL("**/tables/sales/orders/");
    expect(troubles).toEqual([]);
  });

  it("hides tables and shows them again", async () => {
    const { page } = await open("erd/");
    const all = await page.locator("[data-table]").count();
    await page.locator("summary", { hasText: "Tables" }).click();
    await page.getByLabel("sales.orders", { exact: true }).uncheck();
    await expectTables(page, all - 1);
    expect(query(page)).toBe("?hidden=sales.orders");
    await page.reload();
    await page.locator("qg-erd[data-ready]").waitFor();
    await expectTables(page, all - 1);
    await page.locator("summary", { hasText: "Tables (1 hidden)" }).click();
    await page.getByRole("button", { name: "Show all" }).click();
    await expectTables(page, all);
    expect(query(page)).toBe("");
  });

  it("shows other columns, and groups by schema or domain", async () => {
    const { page, troubles } = await open("erd/");
    await page.getByLabel("Columns").selectOption("All");
    await page.locator("[data-table='sales.orders'] text", { hasText: "customer_note" }).waitFor();
    await page.getByLabel("Columns").selectOption("None");
    await page.locator("[data-table='sales.orders'] text", { hasText: "order_no" }).waitFor({ state: "detached" });
    await page.getByLabel("Grouped by").selectOption("Schema");
    await page.locator(".g text", { hasText: /^stock$/ }).waitFor();
    await page.getByLabel("Grouped by").selectOption("Domain");
    await page.locator(".g text", { hasText: /^Stock$/ }).waitFor();
    expect(query(page)).toBe("?showMode=TABLE_NAME&group=domain");
    expect(troubles).toEqual([]);
  });

  it("moves and scales by mouse, wheel, buttons, keys and the small map", async () => {
    const { page } = await open("erd/");
    const whole = await view(page);
    await page.locator(".frame").hover();
    await page.mouse.wheel(0, -600);
    const closer = await view(page);
    expect(closer.width).toBeLessThan(whole.width);
    await page.mouse.down();
    await page.mouse.move(300, 500, { steps: 4 });
    await page.mouse.up();
    expect((await view(page)).x).not.toBe(closer.x);
    expect(query(page)).toBe("");
    await page.getByRole("button", { name: "Fit" }).click();
    await flown(page);
    expect(await view(page)).toEqual(whole);
    await page.getByRole("button", { name: "Closer" }).click();
    await flown(page);
    const near = await view(page);
    expect(near.width).toBeLessThan(whole.width);
    await page.locator(".frame").focus();
    await page.keyboard.press("ArrowRight");
    expect((await view(page)).x).toBeGreaterThan(near.x);
    await page.keyboard.press("+");
    await page.keyboard.press("-");
    await page.keyboard.press("0");
    await flown(page);
    expect(await view(page)).toEqual(whole);
    await page.keyboard.press("+");
    await page.locator(".minimap").click({ position: { x: 90, y: 90 } });
    expect((await view(page)).y).toBeGreaterThan(whole.y);
  });

  it("brings a table into sight that the keyboard comes to", async () => {
    const { page } = await open("erd/?active=sales.currencies");
    await flown(page);
    await page.locator(".frame").focus();
    for (let press = 0; press < 30; press += 1) await page.keyboard.press("Tab");
    const focused = await page.evaluate(() =>
      document.activeElement?.querySelector("[data-table]")?.getAttribute("data-table"),
    );
    expect(await isInSight(page, focused ?? "")).toBe(true);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/erd/?active=${focused}`);
    await page.keyboard.press("Escape");
    await page.waitForURL("**/erd/");
  });

  it("saves what is shown as SVG, PNG, Mermaid and DBML", async () => {
    const { page, troubles } = await open("erd/?active=sales.orders&hops=1");
    const saved = async (kind: string): Promise<{ name: string; content: Buffer }> => {
      await page.locator("summary", { hasText: "Save as" }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: kind, exact: true }).click(),
      ]);
      return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
    };
    const svg = await saved("SVG");
    expect(svg.name).toBe("database.svg");
    expect(svg.content.toString()).toContain(`href="${shop.url}tables/sales/orders/"`);
    const png = await saved("PNG");
    expect(png.content.subarray(1, 4).toString()).toBe("PNG");
    expect(png.content.readUInt32BE(16)).toBeGreaterThan(1000);
    expect((await saved("Mermaid")).content.toString()).toMatch(/^erDiagram\n {2}t_\w+ /);
    const dbml = await saved("DBML");
    expect(dbml.name).toBe("database.dbml");
    expect(dbml.content.toString()).toMatch(/Ref: "sales"\."order_lines"\."order_id" > "sales"\."orders"\."id"/);
    expect(dbml.content.toString()).toContain('"order_no"');
    expect(troubles).toEqual([]);
  });

  it("is a picture with links without JavaScript", async () => {
    const { page } = await openPage(shop.browser, shop.url, { javaScriptEnabled: false });
    await page.goto("erd/");
    await page.locator("[data-table='sales.orders']").click();
    await page.waitForURL("**/tables/sales/orders/");
    await page.goto("erd/");
    await page.getByRole("link", { name: "Stock", exact: true }).click();
    await page.waitForURL("**/erd/stock/");
    expect(await page.getByRole("link", { name: "stock.levels" }).first().isVisible()).toBe(true);
  });

  it("has the same picture at first as without JavaScript", async () => {
    const html = await readFile(`${shop.outDir}/erd/index.html`, "utf8");
    const built = /<g data-table="sales\.orders" transform="([^"]+)"/.exec(html)?.[1];
    const { page } = await open("erd/?group=schema");
    await page.getByLabel("Grouped by").selectOption("Nothing");
    await page.locator(`[data-table="sales.orders"][transform="${built}"]`).waitFor();
    expect(built).toMatch(/^translate\(/);
  });

  it.each(["light", "dark"] as const)("has nothing axe objects to in %s, and fits a telephone", async (colorScheme) => {
    for (const width of [320, 1440]) {
      const { page } = await open("erd/?active=sales.orders", { colorScheme, viewport: { width, height: 900 } });
      await page.locator("summary", { hasText: "Tables" }).click();
      await flown(page);
      expect(await axeObjections(page)).toEqual([]);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over).toBe(0);
    }
  });
});

const query = (page: Page): string => new URL(page.url()).search;

async function find(page: Page, words: string): Promise<void> {
  await page.getByLabel("Find a table").fill(words);
  await page.keyboard.press("Enter");
}

async function expectTables(page: Page, count: number): Promise<void> {
  await expect.poll(() => page.locator("[data-table]").count()).toBe(count);
}

/** Flights take a quarter of a second; then the view stands still. */
async function flown(page: Page): Promise<void> {
  let before = "";
  await expect
    .poll(
      async () => {
        const now = JSON.stringify(await view(page));
        const isStill = now === before;
        before = now;
        return isStill;
      },
      { interval: 150 },
    )
    .toBe(true);
}

interface View {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

async function view(page: Page): Promise<View> {
  const [x = 0, y = 0, width = 0] = ((await page.locator(".frame svg").getAttribute("viewBox")) ?? "")
    .split(" ")
    .map(Number);
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width) };
}

async function isInSight(page: Page, id: string): Promise<boolean> {
  const [box, frame] = await Promise.all([
    page.locator(`[data-table="${id}"] rect`).first().boundingBox(),
    page.locator(".frame").boundingBox(),
  ]);
  if (!box || !frame) return false;
  return (
    box.x >= frame.x &&
    box.y >= frame.y &&
    box.x + box.width <= frame.x + frame.width &&
    box.y <= frame.y + frame.height
  );
}
