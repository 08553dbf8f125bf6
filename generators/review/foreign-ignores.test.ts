import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readForeignIgnore, type ForeignIgnore } from "./foreign-ignores.ts";
import { ruleAliases } from "./rule-aliases.ts";

const cataloguePath = fileURLToPath(new URL("../../../shared/review-catalogue.json", import.meta.url));

const one = (...rules: readonly string[]): ForeignIgnore => ({ rules, isWholeFile: false });

describe("readForeignIgnore", () => {
  it.each<[string, ForeignIgnore | null]>([
    ["squawk-ignore ban-drop-not-null", one("drop-not-null")],
    ["squawk-ignore ban-drop-not-null, ban-char-field -- old table", one("drop-not-null", "no-char-n")],
    ["squawk-ignore a-rule-of-tomorrow", one()],
    ["squawk-ignore", null],
    ["squawk-ignore-file", { rules: "every rule", isWholeFile: true }],
    ["squawk-ignore-file ban-drop-not-null", { rules: ["drop-not-null"], isWholeFile: true }],
    ["pgfence-ignore", { rules: "every rule", isWholeFile: false }],
    ["pgfence-ignore: drop-trigger", one("drop-trigger")],
    ["pgls-ignore lint/safety/banDropNotNull", one("drop-not-null")],
    ["atlas:nolint", { rules: "every rule", isWholeFile: false }],
    ["atlas:nolint DS103", one("drop-column")],
    ["atlas:nolint destructive", one("drop-schema", "drop-table", "drop-column")],
    ["eugene: ignore E4", one("statement-after-access-exclusive")],
    ["squawk-ignores nothing", null],
    ["the orders of last year", null],
  ])("reads %s", (comment, expected) => {
    expect(readForeignIgnore(comment)).toEqual(expected);
  });
});

it.skipIf(!existsSync(cataloguePath))("knows the aliases of the catalogue", () => {
  const catalogue: readonly { id: string; aliases: readonly string[] }[] = JSON.parse(
    readFileSync(cataloguePath, "utf8"),
  );
  const known = Object.entries(ruleAliases).flatMap(([linter, names]) =>
    Object.entries(names).flatMap(([name, rules]) => rules.map((rule) => `${rule} ${linter}:${name}`)),
  );
  const wanted = catalogue.flatMap(({ id, aliases }) =>
    aliases.filter((alias) => Object.hasOwn(ruleAliases, alias.split(":")[0] ?? "")).map((alias) => `${id} ${alias}`),
  );
  expect(known.toSorted()).toEqual(wanted.toSorted());
});
