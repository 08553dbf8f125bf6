import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasMariadb, startMariadb, type MariadbServer } from "#test/support/mariadb.ts";
import { dearest, onlineSteps, type Algorithm } from "./online-ddl.ts";
import { readMysqlSteps } from "./read-mysql-steps.ts";

const MAKES = `CREATE TABLE regions (id INT PRIMARY KEY);
CREATE TABLE orders (
  id INT NOT NULL AUTO_INCREMENT,
  code VARCHAR(20) NOT NULL,
  note VARCHAR(100) NULL,
  middling VARCHAR(50) NULL,
  amount INT NULL,
  region_id INT NOT NULL DEFAULT 0,
  kind ENUM('web', 'shop') NOT NULL DEFAULT 'web',
  body TEXT,
  spot POINT NOT NULL,
  total DECIMAL(10, 2) NULL,
  other_id INT NULL,
  old_text VARCHAR(50) CHARACTER SET utf8mb3,
  PRIMARY KEY (id),
  KEY by_amount (amount),
  KEY by_code (code),
  CONSTRAINT orders_region FOREIGN KEY (region_id) REFERENCES regions (id),
  CONSTRAINT orders_amount CHECK (amount > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_general_ci`;

/** Each is what stands behind ALTER TABLE orders. */
const changes: readonly string[] = [
  "ADD COLUMN n INT NULL",
  "ADD COLUMN n INT NULL FIRST",
  "ADD COLUMN n INT NULL AFTER id",
  "ADD COLUMN n INT NOT NULL DEFAULT 3",
  "ADD COLUMN n INT NOT NULL",
  "ADD COLUMN n VARCHAR(36) DEFAULT (UUID())",
  "ADD COLUMN n DATETIME DEFAULT CURRENT_TIMESTAMP",
  "ADD COLUMN n INT AS (amount + 1) STORED",
  "ADD COLUMN n INT AS (amount + 1) VIRTUAL",
  "ADD COLUMN n INT NULL, ADD COLUMN m INT NULL",
  "ADD COLUMN n INT NULL, ADD INDEX by_n (n)",
  "ADD COLUMN n INT NULL UNIQUE",
  "DROP COLUMN note",
  "DROP COLUMN amount, DROP INDEX by_amount, DROP CONSTRAINT orders_amount",
  "RENAME COLUMN note TO remark",
  "CHANGE note remark VARCHAR(100) NULL",
  "MODIFY note VARCHAR(100) NULL FIRST",
  "MODIFY amount BIGINT NULL",
  "MODIFY code VARCHAR(60) NOT NULL",
  "MODIFY note VARCHAR(200) NULL",
  "MODIFY code VARCHAR(100) NOT NULL",
  "MODIFY middling VARCHAR(100) NULL",
  "MODIFY note VARCHAR(50) NULL",
  "MODIFY code VARCHAR(20) NULL",
  "MODIFY note VARCHAR(100) NOT NULL",
  "MODIFY kind ENUM('web', 'shop', 'phone') NOT NULL DEFAULT 'web'",
  "MODIFY kind ENUM('phone', 'web', 'shop') NOT NULL DEFAULT 'web'",
  "MODIFY body LONGTEXT",
  "MODIFY total DECIMAL(12, 2) NULL",
  "ALTER COLUMN amount SET DEFAULT 5",
  "ALTER COLUMN region_id DROP DEFAULT",
  "MODIFY region_id INT NOT NULL DEFAULT 7",
  "MODIFY amount INT NULL COMMENT 'how many'",
  "MODIFY old_text VARCHAR(50) CHARACTER SET utf8mb4",
  "MODIFY note VARCHAR(100) COLLATE utf8mb4_bin NULL",
  "CONVERT TO CHARACTER SET latin1",
  "DEFAULT CHARACTER SET latin1",
  "ADD INDEX by_note (note)",
  "ADD UNIQUE by_note (note)",
  "DROP INDEX by_code",
  "RENAME INDEX by_code TO code_again",
  "ADD FULLTEXT words (body)",
  "ADD SPATIAL INDEX by_spot (spot)",
  "ALTER INDEX by_code IGNORED",
  "DROP PRIMARY KEY, MODIFY id INT NOT NULL",
  "DROP PRIMARY KEY, ADD PRIMARY KEY (id, region_id)",
  "ADD CONSTRAINT orders_other FOREIGN KEY (other_id) REFERENCES regions (id)",
  "DROP FOREIGN KEY orders_region",
  "ADD CONSTRAINT orders_low CHECK (amount < 100)",
  "DROP CONSTRAINT orders_amount",
  "AUTO_INCREMENT = 1000",
  "COMMENT = 'all of them'",
  "ROW_FORMAT = COMPACT",
  "FORCE",
  "ENGINE = InnoDB",
];

/** What MariaDB calls them: NOCOPY is done in place without writing the table anew. */
const TRIED: readonly (readonly [Algorithm, string])[] = [
  ["instant", "INSTANT"],
  ["inplace", "NOCOPY"],
  ["rebuild", "INPLACE"],
  ["copy", "COPY"],
];

describe.skipIf(!hasMariadb())("what an ALTER TABLE costs on MariaDB", () => {
  let server: MariadbServer;
  beforeAll(async () => {
    server = await startMariadb();
  });
  afterAll(async () => {
    await server.stop();
  });

  function takes(change: string, how: string): boolean {
    const fresh = ["DROP DATABASE IF EXISTS trial", "CREATE DATABASE trial", "USE trial"];
    const made = [...fresh, ...MAKES.split(";\n"), "SET sql_mode = 'STRICT_TRANS_TABLES'"];
    const failed = server.run("mysql", [...made, `ALTER TABLE orders ${change}, ${how}`]);
    expect([...failed.keys()].filter((index) => index < made.length)).toEqual([]);
    return failed.size === 0;
  }

  it.each(changes)("is declared as the server tries it: %s", (change) => {
    const tried = TRIED.find(([, word]) => takes(change, `ALGORITHM=${word}`))?.[0];
    const file = { path: "a.sql", version: "1", transaction: "none" as const };
    const { files } = readMysqlSteps(
      [{ ...file, text: MAKES }],
      [{ ...file, path: "b.sql", text: `ALTER TABLE orders ${change}` }],
      { engine: "mariadb", version: "10.11" },
    );
    const source = files[0]?.statements[0]?.source;
    if (source?.kind !== "mysql" || source.statement.kind !== "alter table") throw new Error("not read");
    const { statement, table, facts } = source;
    const steps = onlineSteps(statement, { table, facts, skipsForeignKeyChecks: false });
    const worst = dearest(steps);
    expect(worst?.algorithm ?? "instant").toBe(tried);
    expect(steps.some(({ blocksWrites }) => blocksWrites)).toBe(!takes(change, "LOCK=NONE"));
  });
});
