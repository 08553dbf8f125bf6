import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signInWorld, type SignInWorld } from "#test/support/sign-in-world.ts";
import { buildSite } from "../action/site/build-site.ts";
import { axeObjections } from "./test-support/axe.ts";
import { browserMissing, launchBrowser, skipsWithoutBrowser } from "./test-support/browser.ts";
import { shopSiteData } from "./test-support/shop-site-data.ts";
import { writeSiteData } from "./test-support/write-site-data.ts";

describe.skipIf(skipsWithoutBrowser)(`signing in on the playground ${browserMissing ?? ""}`, () => {
  let folder: string;
  let world: SignInWorld;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "querygenie-site-"));
    const outDir = join(folder, "out");
    const data = await shopSiteData("/api");
    await writeSiteData({ ...data, info: { ...data.info, knowsReaders: true } }, join(folder, "data"));
    await buildSite({ dataDir: join(folder, "data"), outDir, cacheDir: join(folder, "cache"), base: "/", quiet: true });
    world = await signInWorld({ siteDir: outDir });
    world.reset();
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    await world.close();
    await rm(folder, { recursive: true });
  });

  const choices = () => page.locator("[data-connection] option").allTextContents();
  const rows = () => page.locator("qg-playground .result table td").allTextContents();

  it("offers to sign in, and only what is there for everybody", async () => {
    await page.goto(`${world.home}/playground/?sql=select%201`);
    await page.getByRole("link", { name: "Sign in with GitHub" }).waitFor();
    expect(await choices()).toEqual(["Query function", "Saved answers"]);
    await page.getByRole("button", { name: /^Run/ }).click();
    await page.locator("qg-playground .result table").waitFor();
    expect(await rows()).toContain("shop");
  });

  it("comes back from GitHub to its query, says who is there, and queries their databases", async () => {
    await page.getByRole("link", { name: "Sign in with GitHub" }).click();
    await page.getByText("Signed in as ada").waitFor();
    expect(page.url()).toBe(`${world.home}/playground/?sql=select%201`);
    await expect.poll(choices).toEqual(["Query function", "Saved answers", "production", "reports"]);
    await page.locator("[data-connection]").selectOption("production");
    expect(await page.locator(".about").textContent()).toContain("production");
    await page.getByRole("button", { name: /^Run/ }).click();
    await page.locator("qg-playground .result table").waitFor();
    expect(await rows()).toContain("shop");
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([
      { name: "querygenie-session", httpOnly: true, sameSite: "Lax" },
    ]);
    expect(await page.evaluate("document.cookie")).toBe("");
  });

  it("is as accessible signed in as before", async () => {
    // The policy of our pages lets no script in that is not theirs, so that axe needs a browser without it.
    const context = await browser.newContext({ bypassCSP: true, storageState: await page.context().storageState() });
    const seen = await context.newPage();
    await seen.goto(`${world.home}/playground/`);
    await seen.getByText("Signed in as ada").waitFor();
    expect(await axeObjections(seen)).toEqual([]);
    await context.close();
  });

  it("signs out, and nothing of it is left", async () => {
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("link", { name: "Sign in with GitHub" }).waitFor();
    expect(await choices()).toEqual(["Query function", "Saved answers"]);
    expect(await page.context().cookies()).toEqual([]);
    expect(errors).toEqual([]);
  });
});
