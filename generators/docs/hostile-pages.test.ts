import * as fc from "fast-check";
import { expect, test } from "vitest";
import { objectId } from "#schemas/object-id.ts";
import { generatorInput } from "#test/support/generator-input.ts";
import { hostileModel, hostileNames } from "#test/support/hostile-model.ts";
import { visible } from "#generators/markdown/visible.ts";
import { ownElements, readMarkdown } from "#test/support/read-markdown.ts";
import { openElements } from "#test/support/well-formed.ts";
import { erd } from "../erd/erd.ts";
import { docs } from "./docs.ts";

/** What PostgreSQL takes as a name: anything but NUL, up to 63 bytes. */
const names = fc
  .oneof(
    fc.constantFrom(...hostileNames),
    fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
    fc.string({
      unit: fc.constantFrom(...Array.from("|`<>*_[]()!#&;:{}\\\"'~-=+ \n\t%$@^/")),
      minLength: 1,
      maxLength: 30,
    }),
    fc.string({
      unit: fc.constantFrom(
        ..."😀 é ü ب \u202E \u2066 \u2069 \u200F \u200B \uFEFF \u2028 \u0085 \u0007 漢 \u0301 a".split(" "),
      ),
      minLength: 1,
      maxLength: 15,
    }),
  )
  .filter((name) => !/[\0\uD800-\uDFFF]/u.test(name) && new TextEncoder().encode(name).length <= 63);

/** Characters that a reader does not see and that change how others are read. Mermaid's words are kept apart by one. */
function unseen(text: string): readonly string[] {
  const found = text.match(/[\p{Cc}\p{Zl}\p{Zp}\u200B\u202A-\u202E\u2066-\u2069\uFEFF]/gu) ?? [];
  return found.filter((character) => !"\t\r\n".includes(character));
}

/** A link to a file beside the page, which must be there. */
const isOurs = (target: string): boolean => !target.startsWith("../") && target !== "json/";

test("whatever names a schema has, pages keep their tables, links and diagrams", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(names, { minLength: 1, maxLength: 6 }), async (given) => {
      const input = generatorInput({ model: hostileModel(given) });
      const [pages, pictures] = [await docs.generate(input), await erd.generate(input)];
      // Every Mermaid block was parsed on the way; what does not parse is a problem.
      expect(pages.problems).toEqual([]);
      const files = new Set([...pages.artifacts, ...pictures.artifacts].map(({ path }) => path));
      const shown = [...pages.artifacts, ...pictures.artifacts].filter(({ path }) => /\.(?:md|svg)$/.test(path));
      expect(shown.flatMap(({ content }) => unseen(String(content)))).toEqual([]);
      const headings: string[] = [];
      const columns: (readonly number[])[] = [];
      for (const { path, content } of pages.artifacts.filter((one) => one.path.endsWith(".md"))) {
        const page = readMarkdown(String(content));
        headings.push(page.heading);
        expect([...page.elements].filter((name) => !ownElements.has(name))).toEqual([]);
        for (const rows of page.tables) expect(new Set(rows).size).toBe(1);
        const gone = page.targets.filter((target) => isOurs(target) && !files.has(`docs/database/${target}`));
        expect(gone, path).toEqual([]);
        if (path.includes("/README") || path.includes("/viewpoint-")) continue;
        columns.push(page.tables[0] ?? []);
      }
      // A head and two columns, three cells each.
      expect(columns).toEqual(given.map(() => [3, 3, 3]));
      for (const name of given) {
        const heading = visible(objectId("we|ird `schema`", name).replace(/[\f\v\u2028\u2029]/g, " "))
          .replace(/\s+/g, " ")
          .trim();
        expect(headings.map((heading) => heading.replace(/\s+/g, " ").trim())).toContain(heading);
      }
      for (const { content } of pictures.artifacts) {
        expect(openElements(String(content))).toEqual([]);
        expect(String(content)).toMatch(/^<svg [^>]*>\n<title id="[^"]+">[^<]+<\/title>/);
      }
    }),
    { numRuns: 60 },
  );
});
