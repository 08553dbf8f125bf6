import { ProblemError, type Problem } from "../problem.ts";
import type { ProblemCode } from "../problem-codes.ts";
import type { LiveTarget } from "./live-target.ts";

/** Why a running database could not be read. */
export type FailureKind =
  | "unreachable"
  | "unknown host"
  | "sign-in"
  | "no database"
  | "no tls"
  | "untrusted"
  | "silent"
  | "slow"
  | "cut"
  | "denied"
  | "full"
  | "refused";

type Named = Pick<LiveTarget, "connection" | "variable">;

/**
 * The failure as a problem that stops the job (exit 3). A driver's own message and error are not kept: they may repeat
 * the user, the host or parts of the URL.
 */
export function liveFailure(target: Named, kind: FailureKind, sqlstate?: string): ProblemError {
  return new ProblemError([failureProblem(target, kind, sqlstate)], 3);
}

function failureProblem({ connection, variable }: Named, kind: FailureKind, sqlstate?: string): Problem {
  const [code, what, help] = WORDS[kind];
  return {
    code,
    severity: "error",
    message: `the connection "${connection}" ${what}`,
    help: help.replaceAll("{variable}", variable),
    ...(sqlstate === undefined ? {} : { sqlstate }),
  };
}

const WORDS: Readonly<Record<FailureKind, readonly [code: ProblemCode, what: string, help: string]>> = {
  unreachable: [
    "QG703",
    "cannot be reached: nothing answers at its host and port",
    "Check host and port in {variable}, and that the server runs and lets this machine in.",
  ],
  "unknown host": [
    "QG703",
    "cannot be reached: its host has no address",
    "Check the host's name in {variable}. Inside a container or a runner other names may be known than at your desk.",
  ],
  silent: [
    "QG703",
    "was accepted, and the server said nothing until the time was up",
    "Check that the port in {variable} is the database's own, and that no proxy holds the connection. limits.connectSeconds sets how long is waited.",
  ],
  "sign-in": [
    "QG704",
    "was refused: the user, the password or the way to sign in is wrong",
    "Check user and password in {variable}; reserved characters of a password are percent-encoded.",
  ],
  "no database": ["QG704", "was refused: its database does not exist", "Check the database's name in {variable}."],
  full: ["QG704", "was refused: the server takes no more connections", "Try again later, or use a pooler's address."],
  "no tls": [
    "QG705",
    "was given up: the server offers no encryption",
    "Switch TLS on at the server. On a network you trust, `tls: off` under `connections` does without.",
  ],
  untrusted: [
    "QG705",
    "was given up: the server's certificate is not trusted, not for its host, or not valid now",
    "Name the certificate of your authority with `tlsCa` under `connections`. `tls: no-verify` gives up the check: whoever is in between can then read the password.",
  ],
  slow: [
    "QG706",
    "took longer than allowed to answer a query",
    "limits.liveSeconds sets how long a query may take. A locked catalog is a reason to try again later.",
  ],
  cut: ["QG707", "broke while its answer was read", "Try again; a proxy or the server closed it."],
  denied: [
    "QG708",
    "may not read the catalog",
    "Grant its user the right to connect and to read the catalog. No right on rows is needed.",
  ],
  refused: ["QG709", "was refused by the server", "The state is the server's own code; its log says more."],
};

const NETWORK: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  ENOENT: "unreachable",
  EACCES: "unreachable",
  ENOTFOUND: "unknown host",
  EAI_AGAIN: "unknown host",
  EAI_FAIL: "unknown host",
  ETIMEDOUT: "silent",
  ECONNRESET: "cut",
  EPIPE: "cut",
  ECONNABORTED: "cut",
};

/** What Node's TLS says when a chain, a name or a date does not hold. */
const UNTRUSTED: ReadonlySet<string> = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "HOSTNAME_MISMATCH",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** What the network or TLS says of an error, or of one of those it stands for; undefined when it is the server's. */
export function networkFailure(error: unknown): FailureKind | undefined {
  for (const one of errorsWithin(error)) {
    const code = codeOf(one);
    if (code === undefined) continue;
    if (UNTRUSTED.has(code)) return "untrusted";
    if (code.startsWith("ERR_SSL_") || code === "EPROTO") return "no tls";
    if (Object.hasOwn(NETWORK, code)) return NETWORK[code];
  }
  return undefined;
}

/** The machine-readable code of an error, whatever its class. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** An error with those it was made of: Node tries several addresses, drivers wrap. */
export function errorsWithin(error: unknown, depth = 0): readonly object[] {
  if (typeof error !== "object" || error === null || depth > DEEPEST) return [];
  const inner: unknown[] = [];
  if (error instanceof AggregateError) inner.push(...error.errors);
  if ("originalError" in error) inner.push(error.originalError);
  if ("cause" in error) inner.push(error.cause);
  return [error, ...inner.flatMap((one) => errorsWithin(one, depth + 1))];
}

const DEEPEST = 5;
