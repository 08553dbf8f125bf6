/** Runs the shell steps of a composite action as GitHub's runner does, and notes the actions it would have used. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const texts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String));
const metadata = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string().optional() })),
  outputs: z.record(z.string(), z.object({ value: z.string() })),
  runs: z.object({
    using: z.literal("composite"),
    steps: z.array(
      z.object({
        id: z.string().optional(),
        if: z.string().optional(),
        uses: z.string().optional(),
        with: texts.optional(),
        run: z.string().optional(),
        env: texts.optional(),
      }),
    ),
  }),
});

export interface CompositeOptions {
  /** The action's `action.yml`, in a checkout of its tag. */
  readonly file: string;
  readonly workspace: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** What the runner and the workflow set. */
  readonly env: Readonly<Record<string, string>>;
}

export interface CompositeRun {
  /** Of the first step that failed, else 0. */
  readonly code: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Actions of others that it would have run, with what it would have given them. */
  readonly used: readonly { readonly uses: string; readonly with: Readonly<Record<string, string>> }[];
}

/** Knows the expressions that our composite action has, and fails at any other. */
export function runComposite({ file, workspace, inputs = {}, env }: CompositeOptions): CompositeRun {
  const action = metadata.parse(parse(readFileSync(file, "utf8")));
  const temp = mkdtempSync(join(tmpdir(), "querygenie-composite-"));
  const values = new Map<string, string>([
    ["github.action_path", dirname(file)],
    ["runner.temp", temp],
    ...Object.entries(action.inputs).map(
      ([name, { default: given = "" }]) => [`inputs.${name}`, inputs[name] ?? given] as const,
    ),
  ]);
  const fill = (text: string): string =>
    text.replaceAll(/\$\{\{ ([^}]+) \}\}/g, (_, expression: string) => {
      const value = values.get(expression);
      if (value === undefined) throw new Error(`there is no value for \${{ ${expression} }}`);
      return value;
    });
  const used: { uses: string; with: Record<string, string> }[] = [];
  let log = "";
  let code = 0;
  for (const step of action.runs.steps) {
    if (step.if !== undefined && !holds(step.if, values)) continue;
    const given = Object.fromEntries(Object.entries(step.with ?? {}).map(([name, text]) => [name, fill(text)]));
    if (step.uses !== undefined) used.push({ uses: step.uses, with: given });
    if (step.run === undefined) continue;
    const output = join(temp, "output");
    const done = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
      cwd: workspace,
      encoding: "utf8",
      env: {
        ...env,
        GITHUB_OUTPUT: output,
        ...Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, fill(text)])),
      },
    });
    log += done.stdout + done.stderr;
    code = done.status ?? 1;
    if (code !== 0) break;
    if (step.id !== undefined)
      for (const [name, value] of readPairs(output)) values.set(`steps.${step.id}.outputs.${name}`, value);
  }
  const outputs =
    code === 0
      ? Object.fromEntries(Object.entries(action.outputs).map(([name, { value }]) => [name, fill(value)]))
      : {};
  return { code, log, outputs, used };
}

/** `inputs.<name> == 'text'` and its opposite, the only conditions we write. */
function holds(condition: string, values: ReadonlyMap<string, string>): boolean {
  const [, name = "", operator, text] = /^(inputs\.[\w-]+) (==|!=) '([^']*)'$/.exec(condition) ?? [];
  if (operator === undefined) throw new Error(`the condition ${condition} is not one that this runner knows`);
  return (values.get(name) === text) === (operator === "==");
}

function readPairs(file: string): readonly (readonly [string, string])[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      const at = line.indexOf("=");
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)] as const] : [];
    });
}

/** For tests that are done with what a run has left. */
export const removeRun = ({ outputs }: CompositeRun): void => {
  if (outputs["path"] !== undefined) rmSync(dirname(outputs["path"]), { recursive: true, force: true });
};
