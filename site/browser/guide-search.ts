import { link } from "../link.ts";
import type { GuideHit } from "./search-results.ts";

interface Pagefind {
  debouncedSearch(words: string): Promise<{ results: { data(): Promise<PagefindPage> }[] } | null>;
}
interface PagefindPage {
  readonly url: string;
  readonly plain_excerpt: string;
  readonly meta: { readonly title?: string };
}

let loading: Promise<Pagefind | null> | undefined;

/** Guides that hold the words, best first; none when this site has no prose index, as in development. */
export async function findInGuides(words: string, limit: number): Promise<GuideHit[]> {
  loading ??= loadPagefind();
  const found = await (await loading)?.debouncedSearch(words);
  const pages = await Promise.all((found?.results ?? []).slice(0, limit).map((result) => result.data()));
  return pages.map(({ url, meta, plain_excerpt }) => ({ href: url, title: meta.title ?? url, snippet: plain_excerpt }));
}

async function loadPagefind(): Promise<Pagefind | null> {
  if (import.meta.env.DEV) return null;
  // A variable, so that the bundler leaves alone what Pagefind writes after the build.
  const address = link("pagefind/pagefind.js");
  return import(/* @vite-ignore */ address);
}
