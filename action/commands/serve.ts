import { join } from "node:path";
import { ProblemError } from "#schemas/problem.ts";
import { environmentOf } from "../environment-of.ts";
import { askContext } from "../ask-project.ts";
import { embeddedOptions } from "../query-connection.ts";
import { servedConnections } from "../served-connections.ts";
import { servedModels } from "../served-models.ts";
import { makeSite } from "../site/make-site.ts";
import { toolVersion } from "../tool-version.ts";
import type { Command } from "./command.ts";
import { serverSettings } from "../server-settings.ts";
import { withoutSecrets } from "../without-secrets.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";

export const serve: Command = {
  name: "serve",
  summary: "Build the site and serve it with the query function on one port.",
  usage: "",
  options: {
    port: { type: "string", value: "N", help: "Port; the next free one when it is taken. Default 4400." },
    host: { type: "string", value: "ADDRESS", help: "Address to listen on. Default 127.0.0.1, this machine alone." },
    "allow-host": {
      type: "string",
      multiple: true,
      value: "NAME",
      help: "Name under which others reach the server, such as docs.example.org; more than one may be given.",
    },
    site: { type: "string", value: "DIR", help: "Serve these pages instead of building them." },
  },
  examples: [
    ["querygenie serve", "the site with a working playground"],
    ["querygenie serve --host 0.0.0.0 --allow-host docs.example.org", "the same for others, behind a proxy with TLS"],
  ],
  async run({ values, globals, terminal, project }) {
    const port = values["port"] === undefined ? undefined : Number(values["port"]);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
      throw new ProblemError([usage("--port takes a number from 0 to 65535", "querygenie serve --help")], 2);
    }
    const environment = environmentOf(process.env);
    const flags = {
      port,
      host: typeof values["host"] === "string" ? values["host"] : undefined,
      hosts: [values["allow-host"] ?? []].flat().filter((name) => typeof name === "string"),
    };
    const opened = await project();
    const database = onlyDatabase(opened);
    const built = values["site"];
    const siteDir =
      typeof built === "string" ? join(globals.cwd, built) : join(opened.cacheDir, "served", database.settings.id);
    if (typeof built !== "string") {
      await makeSite(opened, database, { outDir: siteDir, base: "/", queryUrl: "/api", verbose: globals.verbose });
      terminal.progress.finish("site", "built");
    }
    const settings = serverSettings(environment, flags, { isTerminal: terminal.isInteractive });
    const { log: logging, connections: names, isOpen, ...listening } = settings;
    const place = { world: opened, ...(globals.config === undefined ? {} : { configPath: globals.config }) };
    const live = await servedConnections(place, names, opened.config.limits);
    if (live.length > 0 && settings.liveAccess === null)
      terminal.say(
        "Others can reach this server and QUERYGENIE_TOKEN is not set, so running databases are not queried.",
      );
    if (isOpen) terminal.say("Others can reach this server, so questions are answered without language models.");
    const { context } = await askContext(opened, database);
    const app = await import("#app/serve.ts");
    const { projectAssistant } = await import("#app/query/project-assistant.ts");
    const { serverLog } = await import("#app/log.ts");
    const log = serverLog({
      ...logging,
      write: terminal.say,
      now: () => opened.clock.now(),
      clean: (text) => withoutSecrets(text, process.env),
    });
    const server = await app.serve({
      ...listening,
      live,
      database: await embeddedOptions(opened, database),
      siteDir,
      assistant: (connection, metrics) =>
        projectAssistant({
          context,
          connection,
          clock: opened.clock,
          models: servedModels(opened, {
            offline: globals.offline,
            isOpen,
            onCall: (task, attempt) => metrics.modelCall(task, attempt),
          }),
        }),
      version: toolVersion(),
      log,
    });
    terminal.result(
      `\n  ${opened.config.name ?? database.settings.id} is at ${server.url}\n  playground: ${server.url}playground/\n\n  Ctrl-C stops it.`,
    );
    await app.closeOnSignal(server);
    return { exitCode: 0 };
  },
};
