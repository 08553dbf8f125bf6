/** The part of a page's path below its folder, as a route parameter: `tables/sales/orders/` is `sales/orders`. */
export function routeOf(path: string): string {
  return path.split("/").slice(1, -1).join("/");
}
