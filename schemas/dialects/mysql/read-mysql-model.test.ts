import { describe, expect, it } from "vitest";
import type { MysqlVersion } from "./facts.ts";
import { readMysqlModel } from "./read-mysql-model.ts";

const MYSQL: MysqlVersion = { engine: "mysql", version: "8.4" };

function read(sql: string, version: MysqlVersion = MYSQL) {
  return readMysqlModel([{ path: "shop.sql", text: sql, version: "1", transaction: "none" }], version);
}

/** The columns of the first table, each as `name type`, and what was said. */
function check(
  sql: string,
  expected: { readonly columns?: readonly string[]; readonly problems?: readonly string[] },
  version?: MysqlVersion,
): void {
  const { model, problems } = read(sql, version);
  const columns =
    model.tables[0]?.columns.map(({ name, type, nullable }) => `${name} ${type.raw}${nullable ? "" : "!"}`) ?? [];
  const places = problems.map(({ code, origin }) => `${code} ${origin?.line ?? 0}:${origin?.column ?? 0}`);
  expect({ columns: expected.columns && columns, places }).toEqual({
    columns: expected.columns,
    places: expected.problems ?? [],
  });
}

describe("one bad part costs itself", () => {
  it("leaves out an attribute that is not known", () => {
    check("create table o (id int not null FANCY(3) default 1,\n total int)", {
      columns: ["id int!", "total int"],
      problems: ["QG222 1:33"],
    });
  });
  it("leaves out an element that cannot be read", () => {
    check("create table o (id int,\n 5 + 5,\n total int)", {
      columns: ["id int", "total int"],
      problems: ["QG222 2:2"],
    });
  });
  it("leaves out an option that is not known", () => {
    check("create table o (id int) engine=InnoDB SHINY=1 comment='x'", {
      columns: ["id int"],
      problems: ["QG222 1:39"],
    });
  });
  it("leaves out a part of a change that is not known", () => {
    check("create table o (id int);\nalter table o add a int, POLISH b, add c int", {
      columns: ["id int", "a int", "c int"],
      problems: ["QG222 2:26"],
    });
  });
  it("leaves out a statement that cannot be read", () => {
    check("create table o (id int);\ncreate tabel p (id int);\nnonsense;\nalter table o add a int", {
      columns: ["id int", "a int"],
      problems: ["QG202 2:8", "QG202 3:1"],
    });
  });
  it("reports what does not fit", () => {
    const { problems, model } = read(
      "create table o (id int);\nalter table o drop column nothing;\nalter table gone add a int;\ncreate table o (x int)",
    );
    expect(problems.map(({ code, message, missingObject }) => [code, message, missingObject])).toEqual([
      ["QG219", 'column "nothing" does not exist in "o"', true],
      ["QG219", 'table "gone" does not exist', true],
      ["QG219", 'table "o" exists already', undefined],
    ]);
    expect(model.complete).toBe(false);
  });
  it("says that a history lacks its beginning", () => {
    const { problems } = read(Array.from({ length: 9 }, (_, index) => `alter table t${index} add a int;`).join("\n"));
    expect(problems[0]).toMatchObject({ code: "QG205" });
    expect(problems[0]?.help).toContain("mysqldump");
  });
});

