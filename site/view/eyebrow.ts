import { pageFolders } from "./routes.ts";

/** The line above a page's title: what kind of thing it is, and where the others of its kind are. */
export interface Eyebrow {
  readonly label: string;
  readonly path: string | null;
  /** True when the title is the name of an object. */
  readonly isObject: boolean;
}

const WORDS: Readonly<Record<string, string>> = {
  [pageFolders.schema]: "Schema",
  [pageFolders.table]: "Table",
  [pageFolders.view]: "View",
  [pageFolders.enum]: "Enum",
  [pageFolders.function]: "Function",
};

/** By the page's path without slashes at its ends. */
export function eyebrowOf(path: string): Eyebrow | null {
  const [folder = "", second] = path.split("/");
  if (folder === pageFolders.query && second !== undefined) {
    return { label: "Saved query", path: `${folder}/`, isObject: false };
  }
  if (folder === "guides") return { label: "Guide", path: null, isObject: false };
  const word = WORDS[folder];
  return word === undefined || second === undefined ? null : { label: word, path: null, isObject: true };
}
