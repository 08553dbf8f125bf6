import { expect, test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { liquibase } from "./liquibase.ts";
import { listFiles } from "./listing.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { readXml } from "./xml-changelog.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (
  files: FrameworkCase["files"],
  expected: FrameworkExpectation,
  variables: FrameworkCase["variables"] = {},
): Promise<void> => checkFramework(liquibase, { files, variables }, expected);

const formatted = (...lines: readonly string[]): string => ["--liquibase formatted sql", ...lines].join("\n");
const xml = (...lines: readonly string[]): string =>
  ['<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">', ...lines, "</databaseChangeLog>"].join(
    "\n",
  );

test("makes a step of each changeset, on the lines of its file", () =>
  check(
    { "1.sql": formatted("--changeset ann:1", "SELECT 1;", "-- changeset ann:two runOnChange:true", "SELECT 2;") },
    { steps: ["1.sql", "1.sql"], texts: ["\n\nSELECT 1;\n\n", "\n\n\n\nSELECT 2;"] },
  ));

test("keeps the lines of rollback as the undoing", () =>
  check(
    { "1.sql": formatted("--changeset ann:1", "CREATE TABLE a ();", "--rollback DROP TABLE a;", "SELECT 1;") },
    { steps: ["1.sql"], texts: ["\n\nCREATE TABLE a ();\n\nSELECT 1;"], downTexts: ["\n\n\nDROP TABLE a;\n"] },
  ));

test("leaves out changesets of other engines", () =>
  check(
    {
      "1.sql": formatted(
        "--changeset ann:1 dbms:mysql,oracle",
        "SELECT 1;",
        "--changeset ann:2 dbms:postgresql",
        "SELECT 2;",
        '--changeset ann:3 dbms:"!postgresql"',
        "SELECT 3;",
        "--changeset ann:4 dbms:!mysql",
        "SELECT 4;",
      ),
    },
    { steps: ["1.sql", "1.sql"], texts: ["\n\n\n\nSELECT 2;\n\n\n\n", "\n\n\n\n\n\n\n\nSELECT 4;"] },
  ));

test("leaves the transaction when the changeset says so", () =>
  check({ "1.sql": formatted('--changeset "ann b":1 runInTransaction:false', "VACUUM;") }, { steps: ["1.sql none"] }));

test("turns another delimiter into semicolons, at the end of a line only", () =>
  check(
    { "1.sql": formatted("--changeset ann:1 endDelimiter:/ splitStatements:true", "SELECT 4 / 2", "/", "SELECT 2 /") },
    { steps: ["1.sql"], texts: ["\n\nSELECT 4 / 2\n;\nSELECT 2 ;"] },
  ));

test("leaves out the lines that are to be ignored", () =>
  check(
    {
      "1.sql": formatted(
        "--changeset ann:1",
        "--ignoreLines:1",
        "a",
        "b",
        "--ignoreLines:start",
        "c",
        "--ignoreLines:end",
        "d",
      ),
    },
    { steps: ["1.sql"], texts: ["\n\n--ignoreLines:1\n\nb\n--ignoreLines:start\n\n--ignoreLines:end\nd"] },
  ));

test("fills properties, of which the first that is set counts", () =>
  check(
    {
      "1.sql": formatted(
        "--property name:role value:shop",
        "--property name:role value:other",
        "--property name:kind value:text dbms:postgresql",
        "--changeset ann:1",
        "SELECT '${role} ${kind} ${given}';",
        "SELECT '${missing}';",
      ),
    },
    {
      steps: ["1.sql"],
      texts: ["\n\n\n\n\nSELECT 'shop text ours';\nSELECT '${missing}';"],
      problems: ["QG208 1.sql:7"],
    },
    { given: "ours" },
  ));

test("reports a changeset without author and id", () =>
  check({ "1.sql": formatted("--changeset oops", "SELECT 1;") }, { steps: [], problems: ["QG218 1.sql:2"] }));

test("reads SQL of an XML changelog on its lines, and lists what is no SQL", () =>
  check(
    {
      "changelog.xml": xml(
        '<changeSet id="1" author="ann">',
        "  <comment>not this</comment>",
        "  <sql><![CDATA[",
        "    SELECT 1 < 2;",
        "  ]]></sql>",
        "  <rollback><sql>SELECT 9;</sql></rollback>",
        "</changeSet>",
        '<changeSet id="2" author="ann"><createTable tableName="a"/><addColumn tableName="a"/></changeSet>',
        '<changeSet id="3" author="ann" runInTransaction="false"><sqlFile path="a.sql" relativeToChangelogFile="true"/></changeSet>',
      ),
      "a.sql": "VACUUM;",
    },
    {
      steps: ["changelog.xml", "a.sql none"],
      texts: [`${"\n".repeat(3)}\n    SELECT 1 < 2;\n  `, "VACUUM;"],
      problems: ["QG209 changelog.xml:9"],
    },
  ));

test("reads a changelog in YAML and in JSON", () =>
  check(
    {
      "changelog-master.yaml": [
        "databaseChangeLog:",
        "  - property: { name: word, value: hello }",
        "  - changeSet:",
        "      id: 1",
        "      author: ann",
        "      changes:",
        "        - sql:",
        "            sql: |",
        "              SELECT '${word}';",
        "        - dropTable: { tableName: a }",
        "  - include: { file: more.json, relativeToChangelogFile: true }",
      ].join("\n"),
      "more.json": JSON.stringify({
        databaseChangeLog: [
          { changeSet: { id: "2", author: "ann", dbms: "oracle", changes: [{ sql: { sql: "SELECT 2;" } }] } },
          {
            changeSet: {
              id: "3",
              author: "ann",
              changes: [{ sql: { sql: "SELECT 3;" } }, { sql: { sql: "SELECT 4;" } }],
            },
          },
        ],
      }),
    },
    {
      steps: ["changelog-master.yaml", "more.json", "more.json"],
      texts: [`${"\n".repeat(8)}SELECT 'hello';\n`, "SELECT 3;", "SELECT 4;"],
      problems: ["QG209 changelog-master.yaml:10"],
    },
  ));

test("includes in order, folders by name, and none twice within itself", () =>
  check(
    {
      "db.changelog-master.xml": xml(
        '<include file="b.sql" relativeToChangelogFile="true"/>',
        '<includeAll path="db/all"/>',
        '<include file="db.changelog-master.xml" relativeToChangelogFile="true"/>',
      ),
      "all/2.sql": formatted("--changeset ann:2", "SELECT 2;"),
      "all/1.sql": "SELECT 1;",
      "b.sql": formatted("--changeset ann:3", "SELECT 3;"),
    },
    { steps: ["b.sql", "all/1.sql", "all/2.sql"] },
  ));

test("reports what is included and does not exist, with its line", () =>
  check(
    {
      "changelog.xml": xml(
        '<include file="none.sql"/>',
        '<include file="none.sql" errorIfMissing="false"/>',
        '<include file="../../etc/passwd" relativeToChangelogFile="true"/>',
      ),
    },
    { steps: [], problems: ["QG218 changelog.xml:2", "QG218 changelog.xml:4"] },
  ));

test("reports a changelog that cannot be read", () =>
  check(
    { "changelog-master.yaml": "databaseChangeLog:\n  - [" },
    { steps: [], problems: ["QG218 changelog-master.yaml:1"] },
  ));

test("finds the master of several changelogs, and a folder of formatted SQL", async () => {
  const detect = async (files: Readonly<Record<string, string>>): Promise<unknown> =>
    liquibase.detect("db", await listFiles(memoryWorkspace(files), { fileMegabytes: 1 }));
  const changelogs = { "db/changelog-master.xml": xml(), "db/changelog-1.xml": xml() };
  expect(await detect(changelogs)).toMatchObject([{ path: "db", files: 1, why: "the changelog changelog-master.xml" }]);
  expect(await detect({ "db/1.sql": "", "db/2.sql": formatted() })).toMatchObject([{ path: "db", files: 2 }]);
  expect(await detect({ "db/1.sql": "", "db/pom.xml": "<project/>", "db/changelog.xml": "<changes/>" })).toEqual([]);
});

test("reads XML with entities, quotes of both kinds, comments and tags that are not closed", () => {
  const root = readXml(
    "<?xml version='1.0'?>\n<!-- <a/> --><x:a k='1 > 0' l=\"&lt;&#65;&quot;\">t &amp; &unknown;\n<b/><c>open",
  );
  expect(root.children).toMatchObject([
    {
      name: "a",
      line: 2,
      attributes: { k: "1 > 0", l: '<A"' },
      text: "t & &unknown;\n",
      children: [
        { name: "b", line: 3 },
        { name: "c", text: "open" },
      ],
    },
  ]);
});

test("reads broken XML in time that grows with its length only", () => {
  for (const part of ["<a ", "<!--", "<![CDATA[", "</a", "<a k='", "&#"]) {
    expect(readXml(part.repeat(20_000)).name).toBe("");
  }
});
