import { resolve } from "node:path";
import { fixtureFormats, type FixtureFormat } from "#generators/fixtures/fixture-files.ts";
import { RATIO, rowCounts } from "#generators/fixtures/row-counts.ts";
import { rememberedNames } from "#generators/fixtures/fixtures.ts";
import { fixturesFor } from "#generators/fixtures/for-dialect.ts";
import { PROVEN_ROWS } from "#generators/fixtures/generate-fixtures.ts";
import { keyNames } from "#generators/fixtures/key-names.ts";
import { fixtureLocales } from "#generators/fixtures/vocabulary.ts";
import { MOST_ROWS } from "#schemas/config/fixtures.ts";
import { cannotRunProblem } from "#schemas/dialects/dialect-facts.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import { exampleProject } from "../ai/example-project.ts";
import { liveDatabase } from "../live-database.ts";
import { dialectOfUrl } from "../load-fixtures.ts";
import { readQueries } from "../project.ts";
import { keepHeapSmall } from "../small-heap.ts";
import { writeSeed } from "../write-seed.ts";
import type { Command, CommandInput } from "./command.ts";
import { liveFlag, liveOption } from "./live-option.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";

/** Rows a table for a purpose. */
const profiles = { tiny: 3, demo: 50, load: 100_000 } as const;
type Profile = keyof typeof profiles;
const profileNames = ["tiny", "demo", "load"] as const satisfies readonly Profile[];

export const seed: Command = {
  name: "seed",
  summary: "Make fixtures that have been loaded with every constraint on.",
  usage: "",
  options: {
    rows: { type: "string", value: "N", help: "Rows a table. Default: the configuration's." },
    profile: {
      type: "string",
      oneOf: [...profileNames],
      help: "3 rows a table for tests, 50 for a demo, 100,000 for load tests.",
    },
    table: {
      type: "string",
      multiple: true,
      value: "ID=N",
      help: "Rows of one table, or a ratio: sales.order_lines=3xsales.orders. May be repeated.",
    },
    seed: { type: "string", value: "TEXT", help: "Any text; the same text gives the same rows." },
    locale: { type: "string", oneOf: [...fixtureLocales], help: "Language of names and places. Default en." },
    edge: { type: "boolean", help: "Adds rows at the boundaries of every condition." },
    ...liveOption,
    format: { type: "string", oneOf: [...fixtureFormats], help: "Default sql." },
    out: { type: "string", value: "DIR", help: "Write files here instead of one script to stdout." },
    load: { type: "string", value: "URL", help: "Load the rows into this database, in one transaction." },
    reload: { type: "boolean", help: "Delete the rows of these tables first, so that loading twice is loading once." },
  },
  examples: [
    ["querygenie seed --rows 100 > seed.sql", "one script for psql"],
    ["querygenie seed --format csv --out seed", "a CSV file a table"],
    ["querygenie seed --live production > seed.sql", "made-up rows for the schema that runs; none of its rows is read"],
    ["querygenie seed --profile load --load postgres://localhost/shop", "100,000 rows a table into a live database"],
  ],
  async run(input) {
    const { values, globals, terminal, project } = input;
    const rows = rowsOf(values);
    const format = fixtureFormats.find((known) => known === (globals.format ?? "sql")) ?? "sql";
    const out = typeof values["out"] === "string" ? resolve(globals.cwd, values["out"]) : undefined;
    const load = typeof values["load"] === "string" ? values["load"] : undefined;
    refuseContradictions({ format, out, load });
    const locale = fixtureLocales.find((known) => known === values["locale"]);
    const opened = await project({
      ...liveFlag(values, globals),
      ...(rows === undefined ? {} : { rows }),
      ...(typeof values["seed"] === "string" ? { seed: values["seed"] } : {}),
      ...(values["edge"] === true ? { edge: true } : {}),
      ...(locale === undefined ? {} : { locale }),
      tables: tablesOf(values["table"]),
    });
    const database = onlyDatabase(opened);
    const live = liveDatabase(opened, database);
    try {
      const { model } = await live.model();
      const settings = database.settings.fixtures;
      const counted = rowCounts(settings.tables, model, settings.rows);
      if (Math.max(settings.rows, ...(counted.counts?.values() ?? [])) > PROVEN_ROWS) keepHeapSmall();
      const { queries } = await readQueries(opened, database.settings, model);
      const previous = async (path: string): Promise<string | null> => {
        const bytes = await opened.workspace.read(path);
        return bytes === null ? null : new TextDecoder().decode(bytes);
      };
      const { config } = opened;
      const names = await rememberedNames({ config, databaseId: database.settings.id, model, previous });
      const { examples } = await exampleProject(opened, database, { model });
      const { seed: text, edge } = settings;
      const made = await fixturesFor(
        {
          model,
          rows: settings.rows,
          counts: counted.counts,
          seed: text,
          edge,
          locale: settings.locale,
          queries,
          names: keyNames(names),
          examples,
          progress: opened.progress,
        },
        live,
      );
      if (!made) throw new ProblemError([{ ...cannotRunProblem(model.dialect, "Fixtures"), severity: "error" }]);
      // Rows beyond the loaded ones need no engine, which holds more memory than all that makes them.
      await live.close();
      const isReload = values["reload"] === true;
      const name = database.settings.id;
      await writeSeed({ made, model, settings, name, format, out, load, isReload, terminal });
      const filled = made.tables.filter(({ count }) => count > 0);
      const sampled = made.rest ? `, the first ${PROVEN_ROWS.toLocaleString("en")} rows a table` : "";
      terminal.progress.finish(
        "fixtures",
        `${filled.length} of ${made.tables.length} tables${sampled}, loaded and checked`,
      );
      const problems: readonly Problem[] = [...counted.problems, ...made.problems];
      const isFailed = problems.some(({ code, severity }) => code === "QG401" && severity !== "info");
      return { exitCode: isFailed ? 1 : 0, problems };
    } finally {
      await live.close();
    }
  },
};

