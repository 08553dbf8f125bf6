import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { corpusFolder, hasCorpus } from "#test/support/corpus.ts";
import { ladder } from "#test/support/questions/ladder.ts";
import { measureLinking, type Linker } from "#test/support/questions/measure-linking.ts";
import { readQuestions, type QuestionSet } from "#test/support/questions/read-questions.ts";
import { buildIndex } from "./build-index.ts";
import { linkTables } from "./link-tables.ts";

// Questions of people over seven public schemas without keys or comments; `npm run bench questions` prints the figures.
const ours: Linker = (model) => {
  const index = buildIndex({ model, queries: [], descriptions: {} });
  return (question) => linkTables(index, question, 10).map(({ id }) => id);
};
const peer: Linker = (model) => ladder(model, "+ foreign-key neighbours");

async function corpusQuestions(): Promise<QuestionSet> {
  const set = await readQuestions(join(corpusFolder, "questions"));
  if (set === null) throw new Error("The corpus has no questions.");
  return set;
}

describe.skipIf(!hasCorpus)("retrieval over the corpus of questions", () => {
  it.each([
    { where: "own", what: "its own database" },
    { where: "pooled", what: "all databases together" },
  ] as const)("finds all tables of a question in $what 15 points more often than the ladder", async ({ where }) => {
    const set = await corpusQuestions();
    const found = measureLinking(set, ours)[where];
    const theirs = measureLinking(set, peer)[where];
    expect(found.at5).toBeGreaterThanOrEqual(theirs.at5 + 15);
    expect(found.at10).toBeGreaterThanOrEqual(theirs.at10 + 15);
  });
});
