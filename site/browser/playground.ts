import type { SiteEngine } from "#generators/site-data/engine.ts";
import type { SiteQuery } from "#generators/site-data/contract.ts";
import type { AskData } from "../view/ask-data.ts";
import type { Completion } from "../view/completion.ts";
import { newFileAddress } from "../view/new-query-file.ts";
import { parameterCount } from "../view/parameters.ts";
import { accountAt, type Account } from "./account.ts";
import { readerIn, showReaders } from "./ask-readers.ts";
import { servedModels, type ServedAsk, type ServedModel } from "./ask-served.ts";
import { connectionsOf, servedConnections, type PlaygroundConnection } from "./connections.ts";
import { fetchData } from "./fetch-data.ts";
import { button, element } from "./element.ts";
import { showFound } from "./found-list.ts";
import { NoQueryFunction } from "./http-runner.ts";
import { keepQuery, queryHistory } from "./query-history.ts";
import type { QueryRequest, QueryRunner } from "./query-runner.ts";
import { firstQuery, NOBODY_OPTIMIZES, outcomeView, type Outcome } from "./outcome-view.ts";
import { sqlEditor, type SqlEditor } from "./sql-editor.ts";

/** What the page tells the playground, beside its markup. */
interface Settings {
  readonly queryUrl: string | null;
  /** Whether the server there knows who reads. */
  readonly knowsReaders?: boolean;
  readonly engine: SiteEngine | null;
  readonly newFileUrl: string | null;
  /** Whether readers may bring a key, and for which other services. */
  readonly ownKey: { readonly endpoints: readonly string[] } | null;
  /** Folder of the saved queries, with a slash at its end. */
  readonly queryFolder: string;
}

/** The question box, the editor and the result, wired to whatever answers SQL. */
class Playground extends HTMLElement {
  #editor: SqlEditor | undefined;
  #asked = 0;
  #stop: AbortController | undefined;
  #settings: Settings = { queryUrl: null, engine: null, newFileUrl: null, ownKey: null, queryFolder: "queries/" };
  readonly #saved = once(() => fetchData<readonly SiteQuery[]>("queries"));
  readonly #askData = once(() => fetchData<AskData>("ask"));
  #connections: readonly PlaygroundConnection[] = [];
  #connection: PlaygroundConnection | undefined;
  #served: ServedAsk | null = null;
  #models: readonly ServedModel[] = [];

  connectedCallback(): void {
    const area = this.querySelector("textarea");
    const find = this.querySelector<HTMLInputElement>("#qg-find");
    if (!area || !find) return;
    // Written by the page that this script is part of.
    this.#settings = JSON.parse(this.dataset["settings"] ?? "{}");
    this.hidden = false;
    const run = (): void => void this.#run();
    const explain = (): void => void this.#explain();
    const changed = (): void => this.#showValues();
    const editor = sqlEditor(area, { label: "SQL", text: "", run, explain, changed });
    this.#editor = editor;
    const { queryUrl, knowsReaders = false } = this.#settings;
    const account = queryUrl === null || !knowsReaders ? null : accountAt(queryUrl);
    this.#connections = connectionsOf({ ...this.#settings, account }, this.#saved, (text) => this.#stage(text));
    this.#fillConnections();
    if (queryUrl !== null && account !== null) void this.#showAccount(queryUrl, account);
    this.#click("run", run);
    this.#click("explain", explain);
    this.#click("optimize", () => void this.#optimize());
    this.#click("format", () => void this.#format());
    this.#click("stop", () => this.#stop?.abort());
    this.#click("link", () => void this.#copyLink());
    this.#click("reset", () => void this.#connection?.reset?.().then(() => this.#stage("The database is as it was.")));
    this.#click("history", () => this.#showHistory());
    this.#click("keep", () => this.#showKeep());
    this.#click("own-key", () => void this.#showOwnKey());
    if (this.#settings.ownKey) this.#showReaders();
    for (const saved of this.querySelectorAll<HTMLElement>("[data-saved]")) {
      saved.addEventListener("click", () => void this.#openSaved(saved.dataset["saved"] ?? ""));
    }
    find.addEventListener("input", () => void this.#find(find.value));
    const form = this.querySelector("form.ask");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#ask(find.value);
    });
    if (queryUrl !== null) {
      const asked = { url: queryUrl, ...(account && { proof: account.proof }) };
      form?.addEventListener("focusin", () => void this.#findModels(asked), { once: true });
    }
    void fetchData<Completion>("completion").then((completion) => editor.setCompletion(completion));
    void this.#openAddress(new URLSearchParams(location.search), find);
  }

  #click(name: string, act: () => void): void {
    this.querySelector(`[data-${name}]`)?.addEventListener("click", act);
  }

  #showReaders(): void {
    const field = this.querySelector<HTMLSelectElement>("[data-reader]");
    if (field) showReaders(field, this.#models);
  }

  /** The models that the server asks for this reader stand beside the reader's own. */
  async #findModels(served: ServedAsk): Promise<void> {
    this.#served = served;
    this.#models = await servedModels(served);
    if (this.#models.length > 0) this.#showReaders();
  }

  #fillConnections(): void {
    const field = this.querySelector<HTMLSelectElement>("[data-connection]");
    field?.addEventListener("change", () => this.#use(this.#connections.find(({ id }) => id === field.value)));
    this.#listConnections();
    this.#use(this.#connections[0]);
  }

  #listConnections(): void {
    const field = this.querySelector<HTMLSelectElement>("[data-connection]");
    field?.replaceChildren(
      ...this.#connections.map(({ id, label }) => element("option", { value: id, textContent: label })),
    );
    if (field && this.#connection) field.value = this.#connection.id;
    if (field?.parentElement) field.parentElement.hidden = this.#connections.length < 2;
  }

  /** Who is signed in, and the running databases that are there for them. */
  async #showAccount(queryUrl: string, account: Account): Promise<void> {
    const [view, served] = await Promise.all([account.view(), servedConnections(queryUrl, account)]);
    const place = this.querySelector<HTMLElement>("[data-account]");
    if (place && view !== null) {
      place.replaceChildren(view);
      place.hidden = false;
    }
    if (served.length === 0) return;
    this.#connections = [...this.#connections, ...served];
    this.#listConnections();
  }

