import { z } from "zod";

export const limitsSchema = z
  .strictObject({
    statementSeconds: z
      .number()
      .positive()
      .max(3600)
      .default(30)
      .describe("Longest time one statement may run before the engine is stopped (QG302)."),
    fileMegabytes: z
      .number()
      .positive()
      .max(1024)
      .default(64)
      .describe("Largest file that is read. A larger one is reported (QG214) and left out."),
    resultRows: z
      .int()
      .min(1)
      .max(100_000)
      .default(1000)
      .describe("Most rows that a query returns. What is beyond is cut, and the answer says so."),
    connectSeconds: z
      .number()
      .positive()
      .max(300)
      .default(10)
      .describe("Longest time until a running database has let us in (QG703)."),
    liveSeconds: z
      .number()
      .positive()
      .max(3600)
      .default(60)
      .describe("Longest time a running database may take to answer about its catalog (QG706)."),
    resultMegabytes: z.number().positive().max(256).default(8).describe("Largest result that a query returns (QG502)."),
  })
  .describe("Limits that keep a run from standing still.");
