import { describe, expect, test } from "vitest";
import { commands, helpText, mayCommand, parseCommand, roleOf, type Role } from "./command.ts";

describe("reads", () => {
  test.each([
    ["/querygenie review", "review", ""],
    ["/querygenie", "help", ""],
    ["/querygenie  Help  ", "help", ""],
    ["/querygenie review\nthank you!", "review", ""],
    ["/querygenie explain select 1", "explain", "select 1"],
    ['/querygenie explain "select 1"', "explain", "select 1"],
    ["/querygenie explain `select 1`", "explain", "select 1"],
    ["/querygenie explain select 'a', 'b'", "explain", "select 'a', 'b'"],
    ["/querygenie explain\r\n```sql\r\nselect 1\r\nfrom t\r\n```\r\n", "explain", "select 1\nfrom t"],
    ["/querygenie optimize\n\n```\nselect 1\n```\nplease", "optimize", "select 1"],
    ["/querygenie ask How many orders are open; and $(whoami)?", "ask", "How many orders are open; and $(whoami)?"],
    ["/querygenie pause", "pause", ""],
  ])("%j", (text, name, argument) => {
    expect(parseCommand(text)).toEqual({ kind: "command", name, argument });
  });

  test.each([
    ["/querygenie deploy", "There is no command `deploy`."],
    ["/querygenie @everyone`", "There is no command `@everyone`."],
    ["/querygenie constructor", "There is no command `constructor`."],
    ["/querygenie explain", "`/querygenie explain` needs a query behind it."],
    ["/querygenie ask", "`/querygenie ask` needs a question behind it."],
    ["/querygenie docs --force", "`/querygenie docs` takes nothing behind it."],
  ])("no command in %j, and says why", (text, message) => {
    expect(parseCommand(text)).toEqual({ kind: "unclear", message });
  });
});

test("each role may do what it may, and who opened the pull request what changes nothing", () => {
  const names = Object.keys(commands).filter((name): name is keyof typeof commands => Object.hasOwn(commands, name));
  const of = (role: Role, isAuthor = false) => names.filter((name) => mayCommand(name, { role, isAuthor })).join(" ");
  expect(of("none")).toBe("");
  expect(of("read")).toBe("");
  expect(of("read", true)).toBe("review explain optimize ask help");
  expect(of("triage")).toBe("review explain optimize ask help");
  expect(of("write")).toBe("review explain optimize ask docs seed help");
  expect(of("maintain")).toBe("review explain optimize ask docs seed pause resume help");
  expect(of("admin")).toBe(of("maintain"));
});

test("a role that GitHub may invent counts for nothing", () => {
  expect([roleOf("maintain"), roleOf("owner"), roleOf("")]).toEqual(["maintain", "none", "none"]);
});

test("the help names every command", () => {
  for (const name of Object.keys(commands)) expect(helpText()).toContain(`/querygenie ${name}`);
});
