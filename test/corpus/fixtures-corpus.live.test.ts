import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasCorpus } from "#test/support/corpus.ts";
import { corpusSchemas, fillOnServer, type CorpusSchema } from "#test/support/corpus-on-server.ts";
import { startPostgres, whyNoPostgres, type PostgresServer } from "#test/support/postgres.ts";

/** `npm run bench fixtures-corpus` fills all of them, with a thousand rows too, and takes many minutes: these the most. */
const ONLY_IN_BENCH = ["coder", "formbricks", "lago", "sim", "supabase-auth", "trigger.dev"];
const schemas = corpusSchemas.filter(({ folder }) => !ONLY_IN_BENCH.includes(folder));
const LARGE = ["pagila"];

/** On two idle cores each takes seconds. */
const PATIENT = { timeout: 600_000 };

const why = hasCorpus ? await whyNoPostgres() : "there is no folder of real schemas beside the project";

describe.skipIf(why !== null)(`fixtures of real schemas on a server${why === null ? "" : ` (not run: ${why})`}`, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.close());

  async function check(schema: CorpusSchema, rows: number): Promise<void> {
    const { tables, empty, short, wrong, said } = await fillOnServer(schema, rows, server);
    expect(tables).toBeGreaterThan(0);
    expect({ wrong, empty }).toEqual({ wrong: [], empty: [] });
    // What is not as many as were asked for is said in words.
    const unsaid = short
      .map((text) => text.slice(0, text.lastIndexOf(" ")))
      .filter((id) => !said.some((text) => text.startsWith(`${id} `)));
    expect(unsaid).toEqual([]);
  }

  test.for(schemas)("fill every table of $folder with 20 rows", PATIENT, (schema) => check(schema, 20));

  test.for(schemas.filter(({ folder }) => LARGE.includes(folder)))(
    "fill every table of $folder with 1,000 rows",
    PATIENT,
    (schema) => check(schema, 1000),
  );
});
