import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { pageBlocks, pageText } from "#test/support/rule-page.ts";
import { rules } from "./registry.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const cataloguePath = fileURLToPath(new URL("../../../../shared/review-catalogue.json", import.meta.url));

it("lists every rule that has a page", () => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".md"));
  expect(rules.map(({ id }) => id).sort()).toEqual(files.map((name) => name.slice(0, -".md".length)).sort());
});

it.skipIf(!existsSync(cataloguePath))("has every rule of the catalogue, and no other", () => {
  const catalogue: readonly { readonly id: string }[] = JSON.parse(readFileSync(cataloguePath, "utf8"));
  expect(rules.map(({ id }) => id).sort()).toEqual(catalogue.map(({ id }) => id).sort());
});

describe.each(rules)("$id", (rule) => {
  it("has a page with a problem, a solution and SQL of both kinds", () => {
    const text = pageText(rule.id);
    expect(text.split("\n")[0]).toBe(`# ${rule.id}`);
    expect(text).toContain("\n## Problem\n");
    expect(text).toContain("\n## Solution\n");
    const roles = pageBlocks(rule.id).map(({ role }) => role);
    expect(roles).toContain("bad");
    expect(roles).toContain("good");
  });

  it.skipIf(!existsSync(cataloguePath))("is what the catalogue says", () => {
    const catalogue: readonly {
      id: string;
      group: string;
      severity: string;
      default: string;
      dialects: readonly string[];
    }[] = JSON.parse(readFileSync(cataloguePath, "utf8"));
    const entry = catalogue.find(({ id }) => id === rule.id);
    const { group, severity, default: runs, dialects } = rule;
    expect({ group, severity, default: runs, dialects }).toEqual({
      group: entry?.group,
      severity: entry?.severity,
      default: entry?.default,
      dialects: entry?.dialects,
    });
  });
});
