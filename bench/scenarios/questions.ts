import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { answerByRule } from "#generators/ask/answer-by-rule.ts";
import type { KnownValues, ValueHit } from "#generators/ask/chunks.ts";
import { buildLexicon, type Lexicon } from "#generators/ask/lexicon.ts";
import { checkQuery } from "#generators/queries/check-query.ts";
import { buildIndex } from "#generators/search/build-index.ts";
import { linkTables } from "#generators/search/link-tables.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import { EngineError, type Engine } from "#schemas/ports.ts";
import { startEngine } from "#schemas/replay/pglite-engine.ts";
import { makeJudge } from "#test/support/questions/judge.ts";
import { ladder, rungs } from "#test/support/questions/ladder.ts";
import { measureLinking, type Linker, type Recall } from "#test/support/questions/measure-linking.ts";
import { readQuestions, type Question, type QuestionSet } from "#test/support/questions/read-questions.ts";
import { readSchema } from "#test/support/questions/read-schema.ts";
import type { Bench, Row, Scenario } from "../scenario.ts";

const folders = [
  { name: "corpus", path: fileURLToPath(new URL("../../../shared/corpus/questions", import.meta.url)) },
  { name: "own, with keys", path: fileURLToPath(new URL("../../test/support/questions/own", import.meta.url)) },
];

/** How well questions find their tables and their answers, beside the published ladder; how long the guard takes. */
export const questions: Scenario = {
  name: "questions",
  about: "tables and answers that questions find, beside the published ladder, and the time of the guard",
  isDefault: false,
  async run(bench) {
    const rows: Row[] = [];
    for (const { name, path } of folders) {
      const set = existsSync(path) ? await readQuestions(path) : null;
      if (set === null) {
        bench.say(`  ${name}: not beside the project`);
        continue;
      }
      sayLinking(bench, name, set);
      rows.push(await answers(bench, name, set));
    }
    return rows;
  },
};

const ours: Linker = (model) => {
  const index = buildIndex({ model, queries: [], descriptions: {} }, ["table", "view"]);
  return (question) => linkTables(index, question, 10).map(({ id }) => id);
};

function sayLinking({ say }: Bench, name: string, set: QuestionSet): void {
  const cells = ({ at3, at5, at10 }: Recall): string =>
    [at3, at5, at10].map((one) => one.toFixed(1).padStart(6)).join("");
  const line = (label: string, part: QuestionSet, linker: Linker): void => {
    const { own, pooled } = measureLinking(part, linker);
    say(`  ${label.padEnd(30)} ${cells(own)}   ${cells(pooled)}`);
  };
  say(`  ${name}: all tables of a question among 3, 5, 10; in its own database, and with all databases pooled`);
  for (const rung of rungs) line(rung, set, (model) => ladder(model, rung));
  line("ours", set, ours);
  for (const db of set.databases.keys()) {
    const part = { ...set, questions: set.questions.filter((question) => question.db === db) };
    line(`ladder, ${db}`, part, (model) => ladder(model, "+ foreign-key neighbours"));
    line(`ours, ${db}`, part, ours);
  }
}

async function answers({ say }: Bench, name: string, set: QuestionSet): Promise<Row> {
  const engine = await startEngine();
  try {
    const judge = await makeJudge(engine, set);
    const lexicons = new Map<string, Lexicon>();
    for (const [db, { script }] of set.databases) lexicons.set(db, buildLexicon(await readSchema("public", script)));
    const planned = set.questions.filter(({ plans }) => plans);
    for (const knows of [true, false]) {
      const values = new Map<string, KnownValues>();
      for (const [db, lexicon] of lexicons)
        values.set(db, knows ? await valuesOf(db, lexicon, (of, seed, sql) => judge.rows(of, seed, sql)) : new Map());
      say(`  ${name}: answers without a model, ${knows ? "with values looked up in the data" : "without any data"}`);
      for (const [db, part] of [...Map.groupBy(planned, (question) => question.db), ["all", planned] as const]) {
        const tally = { answered: 0, right: 0, bag: 0 };
        for (const question of part) {
          const lexicon = lexicons.get(question.db);
          const answer = lexicon && answerByRule(question.question, lexicon, values.get(question.db));
          if (answer?.kind !== "answer") continue;
          tally.answered += 1;
          const verdict = await verdictOf(question, answer.sql, (db, gold, found) => judge.compare(db, gold, found));
          if (verdict.sameRows) tally.right += 1;
          if (verdict.sameBag) tally.bag += 1;
        }
        const { answered, right, bag } = tally;
        say(
          `  ${db.padEnd(14)} ${part.length} questions, ${answered} answered, ${right} right (${bag} also as often), ${part.length - answered} abstained`,
        );
      }
    }
    return await guardTime(name, engine, set);
  } finally {
    await engine.close();
  }
}

/** A right query that fails on seeded rows proves nothing for or against an answer. */
async function verdictOf(
  { db, sql }: Question,
  answer: string,
  compare: (
    db: string,
    gold: string,
    answer: string,
  ) => Promise<{ readonly sameRows: boolean; readonly sameBag: boolean }>,
): Promise<{ readonly sameRows: boolean; readonly sameBag: boolean }> {
  try {
    return await compare(db, sql, answer);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { sameRows: false, sameBag: false };
  }
}

type Rows = (db: string, seed: number, sql: string) => Promise<readonly (readonly string[])[]>;

/** Every text of the seeded rows, whatever the questions are. */
async function valuesOf(db: string, lexicon: Lexicon, rows: Rows): Promise<KnownValues> {
  const found = new Map<string, ValueHit[]>();
  for (const table of lexicon.tables) {
    for (const column of table.columns.filter(({ type }) => type.family === "text")) {
      const sql = `select distinct "${column.name}" from "${table.name}" where "${column.name}" is not null`;
      for (const [value = ""] of await rows(db, FIRST_SEED, sql)) {
        const key = value.toLowerCase();
        found.set(key, [...(found.get(key) ?? []), { table, column, value }]);
      }
    }
  }
  return found;
}

const FIRST_SEED = 11;

async function guardTime(name: string, engine: Engine, set: QuestionSet): Promise<Row> {
  const parser = await loadParser();
  const times: number[] = [];
  for (const db of set.databases.keys()) {
    await engine.exec(`set search_path = "${db}_${FIRST_SEED}"`);
    for (const { sql } of set.questions.filter((question) => question.db === db && question.plans)) {
      const begin = performance.now();
      await checkQuery(sql, { parser, engine });
      times.push((performance.now() - begin) / 1000);
    }
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    name: `guard of a query, 95th percentile (${name})`,
    unit: "s",
    ours: [at(0.95)],
    target: { most: 0.005, of: "ours" },
    facts: `${times.length} queries, warm engine; median ${(at(0.5) * 1000).toFixed(1)} ms`,
  };
}
