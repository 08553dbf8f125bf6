import { join } from "node:path";
import { ProblemError } from "#schemas/problem.ts";
import { askContext } from "../ask-project.ts";
import { embeddedOptions } from "../query-connection.ts";
import { isOpenTo, servedModels } from "../served-models.ts";
import { makeSite } from "../site/make-site.ts";
import { toolVersion } from "../tool-version.ts";
import type { Command } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";

export const serve: Command = {
  name: "serve",
  summary: "Build the site and serve it with the query function on one port.",
  usage: "",
  options: {
    port: { type: "string", value: "N", help: "Port; the next free one when it is taken. Default 4400." },
    host: { type: "string", value: "ADDRESS", help: "Address to listen on. Default 127.0.0.1, this machine alone." },
    site: { type: "string", value: "DIR", help: "Serve these pages instead of building them." },
  },
  examples: [["querygenie serve", "the site with a working playground"]],
  async run({ values, globals, terminal, project }) {
    const port = values["port"] === undefined ? undefined : Number(values["port"]);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
      throw new ProblemError([usage("--port takes a number from 0 to 65535", "querygenie serve --help")], 2);
    }
    const opened = await project();
    const database = onlyDatabase(opened);
    const built = values["site"];
    const siteDir =
      typeof built === "string" ? join(globals.cwd, built) : join(opened.cacheDir, "served", database.settings.id);
    if (typeof built !== "string") {
      await makeSite(opened, database, { outDir: siteDir, base: "/", queryUrl: "/api", verbose: globals.verbose });
      terminal.progress.finish("site", "built");
    }
    const host = typeof values["host"] === "string" ? values["host"] : undefined;
    if (isOpenTo(host))
      terminal.say("Others can reach this server, so questions are answered without language models.");
    const { context } = await askContext(opened, database);
    const app = await import("#app/serve.ts");
    const { projectAssistant } = await import("#app/query/project-assistant.ts");
    const server = await app.serve({
      database: await embeddedOptions(opened, database),
      siteDir,
      assistant: (connection) =>
        projectAssistant({
          context,
          connection,
          clock: opened.clock,
          models: servedModels(opened, { offline: globals.offline, host }),
        }),
      version: toolVersion(),
      tell: terminal.say,
      ...(port === undefined ? {} : { port }),
      ...(host === undefined ? {} : { host }),
    });
    terminal.result(
      `\n  ${opened.config.name ?? database.settings.id} is at ${server.url}\n  playground: ${server.url}playground/\n\n  Ctrl-C stops it.`,
    );
    await app.closeOnSignal(server);
    return { exitCode: 0 };
  },
};
