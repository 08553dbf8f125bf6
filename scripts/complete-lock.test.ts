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

test("leaves out for users what only a tool of development asks for", () =>
  check(
    {
      "node_modules/tool": { dev: true, optionalDependencies: { "@x/win32-x64": "1.0.0", "@x/darwin-x64": "1.0.0" } },
      "node_modules/vite": { optionalDependencies: { "@x/win32-x64": "1.0.0" } },
    },
    {
      "node_modules/@x/darwin-x64": { version: "1.0.0", dev: true, os: ["darwin"], cpu: ["x64"], optional: true },
      "node_modules/@x/win32-x64": { version: "1.0.0", os: ["win32"], cpu: ["x64"], optional: true },
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
