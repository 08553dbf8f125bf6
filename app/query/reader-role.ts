import { denialOfFunction } from "#generators/queries/denied-functions.ts";
import { READER_ROLE } from "#generators/queries/read-transaction.ts";
import { HARNESS_SCHEMA } from "#schemas/replay/harness.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";

/**
 * Makes the role and takes from everyone what the role would inherit: rights that a migration gave to PUBLIC, and the
 * functions that the guard refuses. A connection opened by a superuser is left by `set_config('role', …)`, so that
 * function is the wall's corner stone. Row-level security does not hide rows: they are fixtures.
 */
export async function makeReaderRole(engine: EmbeddedEngine): Promise<void> {
  await engine.exec(`
drop event trigger if exists _querygenie_ddl;
drop event trigger if exists _querygenie_dropped;
drop schema if exists ${HARNESS_SCHEMA} cascade;
create role ${READER_ROLE} nologin noinherit bypassrls;`);
  await engine.exec(GRANTS);
  const { rows } = await engine.query(PUBLIC_FUNCTIONS, [], { rowMode: "object" });
  const denied = rows.flatMap(({ name, schema, signature }) =>
    denialOfFunction(String(name), String(schema)) === null ? [] : [String(signature)],
  );
  await engine.exec(denied.map((signature) => `revoke execute on routine ${signature} from public`).join(";\n"));
}

const GRANTS = `
do $$
declare
  space text;
begin
  execute format('revoke all on database %I from public', current_database());
  for space in
    select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1
  loop
    execute format('revoke create on schema %I from public', space);
    execute format('grant usage on schema %I to ${READER_ROLE}', space);
    execute format('revoke all on all tables in schema %I from public', space);
    execute format('revoke all on all sequences in schema %I from public', space);
    execute format('grant select on all tables in schema %I to ${READER_ROLE}', space);
  end loop;
end
$$`;

const PUBLIC_FUNCTIONS = `
select p.proname as name, n.nspname as schema,
  format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as signature
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where has_function_privilege('${READER_ROLE}', p.oid, 'execute')
order by 3`;
