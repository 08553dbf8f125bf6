/**
 * One query that reads a whole database: one row, one column, one JSON text. Run it with
 * `search_path = pg_catalog`, so that every printed name is qualified. Every aggregate is ordered: two runs are equal.
 * Reads PostgreSQL 12 and newer; what a version lacks is left out or read through `to_jsonb`, which skips absent columns.
 * `version` is the server's `server_version_num`.
 */
export function catalogQuery(excludedSchemas: readonly string[], version: number = NEWEST): string {
  const excluded = excludedSchemas.map((name) => `'${name.replaceAll("'", "''")}'`).join(", ");
  return `
with ns as materialized (
  select oid, nspname, nspowner, nspacl from pg_namespace
   where nspname !~ '^pg_' and nspname <> 'information_schema' ${excluded === "" ? "" : `and nspname not in (${excluded})`}
), member as materialized (
  select classid, objid from pg_depend where deptype = 'e'
), rel as materialized (
  select c.* , n.nspname from pg_class c join ns n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm', 'f', 'c', 'S')
     and not exists (select from member m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
)
select json_build_object(
'version', current_setting('server_version'),
'owner', (select datdba::regrole::text from pg_database where datname = current_database()),
'schemas', (select coalesce(json_agg(json_build_object(
    'oid', n.oid::int8, 'name', n.nspname, 'owner', n.nspowner::regrole::text, 'acl', ${acl("n.nspacl", "n.nspowner")},
    'comment', ${comment("n.oid", "pg_namespace")}) order by n.nspname), '[]') from ns n
    where not exists (select from member m where m.classid = 'pg_namespace'::regclass and m.objid = n.oid)),
'extensions', (select coalesce(json_agg(json_build_object(
    'oid', e.oid::int8, 'name', e.extname, 'version', e.extversion, 'schema', en.nspname,
    'comment', ${comment("e.oid", "pg_extension")}) order by e.extname), '[]')
    from pg_extension e join pg_namespace en on en.oid = e.extnamespace where e.extname <> 'plpgsql'),
'types', (select coalesce(json_agg(json_build_object(
    'oid', t.oid::int8, 'relid', t.typrelid::int8, 'schema', n.nspname, 'name', t.typname, 'kind', t.typtype,
    'owner', t.typowner::regrole::text, 'acl', ${acl("t.typacl", "t.typowner")},
    'comment', coalesce(${comment("t.oid", "pg_type")}, case when t.typrelid <> 0 then ${comment("t.typrelid", "pg_class")} end),
    'labels', case when t.typtype = 'e' then (select coalesce(json_agg(enumlabel order by enumsortorder), '[]') from pg_enum where enumtypid = t.oid) end,
    'base', case when t.typtype = 'd' then ${type("t.typbasetype", "t.typtypmod")} end,
    'ndims', t.typndims, 'notnull', t.typnotnull, 'default', t.typdefault,
    'collation', case when t.typtype = 'd' and t.typcollation <> (select typcollation from pg_type b where b.oid = t.typbasetype) then ${collation("t.typcollation")} end,
    'checks', case when t.typtype = 'd' then (select coalesce(json_agg(json_build_object('oid', k.oid::int8, 'name', k.conname,
        'expression', pg_get_expr(k.conbin, 0), 'definition', pg_get_constraintdef(k.oid, true), 'validated', k.convalidated) order by k.conname), '[]')
        from pg_constraint k where k.contypid = t.oid and k.contype = 'c') end,
    'attributes', case when t.typtype = 'c' then (select coalesce(json_agg(json_build_object('name', a.attname,
        'type', ${type("a.atttypid", "a.atttypmod")}, 'ndims', a.attndims, 'comment', ${comment("t.typrelid", "pg_class", "a.attnum")}) order by a.attnum), '[]')
        from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) end,
    'subtype', case when t.typtype = 'r' then (select ${type("r.rngsubtype", "-1")} from pg_range r where r.rngtypid = t.oid) end,
    'multirange', case when t.typtype = 'r' then (select format_type((to_jsonb(r) ->> 'rngmultitypid')::oid, null) from pg_range r where r.rngtypid = t.oid) end
    ) order by n.nspname, t.typname), '[]')
    from pg_type t join ns n on n.oid = t.typnamespace
   where (t.typtype in ('e', 'd', 'r') or (t.typtype = 'c' and exists (select from rel c where c.oid = t.typrelid and c.relkind = 'c')))
     and not exists (select from member m where m.classid = 'pg_type'::regclass and m.objid = t.oid)),
'relations', (select coalesce(json_agg(json_build_object(
    'oid', c.oid::int8, 'schema', c.nspname, 'name', c.relname, 'kind', c.relkind, 'persistence', c.relpersistence,
    'owner', c.relowner::regrole::text, 'acl', ${acl("c.relacl", "c.relowner")},
    'comment', ${comment("c.oid", "pg_class")}, 'options', array_to_json(c.reloptions),
    'rls', c.relrowsecurity, 'forced', c.relforcerowsecurity, 'rows', c.reltuples::float8, 'populated', c.relispopulated,
    'partkey', case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
    'bound', case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end,
    'parents', (select json_agg(json_build_array(pn.nspname, pc.relname) order by i.inhseqno) from pg_inherits i
        join pg_class pc on pc.oid = i.inhparent join pg_namespace pn on pn.oid = pc.relnamespace where i.inhrelid = c.oid),
    'server', case when c.relkind = 'f' then (select json_build_object('server', s.srvname, 'options', array_to_json(f.ftoptions))
        from pg_foreign_table f join pg_foreign_server s on s.oid = f.ftserver where f.ftrelid = c.oid) end,
    'definition', case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end
    ) order by c.nspname, c.relname), '[]') from rel c where c.relkind in ('r', 'p', 'v', 'm', 'f')),
'columns', (select coalesce(json_agg(json_build_object(
    'rel', a.attrelid::int8, 'num', a.attnum, 'name', a.attname, 'type', a.atttypid || ':' || a.atttypmod, 'ndims', a.attndims,
    'notnull', a.attnotnull, 'local', a.attislocal, 'comment', ${comment("a.attrelid", "pg_class", "a.attnum")}, 'acl', ${acl("a.attacl", "c.relowner")},
    'identity', nullif(a.attidentity, ''), 'generated', nullif(a.attgenerated, ''), 'default', pg_get_expr(d.adbin, d.adrelid), 'defoid', d.oid::int8,
    'collation', case when a.attcollation <> 0 and a.attcollation <> t.typcollation then ${collation("a.attcollation")} end
    ) order by a.attrelid, a.attnum), '[]')
    from rel c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped),
'columnTypes', (select coalesce(json_object_agg(x.id || ':' || x.mod, ${type("x.id", "x.mod")} order by x.id, x.mod), '{}')
    from (select distinct a.atttypid as id, a.atttypmod as mod from rel c join pg_attribute a on a.attrelid = c.oid
           where a.attnum > 0 and not a.attisdropped) x),
'constraints', (select coalesce(json_agg(json_build_object(
    'oid', k.oid::int8, 'rel', k.conrelid::int8, 'name', k.conname, 'kind', k.contype, 'definition', pg_get_constraintdef(k.oid, true),
    'deferrable', k.condeferrable, 'deferred', k.condeferred, 'validated', k.convalidated, 'local', k.conislocal and k.conparentid = 0,
    'enforced', ${version >= ENFORCEMENT ? "k.conenforced" : "true"}, 'index', nullif(k.conindid, 0)::int8,
    'columns', ${columnNames("k.conkey", "k.conrelid")},
    'expression', case when k.contype = 'c' then pg_get_expr(k.conbin, k.conrelid) end,
    'target', case when k.contype = 'f' then (select json_build_array(fn.nspname, fc.relname) from pg_class fc
        join pg_namespace fn on fn.oid = fc.relnamespace where fc.oid = k.confrelid) end,
    'targetColumns', case when k.contype = 'f' then ${columnNames("k.confkey", "k.confrelid")} end,
    'update', nullif(k.confupdtype, ' '), 'delete', nullif(k.confdeltype, ' '), 'match', nullif(k.confmatchtype, ' '),
    'comment', ${comment("k.oid", "pg_constraint")}) order by k.conrelid, k.conname), '[]')
    from rel c join pg_constraint k on k.conrelid = c.oid
   where (k.contype in ('p', 'u', 'f', 'c', 'x') or (k.contype = 'n' /* not null, since 18 */ and k.conname !~ '_not_null[0-9]*$'))
     -- A key to a partitioned table has a shadow on the same table for each partition; they are the engine's own.
     and not (k.contype = 'f' and exists (select 1 from pg_constraint o where o.oid = k.conparentid and o.conrelid = k.conrelid))),
'indexes', (select coalesce(json_agg(json_build_object(
    'oid', i.indexrelid::int8, 'rel', i.indrelid::int8, 'name', ic.relname, 'method', am.amname, 'unique', i.indisunique, 'primary', i.indisprimary,
    'valid', i.indisvalid, 'clustered', i.indisclustered, 'nnd', ${version >= NULLS_NOT_DISTINCT ? "i.indnullsnotdistinct" : "false"},
    'definition', pg_get_indexdef(i.indexrelid), 'predicate', pg_get_expr(i.indpred, i.indrelid),
    'comment', ${comment("i.indexrelid", "pg_class")},
    'keys', (select json_agg(json_build_object('column', a.attname,
          'expression', case when u.num = 0 then pg_get_indexdef(i.indexrelid, u.ord::int, true) end,
          'option', i.indoption[u.ord - 1]::int,
          'opclass', (select op.opcname from pg_opclass op where op.oid = i.indclass[u.ord - 1] and not op.opcdefault),
          'collation', case when i.indcollation[u.ord - 1] not in (0, 100, coalesce(a.attcollation, 0)) then ${collation("i.indcollation[u.ord - 1]")} end
        ) order by u.ord) from unnest(i.indkey::int2[]) with ordinality u(num, ord)
        left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.num and u.num <> 0
        where u.ord <= i.indnkeyatts),
    'include', ${columnNames("i.indkey::int2[]", "i.indrelid", "and u.ord > i.indnkeyatts")}
    ) order by i.indrelid, ic.relname), '[]')
    from rel c join pg_index i on i.indrelid = c.oid join pg_class ic on ic.oid = i.indexrelid join pg_am am on am.oid = ic.relam),
'triggers', (select coalesce(json_agg(json_build_object(
    'oid', g.oid::int8, 'rel', g.tgrelid::int8, 'name', g.tgname, 'type', g.tgtype::int, 'enabled', g.tgenabled,
    'definition', pg_get_triggerdef(g.oid), 'proc', g.tgfoid::int8, 'comment', ${comment("g.oid", "pg_trigger")},
    'columns', ${columnNames("g.tgattr::int2[]", "g.tgrelid")}) order by g.tgrelid, g.tgname), '[]')
    from rel c join pg_trigger g on g.tgrelid = c.oid where not g.tgisinternal and ${version >= TRIGGER_PARENTS ? "g.tgparentid = 0" : "true"}),
'policies', (select coalesce(json_agg(json_build_object(
    'oid', p.oid::int8, 'rel', p.polrelid::int8, 'name', p.polname, 'command', p.polcmd, 'permissive', p.polpermissive,
    'roles', (select json_agg(case when r = 0 then 'public' else r::regrole::text end order by 1) from unnest(p.polroles) r),
    'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid),
    'comment', ${comment("p.oid", "pg_policy")}) order by p.polrelid, p.polname), '[]')
    from rel c join pg_policy p on p.polrelid = c.oid),
'sequences', (select coalesce(json_agg(json_build_object(
    'oid', c.oid::int8, 'schema', c.nspname, 'name', c.relname, 'owner', c.relowner::regrole::text, 'acl', ${acl("c.relacl", "c.relowner")},
    'comment', ${comment("c.oid", "pg_class")}, 'type', format_type(s.seqtypid, null), 'start', s.seqstart::text, 'increment', s.seqincrement::text,
    'minimum', s.seqmin::text, 'maximum', s.seqmax::text, 'cycle', s.seqcycle,
    'ownedBy', (select json_build_object('rel', d.refobjid::int8, 'num', d.refobjsubid, 'dep', d.deptype) from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i') and d.refobjsubid > 0 limit 1)
    ) order by c.nspname, c.relname), '[]') from rel c join pg_sequence s on s.seqrelid = c.oid where c.relkind = 'S'),
'routines', (select coalesce(json_agg(json_build_object(
    'oid', p.oid::int8, 'schema', n.nspname, 'name', p.proname, 'kind', p.prokind, 'owner', p.proowner::regrole::text, 'acl', ${acl("p.proacl", "p.proowner")},
    'comment', ${comment("p.oid", "pg_proc")}, 'inputs', (select coalesce(json_agg(format_type(u.t, null) order by u.ord), '[]') from unnest(p.proargtypes::oid[]) with ordinality u(t, ord)),
    'arguments', (select coalesce(json_agg(json_build_object('name', nullif(p.proargnames[u.ord], ''), 'mode', coalesce(p.proargmodes[u.ord], 'i'),
        'type', format_type(u.t, null), 'default', pg_get_function_arg_default(p.oid, u.ord::int)) order by u.ord), '[]')
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality u(t, ord)),
    'returns', pg_get_function_result(p.oid), 'language', l.lanname, 'volatility', p.provolatile, 'strict', p.proisstrict, 'definer', p.prosecdef,
    'definition', case when p.prokind <> 'a' then pg_get_functiondef(p.oid) else ${AGGREGATE} end, 'body', coalesce(nullif(p.prosrc, ''), ${version >= SQL_BODIES ? "pg_get_function_sqlbody(p.oid), " : ""}'')
    ) order by n.nspname, p.proname, p.oid), '[]')
    from pg_proc p join ns n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
   where not exists (select from member m where m.classid = 'pg_proc'::regclass and m.objid = p.oid)
     and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')),
'dependencies', (select coalesce(json_agg(json_build_array(x.rel, x.classid, x.objid) order by x.rel, x.classid, x.objid), '[]') from (
    select distinct r.ev_class::int8 as rel, d.refclassid::int8 as classid, d.refobjid::int8 as objid
      from rel c join pg_rewrite r on r.ev_class = c.oid join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
     where c.relkind in ('v', 'm') and d.refobjid <> c.oid and d.deptype = 'n' and d.refclassid in ('pg_class'::regclass, 'pg_proc'::regclass)) x),
'rules', (select coalesce(json_agg(json_build_object('oid', r.oid::int8, 'schema', c.nspname, 'table', c.relname, 'name', r.rulename,
    'definition', pg_get_ruledef(r.oid), 'comment', ${comment("r.oid", "pg_rewrite")}) order by c.nspname, c.relname, r.rulename), '[]')
    from rel c join pg_rewrite r on r.ev_class = c.oid where r.rulename <> '_RETURN'),
'statistics', (select coalesce(json_agg(json_build_object('oid', s.oid::int8, 'schema', n.nspname, 'name', s.stxname,
    'definition', pg_get_statisticsobjdef(s.oid), 'comment', ${comment("s.oid", "pg_statistic_ext")}) order by n.nspname, s.stxname), '[]')
    from pg_statistic_ext s join ns n on n.oid = s.stxnamespace),
'eventTriggers', (select coalesce(json_agg(json_build_object('oid', e.oid::int8, 'name', e.evtname, 'definition',
    'on ' || e.evtevent || coalesce(' when tag in (' || array_to_string(e.evttags, ', ') || ')', '') || ' execute ' || e.evtfoid::regprocedure::text,
    'comment', ${comment("e.oid", "pg_event_trigger")}) order by e.evtname), '[]')
    from pg_event_trigger e where not exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.oid = e.evtfoid and n.nspname in (${excluded === "" ? "''" : excluded}))),
'publications', (select coalesce(json_agg(json_build_object('oid', p.oid::int8, 'name', p.pubname, 'definition',
    case when p.puballtables then 'for all tables' else coalesce((select 'for table ' || string_agg(pr.prrelid::regclass::text, ', ' order by pr.prrelid::regclass::text)
      from pg_publication_rel pr where pr.prpubid = p.oid), '') end, 'comment', ${comment("p.oid", "pg_publication")}) order by p.pubname), '[]') from pg_publication p)
)::text as catalog`;
}

