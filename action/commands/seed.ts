import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { generateFixtures, type Fixtures } from "#generators/fixtures/generate-fixtures.ts";
import { renderRows, type RowFormat } from "#generators/fixtures/render-rows.ts";
import { writeScript } from "#generators/fixtures/write-script.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { ProblemError } from "#schemas/problem.ts";
import { liveDatabase } from "../live-database.ts";
import type { Command } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";

const formats = ["sql", "copy", "csv", "json"] as const;
const MOST_ROWS = 100_000;

export const seed: Command = {
  name: "seed",
  summary: "Make fixtures that have been loaded with every constraint on.",
  usage: "",
  options: {
    rows: { type: "string", value: "N", help: "Rows a table. Default: the configuration's." },
    seed: { type: "string", value: "TEXT", help: "Any text; the same text gives the same rows." },
    format: { type: "string", oneOf: [...formats], help: "Default sql." },
    out: { type: "string", value: "DIR", help: "Write a file a table here instead of one script to stdout." },
  },
  examples: [
    ["querygenie seed --rows 100 > seed.sql", "one script for psql"],
    ["querygenie seed --format csv --out seed", "a CSV file a table"],
  ],
  async run({ values, globals, terminal, project }) {
    const rows = values["rows"] === undefined ? undefined : Number(values["rows"]);
    if (rows !== undefined && !(Number.isInteger(rows) && rows >= 1 && rows <= MOST_ROWS)) {
      throw new ProblemError(
        [usage(`--rows takes a whole number from 1 to ${MOST_ROWS}`, "querygenie seed --help")],
        2,
      );
    }
    const format = formats.find((known) => known === (globals.format ?? "sql")) ?? "sql";
    const out = typeof values["out"] === "string" ? resolve(globals.cwd, values["out"]) : undefined;
    if (out === undefined && format !== "sql") {
      throw new ProblemError([usage(`--format ${format} writes several files`, "Name their folder with --out.")], 2);
    }
    const opened = await project({
      ...(rows === undefined ? {} : { rows }),
      ...(typeof values["seed"] === "string" ? { seed: values["seed"] } : {}),
    });
    const database = onlyDatabase(opened);
    const live = liveDatabase(opened, database);
    try {
      const { model } = await live.model();
      const settings = database.settings.fixtures;
      const made = await generateFixtures({
        model,
        engine: await live.engine(),
        rows: settings.rows,
        seed: settings.seed,
        progress: opened.progress,
      });
      if (out === undefined)
        terminal.result(
          writeScript(made.tables, model, [`Seed ${JSON.stringify(settings.seed)}, ${settings.rows} rows a table.`]),
        );
      else await writeFiles(made, model, { out, format });
      const filled = made.tables.filter(({ count }) => count > 0);
      terminal.progress.finish("fixtures", `${filled.length} of ${made.tables.length} tables, loaded and checked`);
      return { exitCode: made.problems.some(({ code }) => code === "QG401") ? 1 : 0, problems: made.problems };
    } finally {
      await live.close();
    }
  },
};

/** A file a table, numbered in the order in which they load. */
async function writeFiles(
  made: Fixtures,
  model: SchemaModel,
  { out, format }: { readonly out: string; readonly format: RowFormat },
): Promise<void> {
  await mkdir(out, { recursive: true });
  if (format === "sql") {
    await writeFile(join(out, "fixtures.sql"), writeScript(made.tables, model, []));
    return;
  }
  const extension = { copy: "sql", csv: "csv", json: "json" }[format];
  for (const [index, filled] of made.tables.entries()) {
    const text = renderRows(filled, format);
    if (text === "") continue;
    const name = `${String(index + 1).padStart(3, "0")}_${filled.table.id.replaceAll(/[^\w.-]/g, "_")}.${extension}`;
    await writeFile(join(out, name), text);
  }
}
