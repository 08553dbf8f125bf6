import { z } from "zod";
import type { RoutineErrors } from "../../../json/statistics.ts";
import { routineId } from "../../../object-id.ts";
import type { PostgresSession } from "./session.ts";

const answer = z.array(
  z.object({
    schema: z.string(),
    name: z.string(),
    inputs: z.array(z.string()),
    line: z.number().nullable(),
    sqlstate: z.string().nullable(),
    message: z.string(),
    hint: z.string().nullable(),
  }),
);

/** Errors that the extension plpgsql_check finds in PL/pgSQL bodies, by routine; null where it is not installed. */
export async function readRoutineErrors(session: Pick<PostgresSession, "rows">): Promise<RoutineErrors | null> {
  const [installed] = await session.rows([INSTALLED]);
  const schema = installed?.["schema"];
  if (typeof schema !== "string") return null;
  const [row] = await session.rows([errorsQuery(schema)]);
  const errors: Record<string, { errors: RoutineErrors[string]["errors"][number][] }> = {};
  for (const found of answer.parse(JSON.parse(String(row?.["errors"])))) {
    const { line, sqlstate, message, hint } = found;
    const own = (errors[routineId(found.schema, found.name, found.inputs)] ??= { errors: [] });
    own.errors.push({
      message,
      ...(line === null ? {} : { line }),
      ...(sqlstate === null ? {} : { sqlstate }),
      ...(hint === null ? {} : { hint }),
    });
  }
  return errors;
}

const INSTALLED = `select quote_ident(n.nspname) as schema from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace where e.extname = 'plpgsql_check'`;

/** A trigger's function is checked once for each table that it serves, for its rows differ. */
const errorsQuery = (schema: string): string => `
with routine as (
  select p.oid, n.nspname, p.proname, p.proargtypes, coalesce(t.tgrelid, 0::oid) as relation
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
    left join (select distinct tgfoid, tgrelid from pg_trigger where not tgisinternal) t on t.tgfoid = p.oid
   where l.lanname = 'plpgsql' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
     and (t.tgfoid is not null or p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype))
     and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
)
select coalesce(json_agg(distinct jsonb_build_object('schema', r.nspname, 'name', r.proname,
    'inputs', (select coalesce(json_agg(format_type(u.t, null) order by u.ord), '[]') from unnest(r.proargtypes::oid[]) with ordinality u(t, ord)),
    'line', f.lineno, 'sqlstate', f.sqlstate, 'message', f.message, 'hint', f.hint)), '[]')::text as errors
  from routine r cross join lateral ${schema}.plpgsql_check_function_tb(r.oid::regprocedure, r.relation::regclass) f
 where f.level = 'error'`;
