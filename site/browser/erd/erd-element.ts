import type { Box, Layout } from "#generators/erd/layout.ts";
import { link } from "../../link.ts";
import type { ErdFile } from "../../view/erd-file.ts";
import {
  erdQuery,
  neighboursOf,
  readErdState,
  shownDiagram,
  versionsShown,
  type ErdState,
} from "../../view/erd-state.ts";
import { countMarks } from "../../view/erd-versions.ts";
import { button, element } from "../element.ts";
import { fetchData } from "../fetch-data.ts";
import { mountCamera, type Camera } from "./camera.ts";
import { controls, type Controls } from "./controls.ts";
import { pictureElement, pictureText, placed } from "./erd-view.ts";
import { exportDiagram, type ExportKind } from "./export-diagram.ts";
import { minimap, type Minimap } from "./minimap.ts";

/** A diagram that can be moved, searched and cut down. Without a script it is a picture with links. */
class ErdElement extends HTMLElement {
  /** As the site was made with it. */
  #made: ErdFile | null = null;
  /** With the changes between two versions, where some are shown. */
  #file: ErdFile | null = null;
  #state: ErdState = { show: "keys", active: null, hidden: [], hops: null, group: "none", from: null, to: null };
  #layout: Layout | null = null;
  #camera: Camera | null = null;
  #controls: Controls | null = null;
  #minimap: Minimap | null = null;
  #frame: HTMLElement | null = null;
  #said = element("p", { className: "said" });
  #drawing = 0;

