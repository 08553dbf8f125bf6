import { corpusSchemas, fillOnServer } from "#test/support/corpus-on-server.ts";
import { startPostgres, whyNoPostgres } from "#test/support/postgres.ts";
import type { Row, Scenario } from "../scenario.ts";
import { whyNoCorpus } from "./corpus.ts";

const ROWS = 1000;

/** Every table of the real PostgreSQL schemas with a thousand rows, proven and then loaded into a server. */
export const fixturesCorpus: Scenario = {
  name: "fixtures-corpus",
  about: "a thousand rows for each table of the real schemas, loaded into a server",
  isDefault: false,
  async run(bench) {
    const missing = whyNoCorpus() ?? (await whyNoPostgres());
    if (missing !== null) return missing;
    const server = await startPostgres();
    const rows: Row[] = [];
    try {
      for (const schema of corpusSchemas) {
        const { tables, empty, short, wrong, said, seconds } = await fillOnServer(schema, ROWS, server);
        const facts = `${tables - empty.length} of ${tables} tables, ${short.length} with fewer rows, ${wrong.length} wrong`;
        bench.say(`${schema.folder}: ${facts}, ${seconds.toFixed(1)} s${said.map((text) => `\n    ${text}`).join("")}`);
        if (wrong.length > 0) throw new Error(`${schema.folder}: ${wrong.join("; ")}`);
        rows.push({ name: `fixtures-${schema.folder}`, unit: "s", ours: [seconds], facts });
      }
    } finally {
      await server.close();
    }
    return rows;
  },
};