/** PostgreSQL prints functions but no aggregates; those over ordered sets have more parts than are put together here. */
const AGGREGATE = `(select 'CREATE AGGREGATE ' || quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' ||
      coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*') || ') (SFUNC = ' || g.aggtransfn::text || ', STYPE = ' || format_type(g.aggtranstype, null)
      || case when g.aggfinalfn <> 0 then ', FINALFUNC = ' || g.aggfinalfn::text else '' end || case when g.aggfinalextra then ', FINALFUNC_EXTRA' else '' end
      || case when g.aggcombinefn <> 0 then ', COMBINEFUNC = ' || g.aggcombinefn::text else '' end
      || case when g.agginitval is not null then ', INITCOND = ' || quote_literal(g.agginitval) else '' end
      || case p.proparallel when 's' then ', PARALLEL = SAFE' when 'r' then ', PARALLEL = RESTRICTED' else '' end || ')'
      from pg_aggregate g where g.aggfnoid = p.oid and g.aggkind = 'n')`;

/** Since when there are `pg_get_function_sqlbody` and the columns that say these. */
const SQL_BODIES = 140_000;
const TRIGGER_PARENTS = 130_000;
const NULLS_NOT_DISTINCT = 150_000;
const ENFORCEMENT = 180_000;
const NEWEST = 180_000;