  connectedCallback(): void {
    void this.#start().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : "The diagram's data did not load.";
      this.#said.textContent = `${reason} The picture is shown as it was drawn when this site was made.`;
      this.prepend(this.#said);
    });
  }

  async #start(): Promise<void> {
    const frame = this.querySelector<HTMLElement>(".frame");
    if (!frame || this.#file) return;
    const file = await fetchData<ErdFile>(`erd/${this.dataset["name"] ?? ""}`);
    this.#made = file;
    this.#frame = frame;
    this.#state = readErdState(location.search, file);
    this.#file = versionsShown(file, this.#state);
    const map = minimap((middle) => this.#camera?.moveTo(middle));
    this.#minimap = map;
    this.#camera = mountCamera(frame, (view) => map.mark(view));
    this.#controls = controls({
      file,
      onChange: (change) => void this.#change(change),
      onFind: (words) => this.#find(words),
      onZoom: (factor) => this.#camera?.zoom(factor),
      onFit: () => this.#camera?.fit(),
      onExport: (kind) => void this.#export(kind),
    });
    this.#said.role = "status";
    this.prepend(this.#controls.element, this.#said);
    frame.after(map.element);
    frame.addEventListener("click", (event) => this.#choose(event));
    frame.addEventListener(
      "keydown",
      (event) => event.key === "Escape" && void this.#change({ active: null, hops: null }),
    );
    frame.addEventListener("focusin", (event) => this.#reveal(event.target));
    this.dataset["ready"] = "";
    await this.#draw(false);
    const active = this.#boxOf(this.#state.active);
    if (active && this.#state.hops === null) this.#camera.flyTo(active);
  }

  /** Draws what the state shows. The first time that is what stands in the page already, unless the address says more. */
  async #draw(isKept: boolean): Promise<void> {
    const { file, frame } = { file: this.#file, frame: this.#frame };
    if (!file || !frame) return;
    this.#drawing += 1;
    const drawing = this.#drawing;
    const layout = await placed(file, shownDiagram(file, this.#state), this.#state);
    if (drawing !== this.#drawing) return;
    const isFirst = this.#layout === null && erdQuery({ ...this.#state, active: null }, file) === "";
    const standing = frame.querySelector("svg");
    const picture = isFirst && standing ? standing : pictureElement(pictureText(layout, { file }));
    if (picture !== standing) frame.replaceChildren(picture);
    this.#layout = layout;
    this.#minimap?.show(layout);
    this.#camera?.show(picture, isKept);
    this.#reflect();
  }

  async #change(change: Partial<ErdState>): Promise<void> {
    const file = this.#file;
    if (!file) return;
    const before = this.#state;
    const next = { ...before, ...change };
    const state = next.active === null ? { ...next, hops: null } : next;
    this.#state = state;
    const isOtherVersion = state.from !== before.from || state.to !== before.to;
    if (isOtherVersion && this.#made) this.#file = versionsShown(this.#made, state);
    history.replaceState(history.state, "", `${location.pathname}${erdQuery(state, file)}${location.hash}`);
    const isSamePicture =
      !isOtherVersion &&
      state.show === before.show &&
      state.group === before.group &&
      state.hidden === before.hidden &&
      state.hops === before.hops &&
      (state.hops === null || state.active === before.active);
    if (isSamePicture) this.#reflect();
    else await this.#draw(false);
    const box = this.#boxOf(state.active);
    if (box && state.hops === null && (change.active !== undefined || !isSamePicture)) this.#camera?.flyTo(box);
  }

  /** Marks the chosen table and its neighbours, and says what can be done with it. */
  #reflect(): void {
    const { file, frame } = { file: this.#file, frame: this.#frame };
    if (!file || !frame) return;
    const { active } = this.#state;
    this.#controls?.reflect(this.#state);
    const near = active === null ? null : neighboursOf(file, active);
    frame.classList.toggle("has-active", active !== null);
    for (const box of frame.querySelectorAll<SVGElement>("[data-table]")) {
      const id = box.dataset["table"] ?? "";
      box.classList.toggle("f", id === active);
      box.classList.toggle("on", id === active || near?.has(id) === true);
    }
    for (const line of frame.querySelectorAll<SVGElement>("[data-from]"))
      line.classList.toggle("on", line.dataset["from"] === active || line.dataset["to"] === active);
    this.#say(near);
  }

  #say(near: ReadonlySet<string> | null): void {
    const { active, hidden } = this.#state;
    const node = this.#file?.nodes.find(({ id }) => id === active);
    if (!node || near === null || active === null) {
      this.#said.replaceChildren(this.#hint());
      return;
    }
    const others = [...near].filter((id) => id !== active).length;
    this.#said.replaceChildren(
      element("strong", { textContent: active }),
      ` is joined to ${others === 1 ? "1 other table" : `${others} other tables`}. `,
      ...(node.path === null ? [] : [element("a", { href: link(node.path), textContent: "Open its page" })]),
      button("Only around it", () => void this.#change({ hops: this.#state.hops === null ? 1 : null })),
      button("Hide it", () => void this.#change({ hidden: [...hidden, active], active: null })),
      button("Done", () => void this.#change({ active: null })),
    );
  }

  #hint(): string {
    if (this.#layout?.boxes.length === 0) return "Every table is hidden. “Tables” shows them again.";
    const { from, to } = this.#state;
    if (from !== null && this.#file) {
      const { added, changed, dropped } = countMarks(this.#file);
      const until = to === null ? "" : ` until ${to}`;
      return `Since ${from}${until}: + ${added} added, ~ ${changed} changed, − ${dropped} dropped.`;
    }
    return this.#file?.kind === "domains"
      ? "Open a box to see its tables, or find one by its name."
      : "Choose a table to see what it is joined to.";
  }

  /** The first press on a table chooses it, the second one opens its page; a press beside tables lets it go. */
  #choose(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || this.#file?.kind !== "tables") return;
    const id = tableOf(event.target);
    if (id === null) return void this.#change({ active: null });
    if (id === this.#state.active) return;
    event.preventDefault();
    void this.#change({ active: id });
  }

  /** Whole names first, then names that begin so, then names that hold the words. */
  #find(words: string): void {
    const file = this.#file;
    if (!file) return;
    const plain = words.toLowerCase();
    const candidates = [
      ...file.nodes.map(({ id, name }) => ({
        names: [id.toLowerCase(), name.toLowerCase()],
        go: () => this.#goTo(id),
      })),
      ...file.elsewhere.map(({ label, path }) => ({
        names: [label.toLowerCase()],
        go: () => path !== null && location.assign(link(path)),
      })),
    ];
    const found =
      candidates.find(({ names }) => names.includes(plain)) ??
      candidates.find(({ names }) => names.some((name) => name.startsWith(plain))) ??
      candidates.find(({ names }) => names.some((name) => name.includes(plain)));
    if (found) found.go();
    else this.#said.replaceChildren(`No table here is called “${words}”.`);
  }

  #goTo(id: string): void {
    const { hidden } = this.#state;
    if (this.#file?.kind === "domains") {
      const path = this.#file.nodes.find((node) => node.id === id)?.path;
      if (path !== null && path !== undefined) location.assign(link(path));
    } else {
      void this.#change({ active: id, ...(hidden.includes(id) && { hidden: hidden.filter((one) => one !== id) }) });
    }
  }

  #reveal(target: EventTarget | null): void {
    if (!(target instanceof Element) || !target.matches(":focus-visible")) return;
    const box = this.#boxOf(target.querySelector<SVGElement>("[data-table]")?.dataset["table"] ?? null);
    if (box) this.#camera?.reveal(box);
  }

  #boxOf(id: string | null): Box | undefined {
    return this.#layout?.boxes.find(({ node }) => node.id === id);
  }

  async #export(kind: ExportKind): Promise<void> {
    const file = this.#file;
    const standing = this.#frame?.querySelector("svg");
    if (!file || !this.#layout || !standing) return;
    const diagram = shownDiagram(file, this.#state);
    const complete = shownDiagram(file, { ...this.#state, show: "all" });
    const name = this.dataset["name"] ?? "diagram";
    const svg = pictureText(this.#layout, { file, isFile: true });
    await exportDiagram(kind, { name, svg, diagram, complete }, standing).catch((error: unknown) => {
      this.#said.replaceChildren(error instanceof Error ? error.message : "The diagram could not be saved.");
    });
  }
}

function tableOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null;
  const within =
    target.closest<SVGElement>("[data-table]") ?? target.closest("a")?.querySelector<SVGElement>("[data-table]");
  return within?.dataset["table"] ?? null;
}

customElements.define("qg-erd", ErdElement);
