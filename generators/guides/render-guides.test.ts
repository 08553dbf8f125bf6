import { describe, expect, it } from "vitest";
import { shopModel } from "#test/support/shop.ts";
import { routesOf } from "../site-data/routes.ts";
import { guidePaths } from "./guide-paths.ts";
import { objectPaths } from "./object-paths.ts";
import { renderGuides } from "./render-guides.ts";

const model = shopModel();
const objects = objectPaths(model, routesOf(model, []));

function render(text: string, path = "docs/guides/returns.md") {
  const files = ["docs/logo.png", "src/orders.ts", path, "docs/other.md"];
  const { guides, pictures, problems } = renderGuides({
    sources: [
      { path, text },
      { path: "docs/other.md", text: "# Other" },
    ],
    objects,
    documents: new Map([["docs/database/sales.orders.md", "tables/sales/orders/"]]),
    hasFile: (file) => files.includes(file),
    sourceUrl: "https://git.example.org/blob/main/{file}#L{line}",
  });
  const guide = guides.find(({ file }) => file === path);
  if (!guide) throw new Error("The guide was not rendered.");
  return { ...guide, pictures, problems };
}

describe("links to objects", () => {
  it.each([
    ["[[sales.orders]]", "../../tables/sales/orders/", "sales.orders"],
    ["[[sales.orders.state]]", "../../tables/sales/orders/#column-state", "sales.orders.state"],
    ["[[sales.orders|an order]]", "../../tables/sales/orders/", "an order"],
    ["[[gift_card_uses]]", "../../tables/sales/gift_card_uses/", "gift_card_uses"],
    ["**[[sales]]**", "../../schemas/sales/", "sales"],
  ])("%s leads to its page", (markdown, href, label) => {
    const { html, problems } = render(markdown);
    expect(html).toContain(`<a class="object" href="${href}">${label}</a>`);
    expect(problems).toEqual([]);
  });
  it("are a problem with file, line and the nearest name when wrong", () => {
    const { html, problems } = render("---\ntitle: T\n---\n\nText\nand [[sales.ordres]].");
    expect(html).toContain("<code>sales.ordres</code>");
    expect(problems).toEqual([
      {
        code: "QG407",
        severity: "warning",
        message: "the guide links to [[sales.ordres]], which is not in the schema",
        help: "Did you mean [[sales.orders]]?",
        origin: { file: "docs/guides/returns.md", line: 6, column: 1 },
      },
    ]);
  });
  it("are text in code, and brackets that are none stay", () => {
    const { html, problems } = render("`[[sales.ordres]]` [x] [[]] [[a\nb]]\n\n```\n[[nothing]]\n```\n");
    expect(html).toContain("<code>[[sales.ordres]]</code> [x] [[]] [[a\nb]]");
    expect(problems).toEqual([]);
  });
});

describe("links to files", () => {
  it.each([
    ["[o](../other.md#part)", '<a href="../../guides/other/#part">o</a>'],
    ["[d](../database/sales.orders.md)", '<a href="../../tables/sales/orders/">d</a>'],
    ["[d](/docs/database/sales.orders.md)", '<a href="../../tables/sales/orders/">d</a>'],
    ["[s](../../src/orders.ts)", '<a href="https://git.example.org/blob/main/src/orders.ts">s</a>'],
    ["[w](https://example.org/?a=1&b=2)", '<a href="https://example.org/?a=1&amp;b=2">w</a>'],
    ["![l](../logo.png)", '<img src="../../guides/files/docs/logo.png" alt="l" loading="lazy">'],
    ["![l](https://example.org/l.png)", '<a href="https://example.org/l.png">l</a>'],
  ])("%s", (markdown, expected) => {
    const { html, problems } = render(markdown);
    expect(html).toContain(expected);
    expect(problems).toEqual([]);
  });
  it("are a problem when the file is not there", () => {
    const { html, problems, pictures } = render("[a](gone.md)\n\n![b](gone.png)\n\n[c](../../../out.md)");
    expect(html).toBe("<p><a>a</a></p>\n<p>b</p>\n<p><a>c</a></p>");
    expect(problems.map(({ code, origin }) => [code, origin?.line])).toEqual([
      ["QG408", 1],
      ["QG408", 5],
      ["QG408", 3],
    ]);
    expect(pictures).toEqual([]);
  });
});

