import { existsSync, readFileSync } from "node:fs";
import { parse as parseToml } from "smol-toml";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { routes } from "#app/query/routes.ts";
import { environmentSchema, parseEnvironment } from "#schemas/config/environment.ts";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const words = z.record(z.string(), z.string());

/** Instructions of a Dockerfile, with lines that go on put together. */
const instructions = read("deploy/Dockerfile")
  .replaceAll(/\\\n/g, " ")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.trim());
const ofContainer = Object.fromEntries(
  [...(instructions.find((line) => line.startsWith("ENV ")) ?? "").matchAll(/(\w+)=(\S+)/g)].map(
    ([, name = "", value = ""]) => [name, value],
  ),
);

const compose = z
  .object({
    services: z.object({
      querygenie: z.object({
        build: z.object({ context: z.literal(".."), dockerfile: z.literal("deploy/Dockerfile") }),
        environment: words,
        ports: z.tuple([z.string()]),
        read_only: z.literal(true),
        cap_drop: z.tuple([z.literal("ALL")]),
        volumes: z.tuple([z.literal("data:/data")]),
        depends_on: z.record(z.string(), z.object({ condition: z.literal("service_healthy") })),
      }),
      postgres: z.object({
        image: z.string(),
        environment: words,
        healthcheck: z.object({ test: z.array(z.string()) }),
      }),
      redis: z.object({
        image: z.string(),
        command: z.array(z.string()),
        healthcheck: z.object({ test: z.array(z.string()) }),
      }),
    }),
    volumes: z.record(z.string(), z.null()),
  })
  .parse(parse(read("deploy/compose.yml")));

const railway = z
  .object({
    build: z.object({ builder: z.literal("DOCKERFILE"), dockerfilePath: z.string() }),
    deploy: z.object({ healthcheckPath: z.string() }),
  })
  .parse(JSON.parse(read("deploy/railway.json")));

const variable = z.object({ key: z.string(), value: z.string().optional() });
const render = z
  .object({
    services: z.tuple([
      z.object({
        dockerfilePath: z.string(),
        healthCheckPath: z.string(),
        disk: z.object({ mountPath: z.string() }),
        envVars: z.array(variable),
      }),
    ]),
    databases: z.tuple([z.object({ name: z.string() })]),
  })
  .parse(parse(read("deploy/render.yaml")));
const onRender = Object.fromEntries(render.services[0].envVars.map(({ key, value }) => [key, value ?? null]));

const fly = z
  .object({
    build: z.object({ dockerfile: z.string() }),
    env: words,
    http_service: z.object({ internal_port: z.int(), checks: z.tuple([z.object({ path: z.string() })]) }),
    mounts: z.tuple([z.object({ destination: z.string() })]),
  })
  .parse(parseToml(read("deploy/fly.toml")));

