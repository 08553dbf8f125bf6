import { beforeAll, describe, expect, it } from "vitest";
import type { Release } from "#generators/changes/release.ts";
import { tablePast } from "#generators/erd/table-past.ts";
import { siteReleases } from "#generators/site-data/releases.ts";
import { diffModels } from "#schemas/diff/diff-models.ts";
import type { SchemaModel, Table } from "#schemas/model.ts";
import { foreignKey, table } from "#test/support/model-builder.ts";
import { shopSiteData } from "../test-support/shop-site-data.ts";
import { catalogOf, type Catalog } from "./catalog.ts";
import { erdFile, type ErdFile } from "./erd-file.ts";
import { erdQuery, readErdState, shownDiagram, versionsShown } from "./erd-state.ts";
import { countMarks } from "./erd-versions.ts";

const id = { name: "id", type: "bigint" };
const plain = (name: string, ...more: string[]): Table =>
  table({ schema: "s", name, columns: [id, ...more.map((column) => ({ name: column, type: "text" }))] });
const lines = table({
  schema: "s",
  name: "lines",
  columns: [id, { name: "order_id", type: "bigint" }],
  constraints: [foreignKey("lines_order_id_fkey", ["order_id"], { table: "s.orders", columns: ["id"] })],
});

/** Four versions: what each has is what the pictures must show again. */
const versions: Readonly<Record<string, readonly Table[]>> = {
  v1: [plain("orders", "note"), plain("old", "left")],
  v2: [plain("orders", "note", "state"), plain("old", "left"), lines],
  v3: [plain("orders", "state"), lines],
  now: [plain("orders", "state"), lines, plain("old", "again")],
};

let catalog: Catalog;
let file: ErdFile;
beforeAll(async () => {
  catalog = catalogOf({ ...(await shopSiteData()), diagrams: new Map() });
  const model = (name: string): SchemaModel => ({ ...catalog.model, tables: versions[name] ?? [], views: [] });
  const names = Object.keys(versions);
  const releases = names.map((name, at): Release => {
    const [before, after] = [names[at - 1], model(name)];
    const shown = { name: name === "now" ? null : name, date: null, tables: after.tables.length };
    if (before === undefined) return { ...shown, changes: null };
    const changes = diffModels(model(before), after);
    return { ...shown, changes, past: tablePast(model(before), after, changes) };
  });
  file = erdFile(
    catalogOf({
      ...catalog,
      model: model("now"),
      domains: [],
      descriptions: {},
      diagrams: new Map(),
      releases: siteReleases(releases.toReversed()),
    }),
    "database",
  );
});

const SIGNS = { added: "+", changed: "~", dropped: "−" } as const;

/** What the address shows: boxes with their changed columns, then lines. */
function shown(query: string): string[] {
  const state = readErdState(query, file);
  const { nodes, edges } = shownDiagram(versionsShown(file, state), { ...state, show: "names" });
  const boxes = nodes.map(({ id: name, mark, columns }) => {
    const changed = columns.map((column) => ` ${column.mark ? SIGNS[column.mark] : "?"}${column.name}`).join("");
    return `${mark ? SIGNS[mark] : ""}${name}${changed}`;
  });
  return [...boxes, ...edges.map(({ from, to, mark }) => `${mark ? SIGNS[mark] : ""}${from} → ${to}`)].toSorted();
}

describe("changes between two versions in a diagram", () => {
  const cases: readonly [query: string, expected: readonly string[]][] = [
    ["", ["s.lines", "s.lines → s.orders", "s.old", "s.orders"]],
    ["?from=v3", ["+s.old", "s.lines", "s.lines → s.orders", "s.orders"]],
    ["?from=v2", ["s.lines", "s.lines → s.orders", "~s.old +again −left", "~s.orders −note"]],
    ["?from=v1", ["+s.lines", "+s.lines → s.orders", "~s.old +again −left", "~s.orders +state −note"]],
    ["?from=v1&to=v2", ["+s.lines", "+s.lines → s.orders", "s.old", "~s.orders +state"]],
    ["?from=v2&to=v3", ["s.lines", "s.lines → s.orders", "~s.orders −note", "−s.old"]],
    ["?from=v2&to=v1", ["s.lines", "s.lines → s.orders", "~s.old +again −left", "~s.orders −note"]],
    ["?from=v9", ["s.lines", "s.lines → s.orders", "s.old", "s.orders"]],
  ];
  it.each(cases)("shows %s", (query, expected) => {
    expect(shown(query)).toEqual([...expected].toSorted());
  });

  it("leads back by the address to what is shown", () => {
    expect(erdQuery(readErdState("?from=v1&to=v3", file), file)).toBe("?from=v1&to=v3");
    expect(erdQuery(readErdState("?from=v3&to=v1", file), file)).toBe("?from=v3");
  });

  it("counts what has each mark", () => {
    expect(countMarks(versionsShown(file, { from: "v1", to: null }))).toEqual({ added: 1, changed: 2, dropped: 0 });
  });
});
