import { join } from "node:path";
import { expect, test } from "vitest";
import { expectGolden } from "#test/support/golden.ts";
import { hostileModel } from "#test/support/hostile-model.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { diagramFormats, renderDiagram } from "./render-diagram.ts";

test("writes the small shop in every format", async () => {
  const artifacts = diagramFormats.map((format) => ({
    path: `shop.${format}`,
    content: renderDiagram(shopModel, "all", { format, columns: "all" }).join("\n"),
    generator: "erd",
  }));
  expect(artifacts).toHaveLength(diagramFormats.length);
  await expectGolden(
    join(import.meta.dirname, "__fixtures__", "formats"),
    artifacts.sort((a, b) => (a.path < b.path ? -1 : 1)),
  );
});

test("writes only the tables that are wanted", () => {
  const [text] = renderDiagram(shopModel, ["sales.tags"], { format: "mermaid" });
  expect(text).toBe('erDiagram\n  t_sales_tags["tags"] {\n    text code PK\n  }\n');
});

test("a DOT file has each name between quotes or escaped as XML", () => {
  const [text = ""] = renderDiagram(hostileModel(), "all", { format: "dot" });
  for (const line of text.split("\n").slice(4, -2)) {
    expect(line).toMatch(
      /^ {2}"(?:[^"\\]|\\.)*" (?:\[label=<.*>\];|-> "(?:[^"\\]|\\.)*" \[[^"]*tooltip="(?:[^"\\]|\\.)*"\];)$/,
    );
  }
});
