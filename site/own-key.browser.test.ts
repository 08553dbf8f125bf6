import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDatabase } from "#app/query/build-database.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { startModelServer, type ModelServer, type ServerStep } from "#test/support/model-server.ts";
import { buildSite } from "../action/site/build-site.ts";
import { engineFiles } from "../action/site/engine-files.ts";
import { browserMissing, launchBrowser, openPage, skipsWithoutBrowser } from "./test-support/browser.ts";
import { openToPages } from "./test-support/open-to-pages.ts";
import { serveSite, type ServedSite } from "./test-support/serve-site.ts";
import { shopSiteData } from "./test-support/shop-site-data.ts";
import { writeSiteData } from "./test-support/write-site-data.ts";

const KEY = "sk-own-0123456789abcdef";
const database = {
  files: [
    {
      path: "migrations/1.sql",
      version: "1",
      transaction: "file" as const,
      text: "create schema sales; create table sales.orders (id integer primary key, state text not null);",
    },
  ],
  fixturesSql: "insert into sales.orders values (1, 'new'), (2, 'paid');",
};
const answer = (sql: string): ServerStep => ({
  kind: "answer",
  text: JSON.stringify({ sql, reading: "The paid orders." }),
});

const hint = browserMissing === null ? "" : ` (${browserMissing})`;
describe.skipIf(skipsWithoutBrowser)(`a reader's own key${hint}`, () => {
  let folder = "";
  let models: ModelServer;
  let service: Awaited<ReturnType<typeof openToPages>>;
  let served: ServedSite;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "querygenie-own-key-"));
    models = await startModelServer();
    service = await openToPages(models.port);
    const engine = await engineFiles(await buildDatabase(database, { cacheDir: testCacheDir }), join(folder, "work"));
    const data = await shopSiteData(null, engine.engine);
    const info = { ...data.info, ownKey: { endpoints: [`${service.url}/v1`] } };
    await writeSiteData({ ...data, info }, join(folder, "data"));
    const outDir = join(folder, "out");
    await buildSite({
      dataDir: join(folder, "data"),
      outDir,
      cacheDir: join(folder, "cache"),
      base: "/db/",
      quiet: true,
    });
    await engine.write(outDir);
    served = await serveSite(outDir, "/db/");
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await service?.close();
    await models?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const giveKey = async (page: Page, keeps: boolean): Promise<void> => {
    await page.getByRole("button", { name: "Use your own key" }).click();
    await page.getByLabel("Service").selectOption("endpoint");
    await page.getByLabel("Key", { exact: true }).fill(KEY);
    if (keeps) await page.getByLabel("Keep it until this tab is closed").check();
    await page.getByRole("button", { name: "Use this key" }).click();
    await page.getByText("with your key.").waitFor();
  };
  const question = (page: Page) => page.getByLabel("What are you looking for?");
  const kept = (page: Page): Promise<string> =>
    page.evaluate(() => JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]));

  it("asks the model directly, and shows no query that the engine does not read as one SELECT", async () => {
    const { page, troubles } = await openPage(browser, served.url);
    await page.goto("playground/");
    models.play(answer("delete from sales.orders"), answer("select id from sales.orders where state = 'paid'"));
    await giveKey(page, false);
    const seen: string[] = [];
    await page.exposeFunction("saw", (text: string) => seen.push(text));
    await page.evaluate(() => {
      const editor = document.querySelector(".cm-content");
      if (!editor) throw new Error("There is no editor.");
      const watch = new MutationObserver(() => void Reflect.get(window, "saw")(editor.textContent));
      watch.observe(editor, { childList: true, subtree: true, characterData: true });
    });
    const before = models.calls.length;
    await question(page).fill("which orders were paid for twice by accident");
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByText("The paid orders.").waitFor();
    await page.getByRole("cell", { name: "2", exact: true }).waitFor({ timeout: 60_000 });
    expect(models.calls.length - before).toBe(2);
    expect(models.calls.at(-1)).toMatchObject({ key: KEY, protocol: "chat" });
    // The engine's own words went back to the model.
    expect(models.calls.at(-1)?.text).toContain("syntax error");
    expect(seen.join("\n")).not.toContain("delete");
    expect(await kept(page)).not.toContain(KEY);
    expect(troubles.filter((trouble) => !trouble.includes(service.url))).toEqual([]);
    await page.context().close();
  });

  it("keeps the key in the tab when asked to, follows no link with it, and forgets it", async () => {
    const { page } = await openPage(browser, served.url);
    await page.goto("playground/");
    models.play(answer("select 1"));
    await giveKey(page, true);
    expect(await kept(page)).toContain(KEY);
    const before = models.calls.length;
    await page.goto("playground/?ask=how+many+orders+are+there");
    await page.locator(".reading").waitFor();
    expect(models.calls.length).toBe(before);
    await page.getByRole("button", { name: "Use your own key" }).click();
    await page.getByRole("button", { name: "Forget the key" }).click();
    expect(await kept(page)).not.toContain(KEY);
    await page.context().close();
  });

  it("says why a key was refused", async () => {
    const { page } = await openPage(browser, served.url);
    await page.goto("playground/");
    models.play({ kind: "fault", fault: "auth" });
    await page.getByRole("button", { name: "Use your own key" }).click();
    await page.getByLabel("Service").selectOption("endpoint");
    await page.getByLabel("Key", { exact: true }).fill(KEY);
    await page.getByRole("button", { name: "Use this key" }).click();
    await page.getByText("the key was refused").waitFor();
    expect(await kept(page)).not.toContain(KEY);
    await page.context().close();
  });
});
