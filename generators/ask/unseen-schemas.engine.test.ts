import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Engine } from "#schemas/ports.ts";
import { startEngine } from "#schemas/replay/pglite-engine.ts";
import { makeJudge } from "#test/support/questions/judge.ts";
import { readQuestions } from "#test/support/questions/read-questions.ts";
import { readSchema } from "#test/support/questions/read-schema.ts";
import { answerByRule } from "./answer-by-rule.ts";
import { buildLexicon, type Lexicon } from "./lexicon.ts";

const folder = fileURLToPath(new URL("../../test/support/questions/own", import.meta.url));

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(async () => {
  await engine.close();
});

it("answers most questions by the schema alone, and is right when it answers", async () => {
  const set = await readQuestions(folder);
  if (set === null) throw new Error("No questions.");
  const judge = await makeJudge(engine, set);
  const lexicons = new Map<string, Lexicon>();
  for (const [db, { script }] of set.databases) lexicons.set(db, buildLexicon(await readSchema("public", script)));
  const wrong: string[] = [];
  let right = 0;
  for (const { id, db, question, sql } of set.questions) {
    const lexicon = lexicons.get(db);
    const answer = lexicon ? answerByRule(question, lexicon) : null;
    if (answer?.kind !== "answer") continue;
    // An answer that fails to run is wrong; a right query that fails would make the set wrong, and is not hidden.
    const { sameRows } = await judge.compare(db, sql, answer.sql);
    if (sameRows) right += 1;
    else wrong.push(id);
  }
  expect(set.questions.length).toBeGreaterThan(200);
  expect(right / set.questions.length).toBeGreaterThan(0.85);
  expect(wrong.length, wrong.join(" ")).toBeLessThan(right * 0.05);
});
