import type { ConfigFlags } from "#schemas/config/resolve.ts";
import { ProblemError } from "#schemas/problem.ts";
import { refuseUrl } from "../live-connection.ts";
import type { CommandInput, CommandOption } from "./command.ts";
import { usage } from "./read-arguments.ts";

/** `--live NAME` of the commands that take a running database for the schema. */
export const liveOption: Readonly<Record<"live", CommandOption>> = {
  live: {
    type: "string",
    value: "NAME",
    help: "Take the schema from the running database of this connection, in place of files.",
  },
};

/** What `--live` says. Throws `ProblemError` (exit 2) for a URL and beside `--source`. */
export function liveFlag(
  values: CommandInput["values"],
  { sources }: Pick<CommandInput["globals"], "sources">,
): Pick<ConfigFlags, "live"> {
  const { live } = values;
  if (typeof live !== "string") return {};
  refuseUrl(live);
  if (sources.length > 0)
    throw new ProblemError([usage("--live and --source name two schemas", "Leave out one of them.")], 2);
  return { live };
}
