import { coverageBadge } from "#generators/coverage/badge.ts";
import { measureCoverage, share } from "#generators/coverage/coverage.ts";
import { shownModel } from "#generators/documented/shown-model.ts";
import type { Coverage } from "#schemas/json/coverage.ts";
import { committedTexts } from "../ai/describe-project.ts";
import { liveDatabase } from "../live-database.ts";
import type { Command } from "./command.ts";

const LISTED = 15;

export const coverage: Command = {
  name: "coverage",
  summary: "Say how much of the schema is described, and by whom.",
  usage: "",
  options: { format: { type: "string", oneOf: ["text", "json", "svg"], help: "Default text. svg is the badge." } },
  examples: [
    ["querygenie coverage", "shares by kind, and the tables that need words most"],
    ["querygenie coverage --format json", "for a dashboard"],
    ["querygenie coverage --format svg > coverage.svg", "a badge; `build` writes it beside the documents too"],
  ],
  async run({ globals, terminal, project }) {
    const opened = await project();
    const results: Coverage[] = [];
    for (const database of opened.databases) {
      const live = liveDatabase(opened, database);
      const { model } = await live.model();
      await live.close();
      const { id, descriptions } = database.settings;
      const shown = shownModel(model, database.settings);
      const { texts } = await committedTexts(opened, database, model);
      results.push(
        measureCoverage(shown, { database: id, descriptions, coverage: opened.config.coverage, known: texts }),
      );
    }
    const [only, ...others] = results;
    if (globals.format === "json")
      terminal.result(JSON.stringify(only && others.length === 0 ? only : results, null, 2));
    else
      for (const result of results)
        terminal.result(
          globals.format === "svg" ? coverageBadge(result, opened.config.coverage).trimEnd() : text(result),
        );
    return { exitCode: results.some(({ gate }) => gate?.passed === false) ? 1 : 0 };
  },
};

function text({ database, total, kinds, tables, gate }: Coverage): string {
  const percent = (part: number, whole: number): string =>
    `${whole === 0 ? "100.0" : ((part / whole) * 100).toFixed(1)}%`.padStart(7);
  const row = (name: string, counts: Coverage["total"]): string =>
    `  ${name.padEnd(12)} ${String(counts.total).padStart(6)} ${percent(counts.person, counts.total)} ${percent(counts.ai, counts.total)} ${percent(counts.offline, counts.total)}`;
  const poorest = tables
    .filter((table) => table.offline > 0)
    .sort((a, b) => b.offline - a.offline || (a.id < b.id ? -1 : 1))
    .slice(0, LISTED);
  return [
    `${database}: ${(share(total, "person") * 100).toFixed(1)}% described by people`,
    `  ${"".padEnd(12)} ${"all".padStart(6)} ${"person".padStart(7)} ${"AI".padStart(7)} ${"offline".padStart(7)}`,
    ...kinds.map((kind) => row(kind.kind, kind)),
    row("total", total),
    ...(poorest.length > 0 ? ["", "Most without a person's words:"] : []),
    ...poorest.map((table) => `  ${String(table.offline).padStart(4)} of ${String(table.total).padEnd(4)} ${table.id}`),
    ...(gate ? ["", `coverage.minimum is ${gate.required * 100}%: ${gate.passed ? "met" : "not met"}`] : []),
  ].join("\n");
}
