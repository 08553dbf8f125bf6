import { beforeAll, describe, expect, it } from "vitest";
import { aiUsageExample } from "#schemas/json/ai-usage.ts";
import { askOffline } from "#generators/ask/ask-offline.ts";
import { siteLabels } from "#generators/site-data/site-facts.ts";
import { shopModel } from "#test/support/shop.ts";
import { shopSiteData } from "../test-support/shop-site-data.ts";
import { askData } from "./ask-data.ts";
import { catalogOf, type Catalog } from "./catalog.ts";
import { coveragePage } from "./coverage.ts";
import { findingPages, findingsAbout, findingsByRule } from "./findings.ts";
import { pageTwins } from "./page-twins.ts";
import { relationPage } from "./relation-page.ts";

let catalog: Catalog;
beforeAll(async () => {
  catalog = catalogOf({ ...(await shopSiteData()), diagrams: new Map() });
});

const relation = (id: string) => {
  const found = catalog.relations.get(id);
  if (!found) throw new Error(`The sample has no ${id}.`);
  return found;
};

describe("what git and CODEOWNERS say", () => {
  it("stands with the place it is about", () => {
    const { places, owners } = relationPage(catalog, relation("sales.orders"));
    expect(owners).toEqual(["@shop/db"]);
    expect(places[0]).toMatchObject({
      label: "Made in",
      commit: {
        id: "0123456",
        date: "2026-03-04",
        href: "https://git.example.org/shop/commit/0123456789abcdef0123456789abcdef01234567",
        pull: { label: "#12", href: "https://git.example.org/shop/pull/12" },
      },
    });
    expect(places[0]?.commit?.subject).not.toContain("#12");
    expect(places[1]).not.toHaveProperty("commit");
  });
});

describe("siteLabels", () => {
  it("marks columns whose names give them away, and keeps the words of the configuration", () => {
    const model = shopModel();
    const labels = siteLabels(model, {
      "people.customers": ["personal data"],
      "people.customers.birth_date": ["GDPR"],
    });
    expect(labels["people.customers"]).toEqual(["personal data"]);
    expect(labels["people.customers.birth_date"]).toContain("GDPR");
    expect(labels).not.toHaveProperty("people.customers.full_name");
    const sensitive = Object.entries(labels).filter(([, own]) => own.includes("sensitive"));
    expect(sensitive.map(([id]) => id).sort()).toEqual([
      "people.employees.monthly_salary",
      "sales.carts.token",
      "sales.payment_methods.card_token",
      "sales.payment_methods.iban",
    ]);
  });
});

describe("findings", () => {
  it("come by rule, the worst first, with what the rule is called and judges", () => {
    expect(findingsByRule(catalog).map(({ id, title, judges, path }) => [id, title, judges, path])).toEqual([
      ["set-not-null", "SET NOT NULL that reads the whole table", "schema", "findings/set-not-null/"],
      ["select-star", "SELECT *", "queries", "findings/select-star/"],
    ]);
  });
  it("have as many pages as they need, each finding on one of them", () => {
    const [first] = catalog.info.findings;
    if (!first) throw new Error("The sample has findings.");
    const findings = Array.from({ length: 130 }, (_, at) => ({ ...first, fingerprint: String(at) }));
    const pages = findingPages({ ...catalog, info: { ...catalog.info, findings } });
    expect(pages.map(({ path }) => path)).toEqual([
      "findings/set-not-null/",
      "findings/set-not-null/2/",
      "findings/set-not-null/3/",
    ]);
    expect(pages.flatMap((page) => page.findings)).toEqual(findings);
  });
  it("stand on the page of the table they are about", () => {
    expect(findingsAbout(catalog, relation("sales.orders")).map(({ rule }) => rule)).toEqual([
      "set-not-null",
      "select-star",
    ]);
    expect(findingsAbout(catalog, relation("sales.payments"))).toEqual([]);
  });
});

describe("coveragePage", () => {
  it("counts what people, models and nobody described", () => {
    const { total, kinds, poorest } = coveragePage(catalog);
    expect(total.person + total.ai + total.offline).toBe(total.total);
    expect(total.shares.person + total.shares.ai + total.shares.offline).toBeCloseTo(1);
    expect(kinds.map(({ label }) => label)).toContain("column");
    expect(poorest[0]?.reference.path).toMatch(/^(?:tables|views)\//);
  });
});

describe("the usage of models", () => {
  it("is what the repository keeps", () => {
    expect(catalog.facts.usage).toEqual(aiUsageExample);
  });
});

describe("the words of the glossary", () => {
  it("are what a question on the site is read by", async () => {
    const { model, descriptions, words } = askData(catalog);
    const asked = { model, descriptions, queries: catalog.queries };
    const answer = await askOffline("how many parcels are there", { ...asked, words });
    expect(answer).toMatchObject({ valid: true, tables: ["stock.shipments"], unexplained: [] });
    expect(await askOffline("how many parcels are there", asked)).toMatchObject({
      valid: false,
      unexplained: ["parcels"],
    });
  });
});

describe("the files beside pages", () => {
  it("are one for each table, view, enum and function, and lead to each other only", () => {
    const twins = pageTwins(catalog);
    const { tables, views, enums, routines } = catalog.model;
    expect(twins).toHaveLength(tables.length + views.length + enums.length + routines.length);
    const files = new Set(twins.map(({ path }) => `${path}.md`));
    const targets = twins.flatMap(({ path, markdown }) =>
      [...markdown.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = ""]) =>
        new URL(target, `http://site/${path}.md`).pathname.slice(1),
      ),
    );
    const isFile = (target: string): boolean => target.endsWith(".md");
    expect(targets.filter(isFile).length).toBeGreaterThan(twins.length);
    expect(targets.filter((target) => isFile(target) && !files.has(target))).toEqual([]);
    expect(targets.filter((target) => !isFile(target) && !/^(?:queries|schemas)\/.+\/$/.test(target))).toEqual([]);
  });
  it("say what the page says, hostile text as text", () => {
    const orders = pageTwins(catalog).find(({ id }) => id === "sales.orders");
    expect(orders?.markdown).toMatch(/^# sales\.orders\n\nA purchase, from the click/);
    expect(orders?.markdown).toContain("| `order_no` | `text` | no | Number the customer sees");
    expect(orders?.markdown).toContain("2026-03-04: Take orders \\<img");
    expect(orders?.json).toMatchObject({ version: 1, kind: "table", id: "sales.orders", owners: ["@shop/db"] });
    expect(orders?.json).not.toHaveProperty("diagram");
  });
});
