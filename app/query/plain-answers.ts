import { needsSignIn, type Gate } from "../sign-in/gate.ts";
import type { Identity } from "../sign-in/identity.ts";
import { problemResponse } from "./problem-response.ts";
import type { Route } from "./routes.ts";

/** JSON that no cache keeps. */
export function json(value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  const common = {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return new Response(JSON.stringify(value), { headers: { ...common, ...headers } });
}

/** The same for a connection that is not there and one that is not there for who asks. */
export function noConnection(name: string | undefined, identity: Identity, gate: Gate): Response {
  if (gate.signIn !== undefined && identity.kind === "anonymous") return needsSignIn();
  const message = name === undefined ? "There is no connection." : `There is no connection ${JSON.stringify(name)}.`;
  return problemResponse({ code: "QG121", severity: "error", message, help: "GET /api/connections lists them." });
}

export function tooOften(seconds: number): Response {
  const message = "You have asked more often than one caller may.";
  const help = `Ask again in ${seconds} s.`;
  const response = problemResponse({ code: "QG511", severity: "error", message, help });
  response.headers.set("retry-after", String(seconds));
  return response;
}

/** No such address, or none that takes the method. */
export function nothingHere(request: Request, here: readonly Route[]): Response {
  const { pathname } = new URL(request.url);
  if (here.length === 0) {
    const message = `There is nothing at ${pathname}.`;
    return problemResponse({ code: "QG510", severity: "error", message }, 404);
  }
  const methods = here.map(({ method }) => method).join(", ");
  const message = `${pathname} takes ${methods}, not ${request.method}.`;
  const response = problemResponse({ code: "QG510", severity: "error", message }, 405);
  response.headers.set("allow", methods);
  return response;
}
