import { compile, parse, postprocess, preprocess } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import type { Event } from "micromark-util-types";
import { slug } from "../site-data/routes.ts";
import type { Guide } from "./guide.ts";
import { objectLinkHtml, objectLinkSyntax } from "./object-link.ts";
import { safeHtmlExtension } from "./safe-html.ts";

export interface MarkdownLinks {
  /** HTML of what stands between `[[` and `]]`. */
  readonly objectLink: (text: string, line: number) => string;
  /** The address that a link gets; null for none. */
  readonly link: (address: string, line: number) => string | null;
  /** The address that a picture gets; null where it cannot be shown. */
  readonly picture: (address: string, line: number) => string | null;
}

export interface RenderedMarkdown extends Pick<Guide, "html" | "headings" | "hasMermaid"> {
  /** The first heading, when nothing stands before it. It is not in the HTML. */
  readonly title: string | undefined;
  /** Beginning of the first paragraph, as plain text. */
  readonly firstWords: string;
}

/**
 * GitHub's Markdown as HTML that runs nothing: micromark escapes HTML and leaves out addresses such as `javascript:`;
 * what is changed here afterwards is its own output, in which a `<` begins a tag that it wrote itself.
 */
export function renderMarkdown(text: string, links: MarkdownLinks): RenderedMarkdown {
  const extensions = [gfm(), objectLinkSyntax];
  const events = postprocess(
    parse({ extensions })
      .document()
      .write(preprocess()(text, "utf8", true)),
  );
  const lines = linesOfAddresses(events);
  const html = compile({ htmlExtensions: [gfmHtml(), safeHtmlExtension, objectLinkHtml(links.objectLink)] })(events);
  const lineOf = (address: string): number => lines.get(address)?.shift() ?? 1;
  const linked = html
    .replaceAll(/<a href="([^"]*)"/g, (tag, address: string) => {
      // Footnotes lead to this page.
      if (address.startsWith("#")) return tag;
      const plain = unescaped(address);
      const target = links.link(plain, lineOf(plain));
      return target === null ? "<a" : `<a href="${escapedAddress(target)}"`;
    })
    .replaceAll(/<img src="([^"]*)" alt="([^"]*)"[^>]*>/g, (_, address: string, alt: string) => {
      const plain = unescaped(address);
      const target = links.picture(plain, lineOf(plain));
      if (target !== null) return `<img src="${escapedAddress(target)}" alt="${alt}" loading="lazy">`;
      // A picture from elsewhere would be a request to elsewhere; a link asks the reader first.
      return /^https?:/.test(plain) ? `<a href="${address}">${alt === "" ? address : alt}</a>` : alt;
    })
    .replaceAll('<input type="checkbox"', '<input aria-label="Task" type="checkbox"')
    .replaceAll(
      /<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g,
      '<qg-mermaid><pre tabindex="0"><code>$1</code></pre></qg-mermaid>',
    )
    .replaceAll("<pre><code", '<pre tabindex="0"><code');
  return { ...withHeadings(linked), hasMermaid: linked.includes("<qg-mermaid>") };
}

/** Lines in which each address stands, in order; micromark writes links in the same order. */
function linesOfAddresses(events: readonly Event[]): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  for (const [kind, token, context] of events) {
    if (
      kind !== "enter" ||
      (token.type !== "resourceDestinationString" && token.type !== "definitionDestinationString")
    )
      continue;
    const address = context.sliceSerialize(token);
    lines.set(address, [...(lines.get(address) ?? []), token.start.line]);
  }
  return lines;
}

function withHeadings(html: string): Pick<RenderedMarkdown, "html" | "headings" | "title" | "firstWords"> {
  const first = /^\s*<h1>([\s\S]*?)<\/h1>/.exec(html);
  const body = first ? html.slice(first[0].length).trimStart() : html;
  const headings: { depth: number; slug: string; text: string }[] = [];
  const taken = new Set<string>();
  const marked = body.replaceAll(/<h([1-6])>([\s\S]*?)<\/h\1>/g, (_, level: string, inner: string) => {
    const text = plainText(inner);
    // The page's own title is the only heading of the first level.
    const depth = Math.max(2, Number(level));
    const plain = slug(text);
    let id = plain;
    for (let number = 2; taken.has(id); number += 1) id = `${plain}-${number}`;
    taken.add(id);
    headings.push({ depth, slug: id, text });
    return `<h${depth} id="${id}">${inner}</h${depth}>`;
  });
  const paragraph = /<p>([\s\S]*?)<\/p>/.exec(body)?.[1] ?? "";
  return {
    html: marked,
    headings,
    title: first ? plainText(first[1] ?? "") : undefined,
    firstWords: plainText(paragraph).slice(0, DESCRIPTION),
  };
}

/** What search engines show of a description. */
const DESCRIPTION = 160;

function plainText(html: string): string {
  return unescaped(html.replaceAll(/<[^>]*>/g, ""))
    .replaceAll(/\s+/g, " ")
    .trim();
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

function escapedAddress(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "%22").replaceAll("<", "%3C").replaceAll(">", "%3E");
}
