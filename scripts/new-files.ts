/** The first files of a new part, in the shape of its neighbours. Each says what is left to write. */
export const kinds: Readonly<Record<string, (id: string) => Readonly<Record<string, string>>>> = {
  command: (id) => ({
    [`action/commands/${id}.ts`]: `import type { Command } from "./command.ts";

export const ${camel(id)}: Command = {
  name: "${id}",
  summary: "Say here in one line what it does.",
  usage: "",
  options: {},
  examples: [["querygenie ${id}", "says what comes of it"]],
  async run({ terminal, project }) {
    const { databases } = await project();
    for (const { settings } of databases) terminal.result(settings.id);
    return { exitCode: 0 };
  },
};
`,
  }),
  framework: (id) => ({
    [`schemas/frameworks/${id}.ts`]: `import type { Framework } from "./framework.ts";
import { joinPath } from "./listing.ts";
import { compareText } from "./order.ts";
import { readSteps } from "./steps.ts";

/** Link here to the page that says which files it runs, in which order, in which transaction. */
export const ${camel(id)}: Framework = {
  id: "${id}",
  title: "${id}",
  rule: "Say here which files are read, in which order, and what is one transaction.",
  kind: "history",
  // What proves that a folder is its own; see the scores in framework.ts.
  detect: () => Promise.resolve([]),
  async read({ path, listing }) {
    const names = listing.filesIn(path).filter((name) => name.endsWith(".sql"));
    const steps = names.sort(compareText).map((name) => ({ version: name, up: joinPath(path, name) }));
    return await readSteps({ listing, steps, transaction: () => "file", fill: (value) => ({ value, problems: [] }) });
  },
};
`,
    [`schemas/frameworks/${id}.test.ts`]: `import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { ${camel(id)} } from "./${id}.ts";

test("orders the files by name", () =>
  checkFramework(${camel(id)}, { files: { "2_items.sql": "", "1_orders.sql": "" } }, { steps: ["1_orders.sql", "2_items.sql"] }));
`,
  }),
  generator: (id) => ({
    [`generators/${id}/${id}.ts`]: `import type { Generator } from "../generator.ts";

/** Say here what it writes, and for whom. */
export const ${camel(id)}: Generator = {
  id: "${id}",
  title: "${id}",
  generate({ model, config }) {
    const lines = model.tables.map((table) => table.id);
    const path = \`\${config.output.docs}/${id}.txt\`;
    return Promise.resolve({
      artifacts: [{ path, content: \`\${lines.join("\\n")}\\n\`, generator: "${id}" }],
      problems: [],
    });
  },
};
`,
    [`generators/${id}/${id}.test.ts`]: `import { expect, test } from "vitest";
import { generatorInput } from "#test/support/generator-input.ts";
import { shopModel } from "#test/support/shop.ts";
import { ${camel(id)} } from "./${id}.ts";

test("names every table of the shop", async () => {
  const { artifacts } = await ${camel(id)}.generate(generatorInput({ model: shopModel() }));
  expect(artifacts[0]?.content).toContain("sales.orders\\n");
});
`,
  }),
  rule: (id) => ({
    [`generators/review/rules/${id}.ts`]: `import type { Rule } from "../rule.ts";

export const ${camel(id)}: Rule = {
  id: "${id}",
  scope: "statement",
  title: "Say here in a few words what it finds",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "opt-in",
  // What a statement does is in \`statement.acts\`, what it was measured to do in \`statement.effects\`: see statement.ts.
  check: () => [],
};
`,
    [`generators/review/rules/${id}.md`]: `# ${id}

## Problem

What goes wrong, for whom, and when.

Given:

\`\`\`sql setup
CREATE TABLE orders (id bigint PRIMARY KEY, status text);
\`\`\`

\`\`\`sql bad
ALTER TABLE orders ADD COLUMN note text;
\`\`\`

## Solution

What to do instead, and why it is safe.

\`\`\`sql good
ALTER TABLE orders ADD COLUMN note text;
\`\`\`
`,
  }),
};

/** `set-not-null` → `setNotNull`. */
function camel(id: string): string {
  return id.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
