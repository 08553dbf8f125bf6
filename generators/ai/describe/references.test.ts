import { expect, test } from "vitest";
import { docs } from "#generators/docs/docs.ts";
import { indexModel } from "#schemas/model-index.ts";
import { generatorInput } from "#test/support/generator-input.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { acceptItems } from "./accept-items.ts";
import { describePrompt, subjectKey, type Wording } from "./describe-texts.ts";
import { nameBook } from "./name-book.ts";
import { subjectsOf, type Subject } from "./subjects.ts";

const index = indexModel(shopModel);
const wording: Wording = { level: "schema", dialect: "postgres", language: "en" };
const [reference] = index.references;
if (reference === undefined) throw new Error("the small shop has no reference");
const { foreignKey, from } = reference;

function subject(descriptions: Readonly<Record<string, string>> = {}): Subject {
  const found = subjectsOf(index, descriptions).find(({ id }) => id === foreignKey.id);
  if (found === undefined) throw new Error("the reference is no subject");
  return found;
}

const judge = (text: string) =>
  acceptItems([{ id: foreignKey.id, text, columns: [], aliases: [], questions: [] }], [subject()], {
    names: nameBook(index),
    isLast: false,
  });

test("a reference is asked about with both of its ends, and told apart in the task", () => {
  const prompt = describePrompt([subject()], wording);
  expect(JSON.parse(prompt?.input ?? "{}").data.objects).toMatchObject([
    {
      id: foreignKey.id,
      kind: "reference",
      from: { table: from.id, columns: foreignKey.columns },
      to: { table: foreignKey.references.table, columns: foreignKey.references.columns },
    },
  ]);
  expect(prompt?.system).toContain("For a reference");
});

test("what is no reference is asked about in the same words as before", () => {
  const table = subjectsOf(index, {}).find(({ kind }) => kind === "table");
  expect(describePrompt(table ? [table] : [], wording)?.system).not.toContain("reference, text says");
});

test("a reference that a person describes is asked about no more", () => {
  expect(subject().wanted).toEqual([foreignKey.id]);
  expect(subject({ [foreignKey.id]: "Who bought it." }).wanted).toEqual([]);
});

test("its text may name columns of its tables, and nothing else", () => {
  const column = foreignKey.columns[0] ?? "";
  expect(judge(`The row that \`${column}\` names.`).accepted).toHaveLength(1);
  const refused = judge("The row that `no_such_column` names.");
  expect([refused.accepted.length, refused.because]).toEqual([0, expect.stringContaining("unknown: no_such_column")]);
});

test("its key changes with its ends and not with the comments of its table", async () => {
  const before = await subjectKey(subject(), wording, "gemini");
  const commented = indexModel({
    ...shopModel,
    tables: shopModel.tables.map((table) => (table.id === from.id ? { ...table, comment: "Other words." } : table)),
  });
  const same = subjectsOf(commented, {}).find(({ id }) => id === foreignKey.id);
  expect(same && (await subjectKey(same, wording, "gemini"))).toBe(before);
  const other = {
    ...subject(),
    object: { ...subject().object, id: foreignKey.id, kind: "reference" as const, to: { table: "a", columns: ["b"] } },
  };
  expect(await subjectKey(other, wording, "gemini")).not.toBe(before);
});

test("its page shows the words beside what the keys say, marked as a model's", async () => {
  const known = { texts: { [foreignKey.id]: { text: "Who bought it.", by: "ai" as const } }, words: {} };
  const page = async (input: object): Promise<string> => {
    const { artifacts } = await docs.generate({ ...generatorInput(), ...input });
    return String(artifacts.find(({ path }) => path.endsWith(`/${from.id}.md`))?.content);
  };
  expect(await page({ known })).toContain("Who bought it. ✦");
  expect(await page({})).not.toContain("✦");
});
