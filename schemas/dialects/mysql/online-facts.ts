import { versionNumber, type MysqlFacts } from "./facts.ts";

/**
 * What InnoDB of a server can change without writing a table anew. Sources: MySQL 8.4 Reference Manual, 17.12.1
 * "Online DDL Operations" and 17.12.8 "Online DDL Limitations", with the manuals of 5.7 and 8.0 for older ones; MariaDB
 * documentation, "InnoDB Online DDL Operations" by algorithm. MariaDB 10.11 is also tried (`online-ddl.live.test.ts`).
 */
export interface OnlineFacts {
  /** INSTANT is a word that the server knows. */
  readonly knowsInstant: boolean;
  readonly addsLastColumn: boolean;
  readonly addsAnyColumn: boolean;
  readonly dropsColumn: boolean;
  /** A column is renamed by its entry in the dictionary alone. */
  readonly renamesColumn: boolean;
  /** Columns change places without a rebuild. */
  readonly reordersColumns: boolean;
  readonly setsDefault: boolean;
  /** INSTANT changes a table takes before one of them rebuilds it; null when none are counted. */
  readonly rowVersions: number | null;
  /** Most bytes that a VARCHAR may have held to grow over 255 bytes without a copy. 0: never. */
  readonly growsFromBytes: number;
  /** Changing a column's charset from utf8mb3 to utf8mb4 or its collation takes no copy where no index holds it. */
  readonly changesCharset: boolean;
  /** A copy lets others write meanwhile. */
  readonly copiesOnline: boolean;
  /** Adding a FULLTEXT index stands in the way of INSTANT columns. */
  readonly fulltextBlocksInstant: boolean;
}

export function onlineFacts({ name, version }: Pick<MysqlFacts, "name" | "version">): OnlineFacts {
  const number = versionNumber(version);
  return name === "MariaDB" ? mariadb(number) : mysql(number);
}

function mysql(number: number): OnlineFacts {
  return {
    knowsInstant: number >= 80_012,
    addsLastColumn: number >= 80_012,
    addsAnyColumn: number >= 80_029,
    dropsColumn: number >= 80_029,
    renamesColumn: number >= 80_028,
    reordersColumns: false,
    setsDefault: number >= 80_012,
    rowVersions: mysqlRowVersions(number),
    growsFromBytes: 0,
    changesCharset: false,
    copiesOnline: false,
    fulltextBlocksInstant: true,
  };
}

function mariadb(number: number): OnlineFacts {
  return {
    knowsInstant: number >= 100_300,
    addsLastColumn: number >= 100_302,
    addsAnyColumn: number >= 100_400,
    dropsColumn: number >= 100_400,
    renamesColumn: number >= 100_300,
    reordersColumns: number >= 100_400,
    setsDefault: number >= 100_300,
    rowVersions: null,
    growsFromBytes: number >= 100_403 ? 127 : 0,
    changesCharset: number >= 100_409,
    copiesOnline: number >= 110_200,
    fulltextBlocksInstant: true,
  };
}

function mysqlRowVersions(number: number): number | null {
  if (number < 80_029) return null;
  return number >= 90_100 ? 255 : 64;
}
