import { beforeAll, describe, expect, it } from "vitest";
import { shopSiteData } from "../test-support/shop-site-data.ts";
import { catalogOf, type Catalog } from "./catalog.ts";
import { erdFile, erdOfTable, erdPages, type ErdFile } from "./erd-file.ts";
import { erdQuery, neighboursOf, readErdState, shownDiagram } from "./erd-state.ts";

let catalog: Catalog;
let file: ErdFile;
beforeAll(async () => {
  catalog = catalogOf({ ...(await shopSiteData()), diagrams: new Map() });
  file = erdFile(catalog, "database");
});

describe("the state of a diagram in an address", () => {
  it("comes back as it was", () => {
    const query = "?showMode=ALL_FIELDS&active=sales.orders&hidden=stock.bins&hidden=audit.events&hops=2&group=schema";
    expect(erdQuery(readErdState(query, file), file)).toBe(query);
  });
  it("is empty for what everybody sees first", () => {
    expect(erdQuery(readErdState("", file), file)).toBe("");
  });
  it("leaves out what this diagram does not have", () => {
    const state = readErdState("?showMode=WHATEVER&active=sales.unicorns&hidden=x.y&hops=99&group=colour", file);
    expect(state).toEqual({ show: "keys", active: null, hidden: [], hops: null, group: "none", from: null, to: null });
  });
});

describe("shownDiagram", () => {
  const shown = (query: string) => shownDiagram(file, readErdState(query, file));
  it("leaves out hidden tables with their lines", () => {
    const { nodes, edges, omitted } = shown("?hidden=sales.orders");
    expect(nodes.map(({ id }) => id)).not.toContain("sales.orders");
    expect(edges.filter(({ from, to }) => from === "sales.orders" || to === "sales.orders")).toEqual([]);
    expect(omitted).toBe(1);
  });
  it("shows as many steps around a table as are asked for", () => {
    const near = shown("?active=support.return_lines&hops=1").nodes.map(({ id }) => id);
    expect(new Set(near)).toEqual(neighboursOf(file, "support.return_lines"));
    const farther = shown("?active=support.return_lines&hops=2").nodes.length;
    expect(farther).toBeGreaterThan(near.length);
    expect(farther).toBeLessThan(file.nodes.length);
  });
  it("does not go through a hidden table", () => {
    const { nodes } = shown("?active=support.return_lines&hops=1&hidden=support.returns");
    expect(nodes.map(({ id }) => id)).not.toContain("support.returns");
  });
  it("shows the columns of keys, all, or none", () => {
    const columns = (query: string) => shown(query).nodes.find(({ id }) => id === "sales.orders")?.columns.length ?? -1;
    expect(columns("?showMode=TABLE_NAME")).toBe(0);
    expect(columns("")).toBeGreaterThan(1);
    expect(columns("?showMode=ALL_FIELDS")).toBeGreaterThan(columns(""));
  });
});

describe("the diagrams of a database", () => {
  it("are one of everything and one of each domain", () => {
    const [whole, ...domains] = erdPages(catalog);
    expect(whole).toMatchObject({ path: "erd/", isOfDomains: false });
    expect(domains.map(({ path }) => path)).toContain("erd/sales/");
    expect(domains.find(({ name }) => name === "stock")?.domains).toContainEqual(
      expect.objectContaining({ label: "Catalog", path: "erd/catalog/" }),
    );
  });
  it("begin with domains where there are more than 300 tables, and lead to the one a table is in", () => {
    const [first] = catalog.model.tables;
    if (!first) throw new Error("The sample has tables.");
    const named = (at: number) => ({ ...first, schema: `s${at % 4}`, id: `s${at % 4}.t${at}`, name: `t${at}` });
    const tables = Array.from({ length: 400 }, (_, at) => named(at));
    const domains = [0, 1, 2, 3].map((number) => ({
      id: `s${number}`,
      title: `Part ${number}`,
      tables: tables.filter(({ schema }) => schema === `s${number}`).map(({ id }) => id),
      by: "schema" as const,
    }));
    const model = { ...catalog.model, tables, views: [], routines: [] };
    const large = catalogOf({ ...catalog, model, domains, descriptions: {}, diagrams: new Map() });
    const whole = erdFile(large, "database");
    expect(whole.nodes.map(({ name, path }) => [name, path])).toContainEqual(["Part 2", "erd/s2/"]);
    expect(whole.elsewhere).toContainEqual({ label: "s2.t6", path: "erd/s2/?active=s2.t6" });
    expect(erdOfTable(large, "s2.t6")).toBe("erd/s2/?active=s2.t6");
    expect(erdFile(large, "s2")).toMatchObject({ kind: "tables", show: "keys" });
  });
});
