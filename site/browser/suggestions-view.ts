import { button, element } from "./element.ts";
import type { Suggestion } from "./query-runner.ts";

/** What makes a query cheaper, the SQL of each ready to be taken. */
export function suggestionsView(suggestions: readonly Suggestion[], use: (sql: string) => void): HTMLElement {
  if (suggestions.length === 0) {
    return element("p", { role: "status", textContent: "Nothing cheaper was found that gives the same rows." });
  }
  const items = suggestions.map(({ kind, title, sql, costBefore, costAfter }) => {
    const cost =
      costBefore === undefined || costAfter === undefined
        ? []
        : [element("p", { className: "cost", textContent: `Cost ${costText(costBefore)} → ${costText(costAfter)}` })];
    const code = sql === undefined ? [] : [element("pre", { tabIndex: 0 }, [element("code", { textContent: sql })])];
    const take = kind === "rewrite" && sql !== undefined ? [button("Use this query", () => use(sql))] : [];
    return element("li", {}, [element("p", { textContent: title }), ...cost, ...code, ...take]);
  });
  return element("div", {}, [
    element("h2", { className: "small", textContent: "Cheaper with the same rows" }),
    element("ul", { className: "suggestions" }, items),
  ]);
}

const costText = (cost: number): string => cost.toLocaleString("en", { maximumFractionDigits: cost < 100 ? 2 : 0 });
