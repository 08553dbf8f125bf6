import type { Loader } from "astro/loaders";
import { hasSiteData } from "./data.ts";

interface StoredPage {
  readonly path: string;
}

/** Puts what pages show into a collection, one entry a page, by its path. */
export function pageLoader(pages: () => readonly StoredPage[]): Loader {
  return {
    name: "querygenie-pages",
    async load(context) {
      const { store } = context;
      const stale = new Set(store.keys());
      // Type checks load the collections too, and need no data; a build without data fails at its first page.
      for (const page of hasSiteData() ? pages() : []) {
        const data = await context.parseData({ id: page.path, data: { ...page } });
        store.set({ id: page.path, data, digest: context.generateDigest(data) });
        stale.delete(page.path);
      }
      for (const path of stale) store.delete(path);
    },
  };
}
