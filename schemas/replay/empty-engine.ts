import { HARNESS_SCHEMA } from "./harness.ts";
import type { EmbeddedEngine } from "./pglite-engine.ts";
import { RESET_SESSION } from "./reset-session.ts";

/** Drops everything that scripts have made in an engine that is used again. Roles stay: other databases may own them. */
export async function emptyEngine(engine: EmbeddedEngine): Promise<void> {
  const { state } = await engine.run("select", { guarded: false });
  if (state !== "idle") await engine.run("rollback", { guarded: false });
  await engine.exec(RESET_SESSION);
  const { rows } = await engine.query(
    `select format('drop schema if exists %I cascade', nspname) as sql from pg_catalog.pg_namespace
      where nspname !~ '^pg_' and nspname not in ('information_schema', '${HARNESS_SCHEMA}')
     union all select format('drop publication if exists %I', pubname) from pg_catalog.pg_publication
     union all select format('drop event trigger if exists %I', evtname) from pg_catalog.pg_event_trigger
      where evtname !~ '^_querygenie'
     union all select format('drop extension if exists %I cascade', extname) from pg_catalog.pg_extension
      where extname <> 'plpgsql'`,
  );
  for (const { sql } of rows) await engine.exec(String(sql));
  await engine.exec("create schema public");
}
