import * as fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { expect, test } from "vitest";
import {
  codeBlock,
  codeCell,
  codeSpan,
  escapeLine,
  escapeParagraphs,
  escapeText,
  headingAnchor,
  link,
} from "./escape.ts";
import { visible } from "./visible.ts";

const names = [
  "orders",
  "order_items",
  "_private_",
  "a|b",
  "a\\|b",
  "back`tick``s`",
  "`",
  "<script>alert(1)</script>",
  "<!-- hidden -->",
  "&lt;b&gt; &amp; &#42;",
  "**bold** __bold__ *it* _it_",
  "[x](javascript:alert(1)) ![i](http://shop.example/i.png)",
  "https://shop.example and www.shop.example and sales@shop.example",
  "line\nbreak",
  "# heading\n- item\n1. item\n> quote\n---\n===",
  "~~gone~~ ~x~",
  "a\tb",
  "  edge spaces  ",
  "بيانات \u202Eredro",
  "emoji 😀🧾",
  "x".repeat(63),
  "1. first",
  "- dash",
  "a\\",
  "[^1]",
  "- [ ] task",
  "$price$ and $$x$$",
  "snake_case_name and _x_y_",
  "\u00A0nbsp\u00A0",
  " \t ",
  "é_à_ü",
  "\u2066a\u2069 \u200Bb\uFEFF\u0007\u0085\u2028c\u2029",
];

// Printable text of any script, biased to what Markdown gives a meaning; PostgreSQL allows all but NUL.
const hostile = fc.oneof(
  fc.constantFrom(...names),
  fc.string({ unit: fc.constantFrom(..."|`*_[]()<>&#$~!\\-+=.:@/ \n\t1aé😀|`\\".split(/(?:)/u)), maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 63 }),
);

const render = (markdown: string) => micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });

function decode(html: string): string {
  return html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

/** `wrap` puts the escaped text into a document; `inside` is the HTML expected around it. */
function check(text: string, markdown: string, [before, after]: readonly [string, string]): void {
  const html = render(markdown);
  expect([html.slice(0, before.length), html.slice(-after.length)]).toEqual([before, after]);
  const inside = html.slice(before.length, html.length - after.length);
  expect(inside).not.toContain("<");
  expect(decode(inside)).toBe(visible(text));
}

const clean = (text: string) => text.replaceAll("\0", "").toWellFormed();

test("text in a paragraph comes back as it went in", () => {
  fc.assert(
    fc.property(hostile, (given) => {
      const text = clean(given);
      fc.pre(text.trim() !== "");
      check(text, escapeText(text), ["<p>", "</p>"]);
    }),
    { numRuns: 2000 },
  );
});

test("text in a heading comes back as it went in", () => {
  fc.assert(
    fc.property(hostile, (given) => {
      const text = clean(given);
      fc.pre(text.trim() !== "");
      check(text, `## ${escapeText(text)}`, ["<h2>", "</h2>"]);
    }),
    { numRuns: 2000 },
  );
});

const row = (cell: string) => `| a | b |\n| --- | --- |\n| ${cell} | end |`;
const cellHtml = (open: string, close: string) =>
  [
    `<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>${open}`,
    `${close}</td>\n<td>end</td>\n</tr>\n</tbody>\n</table>`,
  ] as const;

test("text in a table cell comes back as it went in and never ends the cell", () => {
  fc.assert(
    fc.property(hostile, (given) => {
      const text = clean(given);
      check(text, row(escapeText(text)), cellHtml("", ""));
    }),
    { numRuns: 2000 },
  );
});

test("code comes back as it went in, with line ends as spaces", () => {
  fc.assert(
    fc.property(hostile, (given) => {
      const text = clean(given).replace(/[\r\n\u2028\u2029]+/g, " ");
      fc.pre(text !== "");
      check(text, `x ${codeSpan(clean(given))} y`, ["<p>x <code>", "</code> y</p>"]);
    }),
    { numRuns: 2000 },
  );
});

test("code in a table cell comes back as it went in and never ends the cell", () => {
  fc.assert(
    fc.property(hostile, (given) => {
      const text = clean(given).replace(/[\r\n\u2028\u2029]+/g, " ");
      fc.pre(text !== "");
      const plain = text.includes("\\|");
      check(text, row(codeCell(text)), plain ? cellHtml("", "") : cellHtml("<code>", "</code>"));
    }),
    { numRuns: 2000 },
  );
});

test("a link has the text and the file it was given, whatever they are called", () => {
  fc.assert(
    fc.property(hostile, (given) => {
      const text = clean(given);
      fc.pre(text.trim() !== "");
      const html = render(link(escapeText(text), `./${text}.md`));
      const found = /^<p><a href="([^"<>]*)">([^<]*)<\/a><\/p>$/.exec(html);
      expect(decodeURIComponent(decode(found?.[1] ?? ""))).toBe(`./${text}.md`);
      expect(decode(found?.[2] ?? "")).toBe(visible(text));
    }),
    { numRuns: 2000 },
  );
});

test("a fenced block keeps any code and ends where it should", () => {
  fc.assert(
    fc.property(hostile, (given) => {
      const code = `select 1;\n${clean(given).replaceAll("\r", "")}\n\`\`\`\nend`;
      expect(decode(render(codeBlock(code, "sql")))).toBe(
        `<pre><code class="language-sql">${visible(code)}\n</code></pre>`,
      );
    }),
  );
});

test("a line has no line ends and a long comment keeps its paragraphs", () => {
  expect(escapeLine(" a\n  b\t*c* ")).toBe("a b \\*c\\*");
  expect(escapeParagraphs("First\nline.\n \n\nSecond.")).toBe("First line.\n\nSecond.");
});

test.each([
  ["sales.order_items", "salesorder_items"],
  ["Used by", "used-by"],
  ["Straße & Ÿ 10%", "straße--ÿ-10"],
  ["a – b", "a--b"],
])("GitHub's anchor of %j is %j", (heading, anchor) => {
  expect(headingAnchor(heading)).toBe(anchor);
});

test.each([
  ["plain", "plain"],
  ["a\u202Eb\u202C", "a‹U+202E›b‹U+202C›"],
  ["a\u200Bb\uFEFF", "a‹U+200B›b‹U+FEFF›"],
  ["a\u0007b\u2028c", "a‹U+0007›b‹U+2028›c"],
  ["tab\tand\nline", "tab\tand\nline"],
  ["👩‍💻 \u200Fعربي می‌خواهم", "👩‍💻 \u200Fعربي می‌خواهم"],
])("%j is shown as %j", (text, shown) => {
  expect(visible(text)).toBe(shown);
});
