import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import type { SiteRows } from "#generators/site-data/contract.ts";
import { arrangeRows, type Sorting } from "../view/arrange-rows.ts";
import { cellOf, numericColumns, shortened } from "../view/cell.ts";
import { element } from "./element.ts";

export interface ResultGrid {
  readonly element: HTMLElement;
  /** The rows as they are shown: filtered and in their order. */
  rows(): readonly (readonly unknown[])[];
  /** Shows the rows that hold the words. */
  filter(words: string): void;
}

const ROW_HEIGHT = 33;
/** Rows beyond the edge, so that a scroll shows no gap. */
const OVERSCAN = 12;
/** Rows that the widths of columns are taken from. */
const MEASURED = 500;
const WIDEST = 48;

/** A result as a real table of which only the rows in sight exist. `onChange` hears how many rows are shown. */
export function resultGrid(result: SiteRows, caption: string, onChange: (shown: number) => void): ResultGrid {
  const numeric = numericColumns(result.columns.length, result.rows);
  let shown = result.rows;
  let words = "";
  let sorting: Sorting | null = null;
  const body = element("tbody", {});
  const head = element("tr", { ariaRowIndex: "1" }, result.columns.map(heading));
  const table = element("table", { className: "qg-grid", ariaColCount: String(result.columns.length) }, [
    element("caption", { textContent: caption }),
    element("colgroup", {}, widths(result).map(column)),
    element("thead", {}, [head]),
    body,
  ]);
  const region = element("div", { className: "qg-scroll", role: "region", ariaLabel: "Result", tabIndex: 0 }, [table]);
  const virtualizer = new Virtualizer<HTMLElement, Element>({
    count: shown.length,
    getScrollElement: () => region,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    initialRect: { width: 0, height: 512 },
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: draw,
  });
  const stop = virtualizer._didMount();
  virtualizer._willUpdate();
  // A result that has left the page must not listen on.
  new MutationObserver((_, observer) => {
    if (region.isConnected) return;
    observer.disconnect();
    stop();
  }).observe(document.body, { childList: true, subtree: true });
  draw();

  function heading({ name, type }: SiteRows["columns"][number], at: number): HTMLElement {
    const button = element("button", { type: "button", textContent: name, title: type ?? "" });
    button.addEventListener("click", () => {
      const isOwn = sorting?.column === at;
      if (isOwn && sorting?.descending) sorting = null;
      else sorting = { column: at, descending: isOwn };
      arrange();
    });
    return element("th", { scope: "col", className: numeric[at] ? "number" : "" }, [button]);
  }
  function arrange(): void {
    shown = arrangeRows(result.rows, { words, sorting, numeric });
    for (const [at, cell] of [...head.children].entries()) {
      if (sorting?.column === at) cell.ariaSort = sorting.descending ? "descending" : "ascending";
      else cell.ariaSort = null;
    }
    virtualizer.setOptions({ ...virtualizer.options, count: shown.length });
    virtualizer.measure();
    region.scrollTop = 0;
    draw();
    onChange(shown.length);
  }
  function draw(): void {
    const items = virtualizer.getVirtualItems();
    const [first, last] = [items[0], items.at(-1)];
    const below = last ? virtualizer.getTotalSize() - last.end : 0;
    table.ariaRowCount = String(shown.length + 1);
    body.replaceChildren(
      gap(first?.start ?? 0),
      ...items.map(({ index }) =>
        element(
          "tr",
          { ariaRowIndex: String(index + 2) },
          (shown[index] ?? []).map((value, at) => cell(value, numeric[at] === true)),
        ),
      ),
      gap(below),
    );
  }
  return {
    element: region,
    rows: () => shown,
    filter(text) {
      words = text;
      arrange();
    },
  };
}

function cell(value: unknown, isNumber: boolean): HTMLElement {
  const { text, kind } = cellOf(value);
  const short = shortened(text);
  return element("td", {
    className: [isNumber ? "number" : "", kind === "null" ? "null" : ""].join(" ").trim(),
    textContent: short,
    title: short === text ? "" : text,
  });
}

/** Room for rows that do not exist. */
function gap(height: number): HTMLElement {
  const row = element("tr", { ariaHidden: "true", className: "gap" });
  row.style.height = `${height}px`;
  row.hidden = height === 0;
  return row;
}

/** In characters, so that a column does not jump while others of its rows come into sight. */
function widths({ columns, rows }: SiteRows): readonly number[] {
  const measured = rows.slice(0, MEASURED);
  return columns.map(({ name }, at) =>
    measured.reduce((most, row) => Math.max(most, Math.min(WIDEST, cellOf(row[at]).text.length)), name.length + 3),
  );
}

function column(characters: number): HTMLElement {
  const made = element("col", {});
  made.style.width = `calc(${characters}ch + 24px)`;
  return made;
}