/** A comment; `obj_description` says the same and is a query of its own for each object. */
function comment(oid: string, catalog: string, column = "0"): string {
  return `(select about.description from pg_description about where about.objoid = ${oid} and about.classoid = '${catalog}'::regclass and about.objsubid = ${column})`;
}

/** Names of the columns with these numbers, in their order. */
function columnNames(numbers: string, relation: string, more = ""): string {
  const name = `(select a.attname from pg_attribute a where a.attrelid = ${relation} and a.attnum = u.num)`;
  // 0 stands for an expression.
  return `(select json_agg(${name} order by u.ord) from unnest(${numbers}) with ordinality u(num, ord) where u.num <> 0 ${more})`;
}

/** A type as printed, with what the family is decided from: base type's name, category and kind, and array depth. */
function type(oid: string, typmod: string): string {
  return `(select json_build_object('raw', format_type(${oid}, ${typmod}), 'mod', ${typmod},
    'array', y.typcategory = 'A', 'name', e.typname, 'ns', en.nspname, 'cat', e.typcategory, 'kind', e.typtype,
    'base', case when e.typtype = 'd' then (with recursive b(o, d) as (select e.typbasetype, 1 union all
      select p.typbasetype, b.d + 1 from b join pg_type p on p.oid = b.o where p.typtype = 'd')
      select json_build_object('name', q.typname, 'cat', q.typcategory, 'kind', q.typtype) from b join pg_type q on q.oid = b.o order by b.d desc limit 1) end)
    from pg_type y join pg_type e on e.oid = case when y.typcategory = 'A' and y.typelem <> 0 then y.typelem else y.oid end
    join pg_namespace en on en.oid = e.typnamespace where y.oid = ${oid})`;
}

/** Rights of others than the owner, by grantee. */
function acl(column: string, owner: string): string {
  return `case when ${column} is not null then (select json_agg(json_build_object('grantee', x.grantee, 'privileges', x.privileges) order by x.grantee) from (
    select case when g.grantee = 0 then 'public' else g.grantee::regrole::text end as grantee,
           json_agg(lower(g.privilege_type) order by g.privilege_type) as privileges
      from aclexplode(${column}) g where g.grantee <> ${owner} group by 1) x) end`;
}

const collation = (oid: string): string =>
  `(select quote_ident(cn.nspname) || '.' || quote_ident(co.collname) from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace where co.oid = ${oid})`;
