/** Which server a schema is for. */
export interface MysqlVersion {
  readonly engine: "mysql" | "mariadb";
  /** Such as `8.4` or `10.11`. */
  readonly version: string;
}

/** What differs between MySQL, MariaDB and their versions, as far as a schema's form depends on it. */
export interface MysqlFacts {
  readonly name: "MySQL" | "MariaDB";
  readonly version: string;
  /** Whole numbers print with a display width: `int(11)`. */
  readonly printsWidths: boolean;
  /** JSON is another name of LONGTEXT with a check. */
  readonly jsonIsText: boolean;
  /** `column … REFERENCES table` makes a foreign key; else it is read and ignored. */
  readonly honoursInlineReferences: boolean;
  /** A TIMESTAMP without NULL, NOT NULL and DEFAULT is nullable; else it is not and gets a default by itself. */
  readonly hasExplicitTimestamps: boolean;
  /** What the catalog says of a foreign key whose statement names no action. */
  readonly defaultAction: "restrict" | "no action";
  /** Charset of text where no statement names one. */
  readonly defaultCharset: string;
  /** Names of checks without one: `CONSTRAINT_1`, or `<table>_chk_1`. */
  readonly namesChecksByTable: boolean;
  /** The collation of a charset where no statement names one. */
  readonly defaultCollation: (charset: string) => string;
  /** What the definition of an index says that the optimizer leaves alone. */
  readonly hiddenIndex: "INVISIBLE" | "IGNORED";
  /** How the current time prints as a default; `fraction` is `6` or empty. */
  readonly currentTimestamp: (fraction: string) => string;
  /** Whether the content of an executable comment counts, by its mark: `!40101`, `M!100100`. */
  readonly runs: (mark: string) => boolean;
}

/** The newest long-term version that most hosts offer, for sources that do not say theirs. */
export const DEFAULT_VERSION: MysqlVersion = { engine: "mysql", version: "8.4" };

/** MariaDB counts from 10 on; MySQL has never reached 10. */
export function versionOf(declared: string | undefined): MysqlVersion | undefined {
  if (declared === undefined) return undefined;
  return { engine: Number.parseInt(declared, 10) >= 10 ? "mariadb" : "mysql", version: declared };
}

export function mysqlFacts({ engine, version }: MysqlVersion): MysqlFacts {
  return engine === "mariadb" ? mariadb(version) : mysql(version);
}

function mysql(version: string): MysqlFacts {
  const number = versionNumber(version);
  return {
    name: "MySQL",
    version,
    printsWidths: number < 80_019,
    jsonIsText: false,
    honoursInlineReferences: number >= 90_000,
    hasExplicitTimestamps: number >= 80_002,
    defaultAction: "no action",
    defaultCharset: number >= 80_001 ? "utf8mb4" : "latin1",
    namesChecksByTable: true,
    defaultCollation: (charset) =>
      charset === "utf8mb4" && number >= 80_001 ? "utf8mb4_0900_ai_ci" : oldCollation(charset),
    hiddenIndex: "INVISIBLE",
    currentTimestamp: (fraction) => (fraction === "" ? "CURRENT_TIMESTAMP" : `CURRENT_TIMESTAMP(${fraction})`),
    runs: (mark) => mark.startsWith("!") && (mark === "!" || Number(mark.slice(1)) <= number),
  };
}

function mariadb(version: string): MysqlFacts {
  const number = versionNumber(version);
  return {
    name: "MariaDB",
    version,
    printsWidths: true,
    jsonIsText: true,
    honoursInlineReferences: number >= 100_500,
    hasExplicitTimestamps: number >= 101_000,
    defaultAction: number >= 120_100 ? "no action" : "restrict",
    defaultCharset: number >= 110_600 ? "utf8mb4" : "latin1",
    namesChecksByTable: false,
    defaultCollation: (charset) =>
      number >= 110_500 && charset.startsWith("utf8") ? `${charset}_uca1400_ai_ci` : oldCollation(charset),
    hiddenIndex: "IGNORED",
    currentTimestamp: (fraction) => `current_timestamp(${fraction})`,
    runs: (mark) => {
      const wanted = Number(mark.slice(mark.indexOf("!") + 1) || "0");
      // https://mariadb.com/kb/en/comment-syntax/: MySQL's comments of 5.7 and later are not for MariaDB.
      if (!mark.startsWith("M") && wanted >= 50_700 && wanted <= 99_999) return false;
      return wanted <= number;
    },
  };
}

const OLD_COLLATIONS: Readonly<Record<string, string>> = {
  big5: "big5_chinese_ci",
  binary: "binary",
  cp1251: "cp1251_general_ci",
  gb18030: "gb18030_chinese_ci",
  gb2312: "gb2312_chinese_ci",
  gbk: "gbk_chinese_ci",
  latin1: "latin1_swedish_ci",
  sjis: "sjis_japanese_ci",
  ujis: "ujis_japanese_ci",
};

const oldCollation = (charset: string): string => OLD_COLLATIONS[charset] ?? `${charset}_general_ci`;

/** `8.0.19` is 80019, `10.11` is 101100, as executable comments write versions. A missing patch is the newest. */
export function versionNumber(version: string): number {
  const [major = 0, minor, patch] = version.split(".").map((part) => Number.parseInt(part, 10));
  return major * 10_000 + (minor ?? (major >= 8 ? 0 : 99)) * 100 + (patch ?? 99);
}
