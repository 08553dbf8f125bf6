import { configSchema } from "./schema.ts";
import { dialectSchema } from "./database.ts";
import type { Config, ConfigFile, ConfigInput, DatabaseConfig } from "./schema.ts";
import type { Problem, WithProblems } from "../problem.ts";
import type { TblsConfig } from "./tbls.ts";

/** What the command line may say about the configuration. */
export interface ConfigFlags {
  /** `--source`: these places instead of those of the file. */
  readonly sources?: readonly string[];
  /** `--live`: this running database instead of files. */
  readonly live?: string;
  readonly dialect?: Config["databases"][number]["dialect"];
  readonly engineVersion?: string;
  readonly docs?: string;
  readonly fixtures?: string;
  /** Options of pages and of diagrams, in place of single ones of the file. */
  readonly pages?: ConfigInput["docs"];
  readonly diagrams?: ConfigInput["erd"];
  readonly rows?: number;
  readonly seed?: string;
  readonly edge?: boolean;
  /** Rows of single tables, beside those of the configuration. */
  readonly tables?: Config["databases"][number]["fixtures"]["tables"];
  readonly locale?: Config["databases"][number]["fixtures"]["locale"];
  readonly rules?: Config["review"]["rules"];
  readonly failOn?: Config["review"]["failOn"];
  readonly assumeInTransaction?: boolean;
  /** `--offline`: no model is asked. */
  readonly offline?: boolean;
}

/** The part of a detected source that configuration needs. */
export interface DetectedDatabase {
  readonly id: string;
  readonly path: string;
  readonly framework: string;
  readonly engine: string | null;
}

export interface ResolveInput {
  readonly flags?: ConfigFlags;
  readonly file?: ConfigFile | null;
  readonly tbls?: TblsConfig | null;
  readonly detected?: readonly DetectedDatabase[];
  /** Dialects of running databases, by the name of their connection, as far as they can be told. */
  readonly liveDialects?: Readonly<Record<string, DatabaseConfig["dialect"]>>;
}

type DatabaseInput = ConfigInput["databases"][number];
type DatabaseFile = NonNullable<ConfigFile["databases"]>[number];

/** One configuration from all that is known: flag > file > tbls > detected > default. Null when no database is known. */
export function resolveConfig(input: ResolveInput): WithProblems<Config | null> {
  const { flags = {}, file, tbls } = input;
  const { value: databases, problems } = databasesOf(input);
  if (databases.length === 0) return { value: null, problems };
  const given: ConfigInput = {
    ...defined({ name: tbls?.top.name, description: tbls?.top.description, labels: tbls?.top.labels }),
    ...file,
    docs: { ...tbls?.top.docs, ...file?.docs, ...flags.pages },
    erd: { ...tbls?.top.erd, ...file?.erd, ...flags.diagrams },
    lint: { ...tbls?.top.lint, ...file?.lint },
    output: {
      ...defined({ docs: tbls?.top.docsFolder }),
      ...file?.output,
      ...defined({ docs: flags.docs, fixtures: flags.fixtures }),
    },
    review: {
      ...file?.review,
      ...defined({ rules: flags.rules, failOn: flags.failOn, assumeInTransaction: flags.assumeInTransaction }),
    },
    ai: { ...file?.ai, ...(flags.offline === true && { enabled: false }) },
    databases: databases.map((database) => withFlags(ofConnection(database, input.liveDialects ?? {}), flags)),
  };
  return { value: configSchema.parse(given), problems };
}

function databasesOf(input: ResolveInput): WithProblems<readonly DatabaseInput[]> {
  const { flags = {}, file, tbls, detected = [] } = input;
  const { value, problems } = chosen({ flags, file: file?.databases, detected });
  // tbls knows one database; its texts go to the first, where a person's own texts win.
  const described = value.map((database, index) => {
    if (index > 0 || !tbls) return database;
    const theirs = tbls.database(flags.dialect ?? database.dialect ?? "postgres");
    return {
      ...theirs,
      ...database,
      descriptions: { ...theirs.descriptions, ...database.descriptions },
      labels: { ...theirs.labels, ...database.labels },
    };
  });
  return { value: described, problems };
}

interface Candidates {
  readonly flags: ConfigFlags;
  readonly file: ConfigFile["databases"];
  readonly detected: readonly DetectedDatabase[];
}

function chosen({ flags, file, detected }: Candidates): WithProblems<readonly DatabaseInput[]> {
  if (flags.live !== undefined) {
    const { live } = flags;
    const own = (file ?? []).filter(
      ({ connection, sources = [] }) => connection === live || sources.some((source) => source.connection === live),
    );
    const [base, ...others] = own.length > 0 ? own : (file ?? []);
    const known = others.length === 0 ? base : undefined;
    return { value: [{ id: "main", ...known, connection: live, sources: [{ connection: live }] }], problems: [] };
  }
  if (flags.sources && flags.sources.length > 0) {
    // A single database keeps its descriptions and options; of several none is meant more than the others.
    const base = file?.length === 1 ? file[0] : undefined;
    const sources = flags.sources.map((path) => ({ path }));
    return { value: [{ id: "main", ...base, sources }], problems: [] };
  }
  if (!file) return { value: detected.map((one) => ({ id: one.id, ...found(one) })), problems: [] };
  const problems: Problem[] = [];
  const value = file.flatMap((database): DatabaseInput[] => {
    const { sources } = database;
    if (sources) return [{ ...database, sources }];
    const match = detected.find((one) => one.id === database.id) ?? (file.length === 1 ? detected[0] : undefined);
    if (!match) problems.push(sourceless(database));
    return match ? [{ ...found(match), ...database, sources: found(match).sources }] : [];
  });
  return { value, problems };
}

function found(one: DetectedDatabase): Pick<DatabaseInput, "dialect" | "sources"> {
  const dialect = dialectSchema.safeParse(one.engine);
  // The root of the repository has no name of its own.
  return {
    sources: [{ path: one.path || ".", framework: one.framework }],
    ...(dialect.success && { dialect: dialect.data }),
  };
}

/** What a running database says of itself where the configuration is silent. */
function ofConnection(database: DatabaseInput, dialects: NonNullable<ResolveInput["liveDialects"]>): DatabaseInput {
  const source = database.sources[0]?.connection;
  if (source === undefined) return database;
  const dialect = database.dialect ?? (Object.hasOwn(dialects, source) ? dialects[source] : undefined);
  return { ...database, connection: database.connection ?? source, ...(dialect === undefined ? {} : { dialect }) };
}

function withFlags(database: DatabaseInput, flags: ConfigFlags): DatabaseInput {
  return {
    ...database,
    ...defined({ dialect: flags.dialect, engineVersion: flags.engineVersion }),
    fixtures: {
      ...database.fixtures,
      ...defined({ rows: flags.rows, seed: flags.seed, edge: flags.edge, locale: flags.locale }),
      ...(flags.tables && { tables: { ...database.fixtures?.tables, ...flags.tables } }),
    },
  };
}

function sourceless(database: DatabaseFile): Problem {
  return {
    code: "QG110",
    severity: "error",
    message: `the database "${database.id}" names no sources, and none was found for it`,
    help: "Write sources: [{ path: … }] or sources: [{ connection: … }] under it, or let querygenie init find them.",
  };
}

/** Without the keys whose value is undefined, so that they hide nothing below them. */
function defined<T extends object>(values: T): Defined<T> {
  const kept: unknown = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  // Object.fromEntries forgets the keys' types; only entries that are undefined were dropped.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return kept as Defined<T>;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
