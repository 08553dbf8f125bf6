import { homedir } from "node:os";
import { join } from "node:path";
import type { ServeOptions } from "#app/serve.ts";
import { ProblemError } from "#schemas/problem.ts";
import { askContext } from "../ask-project.ts";
import { readStatistics } from "../statistics.ts";
import { cacheFolder } from "../cache/folder-store.ts";
import { environmentOf } from "../environment-of.ts";
import { embeddedOptions } from "../query-connection.ts";
import { leastRolesOf, servedConnections } from "../served-connections.ts";
import { servedModelNames, servedModels } from "../served-models.ts";
import { serverSettings, type ServerFlags, type ServerSettings } from "../server-settings.ts";
import { makeSite } from "../site/make-site.ts";
import { toolVersion } from "../tool-version.ts";
import { withoutSecrets } from "../without-secrets.ts";
import type { Command, CommandInput } from "./command.ts";
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
    app: { type: "boolean", help: "Be the GitHub App alone: no site and no database. Needs GITHUB_APP_ID and others." },
  },
  examples: [
    ["querygenie serve", "the site with a working playground"],
    ["querygenie serve --host 0.0.0.0 --allow-host docs.example.org", "the same for others, behind a proxy with TLS"],
    ["querygenie serve --app", "the GitHub App, which needs no repository here"],
  ],
  async run(input) {
    const { values, terminal } = input;
    const environment = environmentOf(process.env);
    const settings = serverSettings(environment, flagsOf(values), { isTerminal: terminal.isInteractive });
    const isAppAlone = values["app"] === true;
    if (isAppAlone && settings.app === undefined) throw new ProblemError([noApp()], 2);
    const { log: logging, connections: _names, isOpen: _isOpen, app, ...listening } = settings;
    const [{ serve: start, closeOnSignal }, { serverLog }] = [
      await import("#app/serve.ts"),
      await import("#app/log.ts"),
    ];
    const log = serverLog({
      ...logging,
      write: terminal.say,
      now: () => new Date(),
      clean: (text) => withoutSecrets(text, process.env),
    });
    const pages = isAppAlone ? { name: "The GitHub App", options: {} } : await pagesOf(input, settings);
    const server = await start({
      ...listening,
      ...pages.options,
      ...(app ? { app: { ...app, cacheDir: join(cacheFolder(process.env), "app") } } : {}),
      version: toolVersion(),
      log,
    });
    const playground = isAppAlone ? "" : `\n  playground: ${server.url}playground/`;
    const webhook = app ? `\n  webhook:    ${server.url}api/github/webhooks` : "";
    terminal.result(`\n  ${pages.name} is at ${server.url}${playground}${webhook}\n\n  Ctrl-C stops it.`);
    await closeOnSignal(server);
    return { exitCode: 0 };
  },
};

function flagsOf(values: CommandInput["values"]): ServerFlags {
  const port = values["port"] === undefined ? undefined : Number(values["port"]);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new ProblemError([usage("--port takes a number from 0 to 65535", "querygenie serve --help")], 2);
  }
  return {
    port,
    host: typeof values["host"] === "string" ? values["host"] : undefined,
    hosts: [values["allow-host"] ?? []].flat().filter((name) => typeof name === "string"),
    home: process.env["XDG_STATE_HOME"] ?? join(homedir(), ".local", "state"),
  };
}

/** The site of a repository with its databases. */
async function pagesOf(
  { values, globals, terminal, project }: CommandInput,
  settings: ServerSettings,
): Promise<{ readonly name: string; readonly options: Partial<ServeOptions> }> {
  const { isOpen, connections, liveAccess, signIn, machines } = settings;
  const opened = await project();
  const database = onlyDatabase(opened);
  const place = { world: opened, ...(globals.config === undefined ? {} : { configPath: globals.config }) };
  const live = await servedConnections(place, connections, opened.config.limits);
  if (live.length > 0 && liveAccess === null && signIn === undefined && machines === undefined)
    terminal.say("Others can reach this server and nobody can sign in, so running databases are not queried.");
  const built = values["site"];
  const siteDir =
    typeof built === "string" ? join(globals.cwd, built) : join(opened.cacheDir, "served", database.settings.id);
  if (typeof built !== "string") {
    const knowsReaders = signIn !== undefined || live.length > 0;
    const { verbose } = globals;
    await makeSite(opened, database, { outDir: siteDir, base: "/", queryUrl: "/api", knowsReaders, verbose });
    terminal.progress.finish("site", "built");
  }
  if (isOpen)
    terminal.say(
      "Others can reach this server: language models answer only who has signed in and may write, or has a token.",
    );
  const { context } = await askContext(opened, database);
  const { value: statistics } = await readStatistics(opened, database);
  const { projectAssistant } = await import("#app/query/project-assistant.ts");
  const options: Partial<ServeOptions> = {
    siteDir,
    live,
    leastRoles: leastRolesOf(opened.config.connections),
    database: await embeddedOptions(opened, database),
    assistant: (connection, metrics) =>
      projectAssistant({
        context,
        connection,
        ...(statistics && { statistics }),
        clock: opened.clock,
        models: servedModels(opened, {
          offline: globals.offline,
          isOpen,
          onCall: (task, attempt) => metrics.modelCall(task, attempt),
        }),
        modelNames: servedModelNames(opened, { offline: globals.offline, isOpen }),
      }),
  };
  return { name: opened.config.name ?? database.settings.id, options };
}

const noApp = () =>
  usage(
    "--app needs a GitHub App: GITHUB_APP_ID, GITHUB_APP_PRIVATE_KEY and GITHUB_WEBHOOK_SECRET are not set",
    "querygenie serve --help",
  );
