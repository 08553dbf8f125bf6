import type { SitePlan, SiteRows } from "#generators/site-data/contract.ts";
import { cellOf, numericColumns, shortened } from "../view/cell.ts";
import { planSteps, type PlanStep } from "../view/plan-tree.ts";
import type { Refusal } from "./query-runner.ts";

/** More rows than this make a page slow; the result says how many there are. */
const MOST_ROWS = 500;

/** A result as a real table, with how many rows it has above. */
export function rowsView(result: SiteRows, elapsedMs: number | null): HTMLElement {
  const shown = result.rows.slice(0, MOST_ROWS);
  const words = [
    result.rowCount === 1 ? "1 row" : `${result.rowCount.toLocaleString("en")} rows`,
    ...(result.truncated ? ["cut at the limit"] : []),
    ...(shown.length < result.rows.length ? [`the first ${MOST_ROWS} shown`] : []),
    elapsedMs === null ? "as of when this site was made" : `${Math.max(1, Math.round(elapsedMs))} ms`,
  ];
  const isNumeric = numericColumns(result.columns.length, shown);
  const classOf = (at: number): string => (isNumeric[at] ? "number" : "");
  const headings = result.columns.map(({ name, type }, at) =>
    element("th", { scope: "col", className: classOf(at), textContent: name, title: type ?? "" }),
  );
  const table = element("table", { className: "qg-grid" }, [
    element("caption", { textContent: words.join(" · ") }),
    element("thead", {}, [element("tr", {}, headings)]),
    element(
      "tbody",
      {},
      shown.map((row) =>
        element(
          "tr",
          {},
          row.map((value, at) => cell(value, classOf(at))),
        ),
      ),
    ),
  ]);
  const region = element("div", { className: "qg-scroll", role: "region", ariaLabel: "Result", tabIndex: 0 }, [table]);
  return region;
}

function cell(value: unknown, className: string): HTMLElement {
  const { text, kind } = cellOf(value);
  const short = shortened(text);
  return element("td", {
    className: kind === "null" ? `${className} null` : className,
    textContent: short,
    title: short === text ? "" : text,
  });
}

export function planView({ tree, text, warnings }: SitePlan): HTMLElement {
  const root = planSteps(tree);
  return element("div", {}, [
    ...warnings.map((warning) => element("p", { className: "warning", textContent: warning })),
    ...(root ? [element("ul", { className: "qg-plan" }, [stepView(root)])] : []),
    element("details", { open: root === null }, [
      element("summary", { textContent: "As PostgreSQL prints it" }),
      element("pre", {}, [element("code", { textContent: text })]),
    ]),
  ]);
}

function stepView({ title, detail, share, steps }: PlanStep): HTMLElement {
  return element("li", {}, [
    element("span", { className: "title", textContent: title }),
    element("span", {
      className: "share",
      title: "Share of the plan's cost",
      textContent: `${Math.round(share * 100)} %`,
    }),
    ...(detail === "" ? [] : [element("span", { className: "detail", textContent: detail })]),
    ...(steps.length === 0 ? [] : [element("ul", {}, steps.map(stepView))]),
  ]);
}

export function refusalView({ title, detail }: Refusal): HTMLElement {
  return element("div", { className: "qg-refusal", role: "alert" }, [
    element("strong", { textContent: title }),
    element("p", { textContent: detail }),
  ]);
}

/** An element with properties and children; texts only ever go in as text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  children: readonly Node[] = [],
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  if (made.title === "") made.removeAttribute("title");
  made.append(...children);
  return made;
}
