import type { Browser, Page } from "playwright-core";
import { openPage } from "../../site/test-support/browser.ts";

export interface PlaygroundTimes {
  /** From the click to the first row, in ms, in a browser that has nothing of the site in its cache. */
  readonly cold: number;
  /** The same when a former visit has loaded the engine. */
  readonly warm: number;
  /** From the next click to its row after a query was stopped that had run for three seconds. */
  readonly afterStop: number;
  /** The longest task of the page while 100,000 rows are scrolled from end to end. */
  readonly longestTask: number;
  /** The most processor time that one step of it took, in ms: what a busy machine does not make longer. */
  readonly longestStep: number;
  /** The most rows that the page held meanwhile. */
  readonly mostRows: number;
}

const ENGINE_START_MS = 120_000;
const ENDLESS = "select count(*) from generate_series(1, 4000000000) as n";
const MANY = "select n, 'row ' || n as name, n % 7 as day, md5(n::text) as hash from generate_series(1, 100000) as n";
const SCROLLS = 60;

/** What a reader of a site that carries an engine waits for. `url` is the site's address, with a slash at its end. */
export async function measurePlayground(browser: Browser, url: string): Promise<PlaygroundTimes> {
  const { page } = await openPage(browser, url);
  try {
    const cold = await firstQuery(page);
    const warm = await firstQuery(page);
    const afterStop = await nextAfterStop(page);
    return { cold, warm, afterStop, ...(await scrolled(page)) };
  } finally {
    await page.context().close();
  }
}

async function firstQuery(page: Page): Promise<number> {
  await page.goto(`playground/?sql=${encodeURIComponent("select 40 + 2 as answer")}`, { waitUntil: "networkidle" });
  await page.getByLabel("Answers from").selectOption("browser");
  return await untilCell(page, "42");
}

async function nextAfterStop(page: Page): Promise<number> {
  await type(page, ENDLESS);
  await page.getByRole("button", { name: "Run" }).click();
  await page.waitForTimeout(3000);
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("The query was stopped.").waitFor();
  await type(page, "select 40 + 3 as answer");
  return await untilCell(page, "43");
}

/** Milliseconds from the click on Run to the cell, by the page's own clock. */
async function untilCell(page: Page, text: string): Promise<number> {
  const shown = page.evaluate<number>(`(${UNTIL_CELL})(${JSON.stringify(text)})`);
  await page.getByRole("button", { name: "Run" }).click();
  return await within(ENGINE_START_MS, shown);
}

async function scrolled(page: Page): Promise<Pick<PlaygroundTimes, "longestTask" | "longestStep" | "mostRows">> {
  await type(page, MANY);
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByText("100,000 rows").waitFor({ timeout: ENGINE_START_MS });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
  await page.evaluate(WATCH_TASKS);
  let longestStep = 0;
  for (let step = 1; step <= SCROLLS; step += 1) {
    const before = await spent();
    await page.evaluate(`(${SCROLL_STEP})(${step}, ${SCROLLS})`);
    longestStep = Math.max(longestStep, (await spent()) - before);
  }
  const seen = await page.evaluate<Pick<PlaygroundTimes, "longestTask" | "mostRows">>(TASKS_SEEN);
  return { ...seen, longestStep };
}

async function type(page: Page, sql: string): Promise<void> {
  await page.locator(".cm-content").fill(sql);
}

function within<T>(milliseconds: number, wanted: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, fail) => {
    setTimeout(() => fail(new Error("the playground gave no answer")), milliseconds).unref();
  });
  return Promise.race([wanted, late]);
}

// Run by the page, whose types this program does not have.

const UNTIL_CELL = `(wanted) => new Promise((done) => {
  let begin = 0;
  document.querySelector("[data-run]").addEventListener("click", () => (begin = performance.now()), { once: true, capture: true });
  const look = () => {
    const cell = document.querySelector(".result tbody tr:not(.gap) td");
    if (begin > 0 && cell?.textContent === wanted) done(performance.now() - begin);
    else requestAnimationFrame(look);
  };
  look();
})`;

const WATCH_TASKS = `(() => {
  window.seen = { longestTask: 0, mostRows: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longestTask = Math.max(seen.longestTask, duration);
  }).observe({ type: "longtask" });
})()`;

/** By pages for one half, then by jumps to the end. */
const SCROLL_STEP = `async (step, of) => {
  const region = document.querySelector(".result .qg-scroll");
  region.scrollTop = step <= of / 2 ? step * region.clientHeight : (region.scrollHeight * step) / of;
  for (let frames = 0; frames < 2; frames += 1) await new Promise((done) => requestAnimationFrame(done));
  seen.mostRows = Math.max(seen.mostRows, region.querySelectorAll("tr").length);
}`;

const TASKS_SEEN = `new Promise((done) => setTimeout(() => done(seen), 200))`;
