import type { ErdFile } from "../../view/erd-file.ts";
import { MOST_HOPS, type ErdGroup, type ErdShow, type ErdState } from "../../view/erd-state.ts";
import { knownVersions } from "../../view/erd-versions.ts";
import { button, element } from "../element.ts";
import { EXPORT_KINDS, type ExportKind } from "./export-diagram.ts";

export interface Controls {
  readonly element: HTMLElement;
  /** Makes the fields say what is shown. */
  reflect(state: ErdState): void;
}
export interface ControlsInput {
  readonly file: ErdFile;
  readonly onChange: (change: Partial<ErdState>) => void;
  readonly onFind: (words: string) => void;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly onExport: (kind: ExportKind) => void;
}

const ZOOM = 1.35;
/** Names that a browser offers while somebody types. */
const MOST_OFFERED = 2000;

/** The bar above a diagram. */
export function controls(input: ControlsInput): Controls {
  const { file, onChange } = input;
  const isOfTables = file.kind === "tables";
  const show = choice<ErdShow>(
    "Columns",
    [
      ["keys", "Keys"],
      ["all", "All"],
      ["names", "None"],
    ],
    (value) => onChange({ show: value }),
  );
  const hops = choice<string>(
    "Around the chosen table",
    [
      ["", "Everything"],
      ...Array.from(
        { length: MOST_HOPS },
        (_, at) => [String(at + 1), at === 0 ? "1 step" : `${at + 1} steps`] as const,
      ),
    ],
    (value) => onChange({ hops: value === "" ? null : Number(value) }),
  );
  const group = choice<ErdGroup>("Grouped by", groupsOf(file), (value) => onChange({ group: value }));
  const tables = tableList(input);
  const versions = versionChoice(input);
  const bar = element("div", { className: "bar", role: "toolbar", ariaLabel: "Diagram" }, [
    finder(input),
    ...(isOfTables ? [show.label, hops.label] : []),
    ...(isOfTables && groupsOf(file).length > 1 ? [group.label] : []),
    ...(isOfTables ? [tables.element] : []),
    ...versions.labels,
    menu("Save as", [
      element(
        "div",
        { className: "kinds" },
        EXPORT_KINDS.filter((kind) => isOfTables || kind !== "DBML").map((kind) =>
          button(kind, () => input.onExport(kind)),
        ),
      ),
    ]),
    element("span", { className: "zoom" }, [
      named(
        button("−", () => input.onZoom(1 / ZOOM)),
        "Farther",
      ),
      named(
        button("+", () => input.onZoom(ZOOM)),
        "Closer",
      ),
      button("Fit", input.onFit),
    ]),
  ]);
  return {
    element: bar,
    reflect(state) {
      show.field.value = state.show;
      hops.field.value = state.hops === null ? "" : String(state.hops);
      hops.field.disabled = state.active === null;
      group.field.value = state.group;
      tables.reflect(state);
      versions.reflect(state);
    },
  };
}

/** Two versions whose difference is marked; nothing to choose where no release is known. */
function versionChoice({ file, onChange }: ControlsInput): {
  readonly labels: readonly HTMLElement[];
  reflect(state: ErdState): void;
} {
  const known = knownVersions(file);
  const names = known.map((name): readonly [string, string] => [name, name]);
  const since = choice<string>("Changes since", [["", "None shown"], ...names], (value) =>
    onChange({ from: value === "" ? null : value, to: null }),
  );
  const until = choice<string>("until", [["", "Now"], ...names], (value) =>
    onChange({ to: value === "" ? null : value }),
  );
  return {
    labels: known.length === 0 ? [] : [since.label, until.label],
    reflect({ from, to }) {
      since.field.value = from ?? "";
      until.field.value = to ?? "";
      until.label.hidden = from === null;
      for (const option of until.field.options) {
        option.disabled = option.value !== "" && known.indexOf(option.value) >= known.indexOf(from ?? "");
      }
    },
  };
}