describe("what differs between servers", () => {
  it("prints whole numbers with or without widths", () => {
    const sql = "create table o (a int, b bigint unsigned, c bool, d int(5) zerofill, e year)";
    check(sql, { columns: ["a int", "b bigint unsigned", "c tinyint(1)", "d int(5) unsigned zerofill", "e year"] });
    check(
      sql,
      { columns: ["a int(11)", "b bigint(20) unsigned", "c tinyint(1)", "d int(5) unsigned zerofill", "e year(4)"] },
      { engine: "mysql", version: "5.7" },
    );
  });
  it("keeps JSON or makes it text with a check", () => {
    expect(read("create table o (a json)").model.tables[0]?.columns[0]?.type).toEqual({ raw: "json", family: "json" });
    const { model } = read("create table o (a json)", { engine: "mariadb", version: "10.11" });
    expect(model.tables[0]?.columns[0]?.type).toEqual({ raw: "longtext", family: "json" });
    expect(model.tables[0]?.constraints.map(({ definition }) => definition)).toEqual(["CHECK (json_valid(`a`))"]);
  });
  it("ignores inline references, and says so, where the server does", () => {
    const sql = "create table c (id int primary key); create table o (id int primary key, c int references c (id))";
    const old = read(sql);
    expect(old.model.tables[1]?.constraints.map(({ kind }) => kind)).toEqual(["primary key"]);
    expect(old.problems.map(({ code, severity }) => [code, severity])).toEqual([["QG222", "info"]]);
    expect(old.model.complete).toBe(true);
    const honoured = read(sql, { engine: "mariadb", version: "10.11" });
    expect(honoured.model.tables[1]?.constraints.map(({ name }) => name)).toEqual(["PRIMARY", "o_ibfk_1"]);
  });
  it("gives old timestamps their defaults", () => {
    check(
      "create table o (a timestamp, b timestamp)",
      { columns: ["a timestamp!", "b timestamp!"] },
      { engine: "mysql", version: "5.7" },
    );
    check("create table o (a timestamp, b timestamp)", { columns: ["a timestamp", "b timestamp"] });
  });
  it("runs executable comments by version", () => {
    const sql = "create table o (a int /*!80000 , b int */ /*!99999 , c int */ /*M!100100 , d int */)";
    check(sql, { columns: ["a int", "b int"] });
    check(sql, { columns: ["a int(11)", "d int(11)"] }, { engine: "mariadb", version: "10.11" });
  });
  it("names checks as the server does", () => {
    const sql = "create table o (a int check (a > 0), check (a < 9))";
    const names = (version?: MysqlVersion) => read(sql, version).model.tables[0]?.constraints.map(({ name }) => name);
    expect(names()).toEqual(["o_chk_1", "o_chk_2"]);
    expect(names({ engine: "mariadb", version: "10.11" })).toEqual(["CONSTRAINT_1", "a"]);
  });
});

describe("what MySQL 8 has and MariaDB has not", () => {
  it("reads expression keys, invisible keys, descending keys and unenforced checks", () => {
    const { model, problems } =
      read(`create table o (id int, email varchar(99) invisible, at datetime(3) default (now(3)), check (id > 0) not enforced,
      key by_lower ((lower(email)) desc, id), key hidden (id) invisible comment 'old');
      alter table o alter index hidden visible, alter check o_chk_1 enforced; drop index by_lower on o algorithm=inplace lock=none`);
    expect(problems).toEqual([]);
    expect(model.tables[0]?.indexes.map(({ definition, invisible }) => [definition, invisible])).toEqual([
      ["KEY `hidden` (`id`)", undefined],
    ]);
    expect(model.tables[0]?.constraints).toMatchObject([{ kind: "check", enforced: true, expression: "id > 0" }]);
    expect(model.tables[0]?.columns[1]).toMatchObject({ invisible: true });
    expect(model.tables[0]?.columns[2]).toMatchObject({ default: "CURRENT_TIMESTAMP(3)" });
  });
  it("keeps expression keys", () => {
    const { model } = read("create table o (id int, name varchar(9), key ((upper(name)) desc, name(3)))");
    expect(model.tables[0]?.indexes).toMatchObject([
      {
        name: "functional_index",
        keys: [
          { expression: "upper(name)", descending: true },
          { column: "name", prefixLength: 3 },
        ],
      },
    ]);
  });
});

describe("where objects come from", () => {
  it("knows the line that made and the line that changed each object", () => {
    const { model } = read(
      "create table o (\n  id int,\n  total int,\n  key by_total (total)\n);\nalter table o\n  modify total bigint,\n  add note text;\ncreate view v as select id from o;\nalter view v as select total from o;",
    );
    const [table] = model.tables;
    const at = (line: number, column: number) => ({ file: "shop.sql", line, column });
    expect(table?.origin).toEqual({ created: at(1, 1), changed: at(6, 1) });
    expect(table?.columns.map(({ origin }) => origin)).toEqual([
      { created: at(2, 3) },
      { created: at(3, 3), changed: at(7, 10) },
      { created: at(8, 7) },
    ]);
    expect(table?.indexes[0]?.origin).toEqual({ created: at(4, 3) });
    expect(model.views[0]?.origin).toEqual({ created: at(9, 1), changed: at(10, 1) });
  });
});

