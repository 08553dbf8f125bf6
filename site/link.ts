/** Address of a page or file of the site, wherever the site is served from. Takes a path without a slash before. */
export function link(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, "")}/${path}`;
}

/** From one page of the site to another, wherever it is served. */
export function relativePath(from: string, to: string): string {
  const [here, there] = [from.split("/").slice(0, -1), to.split("/")];
  const shared = here.findIndex((part, at) => part !== there[at]);
  const same = shared === -1 ? here.length : shared;
  return `${"../".repeat(here.length - same)}${there.slice(same).join("/")}` || "./";
}
