import { createRequire } from "node:module";
import type { Page } from "playwright-core";

/** What axe objects to on a page: rule, place and reason. */
export async function axeObjections(page: Page): Promise<unknown> {
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
  return page.evaluate(
    "axe.run().then(({violations}) => violations.map(({id, nodes}) => id + ': ' + nodes.map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).slice(0, 3).join('; ')))",
  );
}
