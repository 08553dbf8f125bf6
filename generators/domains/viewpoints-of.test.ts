import { expect, test } from "vitest";
import { databaseSchema } from "#schemas/config/database.ts";
import { indexModel } from "#schemas/model-index.ts";
import { shopModel } from "#test/support/shop.ts";
import { viewpointsOf } from "./viewpoints-of.ts";

test("a viewpoint shows what its patterns and labels name, and tells those that name nothing", () => {
  const settings = databaseSchema.parse({
    id: "shop",
    sources: [{ path: "migrations" }],
    labels: { "people.customers.email": ["personal"] },
    viewpoints: [
      { id: "people", title: "People", tables: ["people.dep*", "people.none*"], labels: ["personal", "secret"] },
      { id: "all", title: "All", tables: ["*"], groups: [{ name: "People", labels: ["personal"] }] },
    ],
  });
  const index = indexModel(shopModel());
  const { value, problems } = viewpointsOf(index, settings);
  expect(value[0]?.parts).toEqual([{ tables: ["people.customers", "people.departments"] }]);
  const [first, rest] = value[1]?.parts ?? [];
  expect(first).toEqual({ title: "People", tables: ["people.customers"] });
  const all = index.model.tables.filter((table) => !table.partitionOf).length + index.model.views.length;
  expect(rest?.tables).toHaveLength(all - 1);
  expect(problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'QG404 "people.none*" of the viewpoint people matches no table',
    'QG404 No table or column has the label "secret" of the viewpoint people',
  ]);
});
