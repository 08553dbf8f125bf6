import { expect, test } from "vitest";
import type { ProgramCall, ProgramOutput, Trust } from "../ports.ts";
import { readCommand } from "./read-command.ts";

const ORIGIN = { file: "querygenie.yml", line: 5, column: 7 };
const done: ProgramOutput = { exitCode: 0, stdout: "create table orders (id int);\n", stderr: "", timedOut: false };

interface Told {
  readonly message: string;
  readonly help: RegExp;
}

/** Runs a command that ends like this; says what was read and what was told. */
async function check(output: Partial<ProgramOutput>, value: readonly unknown[], told: readonly Told[]): Promise<void> {
  const calls: ProgramCall[] = [];
  const trust: Trust = {
    kind: "trusted",
    run: (call) => {
      calls.push(call);
      return Promise.resolve({ ...done, ...output });
    },
  };
  const read = await readCommand("db", "make schema", { trust, origin: ORIGIN });
  expect(calls).toEqual([{ kind: "shell", command: "make schema", folder: "", timeoutMs: 120_000 }]);
  expect(read.value).toEqual(value);
  expect(read.problems).toEqual(
    told.map(({ message, help }) => ({
      code: "QG724",
      severity: "error",
      message: `the command of db ${message}`,
      help: expect.stringMatching(help),
      makesIncomplete: true,
      origin: ORIGIN,
    })),
  );
}

test("what the command prints is a script under the source's path, with the lines of the output", () =>
  check({}, [{ path: "db", text: done.stdout, version: "db", transaction: "none" }], []));

test.each<readonly [string, Partial<ProgramOutput>, Told]>([
  [
    "that fails tells its last line",
    { exitCode: 3, stderr: "Traceback\n  File x\nKeyError: 'DB'\n\n" },
    { message: "ended with 3: KeyError: 'DB'", help: /repository's root/ },
  ],
  ["that fails and says nothing", { exitCode: 1 }, { message: "ended with 1", help: /repository's root/ }],
  [
    "that is not there",
    { exitCode: null, stderr: "make: not found" },
    { message: "could not be started: make: not found", help: /repository's root/ },
  ],
  [
    "that does not end",
    { exitCode: null, timedOut: true },
    { message: "ran longer than 120 seconds and was stopped", help: /step of its own/ },
  ],
  ["that prints nothing", { stdout: " \n" }, { message: "printed nothing", help: /standard output/ }],
])("a command %s, and nothing is read", (_, output, told) => check(output, [], [told]));

test.each<readonly [string, Trust | undefined, string]>([
  ["a fork", { kind: "untrusted", why: "the pull request comes from a fork" }, "the pull request comes from a fork"],
  ["nobody says whose code it is", undefined, "nothing said that the event is trusted"],
])("is not run when %s", async (_, trust, why) => {
  const { value, problems } = await readCommand("db", "make schema", { trust });
  expect(value).toEqual([]);
  expect(problems).toEqual([
    {
      code: "QG724",
      severity: "error",
      message: `the command of db was not run: ${why}`,
      help: "Commit the SQL that it prints and name that file as the source.",
      makesIncomplete: true,
    },
  ]);
});
