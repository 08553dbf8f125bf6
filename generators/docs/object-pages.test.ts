import { expect, test } from "vitest";
import { objectPageSchema } from "#schemas/json/object-page.ts";
import type { Extension, Routine, Sequence } from "#schemas/model.ts";
import { generatorInput, type GeneratorInputSpec } from "#test/support/generator-input.ts";
import { hostileModel } from "#test/support/hostile-model.ts";
import { index, model, primaryKey, table, type } from "#test/support/model-builder.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { docs } from "./docs.ts";

const numbers = { type: "bigint", increment: "1", minimum: "1", maximum: "9223372036854775807", cycle: false };
const sequence = (name: string, extra: Partial<Sequence> = {}): Sequence => {
  return { kind: "sequence", id: `sales.${name}`, name, schema: "sales", start: "1", ...numbers, ...extra };
};
const extension = (name: string, extra: Partial<Extension> = {}): Extension => {
  return { kind: "extension", id: name, name, schema: "public", version: "1.6", ...extra };
};

const touch: Routine = {
  kind: "routine",
  id: "sales.touch()",
  name: "touch",
  schema: "sales",
  variant: "function",
  arguments: [],
  returns: "trigger",
  language: "plpgsql",
  volatility: "volatile",
  strict: false,
  securityDefiner: false,
  body: "begin return new; end",
  definition: "CREATE FUNCTION sales.touch() RETURNS trigger AS $$ begin return new; end $$ LANGUAGE plpgsql",
  grants: [{ grantee: "public", privileges: ["execute"] }],
};
const trigger = (name: string) =>
  ({
    kind: "trigger",
    id: `sales.invoices.${name}`,
    name,
    timing: "before",
    events: ["update"],
    level: "row",
    routine: "sales.touch()",
    enabled: "origin",
    definition: `CREATE TRIGGER ${name} BEFORE UPDATE ON sales.invoices FOR EACH ROW EXECUTE FUNCTION sales.touch()`,
  }) as const;

const till = model({
  tables: [
    table({
      schema: "sales",
      name: "invoices",
      columns: [
        { name: "id", type: "bigint", default: "nextval('sales.invoices_id_seq'::regclass)" },
        { name: "no", type: "bigint", default: "nextval('sales.invoice_no'::regclass)" },
        { name: "text", type: "bigint", default: "nextval('sales.invoice_no'::regclass) * 2" },
        { name: "email", type: type("public.citext") },
      ],
      constraints: [primaryKey("invoices_pkey", ["id"])],
      indexes: [index("invoices_like", [{ column: "email", operatorClass: "gin_trgm_ops" }], { method: "gin" })],
      triggers: [trigger("first"), trigger("second")],
      grants: [
        { grantee: "app|role", privileges: ["delete", "insert", "select", "update"] },
        { grantee: "clerk", privileges: ["update"], columns: ["no", "text"] },
        { grantee: "public", privileges: ["select", "odd right"] },
      ],
    }),
  ],
  sequences: [
    sequence("invoice_no", {
      start: "5000",
      increment: "-10",
      cycle: true,
      grants: [{ grantee: "app", privileges: ["select", "usage"] }],
    }),
    sequence("invoices_id_seq", { ownedBy: { column: "sales.invoices.id", by: "serial" } }),
    sequence("unused"),
  ],
  extensions: [
    extension("citext"),
    extension("pg_trgm"),
    extension("postgis", { version: "", missing: true }),
    extension("own"),
  ],
  routines: [touch],
  others: [
    {
      kind: "statistics",
      id: "sales.invoices_stats",
      name: "invoices_stats",
      schema: "sales",
      comment: "Teaches the planner.",
      definition: "CREATE STATISTICS sales.invoices_stats ON no, text FROM sales.invoices",
    },
  ],
});

async function files(spec: GeneratorInputSpec = { model: till }): Promise<ReadonlyMap<string, string>> {
  const { artifacts } = await docs.generate(generatorInput(spec));
  return new Map(artifacts.map(({ path, content }) => [path.replace("docs/database/", ""), String(content)]));
}

