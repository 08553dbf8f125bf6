import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { readWalls } from "./walls.ts";

const imports = {
  "#schemas/*": "./schemas/*",
  "#generators/*": "./generators/*",
  "#action/*": "./action/*",
  "#app/*": "./app/*",
};

/** The rules that a small repository of these files breaks. */
async function check(files: Readonly<Record<string, string>>, expected: readonly string[]): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "querygenie-walls-"));
  try {
    const all = {
      ...files,
      "package.json": JSON.stringify({ name: "shop", type: "module", imports }),
      "tsconfig.json": JSON.stringify({ compilerOptions: { module: "NodeNext", allowImportingTsExtensions: true } }),
    };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const { violations, unseen } = await readWalls(root);
    expect(unseen).toEqual([]);
    expect([...new Set(violations.map(({ rule }) => rule))].sort()).toEqual(expected);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const orders = "export const orders = 1;\n";

test.each([
  [
    "lets a generator import the floor",
    {
      "generators/docs.ts": 'import { orders } from "#schemas/orders.ts";\nexport { orders };',
      "schemas/orders.ts": orders,
    },
    [],
  ],
  [
    "finds the floor importing a generator, even for a type",
    {
      "schemas/model.ts": 'import type { Order } from "#generators/orders.ts";\nexport type Model = Order;',
      "generators/orders.ts": "export type Order = number;",
    },
    ["schemas-is-the-floor"],
  ],
  [
    "finds a generator importing the command line",
    { "generators/docs.ts": 'export { orders } from "#action/orders.ts";', "action/orders.ts": orders },
    ["generators-know-schemas-only"],
  ],
  [
    "finds a page importing the server",
    { "site/data.ts": 'export { orders } from "../app/orders.ts";', "app/orders.ts": orders },
    ["site-reads-schemas-and-generators"],
  ],
  [
    "lets the command serve load the server lazily, and no other",
    {
      "action/commands/serve.ts": 'export const serve = () => import("#app/orders.ts");',
      "action/commands/build.ts": 'export const build = () => import("#app/orders.ts");',
      "app/orders.ts": orders,
    },
    ["action-is-below-app"],
  ],
  [
    "finds the command serve loading the server at once",
    { "action/commands/serve.ts": 'export { orders } from "#app/orders.ts";', "app/orders.ts": orders },
    ["the-server-starts-lazily"],
  ],
  [
    "finds IO in the core, and lets the adapters do it",
    {
      "schemas/model.ts": 'export { readFileSync } from "node:fs";',
      "schemas/replay/engine.ts": 'export { fork } from "node:child_process";',
      "schemas/dialects/postgres/introspect.ts": 'export { connect } from "node:net";',
    },
    ["core-does-no-io"],
  ],
  [
    "finds a page that reaches Node through another file",
    {
      "site/browser/search.ts": 'export { read } from "../view/read.ts";',
      "site/view/read.ts": 'import { readFileSync } from "node:fs";\nexport const read = readFileSync;',
    },
    ["the-browser-has-no-node"],
  ],
  [
    "finds two files that import each other",
    {
      "schemas/orders.ts": 'import { items } from "./items.ts";\nexport const orders = () => items;',
      "schemas/items.ts": 'import { orders } from "./orders.ts";\nexport const items = () => orders;',
    },
    ["no-cycles"],
  ],
  [
    "finds test code in production",
    {
      "schemas/orders.ts": 'export { orders } from "../test/support/orders.ts";',
      "test/support/orders.ts": orders,
    },
    ["no-test-code-in-production"],
  ],
  [
    "finds an import of nothing",
    { "schemas/orders.ts": 'export { items } from "./items.ts";' },
    ["every-import-is-found"],
  ],
] as const)("%s", async (_, files, expected) => {
  await check(files, expected);
});
