/** Address of a page or file of the site, wherever the site is served from. Takes a path without a slash before. */
export function link(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, "")}/${path}`;
}
