import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { shopFolder, shopModel } from "#test/support/shop.ts";
import { glossaryWords } from "#generators/glossary/glossary-words.ts";
import { readGlossary } from "#generators/glossary/read-glossary.ts";
import { readCodeOwners } from "#generators/site-data/code-owners.ts";
import { aiUsageExample } from "#schemas/json/ai-usage.ts";
import type { GuideSource } from "#generators/guides/guide.ts";
import { MERMAID_FOLDER } from "../../action/site/mermaid-files.ts";
import { table } from "#test/support/model-builder.ts";
import { diffModels } from "#schemas/diff/diff-models.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { tablePast } from "#generators/erd/table-past.ts";
import type { Release } from "#generators/changes/release.ts";
import { configSchema } from "#schemas/config/schema.ts";
import type { Finding } from "#schemas/finding.ts";
import type { Problem } from "#schemas/problem.ts";
import { collectSiteData } from "#generators/site-data/collect-site-data.ts";
import type { SiteCommit, SiteData, SiteInfo, SitePlan, SiteQuery, SiteRows } from "#generators/site-data/contract.ts";

/** Text that would run as a script, were it ever put into a page as markup. */
export const HOSTILE = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;

/** The sample's site, with hand-made rows and answers, a finding, a problem and hostile text; no engine needed. */
export function shopSiteData(queryUrl: string | null = "/api", engine: SiteInfo["engine"] = null): Promise<SiteData> {
  const config = configSchema.parse({
    name: "Shop",
    description: "An online shop for outdoor gear that delivers to eleven European countries from its own warehouses.",
    databases: [{ id: "shop", sources: [{ path: "migrations" }], descriptions }],
  });
  const [database] = config.databases;
  if (!database) throw new Error("The configuration above has one database.");
  const queries = savedQueries();
  const model = shopModel();
  const glossary = readGlossary({ path: "glossary.md", text: readFileSync(join(shopFolder, "glossary.md"), "utf8") });
  return collectSiteData({
    config,
    database,
    model,
    known: { texts: {}, words: glossaryWords(model, glossary.value) },
    queries,
    answers: { queries, samples: { "sales.orders": orders, "catalog.brands": rows(["id", "name"], [[1, HOSTILE]]) } },
    fixturesSql: "insert into sales.currencies (code, name) values ('EUR', 'Euro');\n",
    guides: [...shopGuides(), { path: "docs/hostile.md", text: hostileGuide }],
    mermaid: MERMAID_FOLDER,
    releases,
    problems: [problem],
    findings: [finding, queryFinding],
    commits: { "migrations/0009_orders.sql:1": commit },
    owners: readCodeOwners("/migrations/ @shop/db"),
    usage: aiUsageExample,
    commitUrl: "https://git.example.org/shop/commit/{commit}",
    pullUrl: "https://git.example.org/shop/pull/{pull}",
    queryUrl,
    engine,
    newFileUrl: "https://git.example.org/shop/new/main?filename={path}&value={content}",
    sourceUrl: "https://git.example.org/shop/blob/main/{file}#L{line}",
  });
}

/** The sample's own guides. */
function shopGuides(): GuideSource[] {
  return ["docs/returns.md"].map((path) => ({ path, text: readFileSync(join(shopFolder, path), "utf8") }));
}

const hostileGuide = `# Hostile ${HOSTILE}

${HOSTILE}

[[sales.ordres]] [[sales.orders|${HOSTILE}]] [run](javascript:window.hacked=1)

\`\`\`mermaid
graph TD
  A["${HOSTILE.replaceAll('"', "#quot;")}"] --> B
  click A "javascript:window.hacked=1"
\`\`\`
`;

/** Two releases: one that took a table away whose name would run as a script, and the first one. */
const releases: readonly Release[] = [
  {
    name: "v2.0.0",
    date: "2026-03-01",
    tables: 52,
    changes: diffModels(withHostileTable(), shopModel()),
    past: tablePast(withHostileTable(), shopModel(), diffModels(withHostileTable(), shopModel())),
  },
  { name: "v1.0.0", date: "2026-01-01", tables: 53, changes: null },
];

function withHostileTable(): SchemaModel {
  const model = shopModel();
  const tables = model.tables.map((table) =>
    table.id === "sales.orders" ? { ...table, columns: table.columns.slice(0, -1) } : table,
  );
  const gone = { schema: "sales", name: HOSTILE, columns: [{ name: "id", type: "bigint" }] };
  return { ...model, tables: [...tables, table(gone)] };
}

const descriptions = {
  "sales.orders": "A purchase, from the click on “buy” on. Leave cancelled orders out of revenue.",
  "catalog.brands": HOSTILE,
};

