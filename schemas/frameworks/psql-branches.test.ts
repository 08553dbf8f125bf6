import { expect, test } from "vitest";
import { keepPsqlBranches } from "./psql-branches.ts";

/** What is left of a script, with `/` for line feeds, and the lines of what is reported. */
function check(
  script: string,
  expected: string,
  {
    variables = {},
    problems = [],
  }: { variables?: Readonly<Record<string, string>>; problems?: readonly number[] } = {},
): void {
  const text = script.replaceAll("/", "\n");
  const read = keepPsqlBranches({ path: "a.sql", text }, variables);
  expect(read.value.text.replaceAll("\n", "/")).toBe(expected);
  expect(read.problems.map(({ origin }) => origin?.line)).toEqual(problems);
}

test.each([
  ["takes the first true branch alone", "\\if true/a;/\\elif true/b;/\\else/c;/\\endif/d;", "/a;//////d;"],
  ["takes a later one", "\\if false/a;/\\elif yes/b;/\\else/c;/\\endif/d;", "///b;////d;"],
  ["takes the last where none is true", "\\if 0/a;/\\elif off/b;/\\else/c;/\\endif/d;", "/////c;//d;"],
  ["leaves what is inside of an untaken branch alone", "\\if no/\\if yes/a;/\\endif/\\else/b;/\\endif", "/////b;/"],
  ["follows \\set", "\\set on 1/\\if :on/a;/\\else/b;/\\endif", "\\set on 1//a;///"],
  ["follows \\set in taken branches only", "\\set x 0/\\if 0/\\set x 1/\\endif/\\if :x/a;/\\endif", "\\set x 0//////"],
  ["asks whether a variable is there", "\\if :{?shop}/a;/\\else/b;/\\endif", "///b;/"],
  ["knows that a text holds no command", "\\if 0/select '/\\endif/';/\\endif/a;", "/////a;"],
  ["knows that a body holds no command", "do $$/\\if 1/$$;/\\if 1/a;/\\endif", "do $$/\\if 1/$$;//a;/"],
  ["leaves scripts without branches as they are", "\\set a 1/select 1;", "\\set a 1/select 1;"],
  ["takes words as psql does", "\\if T/a;/\\endif/\\if OF/b;/\\endif", "/a;////"],
])("%s", (_, script, expected) => check(script, expected));

test("the configuration's variables count", () =>
  check("\\if :prod/a;/\\else/b;/\\endif", "/a;///", { variables: { prod: "on" } }));
test("what only a server knows is false and reported", () =>
  check("a;/\\if :from_gset/b;/\\else/c;/\\endif", "a;////c;/", { problems: [2] }));
test("an \\if without end is reported", () => check("\\if 1/a;", "/a;", { problems: [2] }));
