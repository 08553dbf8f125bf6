import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generatorInput } from "#test/support/generator-input.ts";
import { hostileModel } from "#test/support/hostile-model.ts";
import { docs } from "./docs.ts";
import { layOutPage, pageParts, pageValues, type PageLayout, type PageParts, type Templates } from "./page-template.ts";
import { layouts, strayTemplate, templateProblems } from "./template-problems.ts";

const parts: PageParts<"extension"> = {
  title: "# citext",
  description: "Adds {{ title }} and\n\n\n```\ncode\n```",
  facts: null,
  users: "## Used by\n\n- a",
  source: null,
};
const glossary = {
  path: "words.md",
  terms: [{ term: "<b>", meaning: "What is bold.", also: ["fat"], objects: ["sales.orders"], line: 1 }],
  abbreviations: new Map<string, string>(),
};
const subject = { id: "a.b", name: "<b>|*x*", schema: "a", file: "a.b c" };

const templates = (text: string, layout: PageLayout = "extension"): Templates =>
  new Map([[layout, { path: `templates/${layout}.md`, text }]]);

function check(template: string, expected: string): void {
  expect(layOutPage(templates(template), { layout: "extension", parts, subject })).toBe(expected);
}

test("without a template parts stand in their usual order", () =>
  expect(layOutPage(new Map(), { layout: "extension", parts, subject })).toBe(
    "# citext\n\nAdds {{ title }} and\n\n\n```\ncode\n```\n\n## Used by\n\n- a\n",
  ));

test("a template says the order and adds words", () =>
  check("{{users}}\r\n\r\nOurs: {{ title }}\r\n", "## Used by\n\n- a\n\nOurs: # citext\n"));

test("what a part holds is not read again and keeps its empty lines", () =>
  check("{{ description }}", "Adds {{ title }} and\n\n\n```\ncode\n```\n"));

test("a part with nothing to say leaves no line", () =>
  check("{{ title }}\n\n{{ facts }}\n\n{{ source }}\n\nEnd.\n\n", "# citext\n\nEnd.\n"));

test("names are escaped for Markdown and for a link", () =>
  check("{{ name }} [x](y/{{ file }})", "\\<b>&#124;\\*x\\* [x](y/a.b%20c)\n"));

test("a part that no page of the kind has is told with its place and what was meant", () =>
  expect(templateProblems(templates("{{ title }}\n\n- {{ colums }} {{ id }}\n", "table"))).toEqual([
    expect.objectContaining({
      code: "QG116",
      message: 'the template has no part called "colums" to fill in, so it is left out',
      help: expect.stringMatching(/^Did you mean \{\{ columns \}\}\? A table page has title, /),
      origin: { file: "templates/table.md", line: 3, column: 3 },
    }),
  ]));

test("a file that fits no page is told with what was meant", () =>
  expect(strayTemplate("templates/tabel.md", "tabel.md")).toMatchObject({
    code: "QG116",
    help: expect.stringContaining("Did you mean table.md?"),
  }));

test("a template that names every part gives the very bytes of the usual layout", async () => {
  const all: Templates = new Map(
    layouts.map((layout) => {
      const text = pageParts[layout].map((part) => `{{ ${part} }}`).join("\n\n");
      return [layout, { path: `${layout}.md`, text }] as const;
    }),
  );
  const known = { texts: {}, words: {}, glossary };
  for (const input of [{ ...generatorInput(), known }, generatorInput({ model: hostileModel() })]) {
    const plain = await docs.generate(input);
    expect((await docs.generate({ ...input, templates: all })).artifacts).toEqual(plain.artifacts);
  }
});

test("the glossary has a layout of its own", async () => {
  const own = templates("# Words of {{ name }}\n\n{{ terms }}\n\n{{ source }}\n", "glossary");
  const known = { texts: {}, words: {}, glossary };
  const { artifacts } = await docs.generate({ ...generatorInput(), known, templates: own });
  const page = artifacts.find(({ path }) => path.endsWith("/glossary.md"));
  expect(page?.content).toBe(
    "# Words of Glossary\n\n## \\<b>\n\nWhat is bold.\n\nAlso called fat.\n\nSee [sales.orders](sales.orders.md).\n\nWhat words mean here, from [`words.md`](../../words.md).\n",
  );
});

test("the guide lists every kind of page with its parts", () => {
  const guide = readFileSync(new URL("../../docs/guides/templates.md", import.meta.url), "utf8");
  const rows = [...guide.matchAll(/^\| `(\w+)\.md` +\| [^|]+ \| (.*) \|$/gm)].map(([, layout, list = ""]) => [
    layout,
    [...list.matchAll(/`(\w+)`/g)].map(([, part]) => part),
  ]);
  expect(Object.fromEntries(rows)).toEqual(pageParts);
  for (const value of pageValues) expect(guide).toContain(`\`${value}\``);
});
