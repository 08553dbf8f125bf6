const KEY = "querygenie-history";
const MOST = 50;

/** The queries this browser has run on this site, newest first. A browser that keeps nothing has none. */
export function queryHistory(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOfSite()) ?? "[]");
    return Array.isArray(kept) ? kept.filter((sql) => typeof sql === "string") : [];
  } catch {
    // Storage may be forbidden, or hold what another version wrote: a history is no more than a convenience.
    return [];
  }
}

export function keepQuery(sql: string): void {
  const others = queryHistory().filter((other) => other !== sql);
  try {
    localStorage.setItem(keyOfSite(), JSON.stringify([sql, ...others].slice(0, MOST)));
  } catch {
    // See above; a full storage keeps what it had.
  }
}

/** Sites of one host share their storage. */
function keyOfSite(): string {
  return `${KEY} ${import.meta.env.BASE_URL}`;
}
