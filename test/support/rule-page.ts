import { readFileSync } from "node:fs";
import type { FoundQuery } from "#generators/review/query.ts";
import type { Dialect } from "#schemas/model.ts";
import type { HistoryFault, MigrationFile } from "#schemas/source.ts";

/** One block of SQL of a rule's page. */
export interface PageBlock {
  readonly role: "setup" | "bad" | "good" | "query";
  readonly sql: string;
  /** The block says that its migration runs outside a transaction. */
  readonly isOutside: boolean;
  /** The engine refuses one of its statements, as the page says. */
  readonly fails?: true;
  /** The block of a query rule is about tables that statistics say are large. */
  readonly isLarge?: true;
  /** The query is run, on the rows that the page's setup makes. */
  readonly runs?: true;
  /** What EXPLAIN ANALYZE said elsewhere: the block of JSON behind this one. */
  readonly recorded?: string;
  /** Statistics that say of every index that nothing has read it. */
  readonly hasIdleIndexes?: true;
  /** The query stands in application code, which puts values into it or runs it in a loop. */
  readonly code?: { readonly interpolated: boolean; readonly inLoop: boolean };
  /** What is wrong with the file's place in the history. */
  readonly history?: HistoryFault;
  /** Version that production runs, when the block is about a certain one. */
  readonly engineVersion?: string;
  readonly dialect: Dialect;
  /** MariaDB has no such statement or does something else with it. */
  readonly isMysqlOnly?: true;
}

/** What a rule's page shows, block by block: the words behind the role say how the block is run. */
export function pageBlocks(rule: string): readonly PageBlock[] {
  const text = pageText(rule);
  return [
    ...text.matchAll(/^```sql ([a-z-]+)((?: [a-z0-9.-]+)*)\n([\s\S]*?)^```$(?:\n\n```json\n([\s\S]*?)^```$)?/gm),
  ].map(([, role = "", flags = "", sql = "", json]) => {
    if (role !== "setup" && role !== "bad" && role !== "good" && role !== "query") {
      throw new Error(`${rule}.md has a block of the unknown kind ${role}`);
    }
    const words = flags.split(" ").filter((word) => word !== "");
    const server = words.map((word) => /^(postgres|mysql|mariadb|mssql)(?:-(\d[\w.-]*))?$/.exec(word)).find(Boolean);
    const known = [
      OUTSIDE,
      FAILS,
      MYSQL_ONLY,
      LARGE,
      RUN,
      RECORDED,
      IDLE,
      JOINED,
      LOOP,
      CODE,
      EDITED,
      OUT_OF_ORDER,
      server?.[0],
    ];
    const unknown = words.find((word) => !known.includes(word));
    if (unknown !== undefined) throw new Error(`${rule}.md has a block with the unknown word ${unknown}`);
    const [, name = "postgres", version] = server ?? [];
    return {
      role,
      sql,
      dialect: dialectOf(name),
      isOutside: words.includes(OUTSIDE),
      ...(words.includes(EDITED) ? { history: { kind: "edited" as const } } : {}),
      ...(words.includes(OUT_OF_ORDER) ? { history: { kind: "out of order" as const, before: LATER } } : {}),
      ...(words.includes(LARGE) ? { isLarge: true as const } : {}),
      ...(json !== undefined && words.includes(RECORDED) ? { recorded: json } : {}),
      ...(words.includes(IDLE) ? { hasIdleIndexes: true as const } : {}),
      ...(words.includes(RUN) ? { runs: true as const } : {}),
      ...(words.some((word) => word === JOINED || word === LOOP || word === CODE)
        ? { code: { interpolated: words.includes(JOINED), inLoop: words.includes(LOOP) } }
        : {}),
      ...(words.includes(FAILS) ? { fails: true as const } : {}),
      ...(words.includes(MYSQL_ONLY) ? { isMysqlOnly: true as const } : {}),
      ...(version === undefined ? {} : { engineVersion: version }),
    };
  });
}

function dialectOf(server: string): Dialect {
  if (server === "mariadb" || server === "mysql") return "mysql";
  return server === "mssql" ? "mssql" : "postgres";
}

const OUTSIDE = "outside-transaction";
const FAILS = "fails";
const MYSQL_ONLY = "mysql-only";
const LARGE = "large";
const RUN = "run";
const RECORDED = "recorded";
const IDLE = "idle-indexes";
const CODE = "code";
const JOINED = "concatenated";
const LOOP = "in-loop";
const EDITED = "edited";
const OUT_OF_ORDER = "out-of-order";
const LATER = "migrations/0009_later.sql";

export const pageText = (rule: string): string =>
  readFileSync(new URL(`../../generators/review/rules/${rule}.md`, import.meta.url), "utf8");

/** The migrations of a block: a line `-- next file` begins another one, a line `-- down` its way back. */
export function pageFiles({ sql, isOutside, history }: PageBlock): readonly MigrationFile[] {
  return sql.split("-- next file\n").map((part, index) => {
    const [text = "", down] = part.split("-- down\n");
    const version = `000${index + 2}`;
    return {
      path: `migrations/${version}_change.sql`,
      text,
      version,
      transaction: isOutside ? "none" : "file",
      ...(history ? { history } : {}),
      ...(down === undefined ? {} : { down: { path: `migrations/${version}_change.down.sql`, text: down } }),
    };
  });
}

/** A block of a query rule as a query of the repository; it has the line in which it begins. */
export function pageQuery({ sql, code }: PageBlock): FoundQuery {
  const file = code ? "src/page.ts" : "queries/page.sql";
  return {
    source: code
      ? { kind: "code", language: "typescript", caller: "db.query", ...code }
      : { kind: "saved", id: "page", title: "page" },
    origin: { file, line: 1, column: 1 },
    sql: sql.trim().replace(/;$/, ""),
  };
}
