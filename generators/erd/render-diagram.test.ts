import { join } from "node:path";
import { expect, test } from "vitest";
import { expectGolden } from "#test/support/golden.ts";
import { hostileModel } from "#test/support/hostile-model.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { indexModel } from "#schemas/model-index.ts";
import { schemaDiagram, type Diagram } from "./diagram.ts";
import { writeDot } from "./dot.ts";
import { layOutWithDagre } from "./layout-dagre.ts";
import { writeMermaid } from "./mermaid.ts";
import { writeSvg } from "./svg.ts";
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

test("a reference that the database does not check looks different from the others", async () => {
  const diagram = schemaDiagram(indexModel(shopModel), "sales");
  const unchecked: Diagram = { ...diagram, edges: diagram.edges.map((edge) => ({ ...edge, enforced: false })) };
  expect(diagram.edges).not.toEqual([]);
  const written = async (one: Diagram) => [writeMermaid(one), writeDot(one), await svgOf(one)];
  const marks = [/\(not checked\)/, /style=dotted/, /class="e v"/];
  for (const [at, text] of (await written(unchecked)).entries()) expect(text).toMatch(marks[at] ?? /^$/);
  for (const [at, text] of (await written(diagram)).entries()) expect(text).not.toMatch(marks[at] ?? /^$/);
});

async function svgOf(diagram: Diagram): Promise<string> {
  const options = { id: "erd", title: "Orders", description: "Orders and their lines", href: () => undefined };
  return writeSvg(await layOutWithDagre(diagram), options);
}
