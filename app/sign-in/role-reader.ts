import type { Permission, Role, RoleMap } from "./roles.ts";

/** Tells roles as they are now, or were a moment ago. */
export interface RoleReader {
  /** The role that goes with a token; `ended` when the token is worth nothing any more. `key` names its owner's session. */
  readonly of: (key: string, token: string) => Promise<Role | null | "ended">;
  readonly forget: (key: string) => void;
}

export interface RoleReaderOptions {
  readonly read: (token: string) => Promise<Permission | null>;
  readonly roles: RoleMap;
  readonly now: () => Date;
  /** Milliseconds for which an answer is believed. Default 30,000, most 60,000. */
  readonly keepMs?: number;
}

const KEEP_MS = 30_000;
const MOST_KEEP_MS = 60_000;
/** Sessions whose role is remembered; one more costs one question more. */
const MOST_KEPT = 10_000;

/** Asks once for all who wait for the same answer. A failure is not remembered. */
export function roleReader({ read, roles, now, keepMs = KEEP_MS }: RoleReaderOptions): RoleReader {
  const kept = new Map<string, { readonly until: number; readonly role: Promise<Role | null | "ended"> }>();
  const most = Math.min(keepMs, MOST_KEEP_MS);
  return {
    forget: (key) => void kept.delete(key),
    of(key, token) {
      const known = kept.get(key);
      if (known !== undefined && known.until > now().getTime()) return known.role;
      const role = read(token).then((permission) => (permission === null ? "ended" : roles[permission]));
      const entry = { until: now().getTime() + most, role };
      kept.delete(key);
      kept.set(key, entry);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      role.catch(() => {
        if (kept.get(key) === entry) kept.delete(key);
      });
      return role;
    },
  };
}
