import type { Catalog } from "./catalog.ts";
import type { Entry } from "./other-pages.ts";

export interface GuideGroup {
  /** Folder of the guides below `guides/`; empty for those in none. */
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** Every guide by folder, those in no folder first. */
export function guideEntries({ guides }: Catalog): GuideGroup[] {
  const folderOf = (path: string): string => path.split("/").slice(1, -2).join("/");
  return [...Map.groupBy(guides, ({ path }) => folderOf(path))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, own]) => ({
      title,
      entries: own.map((guide) => ({ label: guide.title, path: guide.path, text: guide.description })),
    }));
}
