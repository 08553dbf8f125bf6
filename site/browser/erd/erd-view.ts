import type { Diagram } from "#generators/erd/diagram.ts";
import type { Layout } from "#generators/erd/layout.ts";
import { layOutInGrid } from "#generators/erd/layout-grid.ts";
import { layOutInGroups } from "#generators/erd/layout-groups.ts";
import { layOutInLanes } from "#generators/erd/layout-lanes.ts";
import { writeSvg } from "#generators/erd/svg.ts";
import type { ErdFile } from "../../view/erd-file.ts";
import type { ErdState } from "../../view/erd-state.ts";
import { link } from "../../link.ts";

/** The places of what a state shows: the same rules as at build time, so that nothing moves that need not. */
export function placed(file: ErdFile, diagram: Diagram, { group }: ErdState): Promise<Layout> {
  if (file.kind === "domains") return layOutInGrid(diagram);
  if (group === "none") return layOutInLanes(diagram);
  const titles = new Map(file.nodes.map(({ id, groups }) => [id, groups?.[group] ?? ""]));
  return layOutInGroups((id) => titles.get(id) ?? "")(diagram);
}

export interface PictureOptions {
  readonly file: ErdFile;
  /** True for a file of its own: links are whole addresses, and nothing is marked for the page. */
  readonly isFile?: boolean;
}

/** The text of a picture. Names in it are escaped by the generator. */
export function pictureText(layout: Layout, { file, isFile = false }: PictureOptions): string {
  const paths = new Map(file.nodes.map(({ id, path }) => [id, path]));
  const count = layout.boxes.length;
  return writeSvg(layout, {
    id: "erd-shown",
    title: file.title,
    description: `${count} of ${file.nodes.length} ${file.kind} are shown.`,
    hasIds: !isFile,
    href(id) {
      const path = paths.get(id);
      if (path === null || path === undefined) return undefined;
      return isFile ? new URL(link(path), location.href).href : link(path);
    },
  });
}

/** The picture as an element of this page. */
export function pictureElement(text: string): SVGSVGElement {
  const root = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  if (root instanceof SVGSVGElement) return root;
  throw new Error("The diagram could not be drawn.");
}
