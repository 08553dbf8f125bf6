import type { Diagram, DiagramColumn } from "#generators/erd/diagram.ts";
import type { ErdFile } from "./erd-file.ts";

export type ErdShow = "all" | "keys" | "names";
export type ErdGroup = "none" | "schema" | "domain";

/** What a reader has chosen on a diagram. It is in the page's address, so that a view can be sent to somebody. */
export interface ErdState {
  readonly show: ErdShow;
  /** The table that is looked at. */
  readonly active: string | null;
  /** Ids of tables that are not drawn. */
  readonly hidden: readonly string[];
  /** Only tables so many references away from the active one; null for all. */
  readonly hops: number | null;
  readonly group: ErdGroup;
}

/** Words of the address; the first three are those of Liam ERD, whose links people know. */
const SHOW_MODES: Readonly<Record<ErdShow, string>> = { all: "ALL_FIELDS", keys: "KEY_ONLY", names: "TABLE_NAME" };
const GROUPS: readonly ErdGroup[] = ["none", "schema", "domain"];
export const MOST_HOPS = 3;

/** Reads what an address asks for. What this diagram does not have is left out. */
export function readErdState(query: string, file: ErdFile): ErdState {
  const given = new URLSearchParams(query);
  const known = new Set(file.nodes.map(({ id }) => id));
  const mode = given.get("showMode");
  const active = given.get("active");
  const hops = Number(given.get("hops") ?? 0);
  return {
    show: (["all", "keys", "names"] as const).find((show) => SHOW_MODES[show] === mode) ?? file.show,
    active: active !== null && known.has(active) ? active : null,
    hidden: given.getAll("hidden").filter((id) => known.has(id)),
    hops: Number.isInteger(hops) && hops >= 1 && hops <= MOST_HOPS ? hops : null,
    group: GROUPS.find((group) => group === given.get("group")) ?? "none",
  };
}

/** The query of an address that leads back here, with its `?`; empty where nothing was chosen. */
export function erdQuery({ show, active, hidden, hops, group }: ErdState, file: ErdFile): string {
  const query = new URLSearchParams();
  if (show !== file.show) query.set("showMode", SHOW_MODES[show]);
  if (active !== null) query.set("active", active);
  for (const id of hidden) query.append("hidden", id);
  if (hops !== null) query.set("hops", String(hops));
  if (group !== "none") query.set("group", group);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** The part of a diagram that is drawn, with the columns that are shown. */
export function shownDiagram(file: ErdFile, state: ErdState): Diagram {
  const hidden = new Set(state.hidden);
  const all = new Set(file.nodes.map(({ id }) => id).filter((id) => !hidden.has(id)));
  const isNear = state.hops !== null && state.active !== null && all.has(state.active);
  const ids = isNear ? within(file, all, state.active ?? "", state.hops ?? 0) : all;
  return {
    nodes: file.nodes
      .filter(({ id }) => ids.has(id))
      .map((node) => ({ ...node, columns: columnsShown(node.columns, state.show) })),
    edges: file.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    omitted: file.nodes.length - ids.size,
  };
}

/** A table and those it refers to or is referred to by. */
export function neighboursOf({ edges }: Pick<Diagram, "edges">, id: string): ReadonlySet<string> {
  return new Set(edges.filter(({ from, to }) => from === id || to === id).flatMap(({ from, to }) => [from, to]));
}

function within(file: ErdFile, all: ReadonlySet<string>, start: string, hops: number): ReadonlySet<string> {
  let found = new Set([start]);
  for (let hop = 0; hop < hops; hop += 1) {
    const next = [...found].flatMap((id) => [...neighboursOf(file, id)]);
    found = new Set([...found, ...next.filter((id) => all.has(id))]);
  }
  return found;
}

function columnsShown(columns: readonly DiagramColumn[], show: ErdShow): readonly DiagramColumn[] {
  if (show === "all") return columns;
  return show === "names" ? [] : columns.filter(({ primary, foreign }) => primary || foreign);
}
