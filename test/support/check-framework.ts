import { expect } from "vitest";
import { listFiles } from "#schemas/frameworks/listing.ts";
import { memoryWorkspace } from "./memory-workspace.ts";
import type { Framework } from "#schemas/frameworks/framework.ts";

export interface FrameworkCase {
  /** File names below the folder `db`, with their text. */
  readonly files: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
}

export interface FrameworkExpectation {
  /** `name` or `name transaction` in order, without the folder. */
  readonly steps: readonly string[];
  /** `CODE name:line`, without the folder. */
  readonly problems?: readonly string[];
  /** The names of the down parts. */
  readonly downs?: readonly string[];
  readonly downTexts?: readonly string[];
  readonly texts?: readonly string[];
}

/** Reads the folder `db` and compares what a runner would apply. A step is given with its mode when it is not `file`. */
export async function checkFramework(
  framework: Framework,
  { files, variables = {} }: FrameworkCase,
  expected: FrameworkExpectation,
): Promise<void> {
  const tree = Object.fromEntries(Object.entries(files).map(([name, text]) => [`db/${name}`, text]));
  const listing = await listFiles(memoryWorkspace(tree), { fileMegabytes: 1 });
  const { value, problems } = await framework.read({ path: "db", listing, variables, engine: "postgres" });
  const short = (path: string): string => path.replace(/^db\//, "");
  const mode = (transaction: string): string => (transaction === "file" ? "" : ` ${transaction}`);
  expect(value.map((file) => short(file.path) + mode(file.transaction))).toEqual(expected.steps);
  const places = problems.map((one) => `${one.code} ${short(one.origin?.file ?? "")}:${one.origin?.line ?? ""}`);
  expect(places).toEqual(expected.problems ?? []);
  if (expected.downs)
    expect(value.flatMap((file) => (file.down ? [short(file.down.path)] : []))).toEqual(expected.downs);
  if (expected.downTexts) expect(value.flatMap((file) => file.down?.text ?? [])).toEqual(expected.downTexts);
  if (expected.texts) expect(value.map((file) => file.text)).toEqual(expected.texts);
}
