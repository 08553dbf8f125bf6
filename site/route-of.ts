/** The part of a page's path below its folder, as a route parameter: `tables/sales/orders/` is `sales/orders`. */
export function routeOf(path: string): string {
  return path.split("/").slice(1, -1).join("/");
}

/** A route and its object. What the page shows is made when it is drawn, so that no two pages are held at a time. */
export interface ObjectPath<T> {
  readonly params: { readonly path: string };
  readonly props: { readonly object: T };
}

/** One route for each object that has a page. */
export function pathsOf<T>(objects: readonly T[], pathOf: (object: T) => string | null): ObjectPath<T>[] {
  return objects.flatMap((object) => {
    const path = pathOf(object);
    return path === null ? [] : [{ params: { path: routeOf(path) }, props: { object } }];
  });
}
