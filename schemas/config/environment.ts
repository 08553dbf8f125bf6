import { z } from "zod";
import type { Problem, WithProblems } from "../problem.ts";

const secret = z.string().min(1).optional();
const address = z.url({ protocol: /^https?$/ }).optional();
const port = z.coerce.number().int().min(0).max(65_535);
const hostNames = z.string().regex(/^\s*[a-z0-9.-]+(?:\s*,\s*[a-z0-9.-]+)*\s*$/i);

const aiKey = String.raw`\s*[A-Za-z0-9-]+/(?:GEMINI_API_KEY|GEMINI_PRO_API_KEY|ANTHROPIC_API_KEY|OPENAI_API_KEY|AI_ENDPOINT_API_KEY)=[A-Z_][A-Z0-9_]*\s*`;
/** Names only: a key itself, which has other letters, is refused. */
const aiKeys = new RegExp(`^${aiKey}(?:,${aiKey})*$`);

/** Every environment variable that QueryGenie reads. `.env.example` is generated from it. */
export const environmentSchema = z.object({
  GEMINI_API_KEY: secret.describe("Key for Google Gemini's free tier. Without any key texts are written offline."),
  GEMINI_PRO_API_KEY: secret.describe("Key for Google Gemini that is paid for; opens its larger models."),
  ANTHROPIC_API_KEY: secret.describe("Key for Anthropic Claude."),
  OPENAI_API_KEY: secret.describe("Key for OpenAI."),
  AI_ENDPOINT_API_KEY: secret.describe("Key for the server named in ai.endpoint, when it wants one."),
  ANTHROPIC_BASE_URL: address.describe("Address in place of Anthropic's own, such as a proxy's."),
  OPENAI_BASE_URL: address.describe("Address in place of OpenAI's own, with its /v1."),
  GOOGLE_GEMINI_BASE_URL: address.describe("Address in place of Gemini's own."),
  GITHUB_TOKEN: secret.describe("Token with which the action comments and commits. GitHub Actions sets it."),
  QUERYGENIE_CACHE_DIR: z
    .string()
    .min(1)
    .optional()
    .describe("Folder of the cache. Default: querygenie in XDG_CACHE_HOME, or in ~/.cache. Losing it costs time only."),
  QUERYGENIE_CACHE_MEGABYTES: z.coerce
    .number()
    .positive()
    .default(1024)
    .describe("Size from which the cache forgets what was not used for longest."),
  QUERYGENIE_LOG: z
    .enum(["error", "warn", "info", "debug"])
    .default("info")
    .describe("Least important kind of message that is logged."),
  QUERYGENIE_DEFAULTS: z
    .string()
    .min(1)
    .optional()
    .describe(
      "File of a configuration that holds where the repository's own says nothing. The GitHub App sets it to the one in the owner's repository .github.",
    ),
  QUERYGENIE_TRUSTED: z
    .enum(["true", "false"])
    .optional()
    .describe(
      "Whether programs of the checkout may run (drizzle-kit, a source's command). Absent: yes on a terminal and on GitHub's events for the repository's own branches, no for forks and in other runners (CI=true).",
    ),
  HOST: z
    .string()
    .min(1)
    .default("127.0.0.1")
    .describe("Address the server listens on. 0.0.0.0 opens it to the network."),
  PORT: port
    .optional()
    .describe(
      "Port the server listens on, this one or none; 0 takes any free one. Default: 4400 or the next free one.",
    ),
  QUERYGENIE_HOSTS: hostNames
    .optional()
    .describe(
      "Names under which others reach the server, with commas between, such as docs.example.org. Requests for other names are refused; addresses are taken when HOST opens the server.",
    ),
  QUERYGENIE_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe("Proxies in front of the server, whose word on the caller's address (X-Forwarded-For) counts."),
  QUERYGENIE_RATE: z.coerce
    .number()
    .int()
    .min(0)
    .max(100_000)
    .optional()
    .describe(
      "Queries and questions one caller may send a minute; 0 sets no limit. Default: 120 when HOST opens the server, else no limit.",
    ),
  QUERYGENIE_AUDIT_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      "File that gets a JSON line for each query: when, who, what without its values, how long, how many rows. `-` puts it into the log. Default: none.",
    ),
  QUERYGENIE_METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe(
      "Bearer token of at least 16 characters with which /metrics may be read from elsewhere. Without it only this machine reads them.",
    ),
  QUERYGENIE_CONNECTIONS: z
    .string()
    .regex(/^\s*[a-z][a-z0-9-]*(?:\s*,\s*[a-z][a-z0-9-]*)*\s*$/)
    .optional()
    .describe(
      "Names under `connections` in the configuration, with commas between, that the server queries beside the embedded database. Their users must have no right but SELECT.",
    ),
  QUERYGENIE_TOKEN: z
    .string()
    .min(32)
    .optional()
    .describe(
      "Bearer token of at least 32 characters that opens the running databases to whoever sends it. Without it only a server that this machine alone reaches queries them.",
    ),
  QUERYGENIE_TOKENS: z
    .string()
    .regex(
      /^\s*[a-z][a-z0-9-]*:(?:read|write|admin):[0-9a-f]{64}(?::\d{4}-\d{2}-\d{2})?(?:\s*,\s*[a-z][a-z0-9-]*:(?:read|write|admin):[0-9a-f]{64}(?::\d{4}-\d{2}-\d{2})?)*\s*$/,
    )
    .optional()
    .describe(
      "Programs that may ask, with commas between: name:role:SHA-256 of the bearer token in hexadecimal, and :last day (2027-01-31) if it has one. Roles are read, write and admin.",
    ),
  GITHUB_CLIENT_ID: z
    .string()
    .regex(/^[\w.]+$/)
    .optional()
    .describe(
      "Client id of the GitHub App or OAuth app that people sign in with. With it, GITHUB_CLIENT_SECRET, QUERYGENIE_SECRET, QUERYGENIE_URL and QUERYGENIE_REPOSITORY, people sign in.",
    ),
  GITHUB_CLIENT_SECRET: secret.describe("Client secret of that app."),
  GITHUB_OAUTH_SCOPE: z
    .string()
    .regex(/^[a-z:_ ]+$/)
    .optional()
    .describe(
      "Rights that a sign-in asks for: `repo` for an OAuth app and a private repository. A GitHub App needs none.",
    ),
  QUERYGENIE_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe(
      "At least 32 random characters, of which the keys of sessions are made. Another value ends all sessions.",
    ),
  QUERYGENIE_URL: z
    .string()
    .regex(/^(?:https:\/\/[a-z0-9.-]+(?::\d+)?|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)\/?$/i)
    .optional()
    .describe(
      "Where browsers find the server, such as https://docs.example.org. Without TLS only this machine. The app's callback is this and /auth/callback.",
    ),
  QUERYGENIE_REPOSITORY: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/)
    .optional()
    .describe("owner/name of the repository whose permissions decide who may do what."),
  QUERYGENIE_ROLES: z
    .string()
    .regex(/^\s*[a-z]+\s*=\s*[a-z]+(?:\s*,\s*[a-z]+\s*=\s*[a-z]+)*\s*$/)
    .optional()
    .describe(
      "Role that each permission in the repository gives, with commas between; what is absent stays. Default: read=read,triage=read,write=write,maintain=write,admin=admin. `none` gives no role.",
    ),
  QUERYGENIE_PRIVATE: z
    .enum(["true", "false"])
    .optional()
    .describe("Whether pages and the embedded database are only for those with a role. Default: false."),
  DATABASE_URL: z
    .url({ protocol: /^postgres(?:ql)?$/ })
    .optional()
    .describe(
      "PostgreSQL of the server's own, which several servers may share: sessions, history, audit and usage in the schema querygenie, the App's jobs in querygenie_queue where there is no REDIS_URL. Default: the embedded engine and a journal in QUERYGENIE_DATA_DIR.",
    ),
  QUERYGENIE_ANSWER_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(86_400)
    .default(300)
    .describe("Seconds for which the server may give an answer again, with its age; 0 for never."),
  QUERYGENIE_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe("Days for which history, audit and usage are kept."),
  GITHUB_APP_ID: z
    .string()
    .regex(/^(?:\d+|Iv[\w.]+)$/)
    .optional()
    .describe("Number or client id of your GitHub App. With its key and secret, the server is the App."),
  GITHUB_APP_PRIVATE_KEY: z
    .string()
    .regex(/-----BEGIN [A-Z ]*PRIVATE KEY-----/)
    .optional()
    .describe("Private key of the App in PEM; \\n may stand for line ends."),
  GITHUB_WEBHOOK_SECRET: z.string().min(16).optional().describe("Secret of the App's webhook, at least 16 characters."),
  GITHUB_WEBHOOK_SECRET_BEFORE: z
    .string()
    .min(16)
    .optional()
    .describe("The secret before, taken too while it is being replaced."),
  GITHUB_API_URL: address.describe(
    "Address of GitHub's API; https://<host>/api/v3 of an Enterprise server. Default: https://api.github.com.",
  ),
  GITHUB_SERVER_URL: address.describe("Address of GitHub itself. Default: https://github.com."),
  QUERYGENIE_DATA_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Folder of what the server must not lose: the journal of webhooks. One server at a time may have it. Default: querygenie in XDG_STATE_HOME, or in ~/.local/state.",
    ),
  QUERYGENIE_AI_KEYS: z
    .string()
    .regex(aiKeys)
    .optional()
    .describe(
      "Which keys of language models the App's jobs get, by owner: owner/VARIABLE=NAME with commas between, such as acme/OPENAI_API_KEY=ACME_KEY, where NAME is the variable that holds the key. Jobs of other owners and of forks get none.",
    ),
  SENTRY_DSN: address.describe(
    "Sentry that hears of the server's errors: their sentences, with no text of a query, no value and no secret. Needs @sentry/node.",
  ),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe(
      "Redis that several servers share, redis:// or rediss:// with TLS: the cache of answers, and the App's jobs, which need bullmq. Default: each server its own.",
    ),
  QUERYGENIE_LOG_FORMAT: z
    .enum(["text", "json"])
    .optional()
    .describe("How the server logs. Default: text on a terminal, JSON lines elsewhere."),
});

