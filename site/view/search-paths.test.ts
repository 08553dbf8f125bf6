import { expect, it } from "vitest";
import { buildIndex } from "#generators/search/build-index.ts";
import { shopSiteData } from "../test-support/shop-site-data.ts";
import { catalogOf } from "./catalog.ts";
import { readSearch, storedSearch } from "./search-paths.ts";

it("reads the stored index as it was built, with the page of every column", async () => {
  const data = await shopSiteData();
  const catalog = catalogOf({ ...data, diagrams: new Map() });
  const index = buildIndex({ model: data.model, queries: data.queries, descriptions: {} });
  const stored = storedSearch(catalog, index);
  const read = readSearch(JSON.parse(JSON.stringify(stored)));
  expect(read.index).toEqual(index);
  const at = index.documents.findIndex(({ id }) => id === "sales.orders.id");
  expect(read.paths[at]).toBe("tables/sales/orders/#column-id");
  expect(stored.paths[at]).toBe(0);
});
