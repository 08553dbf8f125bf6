import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { environmentSchema, parseEnvironment } from "#schemas/config/environment.ts";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

/** Instructions of a Dockerfile, with lines that go on put together. */
const instructions = read("deploy/Dockerfile")
  .replaceAll(/\\\n/g, " ")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.trim());

const compose = z.object({
  services: z.object({
    querygenie: z.object({
      build: z.object({ context: z.literal(".."), dockerfile: z.literal("deploy/Dockerfile") }),
      environment: z.record(z.string(), z.string()),
      read_only: z.literal(true),
      cap_drop: z.tuple([z.literal("ALL")]),
      volumes: z.tuple([z.literal("data:/data")]),
    }),
  }),
  volumes: z.object({ data: z.null() }),
});

test("the container sets variables that the server knows, to values that it takes", () => {
  const words = instructions.find((line) => line.startsWith("ENV "))?.slice("ENV ".length) ?? "";
  const set = Object.fromEntries([...words.matchAll(/(\w+)=(\S+)/g)].map(([, name = "", value = ""]) => [name, value]));
  const { environment } = compose.parse(parse(read("deploy/compose.yml"))).services.querygenie;
  const all = { ...set, ...environment };
  expect(Object.keys(all).filter((name) => !Object.hasOwn(environmentSchema.shape, name))).toEqual([]);
  expect(parseEnvironment(all).problems).toEqual([]);
  expect(set).toMatchObject({ HOST: "0.0.0.0", PORT: "4400" });
});

test("the container runs as a user without rights and says whether it lives", () => {
  const order = instructions.map((line) => line.split(" ")[0]);
  expect(order.lastIndexOf("USER")).toBeGreaterThan(order.lastIndexOf("RUN"));
  expect(instructions).toContain("USER node");
  expect(instructions.some((line) => line.startsWith("HEALTHCHECK ") && line.includes("/livez"))).toBe(true);
});

test("the guide names variables that there are", () => {
  const named = [...read("docs/guides/server.md").matchAll(/\b(?:QUERYGENIE|GITHUB)_[A-Z_]+\b/g)].map(([name]) => name);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !Object.hasOwn(environmentSchema.shape, name))).toEqual([]);
});
