/** Schema of the harness's own objects; left out of every model. */
export const HARNESS_SCHEMA = "_querygenie";
export const DDL_PREFIX = "_querygenie:ddl:";
export const DROP_PREFIX = "_querygenie:drop:";

/**
 * Event triggers that tell, as messages, which objects a statement made, altered and dropped, DDL inside functions and
 * DO blocks included. For a relation they send the version stamp (xmin.cmin) of each of its columns, constraints,
 * indexes and defaults; a stamp that differs from the last one seen says that the statement changed that row.
 * A comment on a column changes none of them, and such comments are most of what a well described schema says.
 * INFO is the one level that `client_min_messages`, which dumps set, does not silence.
 */
export const HARNESS_SQL = `
create schema ${HARNESS_SCHEMA};
grant usage on schema ${HARNESS_SCHEMA} to public;

create function ${HARNESS_SCHEMA}.ddl() returns event_trigger
language plpgsql security definer set search_path = pg_catalog as $harness$
declare payload text;
begin
  select json_agg(json_build_array(d.classid::int8, d.objid::int8, d.objsubid, d.command_tag, d.object_type, d.object_identity,
    case when d.classid = 'pg_class'::regclass and d.object_type not in ('index', 'sequence') and not (d.command_tag = 'COMMENT' and d.objsubid <> 0) then (
      select string_agg(s.stamp, ' ') from (
        select 'a' || attnum || ':' || xmin || '.' || cmin as stamp from pg_attribute
         where attrelid = d.objid and attnum > 0 and not attisdropped
        union all select 'n' || adnum || ':' || xmin || '.' || cmin from pg_attrdef where adrelid = d.objid
        union all select 'c' || oid || ':' || xmin || '.' || cmin from pg_constraint where conrelid = d.objid
        union all select 'i' || indexrelid || ':' || xmin || '.' || cmin from pg_index where indrelid = d.objid) s) end))
    into payload from pg_event_trigger_ddl_commands() d where d.objid is not null;
  if payload is not null then raise info '${DDL_PREFIX}%', payload; end if;
end $harness$;

create function ${HARNESS_SCHEMA}.dropped() returns event_trigger
language plpgsql security definer set search_path = pg_catalog as $harness$
declare payload text;
begin
  select json_agg(json_build_array(d.classid::int8, d.objid::int8, d.objsubid, d.object_type, d.object_identity))
    into payload from pg_event_trigger_dropped_objects() d;
  if payload is not null then raise info '${DROP_PREFIX}%', payload; end if;
end $harness$;

create event trigger _querygenie_ddl on ddl_command_end execute function ${HARNESS_SCHEMA}.ddl();
create event trigger _querygenie_dropped on sql_drop execute function ${HARNESS_SCHEMA}.dropped();
`;
