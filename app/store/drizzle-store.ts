import { and, asc, desc, eq, gt, gte, inArray, lt, sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { dayOf } from "./day-of.ts";
import type { AuditEntry, ServerStore, StoredSession, UsageEntry } from "./server-store.ts";
import { audit, history, installations, sessions, signIns, usage, users } from "./tables.ts";

/** A PostgreSQL behind drizzle, whichever driver reaches it. */
export type StoreDatabase = PgDatabase<PgQueryResultHKT>;

/** The store on a PostgreSQL that has its tables. `close` ends the connection. */
export function drizzleStore(db: StoreDatabase, close: () => Promise<void>): ServerStore {
  return {
    signIns: signInsOf(db),
    sessions: sessionsOf(db),
    users: {
      async remove(id) {
        await db.delete(users).where(eq(users.id, id));
      },
    },
    history: historyOf(db),
    audit: auditOf(db),
    usage: usageOf(db),
    installations: installationsOf(db),
    async forget({ before, now }) {
      await db.delete(signIns).where(lt(signIns.expiresAt, now));
      await db.delete(sessions).where(lt(sessions.expiresAt, now));
      await db.delete(history).where(lt(history.askedAt, before));
      await db.delete(audit).where(lt(audit.askedAt, before));
      await db.delete(usage).where(lt(usage.day, dayOf(before)));
    },
    close,
  };
}

function signInsOf(db: StoreDatabase): ServerStore["signIns"] {
  return {
    async begin(signIn) {
      await db.insert(signIns).values(signIn);
    },
    async take(stateHash) {
      const [found] = await db.delete(signIns).where(eq(signIns.stateHash, stateHash)).returning();
      return found ?? null;
    },
  };
}

function sessionsOf(db: StoreDatabase): ServerStore["sessions"] {
  return {
    async open({ user, ...session }: StoredSession) {
      const known = { ...user, signedInAt: session.createdAt };
      await db.transaction(async (tx) => {
        await tx.insert(users).values(known).onConflictDoUpdate({ target: users.id, set: known });
        await tx.insert(sessions).values({ ...session, userId: user.id });
      });
    },
    async find(idHash, now) {
      const [found] = await db
        .select({ session: sessions, user: { id: users.id, login: users.login, name: users.name } })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(and(eq(sessions.idHash, idHash), gt(sessions.expiresAt, now)));
      if (found === undefined) return null;
      const { userId: _userId, ...session } = found.session;
      return { ...session, user: found.user };
    },
    async seen(idHash, at) {
      await db.update(sessions).set({ seenAt: at }).where(eq(sessions.idHash, idHash));
    },
    async end(idHash) {
      await db.delete(sessions).where(eq(sessions.idHash, idHash));
    },
  };
}

function historyOf(db: StoreDatabase): ServerStore["history"] {
  return {
    async add(entries) {
      if (entries.length === 0) return;
      const rows = entries.map(({ rows: rowCount, ...entry }) => ({ ...entry, rowCount }));
      const asking = [...new Set(entries.map(({ userId }) => userId))];
      // Who was removed a moment ago has no history: a row that no user holds would fail the others.
      await db.transaction(async (tx) => {
        const known = await tx.select({ id: users.id }).from(users).where(inArray(users.id, asking)).for("key share");
        const ids = new Set(known.map(({ id }) => id));
        const kept = rows.filter(({ userId }) => ids.has(userId));
        if (kept.length > 0) await tx.insert(history).values(kept);
      });
    },
    async list({ userId, before, limit }) {
      const own = eq(history.userId, userId);
      const found = await db
        .select()
        .from(history)
        .where(before === undefined ? own : and(own, lt(history.id, before)))
        .orderBy(desc(history.id))
        .limit(limit);
      return found.map(({ rowCount, userId: _userId, ...entry }) => ({ ...entry, rows: rowCount }));
    },
    async clear(userId) {
      await db.delete(history).where(eq(history.userId, userId));
    },
  };
}

function auditOf(db: StoreDatabase): ServerStore["audit"] {
  return {
    async add(entries) {
      if (entries.length === 0) return;
      await db.insert(audit).values(entries.map(({ rows: rowCount, ...entry }) => ({ ...entry, rowCount })));
    },
    async list(limit) {
      const found = await db.select().from(audit).orderBy(desc(audit.id)).limit(limit);
      return found.map(({ id: _id, rowCount, ...entry }): AuditEntry => ({ ...entry, rows: rowCount }));
    },
  };
}

function usageOf(db: StoreDatabase): ServerStore["usage"] {
  return {
    async add(entries) {
      const summed = sumByKey(entries);
      if (summed.length === 0) return;
      await db
        .insert(usage)
        .values(summed.map(({ rows: rowCount, ...entry }) => ({ ...entry, rowCount })))
        .onConflictDoUpdate({
          target: [usage.day, usage.who, usage.connection, usage.route],
          set: {
            requests: sql`${usage.requests} + excluded.requests`,
            rowCount: sql`${usage.rowCount} + excluded.row_count`,
            milliseconds: sql`${usage.milliseconds} + excluded.milliseconds`,
          },
        });
    },
    async list({ who, since }) {
      const recent = gte(usage.day, since);
      const found = await db
        .select()
        .from(usage)
        .where(who === undefined ? recent : and(recent, eq(usage.who, who)))
        .orderBy(desc(usage.day), asc(usage.who), asc(usage.connection), asc(usage.route));
      return found.map(({ rowCount, ...entry }) => ({ ...entry, rows: rowCount }));
    },
  };
}

/**
 * One statement may not update a row twice. Sorted, so that two instances that add at once take their locks in the same
 * order.
 */
function sumByKey(entries: readonly UsageEntry[]): readonly UsageEntry[] {
  const sums = new Map<string, UsageEntry>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.day, entry.who, entry.connection, entry.route]);
    const sum = sums.get(key);
    sums.set(key, {
      ...entry,
      requests: (sum?.requests ?? 0) + entry.requests,
      rows: (sum?.rows ?? 0) + entry.rows,
      milliseconds: (sum?.milliseconds ?? 0) + entry.milliseconds,
    });
  }
  return [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, sum]) => sum);
}

function installationsOf(db: StoreDatabase): ServerStore["installations"] {
  return {
    async put(installation) {
      const row = { ...installation, repositories: [...installation.repositories] };
      await db.insert(installations).values(row).onConflictDoUpdate({ target: installations.id, set: row });
    },
    async remove(id) {
      await db.delete(installations).where(eq(installations.id, id));
    },
    list: () => db.select().from(installations).orderBy(asc(installations.id)),
  };
}
