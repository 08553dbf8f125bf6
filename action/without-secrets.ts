/** A text of another program without passwords in connection strings and without the values of the environment's secrets. */
export function withoutSecrets(text: string, environment: Readonly<Record<string, string | undefined>>): string {
  let shown = text.replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:)[^\s@]+(?=@)/gi, "$1***");
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || value.length < SHORTEST_SECRET || !isSecret(name)) continue;
    shown = shown.replaceAll(value, "***");
  }
  return shown.replaceAll(/(\b(?:password|passwd|pwd|secret|token|api[_-]?key)\s*[=:]\s*)[^\s;,"']+/gi, "$1***");
}

/** Shorter values are ordinary words. */
const SHORTEST_SECRET = 4;
/** Variables of ours whose names look like secrets', and whose values a log may name. */
const NO_SECRETS: ReadonlySet<string> = new Set([
  "GITHUB_API_URL",
  "GITHUB_SERVER_URL",
  "QUERYGENIE_CONNECTIONS",
  "QUERYGENIE_URL",
]);
const isSecret = (name: string): boolean => SECRET_NAMES.test(name) && !NO_SECRETS.has(name);
const SECRET_NAMES = /pass|secret|token|key|credential|auth|dsn|url|uri|connection/i;
