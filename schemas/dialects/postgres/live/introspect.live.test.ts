import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyAll } from "#test/support/apply-files.ts";
import { plainModel } from "#test/support/plain-model.ts";
import { postgresCase, startPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { shopFiles, shopModel } from "#test/support/shop.ts";
import { diffModels } from "../../../diff/diff-models.ts";
import type { LiveModel } from "../../live-reader.ts";
import { openLive } from "../../live-readers.ts";
import { postgresTarget } from "#test/support/live-targets.ts";

const origins = await Promise.all((["npm", "debian"] as const).map(postgresCase));

describe.each(origins)("the sample on a running PostgreSQL $title", ({ from, isMissing }) => {
  describe.skipIf(isMissing)("against its files", () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres({ from });
      await applyAll(server.client, shopFiles());
    });
    afterAll(async () => {
      await server?.close();
    });

    async function read(): Promise<LiveModel> {
      const live = await openLive(postgresTarget(server.connection));
      try {
        return await live.readModel();
      } finally {
        await live.close();
      }
    }

    it("gives the model that its files give", async () => {
      const committed = shopModel();
      const { model, problems, alignedWith } = await read();
      expect(problems).toEqual([]);
      expect(plainModel(alignedWith(committed))).toEqual(plainModel(committed));
      expect(diffModels(committed, alignedWith(committed))).toEqual([]);
      expect(model.evidence).toBe("live");
    });

    it("tells every kind of drift from the committed schema", async () => {
      const { client } = server;
      await client.query(`begin;
      alter table sales.orders add column drifted int;
      alter table people.customers alter column email drop not null;
      create view sales.drifted as select id from sales.orders where id > 10;
      create index drifted_index on sales.orders (placed_at);
      commit`);
      const committed = shopModel();
      const { alignedWith } = await read();
      const changes = diffModels(committed, alignedWith(committed));
      expect(changes.map(({ kind, object, id }) => `${kind} ${object} ${id}`).sort()).toEqual([
        "added column sales.orders.drifted",
        "added index sales.orders.drifted_index",
        "added view sales.drifted",
        "changed column people.customers.email",
      ]);
    });
  });
});
