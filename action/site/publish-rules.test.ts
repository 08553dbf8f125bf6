import { expect, test } from "vitest";
import { basePath, mayPublish } from "./publish-rules.ts";

const shop = { owner: "Outdoor", name: "shop", isPrivate: false };

test.each([
  ["the repository's name", shop, {}, "/shop"],
  ["the root for the owner's own page", { ...shop, name: "outdoor.github.io" }, {}, "/"],
  ["the configured path", shop, { configured: "/docs" }, "/docs"],
  ["the input before all, with its slash", shop, { configured: "/docs", given: "db" }, "/db"],
  ["the root when the input says so", shop, { given: "/" }, "/"],
] as const)("a site is served at %s", (_, repository, paths, expected) => {
  expect(basePath(repository, { configured: "/", ...paths })).toBe(expected);
});

test("the site of a private repository is refused with the key that allows it", () => {
  expect(mayPublish({ ...shop, isPrivate: true }, false)).toMatchObject({ code: "QG814" });
  expect(mayPublish({ ...shop, isPrivate: true }, false)?.help).toContain("site.public: true");
  expect(mayPublish({ ...shop, isPrivate: true }, true)).toBeNull();
  expect(mayPublish(shop, false)).toBeNull();
});
