import {
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PieController,
  PointElement,
  ScatterController,
  Tooltip,
  type ChartConfiguration,
} from "chart.js";
import type { SiteRows } from "#generators/site-data/contract.ts";
import { cellOf, shortened } from "../view/cell.ts";
import { numberOf, type ChartChoice, type ChartKind, type ChartOptions } from "../view/chart-choice.ts";
import { element } from "./element.ts";

Chart.register(
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PieController,
  PointElement,
  ScatterController,
  Tooltip,
);

type Table = Pick<SiteRows, "columns" | "rows">;

/** More points than this are no clearer. */
const MOST_POINTS = 2000;

export interface ChartView {
  /** Draws other rows of the same result, as after a filter. A chart that is hidden waits until it is seen. */
  show(rows: Table["rows"]): void;
}

/** Draws a result into a place, with fields to choose another kind and other columns. The table says the same in text. */
export function showChart(place: HTMLElement, { columns, rows }: Table, options: ChartOptions): ChartView {
  let shownRows = rows;
  let choice: ChartChoice = options.best;
  let chart: Chart | undefined;
  const canvas = element("canvas", { role: "img" });
  const names = columns.map(({ name }, at) => [String(at), name] as const);
  const numeric = names.filter((_, at) => options.numeric.includes(at));
  const change = (next: Partial<ChartChoice>): void => {
    choice = { ...choice, ...next };
    draw();
  };
  const kind = select(
    "Chart",
    options.kinds.map((one) => [one, one] as const),
    choice.kind,
  );
  kind.field.addEventListener("change", () => {
    const chosen = options.kinds.find((one) => one === kind.field.value);
    if (chosen) change({ kind: chosen });
  });
  const x = select("Along", [["-1", "row number"], ...names], String(choice.x));
  x.field.addEventListener("change", () => change({ x: Number(x.field.value) }));
  const y = select("Values", numeric, String(choice.y[0] ?? ""));
  y.field.addEventListener("change", () => change({ y: [Number(y.field.value)] }));
  place.replaceChildren(
    element("div", { className: "chart-bar" }, [kind.label, x.label, y.label]),
    element("div", { className: "canvas" }, [canvas]),
  );
  draw();
  return {
    show(next) {
      shownRows = next;
      if (!place.hidden) draw();
    },
  };

  function draw(): void {
    chart?.destroy();
    const shown = shownRows.slice(0, MOST_POINTS);
    const along = columns[choice.x]?.name ?? "row number";
    const values = choice.y.map((at) => columns[at]?.name ?? "").join(", ");
    const first = shownRows.length > shown.length ? "the first " : "";
    const count = `${first}${shown.length.toLocaleString("en")} ${shown.length === 1 ? "row" : "rows"}`;
    canvas.ariaLabel = `${values} by ${along} as a ${choice.kind} chart of ${count}; the table holds the same values`;
    chart = new Chart(canvas, configuration(choice, { columns, rows: shown }, themeOf(place)));
  }
}

function select(
  text: string,
  options: readonly (readonly [string, string])[],
  value: string,
): { readonly label: HTMLElement; readonly field: HTMLSelectElement } {
  const field = element(
    "select",
    {},
    options.map(([id, name]) => element("option", { value: id, textContent: shortened(name) })),
  );
  field.value = value;
  return { label: element("label", {}, [element("span", { textContent: text }), field]), field };
}

interface Theme {
  readonly text: string;
  readonly line: string;
  readonly colours: readonly string[];
}

function themeOf(place: HTMLElement): Theme {
  const style = getComputedStyle(place);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: read("--sl-color-gray-2"),
    line: read("--sl-color-hairline"),
    colours: [read("--sl-color-accent"), "#e08e45", "#5aa469", "#b565a7", "#5b9bd5", "#c9a227", "#d1605e", "#8c8c8c"],
  };
}

const CHART_TYPES = {
  bar: "bar",
  line: "line",
  area: "line",
  scatter: "scatter",
  pie: "pie",
} as const satisfies Record<ChartKind, string>;

function configuration({ kind, x, y }: ChartChoice, { columns, rows }: Table, theme: Theme): ChartConfiguration {
  const labels = rows.map((row, at) => (x < 0 ? String(at + 1) : shortened(cellOf(row[x]).text)));
  const colour = (at: number): string => theme.colours[at % theme.colours.length] ?? theme.text;
  const isPie = kind === "pie";
  const datasets = (isPie ? y.slice(0, 1) : y).map((column, at) => ({
    label: columns[column]?.name ?? "",
    data:
      kind === "scatter"
        ? rows.map((row, position) => ({ x: x < 0 ? position + 1 : numberOf(row[x]), y: numberOf(row[column]) }))
        : rows.map((row) => numberOf(row[column])),
    backgroundColor: isPie ? rows.map((_, slice) => colour(slice)) : colour(at),
    borderColor: isPie ? theme.line : colour(at),
    borderWidth: isPie || kind === "line" || kind === "area" ? 2 : 0,
    pointRadius: rows.length > 100 ? 1 : 3,
    fill: kind === "area",
  }));
  const axis = { ticks: { color: theme.text }, grid: { color: theme.line } };
  return {
    type: CHART_TYPES[kind],
    data: { labels, datasets },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      plugins: { legend: { display: isPie || y.length > 1, labels: { color: theme.text } } },
      ...(isPie ? {} : { scales: { x: axis, y: axis } }),
    },
  };
}
