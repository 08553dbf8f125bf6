import type { SitePlan, SiteRows } from "#generators/site-data/contract.ts";
import { chartOptions } from "../view/chart-choice.ts";
import { toCsv, toJson, toTsv } from "../view/export-rows.ts";
import { planSteps, type PlanStep } from "../view/plan-tree.ts";
import type { ChartView } from "./chart-view.ts";
import { button, element } from "./element.ts";
import type { Refusal } from "./query-runner.ts";
import { resultGrid } from "./result-grid.ts";

/** A result as a table that can be sorted, filtered and taken away, and as a chart where it has numbers. */
export function rowsView(result: SiteRows, elapsedMs: number | null): HTMLElement {
  const caption = [
    counted(result.rowCount),
    ...(result.truncated ? ["cut at the limit"] : []),
    ...(result.rows.length < result.rowCount ? [`the first ${result.rows.length.toLocaleString("en")} here`] : []),
    elapsedMs === null ? "as of when this site was made" : `${Math.max(1, Math.round(elapsedMs))} ms`,
  ].join(" · ");
  const status = element("span", { className: "shown", role: "status" });
  let chart: ChartView | null = null;
  const grid = resultGrid(result, caption, (shown) => {
    status.textContent = shown === result.rows.length ? "" : `${shown.toLocaleString("en")} shown`;
    chart?.show(grid.rows());
  });
  const table = () => ({ columns: result.columns, rows: grid.rows() });
  const filter = element("input", { type: "search", placeholder: "Filter rows", ariaLabel: "Filter rows" });
  filter.addEventListener("input", () => grid.filter(filter.value));
  const bar = element("div", { className: "result-bar" }, [
    filter,
    status,
    button("Copy", () => void copy(toTsv(table()), status)),
    button("CSV", () => save("result.csv", "text/csv", toCsv(table()))),
    button("JSON", () => save("result.json", "application/json", toJson(table()))),
  ]);
  const view = element("div", {}, [bar, grid.element]);
  const options = chartOptions(result);
  if (options) {
    const place = element("div", { className: "chart", hidden: true });
    const toggle = button("Chart", () => {
      place.hidden = !place.hidden;
      grid.element.hidden = !place.hidden;
      toggle.ariaPressed = String(!place.hidden);
      if (place.hidden) return;
      if (chart) chart.show(grid.rows());
      else void import("./chart-view.ts").then(({ showChart }) => (chart = showChart(place, table(), options)));
    });
    toggle.ariaPressed = "false";
    bar.prepend(toggle);
    view.append(place);
  }
  return view;
}

function counted(rows: number): string {
  return rows === 1 ? "1 row" : `${rows.toLocaleString("en")} rows`;
}

async function copy(text: string, status: HTMLElement): Promise<void> {
  const isCopied = await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
  status.textContent = isCopied ? "Copied" : "The browser does not allow copying; save as CSV instead";
}

/** Hands the text to the reader as a file. */
function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

export function planView({ tree, text, warnings }: SitePlan): HTMLElement {
  const root = planSteps(tree);
  const most = root ? Math.max(...shares(root)) : 1;
  return element("div", {}, [
    ...warnings.map((warning) => element("p", { className: "warning", textContent: warning })),
    ...(root ? [element("ul", { className: "qg-plan" }, [stepView(root, most)])] : []),
    element("details", { open: root === null }, [
      element("summary", { textContent: "As PostgreSQL prints it" }),
      element("pre", { tabIndex: 0 }, [element("code", { textContent: text })]),
    ]),
  ]);
}

function shares({ share, steps }: PlanStep): number[] {
  return [share, ...steps.flatMap(shares)];
}

function stepView(step: PlanStep, most: number): HTMLElement {
  const { title, detail, share, steps } = step;
  const isCostliest = share === most && share > 0;
  return element("li", { className: isCostliest ? "costliest" : "" }, [
    element("span", { className: "title", textContent: title }),
    element("span", {
      className: "share",
      title: "Share of the plan's cost",
      textContent: `${Math.round(share * 100)} %${isCostliest ? " · the costliest step" : ""}`,
    }),
    ...(detail === "" ? [] : [element("span", { className: "detail", textContent: detail })]),
    ...(steps.length === 0
      ? []
      : [
          element(
            "ul",
            {},
            steps.map((one) => stepView(one, most)),
          ),
        ]),
  ]);
}

export function refusalView({ title, detail }: Refusal): HTMLElement {
  return element("div", { className: "qg-refusal", role: "alert" }, [
    element("strong", { textContent: title }),
    element("p", { textContent: detail }),
  ]);
}