  #use(connection: PlaygroundConnection | undefined): void {
    this.#connection = connection;
    const about = this.querySelector(".about");
    if (about) about.textContent = connection?.runner.about ?? "";
    const field = this.querySelector<HTMLSelectElement>("[data-connection]");
    if (field && connection) field.value = connection.id;
    const reset = this.querySelector<HTMLElement>("[data-reset]");
    if (reset) reset.hidden = connection?.reset === undefined;
    const optimize = this.querySelector<HTMLElement>("[data-optimize]");
    if (optimize) optimize.hidden = connection?.runner.optimize === undefined;
  }

  /** What is going on, or null when nothing is. */
  #stage(text: string | null): void {
    const status = this.querySelector(".stage");
    if (status) status.textContent = text ?? "";
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
    const question = address.get("ask");
    if (question !== null) {
      find.value = question;
      await this.#ask(question, { isByAddress: true });
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
    for (const saved of this.querySelectorAll<HTMLElement>("[data-saved]")) {
      saved.ariaCurrent = String(saved.dataset["saved"] === id);
    }
    if (remembers) remember({ query: id });
    const kept = this.#connections.find((one) => one.id === "saved");
    if (kept) this.#show(await kept.runner.run({ sql: query.sql }));
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

  /**
   * Writes the query that answers the question, says how it was read, and runs it when it was understood. Whoever only
   * follows a link has not asked for an engine of several megabytes.
   */
  async #ask(
    question: string,
    { isByAddress }: { readonly isByAddress: boolean } = { isByAddress: false },
  ): Promise<void> {
    if (question.trim() === "") return;
    this.ariaBusy = "true";
    try {
      this.#stage("Reading the question");
      const [{ askBy }, data, queries] = await Promise.all([import("./ask-by.ts"), this.#askData(), this.#saved()]);
      const isIdle = (): boolean => isByAddress && this.#connection?.id === "browser";
      const runner = (): QueryRunner | null =>
        isIdle() || this.#connection?.id === "saved" ? null : (this.#connection?.runner ?? null);
      const stop = this.#newStop();
      // A link must not spend a reader's money.
      const reader = isByAddress ? "rules" : readerIn(this.querySelector<HTMLSelectElement>("[data-reader]"));
      const onReading = (text: string): void => this.#showReading(text);
      const served = this.#served;
      const read = () =>
        askBy(question, { reader, served, data, queries, runner: runner(), signal: stop.signal, onReading });
      if (reader !== "rules") this.#setBusy(true, "The model is asked");
      const answer = await (this.#connection ? this.#askOrNext(this.#connection, read) : read());
      if (stop.signal.aborted) return this.#showReading("Stopped.");
      const unread = answer.unexplained.length === 0 ? [] : [`Not understood: ${answer.unexplained.join(", ")}.`];
      this.#showReading([answer.reading, ...unread, ...answer.notes].join(" "));
      this.#editor?.setText(answer.sql);
      remember({ ask: question });
      this.#stage(null);
      if (answer.valid && !isIdle()) await this.#answer((runner, request) => runner.run(request));
    } finally {
      this.#setBusy(false);
    }
  }

  #showReading(text: string): void {
    const reading = this.querySelector<HTMLElement>(".reading");
    if (!reading) return;
    reading.textContent = text;
    reading.hidden = false;
  }

  /** Gives up what is going on, and gives the next thing something to be given up by. */
  #newStop(): AbortController {
    this.#stop?.abort();
    this.#stop = new AbortController();
    return this.#stop;
  }

  async #showOwnKey(): Promise<void> {
    const { ownKeyView } = await import("./own-key/own-key-view.ts");
    const view = ownKeyView(this.#settings.ownKey?.endpoints ?? [], () => this.#showReaders());
    this.querySelector(".result")?.replaceChildren(view);
  }

  async #run(): Promise<void> {
    const sql = this.#editor?.text() ?? "";
    if (sql.trim() === "") return;
    remember({ sql });
    keepQuery(sql);
    await this.#answer((runner, request) => runner.run(request));
  }

  async #explain(): Promise<void> {
    if (this.#editor?.text().trim() === "") return;
    await this.#answer((runner, request) => runner.explain(request));
  }

  async #optimize(): Promise<void> {
    if (this.#editor?.text().trim() === "") return;
    await this.#answer(async (runner, request) => {
      this.#stage("Looking for a cheaper form");
      return (await runner.optimize?.(request)) ?? NOBODY_OPTIMIZES;
    });
  }

  async #answer(ask: (runner: QueryRunner, request: QueryRequest) => Promise<Outcome>): Promise<void> {
    const connection = this.#connection;
    if (!connection) return;
    this.#asked += 1;
    const asked = this.#asked;
    const stop = this.#newStop();
    const request = { sql: this.#editor?.text() ?? "", params: this.#values(), signal: stop.signal };
    this.#setBusy(true);
    try {
      const outcome = await this.#askOrNext(connection, (runner) => ask(runner, request));
      // An earlier question may be answered later than a newer one.
      if (asked === this.#asked) this.#show(outcome);
    } finally {
      if (asked === this.#asked) this.#setBusy(false);
    }
  }

  /** Where there turns out to be no query function, the next connection is asked. */
  async #askOrNext<T>(connection: PlaygroundConnection, ask: (runner: QueryRunner) => Promise<T>): Promise<T> {
    try {
      return await ask(connection.runner);
    } catch (error) {
      const next = this.#connections[this.#connections.indexOf(connection) + 1];
      if (!(error instanceof NoQueryFunction) || !next || next.id.startsWith("served:")) throw error;
      this.#use(next);
      return await ask(next.runner);
    }
  }

  #setBusy(isBusy: boolean, stage: string | null = null): void {
    this.ariaBusy = String(isBusy);
    const stop = this.querySelector<HTMLElement>("[data-stop]");
    if (stop) stop.hidden = !isBusy;
    if (!isBusy || stage !== null) this.#stage(stage);
  }

  #show(outcome: Outcome): void {
    const use = (sql: string): void => this.#editor?.setText(sql);
    this.querySelector(".result")?.replaceChildren(outcomeView(outcome, use));
  }

  /** A field for each `$1`, `$2` … of the query; what was typed stays. */
  #showValues(): void {
    const place = this.querySelector<HTMLElement>(".values");
    if (!place) return;
    const count = parameterCount(this.#editor?.text() ?? "");
    while (place.childElementCount > count) place.lastElementChild?.remove();
    for (let at = place.childElementCount + 1; at <= count; at += 1) {
      const field = element("input", { type: "text", placeholder: "null", autocomplete: "off", spellcheck: false });
      place.append(element("label", {}, [element("span", { textContent: `$${at}` }), field]));
    }
  }

  #values(): readonly (string | null)[] {
    return [...this.querySelectorAll<HTMLInputElement>(".values input")].map(({ value }) =>
      value === "" ? null : value,
    );
  }

  async #format(): Promise<void> {
    const sql = this.#editor?.text() ?? "";
    const { formatSql } = await import("./format-sql.ts");
    const formatted = formatSql(sql);
    if (formatted === null) this.#stage("The query cannot be formatted as it stands.");
    else this.#editor?.setText(formatted);
  }

  async #copyLink(): Promise<void> {
    const sql = this.#editor?.text() ?? "";
    remember({ sql });
    const isCopied = await navigator.clipboard.writeText(location.href).then(
      () => true,
      () => false,
    );
    this.#stage(isCopied ? "The link is copied." : "The link is in the address bar.");
  }

  #showHistory(): void {
    const history = queryHistory();
    const items = history.map((sql) => element("li", {}, [button(sql, () => this.#editor?.setText(sql), "past")]));
    const none = element("p", { textContent: "Queries that you run are listed here. They stay in this browser." });
    this.querySelector(".result")?.replaceChildren(
      element("h2", { className: "small", textContent: "History" }),
      items.length === 0 ? none : element("ul", { className: "history" }, items),
    );
  }

  /** Asks for a title and leads to a new file at GitHub, which opens the pull request. */
  #showKeep(): void {
    const template = this.#settings.newFileUrl;
    if (template === null) return;
    const title = element("input", { type: "text", required: true });
    const question = element("input", { type: "text" });
    const form = element("form", { className: "keep" }, [
      element("label", {}, [element("span", { textContent: "Title" }), title]),
      element("label", {}, [element("span", { textContent: "Question it answers" }), question]),
      element("button", { type: "submit", className: "qg-button primary", textContent: "Open at GitHub" }),
    ]);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const query = { title: title.value, question: question.value, sql: this.#editor?.text() ?? "" };
      window.open(newFileAddress(template, this.#settings.queryFolder, query), "_blank", "noopener");
    });
    this.querySelector(".result")?.replaceChildren(form);
    title.focus();
  }
}

/** Puts what is shown into the address, so that it can be sent to somebody. */
function remember(state: Readonly<Record<string, string>>): void {
  history.replaceState(null, "", `?${new URLSearchParams(state)}`);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

customElements.define("qg-playground", Playground);
