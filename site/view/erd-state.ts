import type { Diagram, DiagramColumn } from "#generators/erd/diagram.ts";
import type { ErdFile } from "./erd-file.ts";
import { changedFile, knownVersions } from "./erd-versions.ts";

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
  /** The version since which changes are marked; null marks none. */
  readonly from: string | null;
  /** The version that is drawn then; null for the schema as it is. */
  readonly to: string | null;
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
    ...versionsIn(given, file),
  };
}

/** Two versions that are known, the older one first. */
function versionsIn(given: URLSearchParams, file: ErdFile): Pick<ErdState, "from" | "to"> {
  const known = knownVersions(file);
  const [from, to] = [given.get("from"), given.get("to")];
  if (from === null || !known.includes(from)) return { from: null, to: null };
  const isLater = to !== null && known.includes(to) && known.indexOf(to) < known.indexOf(from);
  return { from, to: isLater ? to : null };
}

/** The file as its versions say, with what changed marked. */
export function versionsShown(file: ErdFile, { from, to }: Pick<ErdState, "from" | "to">): ErdFile {
  return from === null ? file : changedFile(file, from, to);
}

/** The query of an address that leads back here, with its `?`; empty where nothing was chosen. */
export function erdQuery({ show, active, hidden, hops, group, from, to }: ErdState, file: ErdFile): string {
  const query = new URLSearchParams();
  if (show !== file.show) query.set("showMode", SHOW_MODES[show]);
  if (active !== null) query.set("active", active);
  for (const id of hidden) query.append("hidden", id);
  if (hops !== null) query.set("hops", String(hops));
  if (group !== "none") query.set("group", group);
  if (from !== null) query.set("from", from);
  if (from !== null && to !== null) query.set("to", to);
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
  const isChanged = ({ mark }: DiagramColumn): boolean => mark !== undefined;
  if (show === "names") return columns.filter(isChanged);
  return columns.filter((column) => column.primary || column.foreign || isChanged(column));
}
