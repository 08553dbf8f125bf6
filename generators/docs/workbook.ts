import { escapeXml } from "#generators/erd/xml.ts";
import { writeZip } from "./write-zip.ts";

/** A table of texts; its first row is the head. */
export interface Sheet {
  /** At most 31 characters, without `[]:*?/\`. */
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

const TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/** Excel refuses a longer cell. */
const LONGEST_CELL = 32_767;

/**
 * Sheets as an Excel workbook (ECMA-376). Every cell is a text, so that nothing in it is run; heads are bold and stay in
 * view. The same sheets give the same bytes.
 */
export function writeWorkbook(sheets: readonly Sheet[]): Uint8Array {
  const numbered = sheets.map((sheet, at) => ({ ...sheet, number: at + 1 }));
  const override = (part: string, type: string): string =>
    `<Override PartName="/xl/${part}.xml" ContentType="${SHEET}.${type}+xml"/>`;
  const files: readonly (readonly [name: string, xml: string])[] = [
    [
      "[Content_Types].xml",
      `<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override("workbook", "sheet.main")}${override("styles", "styles")}${numbered.map(({ number }) => override(`worksheets/sheet${number}`, "worksheet")).join("")}</Types>`,
    ],
    ["_rels/.rels", relations([["officeDocument", "xl/workbook.xml"]])],
    [
      "xl/workbook.xml",
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${numbered.map(({ name, number }) => `<sheet name="${escapeXml(name)}" sheetId="${number}" r:id="rId${number}"/>`).join("")}</sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      relations([
        ...numbered.map(({ number }) => ["worksheet", `worksheets/sheet${number}.xml`] as const),
        ["styles", "styles.xml"],
      ]),
    ],
    ["xl/styles.xml", STYLES],
    ...numbered.map(({ number, rows }) => [`xl/worksheets/sheet${number}.xml`, worksheet(rows)] as const),
  ];
  const encoder = new TextEncoder();
  return writeZip(
    files.map(([name, xml]) => [
      name,
      encoder.encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`),
    ]),
  );
}

function relations(parts: readonly (readonly [type: string, target: string])[]): string {
  const all = parts.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${RELATIONS}">${all.join("")}</Relationships>`;
}

/** Style 0 is plain, style 1 bold. Two fills and a border are what Excel expects to find. */
const STYLES = `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`;

function worksheet(rows: readonly (readonly string[])[]): string {
  const frozen = `<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  const lines = rows.map((cells, at) => {
    const style = at === 0 ? ' s="1"' : "";
    const written = cells.map((text) => {
      if (text === "") return "<c/>";
      return `<c t="inlineStr"${style}><is><t xml:space="preserve">${escapeXml(text.slice(0, LONGEST_CELL))}</t></is></c>`;
    });
    return `<row>${written.join("")}</row>`;
  });
  return `<worksheet xmlns="${MAIN}">${frozen}<sheetData>${lines.join("")}</sheetData></worksheet>`;
}