const problem: Problem = {
  code: "QG204",
  severity: "warning",
  message: 'The extension "postgis" is not in the embedded engine.',
  help: "Two columns are kept as text.",
  origin: { file: "migrations/0012_geo.sql", line: 3, column: 1 },
  objectId: "stock.warehouses",
};

const finding: Finding = {
  rule: "set-not-null",
  severity: "error",
  span: { file: "migrations-pending/0031_order_rework.sql", line: 4, column: 1, endLine: 4, endColumn: 60 },
  message: "SET NOT NULL scans sales.orders while nothing can read or write it.",
  help: "Add a CHECK that is NOT VALID, validate it, then set NOT NULL.",
  objects: ["sales.orders"],
  evidence: "measured",
  fingerprint: "a1",
};

const commit: SiteCommit = {
  id: "0123456789abcdef0123456789abcdef01234567",
  date: "2026-03-04",
  subject: `Take orders ${HOSTILE} (#12)`,
  pull: 12,
};

const queryFinding: Finding = {
  rule: "select-star",
  severity: "warning",
  span: { file: "queries/open-orders.sql", line: 3, column: 1, endLine: 3, endColumn: 9 },
  message: `The star returns every column. ${HOSTILE}`,
  help: "Name the columns.",
  objects: ["sales.orders"],
  evidence: "rule",
  fingerprint: "b2",
};

const orders: SiteRows = {
  ...rows(
    ["id", "order_no", "customer_id", "state", "currency_code", "items_total", "placed_at", "cancelled_at"],
    Array.from({ length: 6 }, (_, at) => [
      String(1001 + at),
      `2026-00${at + 1}`,
      at + 1,
      ["new", "paid", "shipped"][at % 3],
      "EUR",
      `${(at + 1) * 43}.90`,
      `2026-0${at + 1}-1${at} 09:3${at}:00+00`,
      at === 2 ? "2026-03-13 08:00:00+00" : null,
    ]),
  ),
  rowCount: 20,
};

const answers: Readonly<Record<string, SiteRows>> = {
  "best-sellers": rows(
    ["category", "place", "product", "pieces", "orders"],
    [
      ["Backpacks", 1, "Fjell 38", 41, 37],
      ["Backpacks", 2, "Kamm 22", 30, 29],
      ["Tents", 1, "Tarn 2", 22, 22],
      ["Tents", 2, "Tarn 3", 9, 9],
    ],
  ),
  "low-stock": rows(["sku", "product", "available", "reorder_at"], [["FJ-38-GRN", "Fjell 38", 2, 10]]),
  "monthly-revenue": rows(
    ["month", "net", "change"],
    [
      ["2026-01-01", "12904.50", null],
      ["2026-02-01", "13877.10", "7.5"],
    ],
  ),
  "open-orders": rows(
    ["order_no", "age"],
    [
      ["2026-0014", "4 days"],
      ["2026-0019", "1 day"],
    ],
  ),
  "promotion-results": rows(["code", "orders"], [[HOSTILE, 3]]),
};

const scan = (relation: string, cost: number) => ({
  node: "Seq Scan",
  relation,
  conditions: [],
  cost,
  rows: 60,
  children: [],
});

const plan: SitePlan = {
  tree: {
    node: "Aggregate",
    conditions: [],
    cost: 42.5,
    rows: 4,
    children: [
      {
        node: "Hash Join",
        conditions: ["(l.order_id = o.id)"],
        cost: 40,
        rows: 60,
        children: [scan("sales.order_lines", 21), scan("sales.orders", 12)],
      },
    ],
  },
  text: "Aggregate  (cost=41.00..42.50 rows=4)\n  ->  Hash Join  (cost=12.00..40.00 rows=60)",
  warnings: [],
};

/** The sample's saved queries; what a query reads is given here, because only an engine could say. */
function savedQueries(): SiteQuery[] {
  const folder = join(shopFolder, "queries");
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const id = name.replace(/\.sql$/, "");
      const lines = readFileSync(join(folder, name), "utf8").split("\n");
      const comment = (key: string): string =>
        lines.find((line) => line.startsWith(`-- ${key}: `))?.slice(key.length + 5) ?? id;
      const result = answers[id];
      return {
        id,
        path: `queries/${name}`,
        title: comment("title"),
        question: comment("question"),
        sql: lines
          .filter((line) => !line.startsWith("-- "))
          .join("\n")
          .trim(),
        origin: { file: `queries/${name}`, line: 1, column: 1 },
        uses: id === "best-sellers" ? ["catalog.products", "sales.order_lines", "sales.orders"] : [],
        ...(result ? { result, plan } : { failure: "This query needs a parameter." }),
      };
    });
}

function rows(columns: readonly string[], values: readonly (readonly unknown[])[]): SiteRows {
  return { columns: columns.map((name) => ({ name })), rows: values, rowCount: values.length, truncated: false };
}
