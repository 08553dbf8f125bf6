import { expect, test } from "vitest";
import { serverLog, type LogOptions } from "./log.ts";

function written(options: Partial<LogOptions>, log: (to: ReturnType<typeof serverLog>) => void): readonly string[] {
  const lines: string[] = [];
  log(
    serverLog({
      level: "info",
      format: "json",
      write: (line) => lines.push(line),
      now: () => new Date("2026-01-02T03:04:05Z"),
      clean: (text) => text.replaceAll("s3cret", "***"),
      ...options,
    }),
  );
  return lines;
}

test("writes a JSON line an event, without secrets and without what is not there", () => {
  const lines = written({}, (log) =>
    log.warn("A delivery failed.", { reason: "s3cret\nrefused", attempt: 2, code: undefined }),
  );
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    {
      time: "2026-01-02T03:04:05.000Z",
      level: "warn",
      message: "A delivery failed.",
      reason: "***\nrefused",
      attempt: 2,
    },
  ]);
  expect(lines.join()).not.toContain("\n");
});

test("writes plain lines that no text can break", () => {
  const lines = written({ format: "text" }, (log) => {
    log.info("Ready.", { port: 4400 });
    log.error("Failed:\u001b[2K s3cret", { reason: "a\nb" });
  });
  expect(lines).toEqual(["Ready. port=4400", 'error: Failed: [2K *** reason="a\\nb"']);
});

test("leaves out what is less important than asked for", () => {
  const levels = (level: LogOptions["level"]) =>
    written({ level, format: "text" }, (log) => {
      log.error("e");
      log.warn("w");
      log.info("i");
      log.debug("d");
    });
  expect(levels("warn")).toEqual(["error: e", "warn: w"]);
  expect(levels("debug")).toHaveLength(4);
});