function rowsOf(values: CommandInput["values"]): number | undefined {
  const profile = profileNames.find((known) => known === values["profile"]);
  if (values["rows"] === undefined) return profile === undefined ? undefined : profiles[profile];
  const rows = Number(values["rows"]);
  if (Number.isInteger(rows) && rows >= 1 && rows <= MOST_ROWS) return rows;
  throw new ProblemError([usage(`--rows takes a whole number from 1 to ${MOST_ROWS}`, "querygenie seed --help")], 2);
}

function tablesOf(given: CommandInput["values"][string]): Readonly<Record<string, number | string>> {
  const tables: Record<string, number | string> = {};
  for (const each of Array.isArray(given) ? given.map(String) : []) {
    const at = each.lastIndexOf("=");
    const [id, count] = [each.slice(0, at), each.slice(at + 1)];
    const isNumber = /^\d{1,8}$/.test(count);
    if (at < 1 || !(isNumber || RATIO.test(count))) {
      throw new ProblemError(
        [
          usage(
            `--table ${each} names no table with a number of rows`,
            "Write --table sales.orders=200 or --table sales.order_lines=3xsales.orders.",
          ),
        ],
        2,
      );
    }
    tables[id] = isNumber ? Number(count) : count;
  }
  return tables;
}

function refuseContradictions({
  format,
  out,
  load,
}: {
  readonly format: FixtureFormat;
  readonly out: string | undefined;
  readonly load: string | undefined;
}): void {
  if (load !== undefined && dialectOfUrl(load) === null) {
    throw new ProblemError(
      [
        usage(
          "--load takes the address of a database",
          "Such as postgres://user@host/database, mysql:// or sqlserver://.",
        ),
      ],
      2,
    );
  }
  if (load !== undefined && (out !== undefined || format !== "sql")) {
    throw new ProblemError([usage("--load writes no files", "Leave out --out and --format.")], 2);
  }
  const isMany = format !== "sql" && format !== "ts";
  if (load === undefined && out === undefined && isMany) {
    throw new ProblemError([usage(`--format ${format} writes several files`, "Name their folder with --out.")], 2);
  }
}
