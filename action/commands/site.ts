import { resolve } from "node:path";
import { ProblemError } from "#schemas/problem.ts";
import { makeSite } from "../site/make-site.ts";
import type { Command } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";

/** The folder that GitHub's own upload action takes by default. */
const OUT = "_site";

export const site: Command = {
  name: "site",
  summary: "Build the static site, or show it.",
  usage: "build|dev|preview",
  options: {
    out: { type: "string", value: "DIR", help: `Folder of the pages. Default ${OUT}.` },
    base: { type: "string", value: "PATH", help: "Path the site is served below, such as /shop." },
    url: { type: "string", value: "URL", help: "Address of the site, for canonical links." },
    api: {
      type: "string",
      value: "PATH",
      help: "Path of a query function on the site's own host, such as /api. Default: the pages bring an engine.",
    },
    port: { type: "string", value: "N", help: "Port of the preview." },
  },
  examples: [
    ["querygenie site build", `writes the pages into ${OUT}`],
    ["querygenie site build --base /shop --url https://docs.example.org", "for a site below a path"],
    ["querygenie site dev", "serves the pages from their sources, for work on the site itself"],
    ["querygenie site preview", "serves what was built, without the query function"],
  ],
  async run({ positionals, values, globals, terminal, project }) {
    const [verb, ...more] = positionals;
    const outDir = resolve(globals.cwd, typeof values["out"] === "string" ? values["out"] : OUT);
    const base = typeof values["base"] === "string" ? values["base"] : undefined;
    if ((verb === "build" || verb === "dev") && more.length === 0) {
      const opened = await project();
      const made = await makeSite(opened, onlyDatabase(opened), {
        outDir,
        ...queryOf(values["api"]),
        verbose: globals.verbose || verb === "dev",
        mode: verb,
        ...(base === undefined ? {} : { base }),
        ...(typeof values["url"] === "string" ? { site: values["url"] } : {}),
      });
      terminal.progress.finish("site", `built in ${made.outDir}`);
      return { exitCode: 0, problems: made.problems };
    }
    if (verb === "preview" && more.length === 0) {
      const { previewSite } = await import("#app/preview.ts");
      const port = typeof values["port"] === "string" ? Number(values["port"]) : undefined;
      await previewSite({
        siteDir: outDir,
        say: terminal.say,
        ...(port === undefined ? {} : { port }),
        ...(base === undefined ? {} : { basePath: base }),
      });
      return { exitCode: 0 };
    }
    throw new ProblemError(
      [
        usage(
          `site does not know "${positionals.join(" ")}"`,
          "querygenie site build, querygenie site dev, querygenie site preview.",
        ),
      ],
      2,
    );
  },
};

/** Where the pages find a query function. Their policy lets them ask their own host alone. */
function queryOf(api: unknown): { readonly queryUrl: string | null; readonly knowsReaders?: true } {
  if (typeof api !== "string") return { queryUrl: null };
  if (/^\/(?!\/)[\w/.-]*$/.test(api)) return { queryUrl: api.replace(/\/$/, ""), knowsReaders: true };
  throw new ProblemError([usage("--api takes a path of the site's own host", "querygenie site build --api /api")], 2);
}
