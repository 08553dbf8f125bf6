/** A path has no more; what is longer is not worth going back to. */
const LONGEST = 2000;

/**
 * Where a browser may be sent after a sign-in: a path of this server, percent-encoded as a URL writes it. Whatever else
 * `asked` is, another host's page among them, becomes the start page.
 */
export function returnPath(asked: string | null, { origin, basePath }: { origin: string; basePath: string }): string {
  const home = `${basePath}/`;
  if (asked === null || asked.length > LONGEST || !asked.startsWith("/") || !URL.canParse(asked, origin)) return home;
  const url = new URL(asked, origin);
  // `//evil.example` and `/\evil.example` are other hosts; what is left of `/.//evil.example` would be one the next time.
  const isOurs = url.origin === new URL(origin).origin && !/^\/[/\\]/.test(url.pathname);
  const isSignIn = url.pathname.startsWith(`${basePath}/auth/`);
  return isOurs && !isSignIn && url.pathname.startsWith(home) ? url.pathname + url.search + url.hash : home;
}
