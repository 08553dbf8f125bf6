import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ProblemError } from "#schemas/problem.ts";
import { fakeConnection } from "#test/support/fake-connection.ts";
import { serve } from "./serve.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "querygenie-serve-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a queue out of reach ends the start, and closes what was open by then", async () => {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  let isClosed = false;
  const connection = { ...fakeConnection("reports"), close: async () => void (isClosed = true) };
  const started = serve({
    port: 0,
    siteDir: folder,
    live: [connection],
    app: {
      id: "1",
      privateKey,
      secrets: ["0123456789abcdef"],
      serverUrl: "https://github.com",
      apiUrl: "https://api.github.com",
      cacheDir: folder,
      dataDir: folder,
      // Nothing listens on it.
      redisUrl: "redis://127.0.0.1:1",
    },
  });
  const error: unknown = await started.catch((reason: unknown) => reason);
  expect(error instanceof ProblemError && error.problems.map(({ code }) => code)).toEqual(["QG606"]);
  expect(isClosed).toBe(true);
});
