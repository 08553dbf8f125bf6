import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { auditLog } from "./audit-log.ts";
import { serverLog, silentLog } from "./log.ts";
import type { AnsweredRequest } from "./query/answered-request.ts";

const connection = {
  name: "production",
  label: "PostgreSQL",
  isDefault: false,
  engine: "postgres",
  dialect: "postgres",
} as const;
const query: AnsweredRequest = {
  route: "query",
  caller: "203.0.113.7",
  identity: { kind: "anonymous" },
  connection,
  text: "select * from people.customers where email = 'ada@example.org' and id = 4711 -- ada",
  status: "ok",
  rows: 1,
  elapsedMs: 12.4,
};
const now = () => new Date("2026-01-02T03:04:05Z");

test("says who asked what and how it went, for its owner alone and without a value", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "querygenie-audit-")), "audit.jsonl");
  const audit = auditLog(file, { log: silentLog, now });
  audit.record(query);
  audit.record({ ...query, route: "ask", text: "What did ada@example.org buy?", status: "failed", code: "QG201" });
  await audit.close();
  const text = readFileSync(file, "utf8");
  expect(text).not.toMatch(/ada|4711/);
  expect(statSync(file).mode & 0o077).toBe(0);
  const lines = text.trim().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    {
      time: "2026-01-02T03:04:05.000Z",
      who: "203.0.113.7",
      route: "query",
      connection: "production",
      what: "select * from people.customers where email = :text and id = :number",
      status: "ok",
      milliseconds: 12,
      rows: 1,
    },
    expect.objectContaining({ what: "a question of 29 characters", status: "failed", code: "QG201" }),
  ]);
});

test("says once that its file cannot be written, and lets the server go on", async () => {
  const lines: string[] = [];
  const log = serverLog({
    level: "info",
    format: "text",
    write: (line) => lines.push(line),
    now,
    clean: (text) => text,
  });
  const audit = auditLog(join(tmpdir(), "no such folder", "audit.jsonl"), { log, now });
  audit.record(query);
  audit.record(query);
  await audit.close();
  expect(lines).toEqual([expect.stringContaining("error: The audit log cannot be written.")]);
});
