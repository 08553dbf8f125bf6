/** How the server's cookies are written. */
export interface CookieJar {
  /** The value of a cookie of ours; null when the request has none, or more than one of its name. */
  readonly read: (request: Request, name: string) => string | null;
  /** A `Set-Cookie` that no script reads and no other site's form sends. */
  readonly write: (name: string, value: string, seconds: number) => string;
  /** A `Set-Cookie` that takes it away. */
  readonly clear: (name: string) => string;
}

/**
 * With TLS the names begin with `__Host-`: a browser then takes them from this host alone, over TLS alone, so that no
 * neighbour under the same domain plants one.
 */
export function cookieJar({ isSecure }: { readonly isSecure: boolean }): CookieJar {
  const full = (name: string): string => `${isSecure ? "__Host-" : ""}querygenie-${name}`;
  const write: CookieJar["write"] = (name, value, seconds) =>
    `${full(name)}=${value}; Path=/; Max-Age=${Math.floor(seconds)}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  return {
    write,
    clear: (name) => write(name, "", 0),
    read(request, name) {
      const wanted = full(name);
      const found = (request.headers.get("cookie") ?? "")
        .split(";")
        .map((part) => part.trim())
        .filter((part) => part.startsWith(`${wanted}=`));
      const [only] = found;
      return found.length === 1 && only !== undefined ? only.slice(wanted.length + 1) : null;
    },
  };
}