/** Keys of a systemd unit with their values, in order. */
const unit = read("deploy/vps/querygenie.service")
  .split("\n")
  .filter((line) => line !== "" && !/^[#[]/.test(line))
  .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const);
const ofUnit = Object.fromEntries(
  unit.filter(([key]) => key === "Environment").map(([, value]) => value.split("=") as [string, string]),
);
const caddy = read("deploy/vps/Caddyfile");

describe.each([
  ["the container", ofContainer],
  ["compose", compose.services.querygenie.environment],
  ["Render", onRender],
  ["Fly", fly.env],
  ["systemd", ofUnit],
])("%s", (_where, set) => {
  test("sets variables that the server knows, to values that it takes", () => {
    expect(Object.keys(set).filter((name) => !Object.hasOwn(environmentSchema.shape, name))).toEqual([]);
    // Secrets are given by whoever runs it.
    const given = Object.entries(set).flatMap(([name, value]) =>
      value === null ? [] : [[name, value.replace("${POSTGRES_PASSWORD:?}", "x")]],
    );
    expect(parseEnvironment(Object.fromEntries(given)).problems).toEqual([]);
  });
});

test("every host asks a port that is listened on, at an address that says whether the server lives", () => {
  expect(ofContainer).toMatchObject({ HOST: "0.0.0.0", PORT: "4400" });
  expect(compose.services.querygenie.ports[0].split(":").at(-1)).toBe(ofContainer["PORT"]);
  expect(onRender["PORT"]).toBe("4400");
  expect(String(fly.http_service.internal_port)).toBe(fly.env["PORT"]);
  expect(caddy).toContain(`reverse_proxy ${ofUnit["HOST"]}:${ofUnit["PORT"]}`);
  const alive = routes.find(({ id }) => id === "livez")?.path;
  const [, asked] = /health_uri (\S+)/.exec(caddy) ?? [];
  const asking = [
    railway.deploy.healthcheckPath,
    render.services[0].healthCheckPath,
    fly.http_service.checks[0].path,
    asked,
  ];
  expect(new Set(asking)).toEqual(new Set([alive]));
  expect(instructions.some((line) => line.startsWith("HEALTHCHECK ") && line.includes(`${alive}`))).toBe(true);
});

test("the container runs as a user without rights, from a base of one version, on files it need not write", () => {
  const order = instructions.map((line) => line.split(" ")[0]);
  expect(order.lastIndexOf("USER")).toBeGreaterThan(order.lastIndexOf("RUN"));
  expect(instructions).toContain("USER node");
  const bases = instructions.filter((line) => line.startsWith("FROM ")).map((line) => line.split(" ")[1]);
  expect(bases.filter((base) => !/^node:24\.\d+\.\d+-slim$/.test(base ?? ""))).toEqual([]);
  // Railway refuses the word; what must stay lies where hosts mount their disks.
  expect(order).not.toContain("VOLUME");
  expect([render.services[0].disk.mountPath, fly.mounts[0].destination]).toEqual(["/data", "/data"]);
  for (const name of ["QUERYGENIE_DATA_DIR", "QUERYGENIE_CACHE_DIR"]) expect(ofContainer[name]).toMatch(/^\/data\//);
});

test("the servers beside it are reached by the names that they have, and keep what they hold", () => {
  const { querygenie, postgres, redis } = compose.services;
  const [database, queue] = ["DATABASE_URL", "REDIS_URL"].map(
    (name) => new URL((querygenie.environment[name] ?? "").replace("${POSTGRES_PASSWORD:?}", "x")),
  );
  expect(Object.keys(compose.services)).toEqual(expect.arrayContaining([database?.hostname, queue?.hostname]));
  expect(Object.keys(querygenie.depends_on).toSorted()).toEqual(["postgres", "redis"]);
  expect([database?.username, database?.pathname]).toEqual([
    postgres.environment["POSTGRES_USER"],
    `/${postgres.environment["POSTGRES_DB"]}`,
  ]);
  expect(redis.command.join(" ")).toContain("--appendonly yes --appendfsync always --maxmemory-policy noeviction");
  for (const { image } of [postgres, redis]) expect(image).toMatch(/:\d+\.\d+$/);
});

test("the service of a machine has no rights beyond its own folders", () => {
  const all = Object.fromEntries(unit);
  expect(all).toMatchObject({ DynamicUser: "yes", ProtectSystem: "strict", NoNewPrivileges: "yes" });
  expect(ofUnit["QUERYGENIE_DATA_DIR"]).toBe(`/var/lib/${all["StateDirectory"]}`);
  expect(ofUnit["QUERYGENIE_CACHE_DIR"]).toBe(`/var/cache/${all["CacheDirectory"]}`);
});

describe("functions", () => {
  const rewrites = z
    .object({
      functions: z.record(z.string(), z.object({ maxDuration: z.int().min(15), includeFiles: z.string() })),
      rewrites: z.array(z.object({ source: z.string(), destination: z.string() })),
    })
    .parse(JSON.parse(read("deploy/vercel/vercel.json")));
  const netlify = z
    .object({ functions: z.object({ included_files: z.array(z.string()) }) })
    .parse(parseToml(read("deploy/netlify/netlify.toml")));
  // CloudFormation's own tags stand for values that it fills in.
  const lambda = parse(read("deploy/lambda/template.yaml"), {
    customTags: ["!Ref", "!GetAtt"].map((tag) => ({ tag, resolve: (text: string) => text })),
  });
  const netlifyFunction = read("deploy/netlify/netlify/functions/querygenie.mjs");

  test("every address of the query function leads to it, on hosts that send some to files", () => {
    const [, list = ""] = /path: (\[[^\]]+\])/.exec(netlifyFunction) ?? [];
    const onNetlify = z.array(z.string()).parse(JSON.parse(list));
    for (const { path } of routes) {
      const asked = path.replaceAll(/\{\w+\}/g, "x");
      expect([path, onNetlify.some((one) => new RegExp(`^${one.replace("*", ".*")}$`).test(asked))]).toEqual([
        path,
        true,
      ]);
      expect([path, rewrites.rewrites.some(({ source }) => new RegExp(`^${source}$`).test(asked))]).toEqual([
        path,
        true,
      ]);
    }
  });

  test("what a function reads beside its code goes along: its configuration and the parser", () => {
    for (const files of [
      Object.values(rewrites.functions)[0]?.includeFiles ?? "",
      netlify.functions.included_files.join(),
    ])
      expect(files).toMatch(/querygenie\.yml.*node_modules\/libpg-query\/wasm/);
    expect(Object.keys(rewrites.functions)).toEqual(["api/querygenie.mjs"]);
  });

  test("a Lambda has time and memory for a query, and variables that the server knows", () => {
    const { Handler, Timeout, MemorySize, Environment } = lambda.Resources.QueryFunction.Properties;
    expect([Handler, Timeout >= 15, MemorySize >= 256]).toEqual(["index.handler", true, true]);
    const named = Object.keys(Environment.Variables).filter((name) => name !== "PRODUCTION_URL");
    expect(named.filter((name) => !Object.hasOwn(environmentSchema.shape, name))).toEqual([]);
  });

  test.each([
    ["deploy/vercel/api/querygenie.mjs", "vercelFunction"],
    ["deploy/netlify/netlify/functions/querygenie.mjs", "netlifyFunction"],
    ["deploy/lambda/index.mjs", "lambdaFunction"],
  ])("%s names what the package exports, in at most 20 lines", async (path, name) => {
    const text = read(path);
    expect(text.split("\n").length).toBeLessThanOrEqual(20);
    expect(text).toContain(`import { ${name} } from "querygenie/function";`);
    expect(await import("#app/hosts/function.ts")).toHaveProperty(name);
  });
});

test.each(["docs/guides/server.md", "docs/guides/deploy.md"])("%s names variables and files that there are", (path) => {
  const text = read(path);
  const named = [...text.matchAll(/\b(?:(?:QUERYGENIE|GITHUB)_[A-Z_]+|REDIS_URL|DATABASE_URL)\b/g)].map(
    ([name]) => name,
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !Object.hasOwn(environmentSchema.shape, name))).toEqual([]);
  for (const [, file = ""] of text.matchAll(/`(deploy\/[^`]+)`/g))
    expect(existsSync(new URL(`../${file}`, import.meta.url))).toBe(true);
});