test("a sequence has a page with its numbers, its users and who may take them", async () => {
  const pages = await files();
  const page = pages.get("sales.invoice_no.sequence.md") ?? "";
  expect(page).toContain("Gives numbers from 5000 down, in steps of 10, and begins again at its end.");
  expect(page).toContain("The default of `sales.invoices.no`.");
  expect(page).toContain("## Used by\n\n- [sales.invoices](sales.invoices.md): `no`\n");
  expect(page).toContain("| `app` | read the last number and take numbers |");
  expect(pages.get("sales.unused.sequence.md")).toContain("No column takes its default from it.");
  expect(pages.get("README.md")).toContain("[sales.unused](sales.unused.sequence.md)");
});

test("the sequence of a serial column is told on its table's page", async () => {
  const pages = await files();
  expect([...pages.keys()].filter((name) => name.includes("invoices_id_seq"))).toEqual([]);
  expect(pages.get("sales.invoices.md")).toContain(
    "## Sequences\n\n- `sales.invoices_id_seq` for `id`: Gives numbers from 1 up, one by one.\n",
  );
});

test("an extension has a page with what needs it, and says when the engine lacks it", async () => {
  const pages = await files();
  expect(pages.get("public.citext.extension.md")).toContain("- [sales.invoices](sales.invoices.md): `email`\n");
  expect(pages.get("public.pg_trgm.extension.md")).toContain("index `invoices_like`");
  expect(pages.get("public.postgis.extension.md")).toMatch(/The embedded engine lacks it[^]*Extension · not in the/);
  expect(pages.get("public.own.extension.md")).toMatch(/^# own\n\nThe extension `own`\./);
  expect(pages.get("README.md")).toContain("[citext](public.citext.extension.md)");
});

test("a table's page says who may do what, and holds what its triggers run, once", async () => {
  const page = (await files()).get("sales.invoices.md") ?? "";
  expect(page).toContain(
    [
      "| Role | May |",
      "| --- | --- |",
      "| `app\\|role` | read, add, change and delete |",
      "| `clerk` | change only `no`, `text` |",
      "| everyone | read and odd right |",
    ].join("\n"),
  );
  expect(page.split("begin return new; end")).toHaveLength(2);
  expect(page).toContain("<summary>sales.touch()</summary>");
});

test("a routine that anyone may run says so", async () => {
  expect((await files()).get("sales.touch.function.md")).toContain("| everyone | run |");
});

test("objects without a page stand on the first page with their definition", async () => {
  const readme = (await files()).get("README.md") ?? "";
  expect(readme).toContain("- Statistics `sales.invoices_stats`. Teaches the planner.");
  expect(readme).toContain("CREATE STATISTICS sales.invoices_stats ON no, text FROM sales.invoices;");
});

test.each([
  ["a small till", till],
  ["the small shop", shopModel],
  ["hostile names", hostileModel()],
])("each page of %s about an object has a twin that is valid JSON of the published form", async (_what, given) => {
  const all = await files({ model: given });
  const pages = [...all.keys()].filter((name) => name.endsWith(".md") && name !== "README.md");
  const twins = [...all].filter(([name]) => name.startsWith("json/"));
  const ofObjects = pages.filter((name) => !name.startsWith("viewpoint-"));
  expect(twins.map(([name]) => name.replace("json/", "").replace(/json$/, "md")).sort()).toEqual(ofObjects.sort());
  for (const [name, text] of twins) {
    const twin = objectPageSchema.parse(JSON.parse(text));
    expect(`json/${twin.page.replace(/md$/, "json")}`).toBe(name);
    expect(twin.descriptions[twin.object.id]?.text).not.toBe("");
  }
});

test("a twin says what people said, what refers to it and what reads it", async () => {
  const all = await files({ descriptions: { "sales.orders.id": "The number." } });
  const orders = objectPageSchema.parse(JSON.parse(all.get("json/sales.orders.json") ?? ""));
  expect(orders.descriptions["sales.orders.id"]).toEqual({ text: "The number.", source: "person" });
  expect(orders.referencedBy).toContainEqual({
    table: "sales.order_items",
    columns: ["order_id"],
    references: ["id"],
    rows: "zero or more",
    checked: true,
  });
  expect(orders.usedBy?.objects).toEqual(["sales.order_totals"]);
  const events = objectPageSchema.parse(JSON.parse(all.get("json/ops.order_events.json") ?? ""));
  expect(events.partitions?.length).toBeGreaterThan(0);
});

test("twins can be left out", async () => {
  const all = await files({ config: { docs: { objects: false } } });
  expect([...all].filter(([name, text]) => name.startsWith("json/") || text.includes("json/"))).toEqual([]);
});