export type Environment = z.output<typeof environmentSchema>;

/** Reads the environment. An empty variable counts as absent; a wrong one is a problem that never shows its value. */
export function parseEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): WithProblems<Environment | null> {
  const set = Object.entries(variables).filter(([, value]) => value !== undefined && value !== "");
  const parsed = environmentSchema.safeParse(Object.fromEntries(set));
  if (parsed.success) return checkedTogether(parsed.data);
  const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
  return { value: null, problems: names.map(invalid) };
}

/** The variables that make no sense one without the other. */
const TOGETHER: readonly { readonly what: string; readonly names: readonly (keyof Environment)[] }[] = [
  { what: "A GitHub App", names: ["GITHUB_APP_ID", "GITHUB_APP_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET"] },
  {
    what: "Sign-in",
    names: ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET", "QUERYGENIE_SECRET", "QUERYGENIE_URL", "QUERYGENIE_REPOSITORY"],
  },
];

function checkedTogether(value: Environment): WithProblems<Environment | null> {
  const problems = TOGETHER.flatMap(({ what, names }) => {
    const missing = names.filter((name) => value[name] === undefined);
    if (missing.length === names.length) return [];
    return missing.map((name): Problem => {
      const message = `the environment variable ${name} is missing`;
      return { code: "QG601", severity: "error", message, help: `${what} needs all of ${names.join(", ")}.` };
    });
  });
  const isOpenSite = value.QUERYGENIE_PRIVATE !== "true" || value.GITHUB_CLIENT_ID !== undefined;
  if (!isOpenSite) problems.push(nobodyMayRead);
  return problems.length === 0 ? { value, problems } : { value: null, problems };
}

