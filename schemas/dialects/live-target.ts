import type { Dialect } from "../model.ts";
import type { Problem, WithProblems } from "../problem.ts";

/** How the connection is protected. `verify`: the server's certificate must be valid for its host name. */
export type TlsMode = "verify" | "no-verify" | "off";

/** Where a running database is and how it is spoken to. Holds secrets: never printed, never part of a message. */
export interface LiveTarget {
  /** Its name in the configuration, or of the environment variable: all that messages may say. */
  readonly connection: string;
  /** Environment variable that holds the URL. */
  readonly variable: string;
  readonly dialect: Dialect;
  /** A host's name, an address or, for PostgreSQL and MySQL, a folder or file of a socket that begins with a slash. */
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly tls: TlsMode;
  /** File with the certificates of who may vouch for the server; the system's are used when absent. */
  readonly caFile?: string;
  /** The content of that file, in PEM. */
  readonly ca?: string;
  readonly timeouts: LiveTimeouts;
}

export interface LiveTimeouts {
  /** Milliseconds from the first packet to a session that is ready. */
  readonly connectMs: number;
  /** Milliseconds one statement may take. */
  readonly statementMs: number;
}

export interface TargetInput {
  readonly connection: string;
  readonly variable: string;
  readonly url: string;
  readonly dialect?: Dialect;
  /** What the configuration says; it wins over the URL. */
  readonly tls?: TlsMode;
  readonly caFile?: string;
  readonly timeouts: LiveTimeouts;
}

/** Reads a connection's URL. What is wrong with it is said without repeating any of it. */
export function readTarget(input: TargetInput): WithProblems<LiveTarget | null> {
  const url = URL.parse(input.url.trim());
  const scheme = url?.protocol.slice(0, -1).toLowerCase() ?? "";
  const known = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined;
  if (!url || !known) {
    const help = `Write it as ${[...new Set(Object.keys(SCHEMES))].map((name) => `${name}://`).join(", ")} with user, host and database. Reserved characters of a password are percent-encoded.`;
    return refused(input, "holds no URL of a database that can be read", help);
  }
  const { dialect, port } = known;
  if (input.dialect !== undefined && input.dialect !== dialect)
    return refused(
      input,
      `holds a ${scheme}:// URL, and the connection is configured as ${input.dialect}`,
      "Correct `dialect` under `connections`, or the variable.",
    );
  const parameters = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const host = parameters.get("host") ?? plain(url.hostname.replace(/^\[|\]$/g, ""));
  const database = plain(url.pathname.replace(/^\//, "")) || parameters.get("database");
  const user = plain(url.username) || parameters.get("user");
  const password = plain(url.password) || parameters.get("password");
  const caFile = input.caFile ?? fileOf(first(parameters, ["sslrootcert", "ssl-ca", "sslca"]));
  const where = host === "" ? "localhost" : host;
  return {
    value: {
      connection: input.connection,
      variable: input.variable,
      dialect,
      host: where,
      port: url.port === "" ? port : Number(url.port),
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { password }),
      ...(database === undefined ? {} : { database }),
      tls: input.tls ?? tlsOf(parameters) ?? (isThisMachine(where) ? "off" : "verify"),
      ...(caFile === undefined ? {} : { caFile }),
      timeouts: input.timeouts,
    },
    problems: [],
  };
}

/** What stays on the machine needs no encryption. */
export function isThisMachine(host: string): boolean {
  return host.startsWith("/") || host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

const SCHEMES: Readonly<Record<string, { readonly dialect: Dialect; readonly port: number }>> = {
  postgres: { dialect: "postgres", port: 5432 },
  postgresql: { dialect: "postgres", port: 5432 },
  mysql: { dialect: "mysql", port: 3306 },
  mariadb: { dialect: "mysql", port: 3306 },
  mssql: { dialect: "mssql", port: 1433 },
  sqlserver: { dialect: "mssql", port: 1433 },
};

const OFF: ReadonlySet<string> = new Set(["disable", "disabled", "false", "off", "0"]);

/** The parameters that clients of the three know. Whatever asks for TLS asks for a verified one here. */
function tlsOf(parameters: ReadonlyMap<string, string>): TlsMode | undefined {
  const mode = first(parameters, ["sslmode", "ssl-mode", "ssl_mode", "encrypt", "ssl"])?.toLowerCase();
  if (mode !== undefined && OFF.has(mode)) return "off";
  if (mode === "no-verify" || parameters.get("trustservercertificate")?.toLowerCase() === "true") return "no-verify";
  return mode === undefined ? undefined : "verify";
}

const first = (parameters: ReadonlyMap<string, string>, names: readonly string[]): string | undefined =>
  names.map((name) => parameters.get(name)).find((value) => value !== undefined);

/** libpq's `system` asks for the certificates of the system, which are the default here. */
const fileOf = (value: string | undefined): string | undefined => (value === "system" ? undefined : value);

function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refused(
  { connection, variable }: TargetInput,
  what: string,
  help: string,
): { value: null; problems: Problem[] } {
  return {
    value: null,
    problems: [
      {
        code: "QG702",
        severity: "error",
        message: `${variable}, the variable of connection "${connection}", ${what}`,
        help,
      },
    ],
  };
}
