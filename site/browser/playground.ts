import type { SiteQuery } from "#generators/site-data/contract.ts";
import { link } from "../link.ts";
import type { Completion } from "../view/completion.ts";
import { showFound } from "./found-list.ts";
import { httpRunner, NoQueryFunction } from "./http-runner.ts";
import { savedRunner, type ExplainOutcome, type QueryRunner, type RunOutcome } from "./query-runner.ts";
import { element, planView, refusalView, rowsView } from "./result-view.ts";
import { sqlEditor, type SqlEditor } from "./sql-editor.ts";

/** The question box, the editor and the result, wired to whatever answers SQL. */
class Playground extends HTMLElement {
  #editor: SqlEditor | undefined;
  #asked = 0;
  readonly #saved = once(() => fetchJson<readonly SiteQuery[]>("queries"));
  readonly #fallback = savedRunner(this.#saved);
  #runner: QueryRunner = this.#fallback;

  connectedCallback(): void {
    const area = this.querySelector("textarea");
    const find = this.querySelector<HTMLInputElement>("#qg-find");
    if (!area || !find) return;
    this.hidden = false;
    const run = (): void => void this.#run();
    const explain = (): void => void this.#explain();
    const editor = sqlEditor(area, { label: "SQL", text: "", run, explain });
    this.#editor = editor;
    this.#use(this.dataset["queryUrl"] === undefined ? this.#fallback : httpRunner(this.dataset["queryUrl"]));
    this.querySelector("[data-run]")?.addEventListener("click", run);
    this.querySelector("[data-explain]")?.addEventListener("click", explain);
    for (const button of this.querySelectorAll<HTMLElement>("[data-saved]")) {
      button.addEventListener("click", () => void this.#openSaved(button.dataset["saved"] ?? ""));
    }
    find.addEventListener("input", () => void this.#find(find.value));
    void fetchJson<Completion>("completion").then((completion) => editor.setCompletion(completion));
    void this.#openAddress(new URLSearchParams(location.search), find);
  }

  /** `?sql=`, `?query=` and `?find=` open what they name; otherwise the first saved query with its answer. */
  async #openAddress(address: URLSearchParams, find: HTMLInputElement): Promise<void> {
    const sql = address.get("sql");
    if (sql !== null) {
      this.#editor?.setText(sql);
      return;
    }
    const words = address.get("find");
    if (words !== null) {
      find.value = words;
      await this.#find(words, true);
      return;
    }
    const queries = await this.#saved();
    const first = queries.find(({ id }) => id === address.get("query")) ?? queries[0];
    if (first) await this.#openSaved(first.id, false);
  }

  async #openSaved(id: string, remembers = true): Promise<void> {
    const query = (await this.#saved()).find((query) => query.id === id);
    if (!query) return;
    this.#editor?.setText(query.sql);
    for (const button of this.querySelectorAll<HTMLElement>("[data-saved]")) {
      button.ariaCurrent = String(button.dataset["saved"] === id);
    }
    if (remembers) remember({ query: id });
    this.#show(await this.#fallback.run(query.sql));
  }

  async #find(words: string, opensExact = false): Promise<void> {
    const list = this.querySelector<HTMLElement>(".found");
    if (!list) return;
    const exact = await showFound(list, words, {
      openTable: (id) => this.#editor?.setText(firstQuery(id)),
      openQuery: (id) => void this.#openSaved(id),
    });
    if (opensExact && exact !== null) this.#editor?.setText(firstQuery(exact));
  }

  async #run(): Promise<void> {
    const sql = this.#editor?.text() ?? "";
    if (sql.trim() === "") return;
    remember({ sql });
    await this.#answer((runner) => runner.run(sql));
  }

  async #explain(): Promise<void> {
    const sql = this.#editor?.text() ?? "";
    if (sql.trim() === "") return;
    await this.#answer((runner) => runner.explain(sql));
  }

  async #answer(ask: (runner: QueryRunner) => Promise<RunOutcome | ExplainOutcome>): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.ariaBusy = "true";
    try {
      const outcome = await ask(this.#runner).catch((error: unknown) => {
        if (!(error instanceof NoQueryFunction)) throw error;
        this.#use(this.#fallback);
        return ask(this.#fallback);
      });
      // An earlier question may be answered later than a newer one.
      if (asked === this.#asked) this.#show(outcome);
    } finally {
      if (asked === this.#asked) this.ariaBusy = "false";
    }
  }

  #use(runner: QueryRunner): void {
    this.#runner = runner;
    const about = this.querySelector(".about");
    if (about) about.textContent = runner.about;
  }

  #show(outcome: RunOutcome | ExplainOutcome): void {
    this.querySelector(".result")?.replaceChildren(outcomeView(outcome));
  }
}

function outcomeView(outcome: RunOutcome | ExplainOutcome): HTMLElement {
  switch (outcome.kind) {
    case "rows":
      return rowsView(outcome.rows, outcome.elapsedMs);
    case "plan":
      return planView(outcome.plan);
    case "refusal":
      return refusalView(outcome);
    default:
      return element("p", { textContent: String(outcome satisfies never) });
  }
}

function firstQuery(table: string): string {
  return `select *\nfrom ${table}\nlimit 20`;
}

/** Puts what is shown into the address, so that it can be sent to somebody. */
function remember(state: Readonly<Record<string, string>>): void {
  history.replaceState(null, "", `?${new URLSearchParams(state)}`);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

async function fetchJson<T>(name: string): Promise<T> {
  const response = await fetch(link(`data/${name}.json`));
  if (!response.ok) throw new Error(`${name} did not load: ${response.status}`);
  return response.json();
}

customElements.define("qg-playground", Playground);
