/** SQL that a rule of several dialects reports and SQL that it does not; `history` stands before both. */
export interface SharedCase {
  readonly rule: string;
  readonly dialect: "mysql" | "mssql";
  readonly history?: string;
  readonly bad: string;
  readonly good: string;
}

interface Both {
  readonly history?: string;
  readonly bad: string;
  readonly good: string;
}

/** What both dialects write alike is written once. */
const both = (rule: string, sql: Both): readonly SharedCase[] => [
  { rule, dialect: "mysql", ...sql },
  { rule, dialect: "mssql", ...sql },
];
const mysql = (rule: string, sql: Both): SharedCase => ({ rule, dialect: "mysql", history: ORDERS, ...sql });
const mssql = (rule: string, sql: Both): SharedCase => ({ rule, dialect: "mssql", history: DBO, ...sql });

const ORDERS = `CREATE TABLE customers (id BIGINT PRIMARY KEY, email VARCHAR(190) NOT NULL);
CREATE TABLE orders (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL, status VARCHAR(20) NOT NULL DEFAULT 'new',
  note VARCHAR(100) NULL, total DECIMAL(10, 2) NULL, KEY (customer_id),
  CONSTRAINT orders_total CHECK (total > 0));
CREATE TRIGGER orders_seen BEFORE UPDATE ON orders FOR EACH ROW SET NEW.note = 'x';
CREATE VIEW order_notes AS SELECT id, note FROM orders;`;
const DBO = `CREATE TABLE dbo.Customers (Id bigint NOT NULL PRIMARY KEY, Email nvarchar(200) NOT NULL);
CREATE TABLE dbo.Orders (Id bigint NOT NULL PRIMARY KEY, CustomerId bigint NOT NULL, Status nvarchar(20) NOT NULL,
  Note nvarchar(100) NULL, Total decimal(10, 2) NULL, CONSTRAINT CK_Total CHECK (Total > 0));
GO
CREATE TRIGGER dbo.TR_Seen ON dbo.Orders AFTER UPDATE AS SET NOCOUNT ON;
GO
CREATE VIEW dbo.OrderNotes AS SELECT Id, Note FROM dbo.Orders;
GO
CREATE SCHEMA sales;`;

const many = (make: (index: number) => string, count: number): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(", ");

