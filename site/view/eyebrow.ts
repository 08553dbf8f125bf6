import { pageFolders } from "#generators/site-data/routes.ts";

/** The line above a page's title, where the page itself does not say what kind of thing it is. */
export interface Eyebrow {
  readonly label: string;
  readonly path: string | null;
}

/** By the page's path without slashes at its ends. */
export function eyebrowOf(path: string): Eyebrow | null {
  const [folder = "", second] = path.split("/");
  if (folder === pageFolders.query && second !== undefined) {
    return { label: "Saved query", path: `${folder}/` };
  }
  if (folder === pageFolders.domain && second !== undefined) return { label: "Diagram", path: `${folder}/` };
  if (folder === "guides") return { label: "Guide", path: null };
  return folder === pageFolders.schema ? { label: "Schema", path: null } : null;
}
