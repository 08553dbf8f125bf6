import type { ActionReport } from "#schemas/json/action-report.ts";
import type { Finding } from "#schemas/finding.ts";
import type { Problem } from "#schemas/problem.ts";
import type { GithubPublisher } from "../github/publisher.ts";
import type { PushTarget } from "../github/push-files.ts";
import type { Inputs } from "../runner/inputs.ts";
import type { Outputs } from "../runner/outputs.ts";
import type { Runner } from "../runner/runner.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { toolVersion } from "../tool-version.ts";

/** What every event is handled with. */
export interface ActionContext {
  readonly inputs: Inputs;
  readonly runner: Runner;
  readonly terminal: Terminal;
  readonly publisher: GithubPublisher;
  /** The checkout, at its top, and the server it came from. */
  readonly target: PushTarget;
  /** Folder that is worked in: the checkout or a folder of it. */
  readonly root: string;
  /** The working directory from the top of the checkout, "" for the top itself. */
  readonly prefix: string;
  /** Page of a rule; absent when the action does not know where it came from. */
  readonly ruleUrl?: (rule: string) => string;
  /** Full ref and commit of the run, as code scanning wants them. */
  readonly ref: string;
  readonly commit: string;
}

/** What came of a run, before it is told. */
export interface RunResult {
  readonly report: ActionReport;
  readonly findings: readonly Finding[];
  /** What could not be delivered, and why. */
  readonly undelivered: readonly Problem[];
  readonly outputs: Partial<Outputs>;
  readonly failed: boolean;
  /** A line for the log and the summary when the report has nothing to say. */
  readonly said: string;
}

export const emptyReport = (): ActionReport => ({
  version: 1,
  tool: toolVersion(),
  databases: [],
  silenced: [],
  files: { state: "unknown" },
  problems: [],
});

/** A run in which nothing was to be done. */
export const nothingToDo = (said: string): RunResult => ({
  report: emptyReport(),
  findings: [],
  undelivered: [],
  outputs: {},
  failed: false,
  said,
});
