import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { indexModel } from "#schemas/model-index.ts";
import { generatorInput } from "#test/support/generator-input.ts";
import { hostileModel } from "#test/support/hostile-model.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { openElements } from "#test/support/well-formed.ts";
import { docsContext } from "./docs-context.ts";
import { schemaSheets } from "./schema-sheets.ts";
import { writeWorkbook } from "./workbook.ts";

/** The files of an archive by its directory; each must be where the directory says and have the sum it says. */
function unzipped(bytes: Uint8Array): ReadonlyMap<string, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  const files = new Map<string, string>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    const [size, nameLength, start] = [
      view.getUint32(at + 24, true),
      view.getUint16(at + 28, true),
      view.getUint32(at + 42, true),
    ];
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    expect(view.getUint32(start, true)).toBe(0x04034b50);
    const content = bytes.subarray(start + 30 + nameLength, start + 30 + nameLength + size);
    expect(crc32(content)).toBe(view.getUint32(at + 16, true));
    files.set(name, new TextDecoder().decode(content));
    at += 46 + nameLength;
  }
  return files;
}

/** Cells of a sheet as texts. */
function cells(xml: string): readonly (readonly string[])[] {
  return [...xml.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<c\/>|<t xml:space="preserve">(.*?)<\/t>/gs)].map(([, text = ""]) => text),
  );
}

function workbookOf(model: typeof shopModel) {
  const context = docsContext(generatorInput({ model }));
  return schemaSheets(context, [...model.tables.filter((table) => !table.partitionOf), ...model.views]);
}

test("a workbook holds tables, columns, references and indexes, the same bytes twice", () => {
  const bytes = writeWorkbook(workbookOf(shopModel));
  expect(Buffer.compare(bytes, writeWorkbook(workbookOf(shopModel)))).toBe(0);
  const files = unzipped(bytes);
  expect([...files.keys()]).toEqual([
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    ...[1, 2, 3, 4].map((number) => `xl/worksheets/sheet${number}.xml`),
  ]);
  expect(files.get("xl/workbook.xml")?.match(/name="(\w+)"/g)).toEqual([
    'name="Tables"',
    'name="Columns"',
    'name="References"',
    'name="Indexes"',
  ]);
  const references = cells(files.get("xl/worksheets/sheet3.xml") ?? "");
  expect(references).toContainEqual([
    "sales.order_items",
    "order_id",
    "zero or more",
    "sales.orders",
    "id",
    "exactly one",
    "yes",
    "cascade",
  ]);
  expect(references).toHaveLength(indexModel(shopModel).references.filter(({ from }) => !from.partitionOf).length + 1);
});

test("every part is well-formed XML, whatever names there are, and every row has the cells of its head", () => {
  const odd = '\u0000\u0008\uFFFE<&"';
  const sheets = [
    ...workbookOf(hostileModel()),
    {
      name: "Odd",
      rows: [
        ["a", "b"],
        [odd, ""],
        ["x".repeat(40_000), "=1+1"],
      ],
    },
  ];
  for (const [name, xml] of unzipped(writeWorkbook(sheets))) {
    expect(openElements(xml.replace(/^<\?xml[^>]*>\n/, "")), name).toEqual([]);
    // oxlint-disable-next-line no-control-regex -- What XML 1.0 forbids.
    expect(xml, name).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
    expect(new Set(cells(xml).map((row) => row.length)).size).toBeLessThanOrEqual(1);
  }
});