export const SHARED_CASES: readonly SharedCase[] = [
  mysql("drop-column", { bad: "ALTER TABLE orders DROP COLUMN note;", good: "ALTER TABLE orders ADD COLUMN x INT;" }),
  mssql("drop-column", {
    bad: "ALTER TABLE dbo.Orders DROP COLUMN Note;",
    good: "ALTER TABLE dbo.Orders ADD X int NULL;",
  }),
  mysql("rename-column", {
    bad: "ALTER TABLE orders CHANGE note remark VARCHAR(100);",
    good: "ALTER TABLE orders MODIFY note VARCHAR(100);",
  }),
  mssql("rename-column", { bad: "EXEC sp_rename 'dbo.Orders.Note', 'Remark', 'COLUMN';", good: "SELECT 1;" }),
  mysql("rename-table", {
    bad: "RENAME TABLE orders TO purchases;",
    good: "CREATE TABLE x (id BIGINT PRIMARY KEY); RENAME TABLE x TO y;",
  }),
  mssql("rename-table", {
    bad: "EXEC sp_rename 'dbo.Orders', 'Purchases';",
    good: "EXEC sp_rename 'dbo.Orders.Note', 'Remark', 'COLUMN';",
  }),
  mysql("drop-table", { bad: "DROP TABLE orders;", good: "DROP TABLE IF EXISTS no_such_table;" }),
  mssql("drop-table", {
    bad: "DROP TABLE dbo.Orders;",
    good: "IF OBJECT_ID('dbo.Nothing') IS NOT NULL DROP TABLE dbo.Nothing;",
  }),
  mysql("drop-database", { bad: "DROP DATABASE shop;", good: "CREATE DATABASE shop;" }),
  mssql("drop-database", { bad: "DROP DATABASE Shop;", good: "SELECT 1;" }),
  mssql("drop-schema", { bad: "DROP SCHEMA sales;", good: "CREATE SCHEMA archive;" }),
  mysql("drop-constraint", {
    bad: "ALTER TABLE orders DROP CHECK orders_total;",
    good: "ALTER TABLE orders DROP INDEX customer_id;",
  }),
  mssql("drop-constraint", {
    bad: "ALTER TABLE dbo.Orders DROP CONSTRAINT CK_Total;",
    good: "ALTER TABLE dbo.Orders NOCHECK CONSTRAINT CK_Total;",
  }),
  mysql("drop-not-null", {
    bad: "ALTER TABLE orders MODIFY status VARCHAR(20) NULL DEFAULT 'new';",
    good: "ALTER TABLE orders MODIFY status VARCHAR(30) NOT NULL DEFAULT 'new';",
  }),
  mssql("drop-not-null", {
    bad: "ALTER TABLE dbo.Orders ALTER COLUMN Status nvarchar(20) NULL;",
    good: "ALTER TABLE dbo.Orders ALTER COLUMN Status nvarchar(30) NOT NULL;",
  }),
  mysql("drop-trigger", {
    bad: "DROP TRIGGER orders_seen;",
    good: "DROP TRIGGER orders_seen; CREATE TRIGGER orders_seen BEFORE UPDATE ON orders FOR EACH ROW SET NEW.note = 'y';",
  }),
  mssql("drop-trigger", { bad: "DROP TRIGGER dbo.TR_Seen;", good: "DISABLE TRIGGER dbo.TR_Seen ON dbo.Orders;" }),
  mysql("truncate-table", { bad: "TRUNCATE TABLE orders;", good: "DELETE FROM orders WHERE id = 1;" }),
  mssql("truncate-table", { bad: "TRUNCATE TABLE dbo.Orders;", good: "DELETE FROM dbo.Orders WHERE Id = 1;" }),
  mysql("delete-without-where", { bad: "DELETE FROM orders WHERE 1 = 1;", good: "DELETE FROM orders WHERE id = 1;" }),
  mssql("delete-without-where", { bad: "DELETE o FROM dbo.Orders o;", good: "DELETE TOP (100) FROM dbo.Orders;" }),
  mysql("update-without-where", {
    bad: "UPDATE orders SET note = 'x';",
    good: "UPDATE orders SET note = 'x' LIMIT 100;",
  }),
  mssql("update-without-where", {
    bad: "UPDATE dbo.Orders SET Note = N'x';",
    good: "UPDATE dbo.Orders SET Note = N'x' WHERE Id = 1;",
  }),
  mysql("unbatched-backfill", {
    bad: "UPDATE orders SET note = 'x' WHERE note IS NULL;",
    good: "UPDATE orders SET note = 'x' WHERE id BETWEEN 1 AND 1000;",
  }),
  mssql("unbatched-backfill", {
    bad: "UPDATE dbo.Orders SET Note = N'x' WHERE Note IS NULL;",
    good: "UPDATE dbo.Orders SET Note = N'x' WHERE Id BETWEEN 1 AND 1000;",
  }),
  mysql("narrowing-type", {
    bad: "ALTER TABLE orders MODIFY note VARCHAR(50);",
    good: "ALTER TABLE orders MODIFY note VARCHAR(150);",
  }),
  mssql("narrowing-type", {
    bad: "ALTER TABLE dbo.Orders ALTER COLUMN Note nvarchar(50) NULL;",
    good: "ALTER TABLE dbo.Orders ALTER COLUMN Note nvarchar(150) NULL;",
  }),
  mysql("change-column-type", {
    bad: "ALTER TABLE orders MODIFY total DOUBLE;",
    good: "ALTER TABLE orders MODIFY note VARCHAR(110);",
  }),
  mysql("unique-on-existing-data", {
    bad: "ALTER TABLE orders ADD UNIQUE KEY by_note (note);",
    good: "ALTER TABLE orders ADD KEY by_note (note);",
  }),
  mssql("unique-on-existing-data", {
    bad: "CREATE UNIQUE INDEX UX ON dbo.Orders (Note);",
    good: "CREATE INDEX IX ON dbo.Orders (Note);",
  }),
  mysql("not-null-on-existing-data", {
    bad: "ALTER TABLE orders MODIFY note VARCHAR(100) NOT NULL;",
    good: "UPDATE orders SET note = '' WHERE note IS NULL; ALTER TABLE orders MODIFY note VARCHAR(100) NOT NULL;",
  }),
  mssql("not-null-on-existing-data", {
    bad: "ALTER TABLE dbo.Orders ALTER COLUMN Note nvarchar(100) NOT NULL;",
    good: "ALTER TABLE dbo.Orders ALTER COLUMN Note nvarchar(200) NULL;",
  }),
  mssql("add-required-column", {
    bad: "ALTER TABLE dbo.Orders ADD Channel int NOT NULL;",
    good: "ALTER TABLE dbo.Orders ADD Channel int NOT NULL CONSTRAINT DF DEFAULT 0;",
  }),
  mysql("on-delete-cascade", {
    bad: "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE;",
    good: "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id);",
  }),
  mssql("on-delete-cascade", {
    bad: "ALTER TABLE dbo.Orders ADD CONSTRAINT FK FOREIGN KEY (CustomerId) REFERENCES dbo.Customers (Id) ON DELETE CASCADE;",
    good: "ALTER TABLE dbo.Orders ADD CONSTRAINT FK FOREIGN KEY (CustomerId) REFERENCES dbo.Customers (Id);",
  }),
  mysql("backward-incompatible", {
    bad: "ALTER TABLE orders DROP COLUMN note;",
    good: "ALTER TABLE orders ADD COLUMN x INT NULL;",
  }),
  mssql("backward-incompatible", {
    bad: "ALTER TABLE dbo.Orders DROP COLUMN Note;",
    good: "ALTER TABLE dbo.Orders ADD X int NULL;",
  }),
  mysql("dependent-object-breaks", {
    bad: "ALTER TABLE orders DROP COLUMN note;",
    good: "ALTER TABLE orders DROP COLUMN total, DROP CONSTRAINT orders_total;",
  }),
  mssql("dependent-object-breaks", {
    bad: "ALTER TABLE dbo.Orders DROP COLUMN Note;",
    good: "ALTER TABLE dbo.Orders ADD X int NULL;",
  }),
  mysql("identifier-too-long", {
    bad: `CREATE TABLE ${"a".repeat(65)} (id BIGINT PRIMARY KEY);`,
    good: `CREATE TABLE ${"a".repeat(64)} (id BIGINT PRIMARY KEY);`,
  }),
  mssql("identifier-too-long", {
    bad: `CREATE TABLE dbo.${"a".repeat(129)} (Id bigint PRIMARY KEY);`,
    good: `CREATE TABLE dbo.${"a".repeat(128)} (Id bigint PRIMARY KEY);`,
  }),
  mssql("require-schema-qualified", {
    bad: "CREATE TABLE Visits (Id bigint PRIMARY KEY);",
    good: "CREATE TABLE dbo.Visits (Id bigint PRIMARY KEY);",
  }),
  mysql("mixed-ddl-dml", {
    bad: "ALTER TABLE orders ADD COLUMN x INT; UPDATE orders SET x = 1 WHERE id = 1;",
    good: "ALTER TABLE orders ADD COLUMN x INT; ALTER TABLE orders ADD COLUMN y INT;",
  }),
  mssql("mixed-ddl-dml", {
    bad: "ALTER TABLE dbo.Orders ADD X int;\nGO\nUPDATE dbo.Orders SET X = 1 WHERE Id = 1;",
    good: "ALTER TABLE dbo.Orders ADD X int;",
  }),
  mysql("merge-alter-table", {
    bad: "ALTER TABLE orders MODIFY total DOUBLE; ALTER TABLE orders MODIFY note TEXT;",
    good: "ALTER TABLE orders MODIFY total DOUBLE, MODIFY note TEXT;",
  }),

  mysql("avoid-enum", {
    bad: "CREATE TABLE t (id BIGINT PRIMARY KEY, kind ENUM('a', 'b') NOT NULL);",
    good: "CREATE TABLE t (id BIGINT PRIMARY KEY, kind VARCHAR(10) NOT NULL);",
  }),
  mysql("boolean-nullable", {
    bad: "CREATE TABLE t (id BIGINT PRIMARY KEY, paid BOOLEAN);",
    good: "CREATE TABLE t (id BIGINT PRIMARY KEY, paid BOOLEAN NOT NULL);",
  }),
  mssql("boolean-nullable", {
    bad: "CREATE TABLE t (id bigint PRIMARY KEY, paid bit NULL);",
    good: "CREATE TABLE t (id bigint PRIMARY KEY, paid bit NOT NULL);",
  }),
  mysql("char-too-long", {
    bad: "CREATE TABLE t (id BIGINT PRIMARY KEY, code CHAR(40));",
    good: "CREATE TABLE t (id BIGINT PRIMARY KEY, code CHAR(2));",
  }),
  ...both("circular-foreign-key", {
    history: "",
    bad: "CREATE TABLE a (id BIGINT PRIMARY KEY, b_id BIGINT NOT NULL); CREATE TABLE b (id BIGINT PRIMARY KEY, a_id BIGINT NOT NULL, FOREIGN KEY (a_id) REFERENCES a (id)); ALTER TABLE a ADD CONSTRAINT ab FOREIGN KEY (b_id) REFERENCES b (id);",
    good: "CREATE TABLE a (id BIGINT PRIMARY KEY); CREATE TABLE b (id BIGINT PRIMARY KEY, a_id BIGINT NOT NULL, FOREIGN KEY (a_id) REFERENCES a (id));",
  }),
  ...both("composite-pk", {
    bad: "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, PRIMARY KEY (a, b));",
    good: "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, PRIMARY KEY (a));",
  }),
  mysql("disallowed-type", {
    bad: "CREATE TABLE t (id BIGINT PRIMARY KEY, doc JSON);",
    good: "CREATE TABLE t (id BIGINT PRIMARY KEY, doc TEXT);",
  }),
  mssql("disallowed-type", {
    bad: "CREATE TABLE t (id bigint PRIMARY KEY, doc xml);",
    good: "CREATE TABLE t (id bigint PRIMARY KEY, doc nvarchar(max));",
  }),
  ...both("duplicate-index", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY, a INT); CREATE INDEX i1 ON t (a); CREATE INDEX i2 ON t (a);",
    good: "CREATE TABLE t (id INT PRIMARY KEY, a INT); CREATE INDEX i1 ON t (a);",
  }),
  ...both("redundant-index", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT); CREATE INDEX i1 ON t (a); CREATE INDEX i2 ON t (a, b);",
    good: "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT); CREATE INDEX i1 ON t (b); CREATE INDEX i2 ON t (a, b);",
  }),
  ...both("eav", {
    bad: "CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE t (id INT PRIMARY KEY, p_id INT NOT NULL, attribute VARCHAR(20), value VARCHAR(20), FOREIGN KEY (p_id) REFERENCES p (id));",
    good: "CREATE TABLE t (id INT PRIMARY KEY, colour VARCHAR(20));",
  }),
  ...both("float-for-money", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY, price FLOAT);",
    good: "CREATE TABLE t (id INT PRIMARY KEY, price DECIMAL(10, 2));",
  }),
  ...both("foreign-key-type-mismatch", {
    bad: "CREATE TABLE p (id BIGINT PRIMARY KEY); CREATE TABLE t (id INT PRIMARY KEY, p_id INT, FOREIGN KEY (p_id) REFERENCES p (id));",
    good: "CREATE TABLE p (id BIGINT PRIMARY KEY); CREATE TABLE t (id INT PRIMARY KEY, p_id BIGINT, FOREIGN KEY (p_id) REFERENCES p (id));",
  }),
  mssql("foreign-key-without-index", {
    bad: "CREATE TABLE p (id bigint PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, p_id bigint, FOREIGN KEY (p_id) REFERENCES p (id));",
    good: "CREATE TABLE p (id bigint PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, p_id bigint, FOREIGN KEY (p_id) REFERENCES p (id)); CREATE INDEX ix ON t (p_id);",
  }),
  ...both("generic-id", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY);",
    good: "CREATE TABLE t (t_id INT PRIMARY KEY);",
  }),
  ...both("metadata-tribbles", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY, tag1 VARCHAR(9), tag2 VARCHAR(9), tag3 VARCHAR(9));",
    good: "CREATE TABLE t (id INT PRIMARY KEY, tag VARCHAR(9));",
  }),
  mysql("missing-comment", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY COMMENT 'x');",
    good: "CREATE TABLE t (id INT PRIMARY KEY COMMENT 'x') COMMENT = 'y';",
  }),
  mssql("missing-comment", {
    bad: "CREATE TABLE dbo.t (id int PRIMARY KEY);",
    good: "CREATE TABLE dbo.t (id int PRIMARY KEY);\nGO\nEXEC sp_addextendedproperty 'MS_Description', 'x', 'SCHEMA', 'dbo', 'TABLE', 't';\nEXEC sp_addextendedproperty 'MS_Description', 'y', 'SCHEMA', 'dbo', 'TABLE', 't', 'COLUMN', 'id';",
  }),
  ...both("missing-created-updated", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY);",
    good: "CREATE TABLE t (id INT PRIMARY KEY, created_at DATETIME, updated_at DATETIME);",
  }),
  ...both("missing-foreign-key", {
    bad: "CREATE TABLE orders (id BIGINT PRIMARY KEY); CREATE TABLE lines (id BIGINT PRIMARY KEY, order_id BIGINT);",
    good: "CREATE TABLE lines (id BIGINT PRIMARY KEY, order_id BIGINT);",
  }),
  mssql("money-type", {
    bad: "CREATE TABLE t (id int PRIMARY KEY, price money);",
    good: "CREATE TABLE t (id int PRIMARY KEY, price decimal(10, 2));",
  }),
  ...both("multi-valued-attribute", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY, tag_ids VARCHAR(100));",
    good: "CREATE TABLE t (id INT PRIMARY KEY, tag VARCHAR(100));",
  }),
  ...both("name-case", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT, UserName VARCHAR(9));",
    good: "CREATE TABLE t (id INT PRIMARY KEY, user_name VARCHAR(9));",
  }),
  ...both("naming-convention", { bad: "CREATE TABLE Orders (id INT);", good: "CREATE TABLE orders (id INT);" }),
  ...both("no-foreign-keys", {
    bad: "CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE t (id INT PRIMARY KEY, p_id INT, FOREIGN KEY (p_id) REFERENCES p (id));",
    good: "CREATE TABLE t (id INT PRIMARY KEY, p_id INT);",
  }),
  mysql("no-partition", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 4;",
    good: "CREATE TABLE t (id INT PRIMARY KEY);",
  }),
  mysql("not-null-without-default", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL);",
    good: "CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL DEFAULT 1);",
  }),
  ...both("nullable-column", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY, a INT NULL);",
    good: "CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL);",
  }),
  mysql("nullable-unique", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY, a INT NULL, UNIQUE (a));",
    good: "CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL, UNIQUE (a));",
  }),
  mssql("nullable-unique", {
    bad: "CREATE TABLE t (id int PRIMARY KEY, a int NULL, CONSTRAINT u UNIQUE (a));",
    good: "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, CONSTRAINT u UNIQUE (a));",
  }),
  ...both("plaintext-password", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY, password VARCHAR(60));",
    good: "CREATE TABLE t (id INT PRIMARY KEY, password_hash VARCHAR(60));",
  }),
  ...both("prefer-bigint", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY);",
    good: "CREATE TABLE t (id BIGINT PRIMARY KEY);",
  }),
  ...both("prefer-bigint-over-smallint", {
    bad: "CREATE TABLE t (id BIGINT PRIMARY KEY, a SMALLINT);",
    good: "CREATE TABLE t (id BIGINT PRIMARY KEY, a BIGINT);",
  }),
  mysql("primary-key-type", {
    bad: "CREATE TABLE t (id VARCHAR(36) PRIMARY KEY);",
    good: "CREATE TABLE t (id BIGINT UNSIGNED PRIMARY KEY);",
  }),
  ...both("reserved-word", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY, \u0000order\u0001 INT);",
    good: "CREATE TABLE t (id INT PRIMARY KEY, position_ INT);",
  }).map(quoted),
  ...both("table-without-primary-key", {
    bad: "CREATE TABLE t (id INT NOT NULL);",
    good: "CREATE TABLE t (id INT NOT NULL PRIMARY KEY);",
  }),
  ...both("too-many-index-columns", {
    bad: "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT, c INT, d INT, e INT, f INT); CREATE INDEX i ON t (a, b, c, d, e, f);",
    good: "CREATE TABLE t (id INT PRIMARY KEY, a INT); CREATE INDEX i ON t (a);",
  }),
  ...both("too-many-indexes", {
    bad: `CREATE TABLE t (id INT PRIMARY KEY, ${many((index) => `c${index} INT`, 13)}); ${many((index) => `CREATE INDEX i${index} ON t (c${index});`, 13).replaceAll(";,", ";")}`,
    good: "CREATE TABLE t (id INT PRIMARY KEY, a INT); CREATE INDEX i ON t (a);",
  }),
  mysql("uuid-v4-pk", {
    bad: "CREATE TABLE t (id CHAR(36) PRIMARY KEY DEFAULT (UUID()));",
    good: "CREATE TABLE t (id BIGINT PRIMARY KEY);",
  }),
  mssql("uuid-v4-pk", {
    bad: "CREATE TABLE t (id uniqueidentifier NOT NULL DEFAULT NEWID() PRIMARY KEY);",
    good: "CREATE TABLE t (id uniqueidentifier NOT NULL DEFAULT NEWSEQUENTIALID() PRIMARY KEY);",
  }),
  mysql("wide-pk", {
    bad: "CREATE TABLE t (id VARCHAR(255) PRIMARY KEY);",
    good: "CREATE TABLE t (id BIGINT PRIMARY KEY);",
  }),
  mssql("wide-pk", {
    bad: "CREATE TABLE t (id nvarchar(255) NOT NULL PRIMARY KEY);",
    good: "CREATE TABLE t (id bigint NOT NULL PRIMARY KEY);",
  }),
  mysql("duplicate-index-column", {
    history: "",
    bad: "CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(50)); CREATE INDEX i ON t (a(5), a);",
    good: "CREATE TABLE t (id INT PRIMARY KEY, a INT); CREATE INDEX i ON t (a);",
  }),
];

/** The marks around a name that is quoted, in the dialect's own quotes. */
function quoted(one: SharedCase): SharedCase {
  const [open, close] = one.dialect === "mysql" ? ["`", "`"] : ["[", "]"];
  return { ...one, bad: one.bad.replace("\u0000", open ?? "").replace("\u0001", close ?? "") };
}
