import { releaseFormats, renderReleases } from "#generators/changes/render-releases.ts";
import { ProblemError } from "#schemas/problem.ts";
import { schemaReleases } from "../schema-releases.ts";
import type { Command } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";
import { outOption, writeResult } from "./write-result.ts";

const DEFAULT_LAST = 10;
const MOST = 500;

export const changelog: Command = {
  name: "changelog",
  summary: "Say what each release did to the schema, by git tag.",
  usage: "",
  options: {
    format: { type: "string", short: "t", oneOf: [...releaseFormats], help: "Default md." },
    tags: { type: "string", value: "GLOB", help: "Which tags are releases. Default *, every one." },
    last: { type: "string", value: "N", help: `Most releases, newest first. Default ${DEFAULT_LAST}.` },
    out: outOption,
  },
  examples: [
    ["querygenie changelog --tags 'v*'", "the last ten releases as Markdown, and what is not released yet"],
    ["querygenie changelog --last 1 --format json", "the newest release, for programs"],
    ["querygenie changelog -o docs/database/CHANGELOG.md", "into a file"],
  ],
  async run(input) {
    const { values, globals, project } = input;
    const last = Number(values["last"] ?? DEFAULT_LAST);
    if (!Number.isInteger(last) || last < 1 || last > MOST) {
      throw new ProblemError(
        [usage(`--last takes a whole number from 1 to ${MOST}`, "querygenie changelog --help")],
        2,
      );
    }
    const opened = await project();
    const database = onlyDatabase(opened);
    const { value: releases, problems } = await schemaReleases(opened, database, {
      pattern: typeof values["tags"] === "string" ? values["tags"] : "*",
      last,
      open: {
        flags: { sources: globals.sources, ...(globals.dialect ? { dialect: globals.dialect } : {}) },
        ...(globals.config === undefined ? {} : { configPath: globals.config }),
      },
    });
    const format = releaseFormats.find((one) => one === globals.format) ?? "md";
    await writeResult(input, renderReleases(releases, format, database.settings.id));
    return { exitCode: 0, problems: [...database.problems, ...problems] };
  },
};
