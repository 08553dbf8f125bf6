export interface Sniffed {
  /** The engine whose habits the text shows; null when it shows none. */
  readonly engine: string | null;
  readonly createsTables: boolean;
}

/**
 * Guesses whose SQL a text is, from the words and quotes that only one engine uses. Only a guess for detection, which
 * the configuration overrides; what a script does is never decided here.
 */
export function sniffSql(text: string): Sniffed {
  const tally = new Map<string, number>();
  let createsTables = false;
  let previous = "";
  for (const token of text.slice(0, SAMPLE_CHARACTERS).match(TOKENS) ?? []) {
    const word = token.toLowerCase();
    if (/^(?:--|\/\*|['"#])/.test(word)) continue;
    const engine = word.startsWith("`") ? "mysql" : habits.get(word);
    if (engine) tally.set(engine, (tally.get(engine) ?? 0) + 1);
    if (word === "table" && creators.has(previous)) createsTables = true;
    previous = word;
  }
  const best = [...tally].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
  // A dump may start with pages of DROP: only what the sample left open is looked for in the rest.
  const later = createsTables || CREATE_TABLE.test(text.slice(SAMPLE_CHARACTERS));
  return { engine: best?.[0] ?? null, createsTables: later };
}

const SAMPLE_CHARACTERS = 65_536;
const CREATE_TABLE = /^\s*create\s+(?:unlogged\s+)?table\b/im;
const creators = new Set(["create", "temp", "temporary", "unlogged"]);

const TOKENS =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|'[^']*'|"[^"]*"|^#[^\n]*|`[^`\n]+`|\[(?:dbo|id)\]|\$\w*\$|::|@@?[a-z_]\w*|[a-z_]\w*/gim;

// A map, so that a table called `constructor` finds nothing.
const habits: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "::": "postgres",
    $$: "postgres",
    "[dbo]": "mssql",
    "[id]": "mssql",
    auto_increment: "mysql",
    autoincrement: "sqlite",
    bigserial: "postgres",
    bytea: "postgres",
    clustered: "mssql",
    concurrently: "postgres",
    datetimeoffset: "mssql",
    engine: "mysql",
    go: "mssql",
    innodb: "mysql",
    jsonb: "postgres",
    nonclustered: "mssql",
    nvarchar: "mssql",
    plpgsql: "postgres",
    pragma: "sqlite",
    serial: "postgres",
    timestamptz: "postgres",
    tinyint: "mysql",
    tsvector: "postgres",
    uniqueidentifier: "mssql",
    unsigned: "mysql",
    varchar2: "oracle",
  }),
);
