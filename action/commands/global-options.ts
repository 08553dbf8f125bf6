import { dialects, type Dialect } from "#schemas/model.ts";
import type { CommandOption } from "./command.ts";

/** Options that every command takes. */
export const globalOptions: Readonly<Record<string, CommandOption>> = {
  cwd: { type: "string", value: "DIR", help: "Work in this folder instead of the current one." },
  config: { type: "string", short: "c", value: "FILE", help: "Use this configuration file." },
  source: {
    type: "string",
    multiple: true,
    value: "GLOB",
    help: "Read these files instead of the configured sources.",
  },
  dialect: { type: "string", oneOf: dialects, help: "Whose SQL the files are in." },
  database: { type: "string", value: "ID", help: "Only this database of the configuration." },
  format: { type: "string", short: "t", value: "FORMAT", help: "Form of the result; `json` for programs." },
  offline: { type: "boolean", help: "Ask no model, even when a key is there." },
  strict: { type: "boolean", help: "Exit with 2 when any problem was met." },
  quiet: { type: "boolean", help: "No progress, only results and errors." },
  verbose: { type: "boolean", help: "Say everything, and show the inner cause of a failure." },
  help: { type: "boolean", short: "h", help: "Show this help." },
  version: { type: "boolean", help: "Show the version." },
};

export interface GlobalOptions {
  readonly cwd: string;
  readonly config?: string;
  readonly sources: readonly string[];
  readonly dialect?: Dialect;
  readonly database?: string;
  readonly format: string | undefined;
  readonly offline: boolean;
  readonly strict: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}
