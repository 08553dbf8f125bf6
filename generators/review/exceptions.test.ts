import { expect, it } from "vitest";
import { findingExample } from "#schemas/json/finding.ts";
import { exceptions, type Exception } from "./exceptions.ts";

const check = (exception: Omit<Exception, "reason">, isSilenced: boolean): void =>
  expect(exceptions([{ ...exception, reason: "known" }], new Set())(findingExample)).toBe(isSilenced);

it("silences a rule everywhere", () => check({ rule: "set-not-null" }, true));
it("leaves other rules alone", () => check({ rule: "drop-column" }, false));
it("silences a rule in the files of a glob", () => check({ rule: "set-not-null", file: "migrations/**" }, true));
it("leaves other files alone", () => check({ file: "legacy/**" }, false));
it("silences what is about the objects of a glob", () => check({ object: "sales.*" }, true));
it("takes a star for one part of an id", () => check({ object: "*" }, false));
it("silences what the baseline holds", () =>
  expect(exceptions([], new Set([findingExample.fingerprint]))(findingExample)).toBe(true));
