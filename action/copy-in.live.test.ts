import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, whyNoPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { copyIn } from "./copy-in.ts";

const why = await whyNoPostgres();
const COPY = "COPY notes (id, body) FROM STDIN";
const PARTS = 200;
const ROWS = 500;
/** A gigabyte: what a client would hold in memory that goes on after a refusal. */
const ENDLESS = 20_000;

describe.skipIf(why !== null)(`COPY from the client${why === null ? "" : ` (not run: ${why})`}`, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
    await server.client.query("CREATE TABLE notes (id int PRIMARY KEY, body text)");
  });
  afterAll(() => server?.close());

  const count = async (): Promise<unknown> =>
    (await server.client.query<{ rows: number }>("SELECT count(*)::int AS rows FROM notes")).rows[0]?.rows;

  function* parts(most = PARTS): Generator<string> {
    for (let part = 0; part < most; part++) {
      yield Array.from({ length: ROWS }, (_, at) => `${part * ROWS + at}\tgrün \\\\ ${"x".repeat(90)}\n`).join("");
    }
  }

  it("sends more than any buffer holds, one part after the other", async () => {
    await copyIn(server.client, COPY, parts());
    expect(await count()).toBe(PARTS * ROWS);
    const { rows } = await server.client.query<{ body: string }>("SELECT body FROM notes WHERE id = 99999");
    expect(rows[0]?.body).toMatch(/^grün \\ x{90}$/);
    await server.client.query("TRUNCATE notes");
  });

  it("stops asking for parts when the server refuses one, and keeps nothing", async () => {
    let asked = 0;
    function* broken(): Generator<string> {
      for (const part of parts(ENDLESS)) {
        asked++;
        yield asked === 3 ? "3\tagain\n3\tagain\n" : part;
      }
    }
    await expect(copyIn(server.client, COPY, broken())).rejects.toMatchObject({ code: "23505", table: "notes" });
    expect(asked).toBeLessThan(ENDLESS);
    expect(await count()).toBe(0);
  });

  it("fails with what the rows themselves throw, and keeps nothing", async () => {
    function* failing(): Generator<string> {
      yield "1\tone\n";
      throw new RangeError("no more values");
    }
    await expect(copyIn(server.client, COPY, failing())).rejects.toThrow(new RangeError("no more values"));
    expect(await count()).toBe(0);
  });

  it("fails when the statement itself is refused", async () => {
    await expect(copyIn(server.client, "COPY nothing FROM STDIN", parts())).rejects.toMatchObject({ code: "42P01" });
    expect(await count()).toBe(0);
  });
});
