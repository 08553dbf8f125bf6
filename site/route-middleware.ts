import { getCollection } from "astro:content";
import { defineRouteMiddleware, type StarlightRouteData } from "@astrojs/starlight/route-data";
import { siteCatalog } from "./data.ts";
import { link, relativePath } from "./link.ts";
import { escapedTitles } from "./view/escaped-titles.ts";
import { sidebarFor, type SidebarLink } from "./view/sidebar.ts";

type Entry = StarlightRouteData["sidebar"][number];

/** Gives each page a small sidebar of its own instead of one with every object in it, and a title that is no markup. */
export const onRequest = defineRouteMiddleware(async ({ locals }) => {
  const route = locals.starlightRoute;
  route.head = escapedTitles(route.head).filter(isNeeded);
  const path = route.id === "" ? "" : `${route.id}/`;
  const toEntry = ({ label, path: target }: SidebarLink): Entry => ({
    type: "link",
    label,
    href: shorter(link(target), relativePath(path, target)),
    isCurrent: target === path,
    badge: undefined,
    attrs: {},
  });
  route.sidebar = sidebarFor(siteCatalog(), path, await guides()).flatMap(({ title, links }): Entry[] => {
    const entries = links.map(toEntry);
    if (title === "") return entries;
    return [
      {
        type: "group",
        label: title,
        entries: entries.filter(({ type }) => type === "link"),
        collapsed: false,
        badge: undefined,
      },
    ];
  });
});

const shorter = (one: string, other: string): string => (one.length <= other.length ? one : other);

/** Who made the page, and its title and description once more, for sites that show links. */
const UNNEEDED = /^(?:generator$|twitter:|og:)/;

function isNeeded({ attrs }: StarlightRouteData["head"][number]): boolean {
  return !UNNEEDED.test(String(attrs?.["name"] ?? attrs?.["property"] ?? ""));
}

let known: Promise<SidebarLink[]> | undefined;

/** Our own guides; the same beside every page of a build. */
function guides(): Promise<SidebarLink[]> {
  if (import.meta.env.DEV) return readGuides();
  known ??= readGuides();
  return known;
}

async function readGuides(): Promise<SidebarLink[]> {
  const entries = await getCollection("docs", ({ id }) => id.startsWith("guides/"));
  return entries.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, data }) => ({ label: data.title, path: `${id}/` }));
}