const nobodyMayRead: Problem = {
  code: "QG601",
  severity: "error",
  message: "the environment variable QUERYGENIE_PRIVATE closes the site, and nobody can sign in",
  help: "Set GITHUB_CLIENT_ID and what goes with it, or leave QUERYGENIE_PRIVATE out.",
};

/** The committed `.env.example`: every variable with its meaning, all commented out. */
export function environmentExample(): string {
  const blocks = Object.entries(documented()).map(([name, { description = "", fallback, allowed }]) => {
    const values = allowed ? ` One of ${allowed.join(", ")}.` : "";
    return `# ${description}${values}\n# ${name}=${fallback ?? ""}\n`;
  });
  return `# Copy to .env and fill in what you need. Nothing is required.\n\n${blocks.join("\n")}`;
}

interface Documented {
  readonly description?: string | undefined;
  readonly fallback?: string;
  readonly allowed?: readonly string[];
}

function documented(): Readonly<Record<string, Documented>> {
  const { properties = {} } = z.toJSONSchema(environmentSchema, { io: "output" });
  const entries = Object.entries(properties).map(([name, schema]): readonly [string, Documented] => {
    if (typeof schema === "boolean") return [name, {}];
    const value: unknown = schema.default;
    const fallback = typeof value === "string" || typeof value === "number" ? { fallback: String(value) } : {};
    return [
      name,
      { description: schema.description, ...fallback, ...(schema.enum && { allowed: schema.enum.map(String) }) },
    ];
  });
  return Object.fromEntries(entries);
}

function invalid(name: string): Problem {
  const { description, allowed } = documented()[name] ?? {};
  const values = allowed ? ` Allowed: ${allowed.join(", ")}.` : "";
  return {
    code: "QG601",
    severity: "error",
    message: `the environment variable ${name} has a value that cannot be used`,
    help: `${description ?? ""}${values}`,
  };
}
