/** Scripts that MariaDB and the reader must make the same schema of; each shows what its name says. */
export const liveCases: readonly { readonly name: string; readonly sql: string }[] = [
  {
    name: "whole and broken numbers, with and without sign, width and aliases",
    sql: `create table articles (id serial, a tinyint, b tinyint unsigned, c smallint(3) zerofill, d mediumint unsigned, e int, f integer unsigned,
      g bigint, h bool default true, i boolean not null default false, j dec, k decimal(8), l numeric(10,2) default '3.5', m fixed(5,1) unsigned,
      n float, o float(30), p float(7,3) default 1.5, q double precision, r real default 0, s int default '007', t decimal(6,3) not null default 2,
      u year, v bit, w bit(4) default b'0101', x int1, y int8 default -5, z middleint)`,
  },
  {
    name: "texts and bytes, with charsets, collations and attributes",
    sql: `create table texts (a char, b varchar(20) default 'it''s', c varchar(10) character set utf8 collate utf8_bin, d text charset utf8mb4,
      e tinytext, f mediumtext collate utf8mb4_unicode_ci, g longtext, h binary(3) default 'a', i varbinary(9), j blob, k text(100), l blob(70000),
      m varchar(5) binary, n char(4) ascii, o national varchar(7), p nchar(2), q character varying(3), r varchar(8) character set binary,
      s text character set binary, t enum('new','it''s','a,b') default 'new', u set('x','y') not null default 'x,y', v long varchar, w varchar(3) default 0,
      x varchar(30) default 'line\\nbreak\\\\', y varchar(9) default "double" comment 'what it is', z nvarchar(4) collate utf8mb3_bin)
      engine=InnoDB default charset=latin1 comment='All texts'`,
  },
  {
    name: "times, their precision, defaults and updates",
    sql: `create table times (a date default '2024-02-29', b time, c time(3) default '12:00:00', d datetime default current_timestamp on update current_timestamp,
      e datetime(6) default now(6) on update now(6), f timestamp null default null, g timestamp(3) not null default current_timestamp(3),
      h datetime default '2020-01-01', i timestamp not null default '2020-01-01 10:00:00', j timestamp, k date default (curdate()))`,
  },
  {
    name: "json, uuid, network addresses and shapes",
    sql: `create table shapes (a json, b json not null default '{}', c uuid default uuid(), d inet6, e inet4, f geometry, g point not null, h polygon,
      i multipolygon, j geometrycollection, spatial index (g))`,
  },
  {
    name: "generated, invisible and checked columns",
    sql: `create table order_lines (id int auto_increment primary key, price decimal(10,2) not null check (price > 0), quantity int not null default 1,
      total decimal(12,2) generated always as (price * quantity) stored, label varchar(40) as (concat('#', id)) virtual, note text invisible,
      half int as (quantity div 2) persistent unique, constraint positive check (quantity > 0), check (price < 1000), check (quantity < 100))`,
  },
  {
    name: "keys of every kind and their names",
    sql: `create table customers (id int primary key, email varchar(255) unique, name varchar(100), city varchar(50), bio text, code int,
      unique key (name, city), key (name), key (name, code), index by_city using btree (city desc), fulltext key (bio), fulltext search_all (bio, name),
      unique index email_prefix (email(20)), key by_code (code) comment 'fast', constraint one_code unique (code), key ignored_one (city) ignored)`,
  },
  {
    name: "foreign keys, their actions, names and indexes",
    sql: `create table shops (id int primary key, region int, unique (region, id));
      create table orders (id int primary key, shop int, region int, parent int, other int, last int,
        foreign key (shop) references shops (id) on delete cascade,
        constraint fk_region foreign key (region, shop) references shops (region, id) on update set null on delete no action,
        foreign key by_parent (parent) references orders (id),
        key (other), foreign key (other) references shops (id) on delete restrict, inline_ref int references shops (id) on delete set null,
        constraint named_fk foreign key named_index (last) references shops (id));
      alter table orders add key (shop, last);
      alter table orders add column extra int, add constraint fk_extra foreign key (extra) references shops (id);`,
  },
  {
    name: "columns added, moved, changed, renamed and dropped",
    sql: `create table goods (id int primary key, name varchar(20) not null, price int default 3, stock int, old int, key (name), key by_stock (stock, price), unique (old));
      alter table goods add column a int first, add b varchar(10) after id, add column (c int, d int not null), add e int unique;
      alter table goods modify name varchar(40) null default 'x' after price; alter table goods change price cost decimal(8,2) not null default 1;
      alter table goods rename column stock to amount, alter a set default 7, alter column cost drop default;
      alter table goods drop column old, drop d, modify column b text first;
      alter table goods add column if not exists a int, drop column if exists nothing;`,
  },
  {
    name: "keys and constraints added, renamed and dropped",
    sql: `create table p (id int not null, a int, b int, c int, key ka (a), unique ub (b), constraint ch check (a > 0));
      alter table p add primary key (id), drop key ka, add index kc (c), rename index ub to uc;
      alter table p drop constraint ch, add constraint ch2 check (b > 0), add check (c > 1);
      create unique index ux on p (a, b); create index if not exists kc on p (c); drop index kc on p; drop index if exists nope on p;
      create table q (id int, p_id int, constraint qp foreign key (p_id) references p (id));
      alter table q drop foreign key qp; alter table q add constraint qp2 foreign key (p_id) references p (id) on delete cascade;
      alter table p drop constraint uc; alter table q drop constraint if exists nope;
      alter table q add primary key (id); alter table q drop primary key, add unique key (id);`,
  },
  {
    name: "tables renamed, swapped, copied and dropped",
    sql: `create table a (id int primary key, v varchar(9) default 'a', check (id > 0), key (v)) comment 'first';
      create table b (id int primary key, a_id int, foreign key (a_id) references a (id));
      create table c like b; rename table a to a_old, c to a; alter table a_old rename to first; rename table b to second;
      create table if not exists first (x int); create table gone (x int); drop table if exists gone, never;
      create or replace table third (y int) engine=MyISAM; create temporary table short (z int);`,
  },
  {
    name: "charsets converted and defaults of tables changed",
    sql: `create table m (a varchar(10), b text, c enum('x'), d int, e varchar(5) charset ascii) charset=latin1;
      alter table m convert to character set utf8mb4 collate utf8mb4_unicode_ci;
      create table n (a varchar(10), b tinytext) charset latin1; alter table n default charset=utf8mb4, comment='late', add c char(3);
      alter table n engine=MyISAM, row_format=dynamic; alter table m collate utf8mb4_bin;`,
  },
  {
    name: "partitions",
    sql: `create table sales (id int not null, day date not null, primary key (id, day)) partition by range (year(day)) (
        partition p0 values less than (2020), partition p1 values less than (2021) comment 'x', partition pmax values less than maxvalue);
      alter table sales drop partition p0; create table hashed (id int primary key) partition by hash (id) partitions 4;
      alter table hashed remove partitioning; create table listed (id int, kind int) partition by list columns (kind) (partition a values in (1, 2), partition b values in (3));`,
  },
  {
    name: "views over tables and views",
    sql: `create table o (id int primary key, customer int not null, total decimal(9,2) default 0, created datetime);
      create table k (id int primary key, name varchar(60));
      create view open_orders as select o.id, o.total as amount, k.name customer_name, o.created \`when\` from o join k on k.id = o.customer where total > 3;
      create or replace algorithm=merge sql security invoker view plain as select * from o where total > 0;
      create view named (a, b) as select id, name from k; create view on_view as select a as first, b from named;
      create view counted as select customer, count(*) as n from o group by customer; alter view named as select id, name, 1 as one from k;
      drop view if exists nothing;`,
  },
  {
    name: "triggers, routines and events, with and without DELIMITER",
    sql: `create table log (id int auto_increment primary key, what varchar(20));
      create trigger before_log before insert on log for each row set new.what = upper(new.what);
delimiter //
create trigger after_log after update on log for each row begin if new.id > 1 then delete from log where id = 0; end if; end//
create procedure tidy(in days int, out n int) reads sql data sql security invoker begin declare i int default 0; while i < days do set i = i + 1; end while; set n = i; end//
delimiter ;
      create function twice(x int) returns int deterministic return x * 2;
      create definer = 'root'@'localhost' procedure plain() begin case 1 when 1 then select 1; else select case when 1 then 2 end; end case; end;
      create event nightly on schedule every 1 day do begin delete from log; end;
      drop procedure if exists nothing; drop trigger after_log;`,
  },
  {
    name: "executable comments, odd names and comments everywhere",
    sql: `-----
-- a comment
# another; with a semicolon
/* and; another */
/*!40101 SET NAMES utf8 */;
create table \`odd table\` ( -- ---
  \`select\` int not null /*!50000 default 3 */, /*!80000 \`mysql8\` int, */ /*M!100100 \`maria\` int, */ \`a\`\`b\` int comment 'semi;colon -- #', \`2fa\` int, $dollar int,
  key \`odd key\` (\`select\`)) /*!40100 default charset=utf8 */ # tail
;
create table \`Größe\` (\`maß\` int, 9lives int);`,
  },
  {
    name: "tables made from queries",
    sql: `create table src (id int auto_increment primary key, name varchar(30) not null default 'n', at datetime);
      create table copy1 as select * from src; create table copy2 (extra int, key (name)) engine=InnoDB select id, name, at as moment from src where 0;`,
  },
  {
    name: "what columns get without being asked",
    sql: `create table counted (id int unsigned null auto_increment, sum decimal(8,2) unsigned zerofill default 3, n numeric(5) zerofill default '7', key (id));
      create table hours (opens time default '9:30', closes time default '18:00', day date default '2024-3-1', at datetime default '2024-03-01 10:00', begins datetime default '2024-3-9', soon timestamp null default '2024-03-01');`,
  },
  {
    name: "a table's new default charset, for new columns only",
    sql: `create table notes (a text, b varchar(9) charset utf8mb4); alter table notes default charset utf8mb4, add c varchar(9);
      create table other (a char(3)) collate utf8mb3_bin; alter table other collate utf8mb4_bin; alter table other add b char(3);`,
  },
];
