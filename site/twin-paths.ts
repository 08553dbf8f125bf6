import { siteCatalog } from "./data.ts";
import { pageTwins, type PageTwin } from "./view/page-twins.ts";

let made: readonly PageTwin[] | undefined;

/** The files beside pages; made once for both kinds of them. */
export function siteTwins(): readonly PageTwin[] {
  made ??= pageTwins(siteCatalog());
  return made;
}

/** The parts of their addresses, as Astro wants them. */
export function twinPaths(): { params: { kind: string; schema: string; name: string }; props: { twin: PageTwin } }[] {
  return siteTwins().map((twin) => {
    const [kind = "", schema = "", name = ""] = twin.path.split("/");
    return { params: { kind, schema, name }, props: { twin } };
  });
}
