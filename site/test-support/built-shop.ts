import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { SiteData } from "#generators/site-data/contract.ts";
import { copyMermaid, MERMAID_FOLDER } from "../../action/site/mermaid-files.ts";
import { buildSite } from "../../action/site/build-site.ts";
import { launchBrowser } from "./browser.ts";
import { serveSite, type ServedSite } from "./serve-site.ts";
import { writeSiteData } from "./write-site-data.ts";

export interface BuiltShop {
  readonly outDir: string;
  readonly url: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Builds a site from its data, serves it below a sub-path, and starts a browser. */
export async function buildShop(data: SiteData): Promise<BuiltShop> {
  const folder = await mkdtemp(join(tmpdir(), "querygenie-site-"));
  const outDir = join(folder, "out");
  const base = "/docs/shop/";
  await writeSiteData(data, join(folder, "data"));
  await buildSite({ dataDir: join(folder, "data"), outDir, cacheDir: join(folder, "cache"), base, quiet: true });
  await copyMermaid(join(outDir, MERMAID_FOLDER));
  const served: ServedSite = await serveSite(outDir, base);
  const browser = await launchBrowser();
  return {
    outDir,
    url: served.url,
    browser,
    async close() {
      await browser.close();
      await served.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
