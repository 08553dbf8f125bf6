import type { DiagramColumn, DiagramEdge, Mark } from "./diagram.ts";
import {
  boxLabel,
  columnName,
  columnType,
  HEADER_FONT,
  HEADER_HEIGHT,
  MARK_WIDTH,
  PADDING,
  ROW_FONT,
  ROW_HEIGHT,
  type Box,
  type GroupFrame,
  type Layout,
  type Line,
} from "./layout.ts";
import { SIGNS } from "./mermaid.ts";
import { footPath, linePath, round } from "./svg-lines.ts";
import { GROUP_STYLE, MARK_STYLE, PLAIN_STYLE, SVG_STYLE, UNENFORCED_STYLE } from "./svg-style.ts";
import { fitted, monospaceWidth, proportionalWidth } from "./text-width.ts";
import { escapeXml } from "./xml.ts";

export interface SvgOptions {
  /** Unique on a page that shows several pictures; letters, digits and `-`. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Where a click on a table goes, relative to where the picture is; undefined for no link. */
  href(id: string): string | undefined;
  /** In light colours for a renderer that knows little of CSS, and without links. Default false. */
  readonly plain?: boolean;
  /** Marks boxes (`data-table`) and lines (`data-from`, `data-to`) with the ids they stand for. Default false. */
  readonly hasIds?: boolean;
  /** True where the page around the picture has the rules of `diagramStyle`. Default false: it brings its own. */
  readonly isStyledByPage?: boolean;
}

/** The rules of all pictures, for a page that shows many. */
export function diagramStyle(): string {
  return [SVG_STYLE, MARK_STYLE, UNENFORCED_STYLE, GROUP_STYLE].join("\n");
}

