import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/** What GitHub would make of a page. */
export interface RenderedPage {
  readonly html: string;
  readonly heading: string;
  /** Targets of links and pictures, decoded, without fragments. */
  readonly targets: readonly string[];
  /** Every table as the number of cells of each row, its head first. */
  readonly tables: readonly (readonly number[])[];
  /** Names of the elements that are there. */
  readonly elements: ReadonlySet<string>;
  /** Texts of the Mermaid blocks. */
  readonly diagrams: readonly string[];
}

/** Renders Markdown as GitHub does, with HTML passed through: what of it GitHub would clean away must not be there. */
export function readMarkdown(text: string): RenderedPage {
  const html = micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  const heading = /<h1>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? "";
  const targets = [...html.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, target = ""]) =>
    decodeURIComponent(plain(target).split("#")[0] ?? ""),
  );
  const tables = [...html.matchAll(/<table>([\s\S]*?)<\/table>/g)].map(([, body = ""]) =>
    [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = ""]) => row.match(/<t[hd]\b/g)?.length ?? 0),
  );
  const elements = new Set([...html.matchAll(/<([a-zA-Z][\w-]*)/g)].map(([, name = ""]) => name.toLowerCase()));
  const diagrams = [...html.matchAll(/<code class="language-mermaid">([\s\S]*?)<\/code>/g)].map(([, code = ""]) =>
    plain(code),
  );
  return { html, heading: plain(heading), targets, tables, elements, diagrams };
}

/** Elements that our pages are made of. */
export const ownElements: ReadonlySet<string> = new Set(
  "h1 h2 p ul li table thead tbody tr th td code pre a em strong sub details summary br img hr".split(" "),
);

/** Text of HTML without tags, its references read. */
function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|quot|amp|#(\d+)|#x([0-9a-f]+));/gi, (_all, name: string, decimal?: string, hex?: string) => {
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return { lt: "<", gt: ">", quot: '"' }[name] ?? "&";
    });
}
