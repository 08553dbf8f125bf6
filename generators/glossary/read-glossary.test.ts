import { describe, expect, test } from "vitest";
import { buildModel } from "#test/support/build-model.ts";
import { ask } from "../ask/ask.ts";
import { buildIndex } from "../search/build-index.ts";
import { searchIndex } from "../search/search.ts";
import { glossaryWords, unknownObjects } from "./glossary-words.ts";
import { readGlossary } from "./read-glossary.ts";

const TEXT = `# Words of the shop

Not a term.

## Patron

Somebody who bought at least once.

Second paragraph.

Also: regular, **shopper**
Objects: \`people.customers\`, people.nothere

### \`Carton\` ##
\`\`\`
## no term
\`\`\`
Objects: stock.wh_boxes

## patron

Said again.

## Abbreviations

- wh: warehouse
* \`AMT\` = amount
no list
`;
const read = (text: string) => readGlossary({ path: "glossary.md", text });

const model = buildModel({
  tables: [
    { name: "people.customers", columns: [{ name: "id" }, { name: "name", type: "text" }] },
    { name: "stock.wh_boxes", columns: [{ name: "id" }, { name: "paid_amt", type: "numeric" }, { name: "from_wh" }] },
  ],
});

describe("a glossary", () => {
  const { value, problems } = read(TEXT);

  test("is terms with what they mean, other words and objects", () => {
    expect(value.terms).toEqual([
      {
        term: "Patron",
        line: 5,
        meaning: "Somebody who bought at least once.\n\nSecond paragraph.",
        also: ["regular", "shopper"],
        objects: ["people.customers", "people.nothere"],
      },
      { term: "Carton", line: 14, meaning: "```\n## no term\n```", also: [], objects: ["stock.wh_boxes"] },
    ]);
    expect([...value.abbreviations]).toEqual([
      ["wh", "warehouse"],
      ["amt", "amount"],
    ]);
  });

  test("says at its line what cannot be used", () => {
    expect(problems.map(({ code, origin }) => [code, origin?.line])).toEqual([
      ["QG790", 20],
      ["QG790", 28],
    ]);
    expect(unknownObjects(model, value)).toMatchObject([
      { code: "QG791", objectId: "people.nothere", origin: { file: "glossary.md", line: 5 } },
    ]);
  });

  test("gives objects the words they are found by", () => {
    expect(glossaryWords(model, value)).toMatchObject({
      "people.customers": ["Patron", "regular", "shopper"],
      "stock.wh_boxes": ["Carton", "warehouse boxes"],
      "stock.wh_boxes.paid_amt": ["paid amount"],
      "stock.wh_boxes.from_wh": ["from warehouse"],
    });
  });

  test("lets search and questions use them", async () => {
    const words = glossaryWords(model, value);
    const index = buildIndex({ model, queries: [], descriptions: {}, words });
    expect(searchIndex(index, "shoppers", { limit: 1 })).toMatchObject([{ id: "people.customers" }]);
    expect(searchIndex(index, "carton", { limit: 1 })).toMatchObject([{ id: "stock.wh_boxes" }]);
    expect(searchIndex(index, "warehouse", { limit: 5 }).map(({ id }) => id)).toEqual(
      expect.arrayContaining(["stock.wh_boxes", "stock.wh_boxes.from_wh"]),
    );
    const answer = await ask("How many patrons are there?", { model, queries: [], descriptions: {}, words });
    expect(answer).toMatchObject({ valid: true, tables: ["people.customers"] });
    const without = await ask("How many patrons are there?", { model, queries: [], descriptions: {} });
    expect(without).toMatchObject({ valid: false, unexplained: expect.arrayContaining(["patrons"]) });
  });
});

test.each([
  ["an empty text", ""],
  ["no headings", "Just words.\n"],
  ["a title only", "# Glossary\n"],
])("%s has no terms and no problems", (_, text) => {
  expect(read(text)).toMatchObject({ value: { terms: [] }, problems: [] });
});

test("line ends of Windows change nothing", () => {
  expect(read(TEXT.replaceAll("\n", "\r\n")).value.terms).toEqual(read(TEXT).value.terms);
});
