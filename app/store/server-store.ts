/** Somebody whom GitHub has told us of. */
export interface KnownUser {
  /** GitHub's number of the account; its name may change hands. */
  readonly id: number;
  readonly login: string;
  readonly name: string | null;
}

export interface StoredSession {
  /** Hash of what the cookie holds, which is stored nowhere. */
  readonly idHash: string;
  readonly user: KnownUser;
  /** GitHub's token, encrypted. */
  readonly sealedToken: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
}

/** A sign-in on its way through GitHub. */
export interface StoredSignIn {
  readonly stateHash: string;
  /** Hash of a secret that only the browser has in which it began. */
  readonly browserHash: string;
  /** PKCE's secret. */
  readonly verifier: string;
  /** Where to go afterwards: a path of this server. */
  readonly returnTo: string;
  readonly expiresAt: Date;
}

/** A request as its caller wrote it, for the caller's eyes alone. */
export interface HistoryEntry {
  readonly askedAt: Date;
  readonly route: string;
  readonly connection: string;
  readonly asked: string;
  readonly status: string;
  readonly rows: number | null;
  readonly milliseconds: number;
}

/** Who asked what, without its values. */
export interface AuditEntry {
  readonly askedAt: Date;
  /** `github:<number>/<login>`, `machine:<name>`, `local` or `anonymous`. */
  readonly who: string;
  readonly address: string;
  readonly role: string;
  readonly route: string;
  readonly connection: string;
  readonly what: string;
  readonly status: string;
  readonly code: string | null;
  readonly rows: number | null;
  readonly milliseconds: number;
}

/** Sums of a caller's requests of one day in UTC. */
export interface UsageEntry {
  /** Such as `2026-11-28`. */
  readonly day: string;
  readonly who: string;
  readonly connection: string;
  readonly route: string;
  readonly requests: number;
  readonly rows: number;
  readonly milliseconds: number;
}

/** An account that has installed the GitHub App. */
export interface Installation {
  readonly id: number;
  readonly account: string;
  /** Full names, such as `outdoor/shop`. */
  readonly repositories: readonly string[];
  readonly suspendedAt: Date | null;
  readonly updatedAt: Date;
}

/** What the server remembers. Every method rejects when the database fails; nothing else goes wrong. */
export interface ServerStore {
  readonly signIns: {
    begin(signIn: StoredSignIn): Promise<void>;
    /** Gives a sign-in and forgets it: a second call finds nothing, whatever came of the first. */
    take(stateHash: string): Promise<StoredSignIn | null>;
  };
  readonly sessions: {
    /** Keeps a session, and who has it as GitHub tells today. */
    open(session: StoredSession): Promise<void>;
    /** A session that is not over at `now`. */
    find(idHash: string, now: Date): Promise<StoredSession | null>;
    seen(idHash: string, at: Date): Promise<void>;
    end(idHash: string): Promise<void>;
  };
  readonly users: {
    /** Forgets somebody with all sessions and the history. What the audit says stays. */
    remove(id: number): Promise<void>;
  };
  readonly history: {
    add(entries: readonly (HistoryEntry & { readonly userId: number })[]): Promise<void>;
    /** Newest first; `before` is the id of the last entry of the page before. */
    list(of: {
      readonly userId: number;
      readonly before?: number | undefined;
      readonly limit: number;
    }): Promise<readonly (HistoryEntry & { readonly id: number })[]>;
    clear(userId: number): Promise<void>;
  };
  readonly audit: {
    add(entries: readonly AuditEntry[]): Promise<void>;
    /** Newest first. */
    list(limit: number): Promise<readonly AuditEntry[]>;
  };
  readonly usage: {
    /** Adds to the sums of each entry's day. */
    add(entries: readonly UsageEntry[]): Promise<void>;
    /** Newest day first; of everybody when `who` is absent. */
    list(of: { readonly who?: string | undefined; readonly since: string }): Promise<readonly UsageEntry[]>;
  };
  readonly installations: {
    put(installation: Installation): Promise<void>;
    remove(id: number): Promise<void>;
    /** By id. */
    list(): Promise<readonly Installation[]>;
  };
  /** Forgets history, audit and usage from before `before`, and what is over at `now`. */
  forget(times: { readonly before: Date; readonly now: Date }): Promise<void>;
  close(): Promise<void>;
}