/** A laid-out diagram as an SVG file: no script, no font to load, readable on light and dark. */
export function writeSvg(layout: Layout, options: SvgOptions): string {
  const { width, height, boxes, lines, groups = [] } = layout;
  const hasIds = options.hasIds === true;
  const titleId = `${options.id}-title`;
  const descriptionId = `${options.id}-desc`;
  const isDescribed = options.description !== options.title;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" class="qg-erd" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-labelledby="${titleId}${isDescribed ? ` ${descriptionId}` : ""}">`,
    `<title id="${titleId}">${escapeXml(options.title)}</title>`,
    ...(isDescribed ? [`<desc id="${descriptionId}">${escapeXml(options.description)}</desc>`] : []),
    ...(options.isStyledByPage === true ? [] : [`<style>${styleOf(layout, options)}</style>`]),
    ...groups.map(groupFrame),
    ...lines.map((line) => lineGroup(line, hasIds)),
    ...boxes.map((box) =>
      boxGroup(box, { href: options.plain === true ? undefined : options.href(box.node.id), hasIds }),
    ),
    "</svg>",
  ].join("\n")}\n`;
}

function styleOf({ boxes, lines, groups = [] }: Layout, { plain = false }: SvgOptions): string {
  const isMarked = boxes.some(({ node }) => node.mark) || lines.some(({ edge }) => edge.mark);
  return [
    plain ? PLAIN_STYLE : SVG_STYLE,
    ...(isMarked ? [MARK_STYLE] : []),
    ...(lines.some(({ edge }) => edge.enforced === false) ? [UNENFORCED_STYLE] : []),
    ...(groups.length > 0 ? [GROUP_STYLE] : []),
  ].join("\n");
}

function groupFrame({ title, x, y, width, height }: GroupFrame): string {
  const place = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
  return `<g class="g"><rect ${place} rx="10"/><text x="${round(x + 16)}" y="${round(y + 26)}">${escapeXml(title)}</text></g>`;
}

function lineGroup(line: Line, hasIds: boolean): string {
  const { edge, points } = line;
  const [start, second] = points;
  const [end, last] = [points.at(-1), points.at(-2)];
  if (!start || !second || !end || !last) return "";
  const feet =
    edge.references === undefined
      ? footPath(start, second, edge.cardinality.to) + footPath(end, last, edge.cardinality.from)
      : "";
  const style = edge.identifying ? "e" : "e o";
  const dashes = edge.enforced === false ? "e v" : style;
  const ids = hasIds ? ` data-from="${escapeXml(edge.from)}" data-to="${escapeXml(edge.to)}"` : "";
  return `<g${ids}${markClass(edge.mark)}><title>${escapeXml(edgeTitle(edge))}</title><path class="${dashes}" d="${linePath(line)}"/>${feet === "" ? "" : `<path class="e" d="${feet}"/>`}</g>`;
}

function edgeTitle({ from, to, columns, cardinality, enforced, references }: DiagramEdge): string {
  if (references !== undefined) return `${from} refers to ${to} by ${references} references`;
  const unchecked = enforced === false ? "; the database does not check it" : "";
  return `${from} (${columns.join(", ")}) refers to ${cardinality.to} of ${to}; each of those has ${cardinality.from}${unchecked}`;
}

interface BoxOptions {
  readonly href: string | undefined;
  readonly hasIds: boolean;
}

function boxGroup(box: Box, { href, hasIds }: BoxOptions): string {
  const { node, width, height } = box;
  const classes = [node.focus ? "f" : "", node.mark ?? ""].filter((name) => name !== "").join(" ");
  const body = [
    `<g${hasIds ? ` data-table="${escapeXml(node.id)}"` : ""}${classes === "" ? "" : ` class="${classes}"`} transform="translate(${round(box.x)} ${round(box.y)})">`,
    `<title>${escapeXml(node.id)}</title>`,
    `<rect class="b c" width="${width}" height="${height}" rx="6"/>`,
    `<path class="h c" d="${headerPath(width, node.columns.length > 0)}"/>`,
    ...rows(box),
    headerText(box),
    "</g>",
  ].join("");
  return href === undefined ? body : `<a href="${escapeXml(href)}">${body}</a>`;
}

function headerPath(width: number, open: boolean): string {
  const top = `M0 6a6 6 0 0 1 6 -6h${width - 12}a6 6 0 0 1 6 6`;
  if (open) return `${top}V${HEADER_HEIGHT}H0z`;
  return `${top}V${HEADER_HEIGHT - 6}a6 6 0 0 1 -6 6H6a6 6 0 0 1 -6 -6z`;
}

/** The schema in a quiet tone before the table's own name. */
function headerText({ node, width }: Box): string {
  const shown = fitted(boxLabel(node), width - 2 * PADDING, (text) => proportionalWidth(text, HEADER_FONT));
  // Of a schema that was cut there is no end to find.
  const at = node.schema === undefined ? -1 : shown.indexOf(`${node.schema}.`);
  const lead = at === -1 ? "" : shown.slice(0, at + (node.schema ?? "").length + 1);
  const quiet = lead === "" ? "" : `<tspan class="d">${escapeXml(lead)}</tspan>`;
  const y = round(HEADER_HEIGHT / 2 + HEADER_FONT * 0.35);
  return `<text x="${PADDING}" y="${y}">${quiet}${escapeXml(shown.slice(lead.length))}</text>`;
}

function rows({ node, width }: Box): readonly string[] {
  return node.columns.map((column, at) => {
    const y = round(HEADER_HEIGHT + 4 + at * ROW_HEIGHT + 14);
    const key = column.primary ? "PK" : "FK";
    const mark = column.primary || column.foreign ? `<text class="r k" x="${PADDING}" y="${y}">${key}</text>` : "";
    const texts = rowTexts(column, width - 2 * PADDING - MARK_WIDTH);
    const name = `<text class="r" x="${PADDING + MARK_WIDTH}" y="${y}">${escapeXml(texts.name)}</text>`;
    const type = `<text class="r d" x="${width - PADDING}" y="${y}">${escapeXml(texts.type)}</text>`;
    const top = round(HEADER_HEIGHT + 4 + at * ROW_HEIGHT);
    const ground = column.mark
      ? `<rect class="m ${column.mark}" x="1" y="${top}" width="${width - 2}" height="${ROW_HEIGHT}"/>`
      : "";
    return ground + mark + name + type;
  });
}

/** A column's name and type in a row of so many pixels. The name is what a reader looks for, so the type yields first. */
function rowTexts(column: DiagramColumn, room: number): { readonly name: string; readonly type: string } {
  const widthOf = (text: string): number => monospaceWidth(text, ROW_FONT);
  const sign = column.mark ? `${SIGNS[column.mark]} ` : "";
  const name = sign + columnName(column);
  const type = columnType(column);
  if (widthOf(`${name}  ${type}`) <= room) return { name, type };
  const short = fitted(type, Math.max(room - widthOf(`${name}  `), widthOf(SHORTEST_TYPE)), widthOf);
  return { name: fitted(name, room - widthOf(`  ${short}`), widthOf), type: short };
}

/** What stays of a type beside the longest names. */
const SHORTEST_TYPE = "timest…";

function markClass(mark: Mark | undefined): string {
  return mark === undefined ? "" : ` class="${mark}"`;
}
