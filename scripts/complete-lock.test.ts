import { expect, test } from "vitest";
import { completed, type LockedPackages } from "./complete-lock.ts";

function check(packages: LockedPackages, expected: LockedPackages): void {
  const added = Object.entries(completed(packages)).filter(([path]) => !Object.hasOwn(packages, path));
  expect(Object.fromEntries(added)).toEqual(expected);
}

test("adds an optional package of another platform with what its name says", () =>
  check(
    { "": {}, "node_modules/sharp": { optionalDependencies: { "@img/sharp-linux-arm64-musl": "1.2.3" } } },
    {
      "node_modules/@img/sharp-linux-arm64-musl": {
        version: "1.2.3",
        os: ["linux"],
        cpu: ["arm64"],
        libc: ["musl"],
        optional: true,
      },
    },
  ));

test("puts a second version below the package that asks for it", () =>
  check(
    {
      "node_modules/rolldown": { optionalDependencies: { "@rolldown/binding-win32-x64": "1.3.2" } },
      "node_modules/vite/node_modules/rolldown": { optionalDependencies: { "@rolldown/binding-win32-x64": "1.2.0" } },
    },
    {
      "node_modules/@rolldown/binding-win32-x64": { version: "1.3.2", os: ["win32"], cpu: ["x64"], optional: true },
      "node_modules/vite/node_modules/rolldown/node_modules/@rolldown/binding-win32-x64": {
        version: "1.2.0",
        os: ["win32"],
        cpu: ["x64"],
        optional: true,
      },
    },
  ));

test("adds nothing that is there, and nothing without a platform", () =>
  check(
    {
      "node_modules/sharp": { optionalDependencies: { "@img/sharp-darwin-arm64": "1.2.3", "orders-cache": "1.0.0" } },
      "node_modules/@img/sharp-darwin-arm64": { version: "1.2.3" },
    },
    {},
  ));
