import type { Loader } from "astro/loaders";

/** Puts what pages show into a collection, one entry a page, by its path. */
export function pageLoader<Page extends { readonly path: string }>(pages: () => readonly Page[]): Loader {
  return {
    name: "querygenie-pages",
    async load({ store, parseData, generateDigest }) {
      const stale = new Set(store.keys());
      for (const page of pages()) {
        const data = await parseData({ id: page.path, data: { ...page } });
        store.set({ id: page.path, data, digest: generateDigest(data) });
        stale.delete(page.path);
      }
      for (const path of stale) store.delete(path);
    },
  };
}
