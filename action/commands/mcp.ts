import { askContext } from "../ask-project.ts";
import { mcpServer } from "../mcp/mcp-server.ts";
import { openConnection } from "../query-connection.ts";
import { toolVersion } from "../tool-version.ts";
import type { Command } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";

export const mcp: Command = {
  name: "mcp",
  summary: "Serve the schema to agents by the Model Context Protocol, on standard input and output.",
  usage: "",
  options: {},
  examples: [["querygenie mcp", "what an agent's configuration names as the command of a server"]],
  async run({ terminal, project }) {
    const opened = await project();
    const database = onlyDatabase(opened);
    const { context, problems } = await askContext(opened, database);
    let connection: ReturnType<typeof openConnection> | undefined;
    const open = (): ReturnType<typeof openConnection> => {
      connection ??= openConnection(opened, database).catch((error: unknown) => {
        // The next tool tries again; an agent lives for hours.
        connection = undefined;
        throw error;
      });
      return connection;
    };
    const server = await mcpServer({
      name: opened.config.name ?? database.settings.id,
      version: toolVersion(),
      context,
      connection: open,
    });
    const { StdioServerTransport } = await import("@modelcontextprotocol/sdk/server/stdio.js");
    const ended = new Promise<void>((resolve) => {
      // oxlint-disable-next-line unicorn/prefer-add-event-listener -- The SDK's server takes its one listener this way.
      server.server.onclose = resolve;
      // The agent that started us has gone.
      process.stdin.once("end", () => void server.close());
    });
    await server.connect(new StdioServerTransport());
    terminal.say("Waiting for an agent on standard input; Ctrl-C stops it.");
    await ended;
    await connection?.then((started) => started.close());
    return { exitCode: 0, problems };
  },
};
