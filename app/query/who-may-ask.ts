export interface AskingRules {
  /** Host names under which the server is reached besides this machine's own, such as `docs.example.org`. */
  readonly hosts: readonly string[];
}

/** Names by which a browser reaches a server on its own machine. */
const OWN_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Why a request may not ask; null when it may. A page elsewhere can make a browser send requests to a server on this
 * machine: it names itself in `Origin`, or, when its own name was made to point here (DNS rebinding), in `Host`.
 */
export function refusalOfAsker(request: Request, { hosts }: AskingRules): string | null {
  const host = request.headers.get("host") ?? new URL(request.url).host;
  const name = hostName(host);
  if (name === null || !(OWN_HOSTS.has(name) || hosts.includes(name))) {
    return `The host ${JSON.stringify(host)} is not one of this server's names.`;
  }
  const origin = request.headers.get("origin");
  if (origin !== null && !isSameOrigin(origin, host)) {
    return `Pages of ${JSON.stringify(origin)} may not use this server.`;
  }
  // Old forms of cross-site requests come without Origin; browsers mark them all the same.
  const site = request.headers.get("sec-fetch-site");
  if (request.method !== "GET" && site !== null && site !== "same-origin" && site !== "none") {
    return "Pages of other sites may not use this server.";
  }
  return null;
}

/** The scheme is left out: behind a proxy that ends TLS, the server cannot know it. */
function isSameOrigin(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

function hostName(host: string): string | null {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : null;
}
