import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

/** Debian's own Chromium; another one by CHROMIUM_PATH. */
const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

/** Null when there is a browser; otherwise how to get one. */
export const browserMissing: string | null = existsSync(executablePath)
  ? null
  : `no browser at ${executablePath}: apt-get install chromium, or set CHROMIUM_PATH`;

/** In CI a missing browser is a failure, elsewhere the tests that need one are skipped. */
export const skipsWithoutBrowser: boolean = browserMissing !== null && process.env["CI"] !== "true";

/** No sandbox: tests also run as root in containers, where Chromium has none. The rest keeps it from calling home. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
] as const;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...FLAGS] });
}

/** A page that keeps what a reader must never cause: errors, and requests to anywhere but the site. */
export interface WatchedPage {
  readonly page: Page;
  readonly troubles: readonly string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("console", (message) => message.type() === "error" && troubles.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(url).origin) troubles.push(`request: ${request.url()}`);
  });
  return { page, troubles };
}