/** One schema alone is no grouping. */
function groupsOf({ nodes }: ErdFile): readonly (readonly [ErdGroup, string])[] {
  const schemas = new Set(nodes.map(({ groups }) => groups?.schema));
  const domains = new Set(nodes.map(({ groups }) => groups?.domain));
  return [
    ["none", "Nothing"],
    ...(schemas.size > 1 ? [["schema", "Schema"] as const] : []),
    ...(domains.size > 1 ? [["domain", "Domain"] as const] : []),
  ];
}

function finder({ file, onFind }: ControlsInput): HTMLElement {
  const names = [
    ...file.nodes.map(({ id, name }) => (file.kind === "tables" ? id : name)),
    ...file.elsewhere.map(({ label }) => label),
  ];
  const list = element(
    "datalist",
    { id: "qg-erd-names" },
    names.slice(0, MOST_OFFERED).map((value) => element("option", { value })),
  );
  const field = element("input", {
    type: "search",
    placeholder: "Find a table",
    ariaLabel: "Find a table",
    autocomplete: "off",
  });
  field.setAttribute("list", list.id);
  field.addEventListener("change", () => field.value.trim() !== "" && onFind(field.value.trim()));
  return element("span", { className: "find" }, [field, list]);
}

/** Every table with a box to tick, made when it is first opened. */
function tableList({ file, onChange }: ControlsInput): {
  readonly element: HTMLElement;
  reflect(state: ErdState): void;
} {
  const summary = element("summary", { textContent: "Tables" });
  const list = element("div", { className: "list" });
  const place = element("details", { className: "menu" }, [summary, list]);
  let hidden: readonly string[] = [];
  const boxes = new Map<string, HTMLInputElement>();
  place.addEventListener("toggle", () => {
    if (boxes.size > 0) return;
    for (const { id } of file.nodes) {
      const box = element("input", { type: "checkbox", checked: !hidden.includes(id) });
      box.addEventListener("change", () =>
        onChange({ hidden: box.checked ? hidden.filter((one) => one !== id) : [...hidden, id] }),
      );
      boxes.set(id, box);
      list.append(element("label", {}, [box, element("span", { textContent: id })]));
    }
    list.prepend(
      element("span", { className: "kinds" }, [
        button("Show all", () => onChange({ hidden: [] })),
        button("Hide all", () => onChange({ hidden: file.nodes.map(({ id }) => id) })),
      ]),
    );
  });
  return {
    element: place,
    reflect(state) {
      hidden = state.hidden;
      summary.textContent = hidden.length === 0 ? "Tables" : `Tables (${hidden.length} hidden)`;
      for (const [id, box] of boxes) box.checked = !hidden.includes(id);
    },
  };
}

function menu(title: string, children: readonly Node[]): HTMLElement {
  const place = element("details", { className: "menu" }, [
    element("summary", { textContent: title }),
    element("div", { className: "list" }, children),
  ]);
  place.addEventListener("keydown", (event) => {
    if (event.key === "Escape") place.open = false;
  });
  place.addEventListener("click", (event) => {
    if (event.target instanceof HTMLButtonElement) place.open = false;
  });
  return place;
}

interface Choice {
  readonly label: HTMLElement;
  readonly field: HTMLSelectElement;
}

function choice<Value extends string>(
  text: string,
  options: readonly (readonly [Value, string])[],
  onChoice: (value: Value) => void,
): Choice {
  const field = element(
    "select",
    {},
    options.map(([value, name]) => element("option", { value, textContent: name })),
  );
  field.addEventListener("change", () => {
    const chosen = options[field.selectedIndex];
    if (chosen) onChoice(chosen[0]);
  });
  return { label: element("label", {}, [element("span", { textContent: text }), field]), field };
}

function named(made: HTMLButtonElement, label: string): HTMLButtonElement {
  made.ariaLabel = label;
  made.title = label;
  return made;
}
