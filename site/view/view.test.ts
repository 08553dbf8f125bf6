import { beforeAll, describe, expect, it } from "vitest";
import { shopSiteData } from "../test-support/shop-site-data.ts";
import { catalogOf, type Catalog } from "./catalog.ts";
import { cellOf, numericColumns } from "./cell.ts";
import { buildModel } from "#test/support/build-model.ts";
import type { SiteData } from "#generators/site-data/contract.ts";
import { domainPicture } from "./domains.ts";
import { escapedTitles } from "./escaped-titles.ts";
import { planSteps } from "./plan-tree.ts";
import { relationPage } from "./relation-page.ts";
import { MOST_LINKS, sidebarFor } from "./sidebar.ts";

let data: SiteData;
let catalog: Catalog;
beforeAll(async () => {
  data = await shopSiteData();
  catalog = catalogOf({ ...data, diagrams: new Map() });
});

describe("relationPage", () => {
  const page = (id: string) => {
    const relation = catalog.relations.get(id);
    if (!relation) throw new Error(`The sample has no ${id}.`);
    return relationPage(catalog, relation);
  };
  it("says what a table joins to in both directions", () => {
    const joins = page("sales.order_lines").joins.map(({ direction, other }) => `${direction} ${other.label}`);
    expect(joins).toContain("to sales.orders");
    expect(joins).toContain("from support.return_lines");
  });
  it("names saved queries and views that read the table", () => {
    expect(page("sales.orders").usedBy.map(({ label }) => label)).toContain("Best sellers by category");
  });
  it("leads from a column to the table it points at", () => {
    const column = page("sales.order_lines").columns.find(({ name }) => name === "order_id");
    expect(column?.references?.path).toBe("tables/sales/orders/");
    expect(column?.key).toBe("primary");
  });
  it("links the line that made the table", () => {
    expect(page("sales.orders").places[0]?.href).toMatch(
      /^https:\/\/git\.example\.org\/shop\/blob\/main\/migrations\/\d+_.+#L\d+$/,
    );
  });
  it("lists the partitions of a partitioned table", () => {
    expect(page("audit.events").partitions.length).toBeGreaterThan(3);
  });
});

describe("sidebarFor", () => {
  it("shows the neighbours of a table", () => {
    const sections = sidebarFor(catalog, "tables/sales/orders/", []);
    expect(sections.find(({ title }) => title === "sales")?.links.map(({ label }) => label)).toContain("order_lines");
  });
  it("stays small however many tables there are, with the current one in it", () => {
    const [first] = catalog.model.tables;
    if (!first) throw new Error("The sample has tables.");
    const tables = Array.from({ length: 1000 }, (_, at) => ({
      ...first,
      schema: "sales",
      id: `sales.t${at}`,
      name: `t${at}`,
    }));
    const large = catalogOf({ ...catalog, model: { ...catalog.model, tables }, descriptions: {}, diagrams: new Map() });
    const sections = sidebarFor(large, "tables/sales/t500/", [{ label: "Guide", path: "guides/a/" }]);
    const links = sections.flatMap(({ links }) => links);
    expect(links.length).toBeLessThanOrEqual(MOST_LINKS);
    expect(links.map(({ path }) => path)).toContain("tables/sales/t500/");
  });
});

describe("domainPicture", () => {
  it("holds every schema that has tables, inside its frame", () => {
    const { boxes, edges, width, height } = domainPicture(catalog);
    expect(boxes.map(({ name }) => name)).toEqual(["audit", "catalog", "people", "sales", "stock", "support"]);
    expect(boxes.every(({ x, y, width: w, height: h }) => x >= 0 && y >= 0 && x + w <= width && y + h <= height)).toBe(
      true,
    );
    expect(edges.some(({ from, to }) => from === "sales" && to === "stock")).toBe(true);
  });

  it("stands many schemas in rows, without lines that nobody could follow, and cuts names to their boxes", () => {
    const names = Array.from({ length: 12 }, (_, at) => `a_schema_of_a_long_name_${at}`);
    const key = (to: string) => ({ columns: ["id"], to: `${to}.orders` });
    const tables = names.map((schema, at) => ({
      name: `${schema}.orders`,
      columns: [{ name: "id" }],
      foreignKeys: names.slice(0, at).map(key),
    }));
    const many = catalogOf({ ...data, model: buildModel({ tables }), diagrams: new Map() });
    const { boxes, edges, width, height } = domainPicture(many);
    expect({ boxes: boxes.length, edges: edges.length }).toEqual({ boxes: 12, edges: 0 });
    expect(width).toBeLessThanOrEqual(704);
    expect(height).toBeLessThanOrEqual(240);
    expect(boxes[0]?.label).toMatch(/^a_schema.*…$/);
  });
});

describe("cellOf", () => {
  it.each([
    [null, { text: "null", kind: "null" }],
    ["null", { text: "null", kind: "text" }],
    ["9007199254740993", { text: "9007199254740993", kind: "number" }],
    ["0049301234", { text: "0049301234", kind: "text" }],
    ["-12.50", { text: "-12.50", kind: "number" }],
    [{ size: "L" }, { text: '{"size":"L"}', kind: "text" }],
    [true, { text: "true", kind: "text" }],
  ] as const)("shows %j", (value, expected) => {
    expect(cellOf(value)).toEqual(expected);
  });
  it("aligns a column at the end only when it holds nothing but numbers", () => {
    const rows = [
      [1, "1", null, "a"],
      ["2.5", "x", null, "b"],
    ];
    expect(numericColumns(4, rows)).toEqual([true, false, false, false]);
  });
});

describe("planSteps", () => {
  it("gives each step its own share of the cost", () => {
    const leaf = {
      node: "Seq Scan",
      relation: "sales.orders",
      conditions: ["(id = 1)"],
      cost: 30,
      rows: 1,
      children: [],
    };
    const steps = planSteps({ node: "Sort", conditions: [], cost: 40, rows: 1, children: [leaf] });
    expect(steps).toMatchObject({
      title: "Sort",
      share: 0.25,
      steps: [{ title: "Seq Scan on sales.orders", share: 0.75, detail: "≈ 1 row · (id = 1)" }],
    });
  });
  it("knows a tree it does not know", () => {
    for (const tree of [null, "Seq Scan", [], { Plan: {} }]) expect(planSteps(tree)).toBeNull();
  });
});

it("writes a title that ends the element as text", () => {
  const script = { tag: "script", content: "1 < 2" };
  const title = { tag: "title", content: 'public."</title><script>" | Shop' };
  expect(escapedTitles([title, script])).toEqual([
    { tag: "title", content: "public.&quot;&lt;/title&gt;&lt;script&gt;&quot; | Shop" },
    script,
  ]);
});
