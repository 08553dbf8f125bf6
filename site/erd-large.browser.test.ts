import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collectSiteData } from "#generators/site-data/collect-site-data.ts";
import { configSchema } from "#schemas/config/schema.ts";
import { buildModel } from "#test/support/build-model.ts";
import { browserMissing, openPage, skipsWithoutBrowser } from "./test-support/browser.ts";
import { buildShop, type BuiltShop } from "./test-support/built-shop.ts";

const schemas = Array.from({ length: 13 }, (_, at) => `part_${at + 1}`);
const tables = schemas.flatMap((schema) =>
  Array.from({ length: 25 }, (_, at) => ({
    name: `${schema}.table_${at + 1}`,
    columns: [{ name: "id" }, { name: "name", type: "text" }],
  })),
);

const hint = browserMissing === null ? "" : ` (${browserMissing})`;
describe.skipIf(skipsWithoutBrowser)(`the diagram of 325 tables in a browser${hint}`, () => {
  let shop: BuiltShop;
  beforeAll(async () => {
    const config = configSchema.parse({ databases: [{ id: "large", sources: [{ path: "migrations" }] }] });
    const [database] = config.databases;
    if (!database) throw new Error("The configuration above has one database.");
    const nothing = { queries: [], problems: [], findings: [], queryUrl: null, sourceUrl: null };
    shop = await buildShop(await collectSiteData({ ...nothing, config, database, model: buildModel({ tables }) }));
  });
  afterAll(() => shop?.close());

  it("begins with domains and leads down to a table", async () => {
    const { page, troubles } = await openPage(shop.browser, shop.url);
    await page.goto("erd/");
    await page.locator("qg-erd[data-ready]").waitFor();
    expect(await page.locator("[data-table]").count()).toBe(13);
    expect(await page.getByLabel("Columns").count()).toBe(0);
    await page.getByLabel("Find a table").fill("part_7.table_20");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/erd/part-7/?active=part_7.table_20");
    await page.locator("[data-table='part_7.table_20'].f").waitFor();
    expect(await page.locator("[data-table]").count()).toBe(25);
    expect(troubles).toEqual([]);
  });

  it("leads down without JavaScript too", async () => {
    const { page } = await openPage(shop.browser, shop.url, { javaScriptEnabled: false });
    await page.goto("erd/");
    await page.locator("[data-table='part-3']").click();
    await page.waitForURL("**/erd/part-3/");
    await page.locator("[data-table='part_3.table_1']").click();
    await page.waitForURL("**/tables/part_3/table_1/");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("part_3.table_1");
  });
});
