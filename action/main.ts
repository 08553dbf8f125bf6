/** The edge of GitHub Actions: says that it has begun, does what the event asks for, tells what came of it and exits. */
import { setFlagsFromString } from "node:v8";
import { EngineError } from "#schemas/ports.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import { problemMarkdown } from "./runner/problem-markdown.ts";
import { noOutputs, type Outputs } from "./runner/outputs.ts";
import { processRunner } from "./runner/runner.ts";
import { toolVersion } from "./tool-version.ts";

// V8 optimises one huge function of the SQL parser, which takes half a gigabyte and gains nothing in a short run.
for (const flag of ["--liftoff-only", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"]) setFlagsFromString(flag);

// Not awaited at the top: in the bundle a lazy chunk imports this file, and would wait for it to end.
void run();

async function run(): Promise<void> {
  process.exitCode = await main(process.env);
}

async function main(environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  const runner = processRunner(environment, (text) => process.stdout.write(text));
  let outputs: Outputs = noOutputs;
  try {
    runner.say(`QueryGenie ${toolVersion()} · ${environment["GITHUB_EVENT_NAME"] ?? "no event"}`);
    // Whoever looks at the log sees that it has begun before anything heavy loads.
    const { runStep } = await import("./run-step.ts");
    const done = await runStep(environment, runner);
    ({ outputs } = done);
    return done.failed ? 1 : 0;
  } catch (error) {
    const told = problemsOf(error);
    runner.annotate([], told);
    for (const problem of told) runner.say(`✖ ${problem.code}  ${problem.message}\n  ${problem.help ?? ""}`);
    await runner.summary(`### QueryGenie · stopped\n\n${problemMarkdown(told)}`);
    return error instanceof ProblemError ? error.exitCode : 3;
  } finally {
    await runner.outputs(outputs);
  }
}

function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof EngineError) return [{ code: "QG303", severity: "error", message }];
  const help = `This is a fault of QueryGenie; please report it.\n${error instanceof Error ? (error.stack ?? "") : ""}`;
  return [{ code: "QG304", severity: "error", message, help }];
}
