import { element } from "./element.ts";
import { findInGuides } from "./guide-search.ts";
import { findInSchema, loadSchemaSearch } from "./schema-search.ts";
import { showResults } from "./search-results.ts";

const MOST_IN_SCHEMA = 10;
const MOST_GUIDES = 4;
const LIST = "qg-search-list";

/** One search box over the schema and the guides: `/` or Ctrl-K opens it, arrows choose, Enter goes. */
class SiteSearch extends HTMLElement {
  #asked = 0;

  connectedCallback(): void {
    if (this.childElementCount > 0) return;
    const input = searchInput();
    const list = element("div", { id: LIST, role: "listbox", ariaLabel: "Results" });
    const status = element("p", { role: "status" });
    const dialog = element("dialog", { ariaLabel: "Search" }, [input, list, status]);
    this.append(openButton(), dialog);
    const open = (): void => {
      if (!dialog.open) dialog.showModal();
      input.select();
    };
    for (const button of document.querySelectorAll<HTMLElement>("[data-open-search]")) {
      button.hidden = false;
      button.addEventListener("click", open);
    }
    document.addEventListener("keydown", (event) => {
      if (isShortcut(event)) {
        event.preventDefault();
        open();
      }
    });
    // A click on the dialog itself is a click beside its content.
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    input.addEventListener("focus", () => void loadSchemaSearch().catch(() => undefined));
    input.addEventListener("input", () => void this.#find(input, list, status));
    input.addEventListener("keydown", (event) => choose(event, input, list));
  }

  async #find(input: HTMLInputElement, list: HTMLElement, status: HTMLElement): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const words = input.value;
    try {
      const isEmpty = words.trim() === "";
      const schema = isEmpty ? [] : await findInSchema(words, MOST_IN_SCHEMA);
      if (asked !== this.#asked) return;
      showResults(list, schema, []);
      const guides = isEmpty ? [] : await findInGuides(words, MOST_GUIDES);
      if (asked !== this.#asked) return;
      showResults(list, schema, guides);
      const total = schema.length + guides.length;
      const found = total === 0 ? "Nothing found. Try fewer or other words." : `${total} found`;
      status.textContent = isEmpty ? "" : found;
      select(input, list, 0);
    } catch (error) {
      status.textContent = error instanceof Error ? error.message : "The search did not work.";
    }
  }
}

function openButton(): HTMLButtonElement {
  const words = [element("span", { textContent: "Search" }), element("kbd", { textContent: "/" })];
  const made = element("button", { type: "button", className: "open", ariaLabel: "Search", hidden: true }, words);
  made.dataset["openSearch"] = "";
  made.setAttribute("aria-keyshortcuts", "/ Control+K");
  return made;
}

function searchInput(): HTMLInputElement {
  const made = element("input", {
    type: "search",
    placeholder: "Tables, columns, queries, guides…",
    ariaLabel: "Search",
    role: "combobox",
    ariaExpanded: "true",
    ariaAutoComplete: "list",
    autocomplete: "off",
    spellcheck: false,
  });
  made.setAttribute("aria-controls", LIST);
  return made;
}

function isShortcut(event: KeyboardEvent): boolean {
  if (event.key === "k" && (event.ctrlKey || event.metaKey)) return true;
  const target = event.target;
  const isTyping =
    target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
  return event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
}

function choose(event: KeyboardEvent, input: HTMLInputElement, list: HTMLElement): void {
  const options = [...list.querySelectorAll<HTMLAnchorElement>("[role=option]")];
  const at = options.findIndex((option) => option.ariaSelected === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    select(input, list, (at + step + options.length) % Math.max(1, options.length));
  }
  if (event.key === "Enter") options[Math.max(0, at)]?.click();
}

function select(input: HTMLInputElement, list: HTMLElement, position: number): void {
  for (const [at, option] of list.querySelectorAll("[role=option]").entries()) {
    option.ariaSelected = String(at === position);
    if (at !== position) continue;
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("qg-search", SiteSearch);
