import { isIP } from "node:net";

export interface AskingRules {
  /** Host names under which the server is reached besides this machine's own, such as `docs.example.org`. */
  readonly hosts: readonly string[];
  /**
   * True when others reach the server, so that its address may stand in place of a name. A page cannot make a browser
   * send an address that is not where the request goes. Default false.
   */
  readonly takesAddresses?: boolean | undefined;
}

/** Names by which a browser reaches a server on its own machine. */
const OWN_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Why a request may not ask; null when it may. A page elsewhere can make a browser send requests to a server on this
 * machine: it names itself in `Origin`, or, when its own name was made to point here (DNS rebinding), in `Host`.
 */
export function refusalOfAsker(request: Request, { hosts, takesAddresses = false }: AskingRules): string | null {
  const host = request.headers.get("host") ?? new URL(request.url).host;
  const name = hostName(host);
  const isOwn = name !== null && (OWN_HOSTS.has(name) || hosts.includes(name) || (takesAddresses && isAddress(name)));
  if (!isOwn) {
    return `The host ${JSON.stringify(host)} is not one of this server's names (QUERYGENIE_HOSTS lists them).`;
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

/** A URL's host that is an address: names of digits alone are none, and IPv6 stands in brackets. */
const isAddress = (name: string): boolean => isIP(name.replace(/^\[|\]$/g, "")) !== 0;

function hostName(host: string): string | null {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : null;
}