describe("the Markdown of a guide", () => {
  it("has its title from the front matter, else from the first heading, else from the file", () => {
    expect(render("---\ntitle: Named\nother: 1\n---\n# Heading").title).toBe("Named");
    expect(render("# A *heading* & `more`\n\nText").title).toBe("A heading & more");
    expect(render("Text", "docs/on-call_rota.md").title).toBe("On call rota");
  });
  it("says which line of the front matter is wrong", () => {
    const { problems, html } = render("---\ntitle: ok\nbad: [\n---\n\nStill shown");
    expect(problems).toMatchObject([{ code: "QG409", origin: { line: 3 } }]);
    expect(html).toBe("<p>Still shown</p>");
  });
  it("gives headings addresses, each its own", () => {
    const { html, headings } = render("# Title\n\n## A b\n\n## A b\n\n# Low");
    expect(headings.map(({ depth, slug }) => [depth, slug])).toEqual([
      [2, "a-b"],
      [2, "a-b-2"],
      [2, "low"],
    ]);
    expect(html).toContain('<h2 id="a-b-2">A b</h2>');
  });
  it("keeps what GitHub has: tables, tasks, strikes and footnotes", () => {
    const { html } = render("| a |\n|---|\n| 1 |\n\n- [x] done\n\n~~gone~~ note[^1]\n\n[^1]: here");
    expect(html).toContain("<table>");
    expect(html).toContain('<input aria-label="Task" type="checkbox" disabled="" checked="" />');
    expect(html).toContain("<del>gone</del>");
    expect(html).toContain("user-content-fn-1");
  });
  it("marks diagrams to be drawn", () => {
    expect(render("```mermaid\ngraph TD\n  A-->B\n```")).toMatchObject({
      hasMermaid: true,
      html: '<qg-mermaid><pre tabindex="0"><code>graph TD\n  A--&gt;B\n</code></pre></qg-mermaid>',
    });
  });
  it("keeps harmless tags and leaves out comments", () => {
    const { html } = render("<details>\n<summary>More</summary>\n\nText<br/>here <!-- not this -->\n\n</details>\n");
    expect(html).toContain("<details>\n<summary>More</summary>");
    expect(html).toContain("Text<br>here </p>");
    expect(html).not.toContain("not this");
  });
  it.each([
    "<script>alert(1)</script>",
    "x <img src=x onerror=alert(1)> y",
    "<div onclick=alert(1)>\n\ntext\n\n</div>",
    "<details open ontoggle=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt&#58;alert(1))",
    '[a](x"onmouseover="alert(1))',
    "![a](javascript:alert(1))",
    "<javascript:alert(1)>",
    '[[x"><script>alert(1)</script>]]',
    "[[sales.orders|<img src=x onerror=alert(1)>]]",
    '```"><script>alert(1)</script>\n```',
    "# <svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- --><script>alert(1)</script>",
    "```mermaid\n</code></pre><script>alert(1)</script>\n```",
    "[^<img src=x onerror=alert(1)>]\n\n[^<img src=x onerror=alert(1)>]: x",
  ])("runs nothing of %s", (markdown) => {
    const { html } = render(markdown);
    const tags = [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
    for (const tag of tags) {
      expect(tag).toMatch(
        /^<\/?(?:a|br|code|details|h\d|img|input|li|ol|p|pre|qg-mermaid|section|summary|sup|ul)[\s>/]/,
      );
      expect(tag.replaceAll(/="[^"]*"/g, "")).not.toMatch(/\son\w+/);
      expect(tag).not.toMatch(/(?:href|src)="\s*javascript/i);
    }
  });
});

describe("guidePaths", () => {
  it("leaves out folders that only say documentation, and keeps pages apart", () => {
    const paths = guidePaths([
      "docs/README.md",
      "docs/adr/README.md",
      "docs/adr/0001 Use Postgres.md",
      "docs/guides/adr.md",
      "docs/guides/reading-this-site.md",
    ]);
    expect(Object.fromEntries(paths)).toEqual({
      "docs/README.md": "guides/readme/",
      "docs/adr/0001 Use Postgres.md": "guides/adr/0001-use-postgres/",
      "docs/adr/README.md": "guides/adr/",
      "docs/guides/adr.md": "guides/adr-2/",
      "docs/guides/reading-this-site.md": "guides/reading-this-site-2/",
    });
  });
});
