import type { DiagramColumn, DiagramEdge, Mark } from "#generators/erd/diagram.ts";
import type { TablePast } from "#generators/erd/table-past.ts";
import type { ErdFile, ErdNode } from "./erd-file.ts";

/** A release, and how its tables stood before it. */
export interface ErdVersion {
  /** Null for what is not released yet. */
  readonly name: string | null;
  readonly past: TablePast;
}

/** The tables and lines of one version. */
type Picture = Pick<ErdFile, "nodes" | "edges">;

/** Names of versions that changes can be shown since, newest first; the last one is the oldest that is known. */
export function knownVersions({ versions, oldest }: Pick<ErdFile, "versions" | "oldest">): readonly string[] {
  return [...versions.flatMap(({ name }) => name ?? []), ...(oldest === null ? [] : [oldest])];
}

/**
 * The newer of two versions with what differs from the older one marked, and what the older one only had. `to` null is
 * the schema as it is.
 */
export function changedFile(file: ErdFile, from: string, to: string | null): ErdFile {
  const before = pictureAt(file, from);
  const after = to === null ? file : pictureAt(file, to);
  const between = file.versions.slice(stepsTo(file, to), stepsTo(file, from));
  const touched = new Set(between.flatMap(({ past }) => past.tables.map(({ id }) => id)));
  const newId = newIdsOf(between);
  const old = new Map(before.nodes.map((node) => [newId(node.id), node]));
  const now = new Set(after.nodes.map(({ id }) => id));
  const nodes = after.nodes.map((node): ErdNode => {
    const was = old.get(node.id);
    if (was === undefined) return { ...node, mark: "added" };
    return touched.has(newId(node.id)) || was.id !== node.id
      ? { ...node, mark: "changed", columns: columns(was, node) }
      : node;
  });
  const gone = [...old].flatMap(([id, node]): ErdNode[] => (now.has(id) ? [] : [{ ...node, id, mark: "dropped" }]));
  return { ...file, nodes: [...nodes, ...gone], edges: edges(before.edges, after.edges, newId) };
}

/** How many tables of a picture have each mark. */
export function countMarks({ nodes }: Pick<ErdFile, "nodes">): Readonly<Record<Mark, number>> {
  const count = (mark: Mark): number => nodes.filter((node) => node.mark === mark).length;
  return { added: count("added"), changed: count("changed"), dropped: count("dropped") };
}

/** How many releases lie between a version and the schema as it is. */
function stepsTo({ versions }: Pick<ErdFile, "versions">, name: string | null): number {
  if (name === null) return 0;
  const at = versions.findIndex((version) => version.name === name);
  return at === -1 ? versions.length : at;
}

/** Takes back what each later release did, the newest first. */
function pictureAt(file: ErdFile, name: string): Picture {
  const nodes = new Map(file.nodes.map((node) => [node.id, node]));
  let lines = file.edges;
  for (const { past } of file.versions.slice(0, stepsTo(file, name))) {
    const ids = new Set(past.tables.map(({ id }) => id));
    lines = lines.filter(({ from }) => !ids.has(from));
    for (const { id, was } of past.tables) {
      const known = nodes.get(id);
      nodes.delete(id);
      if (was === null) continue;
      nodes.set(was.node.id, {
        ...was.node,
        path: known?.path ?? null,
        ...(known?.groups && { groups: known.groups }),
      });
      lines = [...lines, ...was.edges];
    }
  }
  return { nodes: [...nodes.values()], edges: lines.filter(({ from, to }) => nodes.has(from) && nodes.has(to)) };
}

function newIdsOf(between: readonly ErdVersion[]): (id: string) => string {
  // The oldest release first, as the names changed.
  const renames = between.toReversed().flatMap(({ past }) => past.renamed);
  return (id) => renames.reduce((name, [from, to]) => (name === from ? to : name), id);
}

function columns(was: ErdNode, node: ErdNode): readonly DiagramColumn[] {
  const old = new Map(was.columns.map((column) => [column.name, column]));
  const names = new Set(node.columns.map(({ name }) => name));
  const now = node.columns.map((column): DiagramColumn => {
    const before = old.get(column.name);
    if (!before) return { ...column, mark: "added" };
    return before.type === column.type ? column : { ...column, mark: "changed" };
  });
  const gone = was.columns.filter(({ name }) => !names.has(name));
  return [...now, ...gone.map((column): DiagramColumn => ({ ...column, mark: "dropped" }))];
}

function edges(
  before: readonly DiagramEdge[],
  after: readonly DiagramEdge[],
  newId: (id: string) => string,
): readonly DiagramEdge[] {
  const key = ({ from, to, columns: names }: DiagramEdge): string => JSON.stringify([from, to, names]);
  const old = before.map((edge) => ({ ...edge, from: newId(edge.from), to: newId(edge.to) }));
  const [known, present] = [new Set(old.map(key)), new Set(after.map(key))];
  const now = after.map((edge): DiagramEdge => (known.has(key(edge)) ? edge : { ...edge, mark: "added" }));
  return [
    ...now,
    ...old.filter((edge) => !present.has(key(edge))).map((edge): DiagramEdge => ({ ...edge, mark: "dropped" })),
  ];
}
