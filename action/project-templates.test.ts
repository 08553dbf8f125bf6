import { expect, test } from "vitest";
import { configSchema } from "#schemas/config/schema.ts";
import { listFiles } from "#schemas/frameworks/listing.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { projectTemplates, templatePaths } from "./project-templates.ts";

async function check(
  templates: string | undefined,
  expected: { readonly found: readonly string[]; readonly problems: readonly string[] },
): Promise<void> {
  const files = {
    "docs/templates/table.md": "{{ title }}\n",
    "docs/templates/view.md": "{{ nothing }}\n",
    "docs/templates/tabel.md": "",
    "docs/templates/notes.txt": "",
    "docs/templates/old/table.md": "",
  };
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  const config = configSchema.parse({
    databases: [{ id: "shop", sources: [{ path: "migrations" }] }],
    docs: templates === undefined ? {} : { templates },
  });
  const { value, problems } = await projectTemplates({ config, listing });
  expect([...value].map(([layout, { path }]) => `${layout} ${path}`)).toEqual(expected.found);
  expect(problems.map(({ code, origin }) => `${code} ${origin?.file ?? ""}`)).toEqual(expected.problems);
  expect(templatePaths({ config, listing }).length).toBe(expected.found.length > 0 ? 3 : 0);
}

test("no folder, no templates", () => check(undefined, { found: [], problems: [] }));

test("templates are found by the name of their kind; what fits none and what names no part is told", () =>
  check("docs/templates/", {
    found: ["table docs/templates/table.md", "view docs/templates/view.md"],
    problems: ["QG116 docs/templates/tabel.md", "QG116 docs/templates/view.md"],
  }));

test("a folder that is not there is told", () => check("templates", { found: [], problems: ["QG113 "] }));
