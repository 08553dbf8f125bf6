import { element } from "./element.ts";
import { findInSchema, type Hit } from "./schema-search.ts";

export interface FoundActions {
  openTable(id: string): void;
  openQuery(id: string): void;
}

const MOST_TABLES = 6;
const MOST_QUERIES = 4;
let asked = 0;

/**
 * Lists the tables and saved queries that fit the words. Gives the id of the table that is named exactly so, or null.
 */
export async function showFound(list: HTMLElement, words: string, actions: FoundActions): Promise<string | null> {
  asked += 1;
  const own = asked;
  if (words.trim() === "") {
    list.replaceChildren();
    return null;
  }
  const [tables, queries] = await Promise.all([
    findInSchema(words, MOST_TABLES, { kinds: ["table", "view"] }),
    findInSchema(words, MOST_QUERIES, { kinds: ["query"] }),
  ]);
  if (own !== asked) return null;
  const groups = [
    ...group("Tables", tables, (hit) => actions.openTable(hit.id)),
    ...group("Saved queries", queries, (hit) => actions.openQuery(hit.id)),
  ];
  const nothing = element("p", { className: "nothing", textContent: "Nothing fits. Try fewer or other words." });
  list.replaceChildren(...(groups.length > 0 ? groups : [nothing]));
  return tables.find(({ id }) => id === words)?.id ?? null;
}

function group(title: string, hits: readonly Hit[], open: (hit: Hit) => void): HTMLElement[] {
  if (hits.length === 0) return [];
  const items = hits.map((hit) => {
    const button = element("button", {
      type: "button",
      className: "qg-button",
      textContent: hit.title,
      title: hit.snippet,
    });
    button.addEventListener("click", () => open(hit));
    return button;
  });
  const list = element("div", { className: "items" }, items);
  return [element("div", { className: "group" }, [element("span", { textContent: title }), list])];
}
