import { sql } from "drizzle-orm";
import type { StoreDatabase } from "./drizzle-store.ts";
import { migrations } from "./migrations.ts";

/** A number of our own among PostgreSQL's advisory locks: "querygen" in ASCII. */
const LOCK = 0x71_75_65_72_79_67_65n;

/**
 * Brings the store's tables to what this program needs, in one transaction: all of it or nothing. Instances that start at
 * once wait for each other, and the later ones find it done. Migrations of a newer program are left as they are.
 */
export async function migrateStore(db: StoreDatabase): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_catalog.pg_advisory_xact_lock(${String(LOCK)}::bigint)`);
    await tx.execute(sql`create schema if not exists querygenie_migrations`);
    await tx.execute(
      sql`create table if not exists querygenie_migrations.done (tag text primary key, done_at timestamptz not null default now())`,
    );
    for (const { tag, statements } of migrations) {
      const marked = await tx.execute(
        sql`insert into querygenie_migrations.done (tag) values (${tag}) on conflict do nothing returning tag`,
      );
      if (rowsOf(marked).length === 0) continue;
      for (const statement of statements) await tx.execute(sql.raw(statement));
    }
  });
}

/** Both drivers answer with `rows`; drizzle's type for any driver says nothing of it. */
function rowsOf(result: unknown): readonly unknown[] {
  const rows: unknown = typeof result === "object" && result !== null ? Reflect.get(result, "rows") : undefined;
  if (!Array.isArray(rows)) throw new Error("The driver gave no rows.");
  return rows;
}
