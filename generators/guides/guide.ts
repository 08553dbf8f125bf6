import type { Problem } from "#schemas/problem.ts";

/** A Markdown file of the repository that the site shows. */
export interface GuideSource {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** A guide as the site shows it. Its links lead relative to its own page. */
export interface Guide {
  /** The file. */
  readonly file: string;
  /** Page below the site's base: `guides/returns/`. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** Made of Markdown; no HTML of the file's own but a few tags without attributes. */
  readonly html: string;
  readonly headings: readonly { readonly depth: number; readonly slug: string; readonly text: string }[];
  readonly hasMermaid: boolean;
}

export interface RenderedGuides {
  readonly guides: readonly Guide[];
  /** Pictures that guides show, relative to the repository's root; the site has them at `GUIDE_FILES`. */
  readonly pictures: readonly string[];
  readonly problems: readonly Problem[];
}

/** Folder of pictures in the site. */
export const GUIDE_FILES = "guides/files/";