describe("what refers to a table", () => {
  const names = (sql: string): readonly string[] => {
    const { model, problems } = read(sql, { engine: "mariadb", version: "10.11" });
    expect(problems).toEqual([]);
    return model.tables.flatMap(({ name, constraints, triggers }) => [
      ...constraints.flatMap((one) => (one.kind === "foreign key" ? [`${name}: ${one.definition}`] : [])),
      ...triggers.map((one) => `${name}: trigger ${one.name}`),
    ]);
  };
  const tables = `create table p (id int primary key); create table c (a int, b int,
    constraint fa foreign key (a) references p (id), constraint fb foreign key (b) references p (id));
    create trigger g before insert on p for each row set new.id = 1;`;
  it("follows each rename, swaps included", () => {
    expect(names(`${tables} rename table p to q, c to p, q to c; alter table c rename column id to i;`)).toEqual([
      "c: trigger g",
      "p: FOREIGN KEY (`a`) REFERENCES `main`.`c` (`i`) ON DELETE RESTRICT ON UPDATE RESTRICT",
      "p: FOREIGN KEY (`b`) REFERENCES `main`.`c` (`i`) ON DELETE RESTRICT ON UPDATE RESTRICT",
    ]);
  });
  it("follows a rename when one of two foreign keys is gone, and none when both are", () => {
    expect(names(`${tables} alter table c drop foreign key fa; rename table p to q;`)).toEqual([
      "c: FOREIGN KEY (`b`) REFERENCES `main`.`q` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT",
      "q: trigger g",
    ]);
    expect(names(`${tables} alter table c drop foreign key fa, drop foreign key fb; rename table p to q;`)).toEqual([
      "q: trigger g",
    ]);
  });
  it("drops triggers with their table, replaced or not", () => {
    expect(names(`${tables} drop table c; create or replace table p (id int);`)).toEqual([]);
    expect(
      names(`${tables} drop table c; drop table p; create table p (id int); create table q (id int);
      create trigger g before insert on q for each row set new.id = 2;`),
    ).toEqual(["q: trigger g"]);
    expect(
      names(`${tables} drop table c; create table q (id int);
      create or replace trigger g before insert on q for each row set new.id = 2; drop table p;`),
    ).toEqual(["q: trigger g"]);
  });
});

describe("databases", () => {
  it("puts objects into the database that USE names, else into main", () => {
    const { model } = read(
      "create table a (id int); create database shop charset utf8mb4; use shop; create table b (id int); create table other.c (id int)",
    );
    expect(model.tables.map(({ id }) => id)).toEqual(["main.a", "other.c", "shop.b"]);
    expect(model.schemas.map(({ id }) => id)).toEqual(["main", "other", "shop"]);
    expect(model.tables[2]?.options).toEqual({ charset: "utf8mb4", collation: "utf8mb4_0900_ai_ci" });
  });
});

describe("statements that build statements", () => {
  const guard = (condition: string) =>
    `set @sql = if((select count(*) from information_schema.columns where table_schema = database() and table_name = 'o' and column_name = 'note') ${condition}, 'alter table o add note text', 'select 1'); prepare s from @sql; execute s; deallocate prepare s;`;
  it("follows a guard that asks the catalog", () => {
    check(`create table o (id int); ${guard("= 0")} ${guard("= 0")}`, { columns: ["id int", "note text"] });
    check(`create table o (id int); ${guard("> 0")}`, { columns: ["id int"] });
  });
  it("follows a procedure with arguments, conditions and SELECT INTO", () => {
    check(
      `create table o (id int, a int, key a (a));
       create procedure drop_key(in t varchar(64), in k varchar(64)) begin declare found int default 0;
         select count(*) into found from information_schema.statistics s where s.table_schema = database() and s.table_name = t and s.index_name = k;
         if found > 0 then set @q = concat('alter table ', t, ' drop index ', k, ';'); prepare p from @q; execute p; elseif found is null then select 1; else select 2; end if; end;
       call drop_key('o', 'a'); call drop_key('o', 'a'); drop procedure drop_key;`,
      { columns: ["id int", "a int"] },
    );
  });
  it("asks a table by name of whole conditions only", () => {
    const either = guard("= 0").replace("and column_name = 'note'", "or column_name = 'note'");
    check(`create table p (note text); create table o (id int); ${either}`, { columns: ["id int"] });
    check(`create table O (id int); ${guard("= 0").replace("= 'o'", "= concat('', 'o')")}`, {
      columns: ["id int", "note text"],
    });
    const unknown = guard("= 0").replaceAll("'o'", "'gone'").replace("alter table gone", "alter table o");
    check(`create table o (id int); ${unknown}`, { columns: ["id int", "note text"] });
  });
  it("says what it cannot follow", () => {
    check("create table o (id int);\nset @q = (select name from o);\nprepare p from @q;\nexecute p;", {
      columns: ["id int"],
      problems: ["QG219 4:1"],
    });
  });
  it("ends when a procedure calls itself", () => {
    check("create procedure p() begin call p(); end;\ncall p();", { problems: ["QG219 2:1"] });
  });
});
