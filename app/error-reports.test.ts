import { createServer } from "node:http";
import { afterEach, expect, test } from "vitest";
import { openErrorReports } from "./error-reports.ts";
import { silentLog } from "./log.ts";

let stop: (() => Promise<unknown>) | undefined;
afterEach(() => stop?.());

/** A Sentry that takes envelopes: where it is, and what it got. */
async function sentry(status = 200) {
  const got: { readonly path: string; readonly body: string }[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    got.push({ path: incoming.url ?? "", body: Buffer.concat(chunks).toString() });
    outgoing.writeHead(status, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stop = () => new Promise((resolve) => server.close(resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { dsn: `http://0123456789abcdef0123456789abcdef@127.0.0.1:${port}/42`, got };
}

test("reports an error of the log with our own names, and neither a query nor a value nor the machine", async () => {
  const { dsn, got } = await sentry();
  const lines: string[] = [];
  const reports = await openErrorReports(dsn, { version: "1.2.3" });
  const log = reports.around({
    ...silentLog,
    error: (message) => lines.push(message),
    info: (message) => lines.push(message),
  });
  log.info("Delivery.", { delivery: "d1" });
  log.error("Job given up.", { job: "d1#0", kind: "branch", reason: "select 'ada@example.org' failed for s3cret" });
  await reports.close();
  expect(lines).toEqual(["Delivery.", "Job given up."]);
  expect(got.map(({ path }) => path.split("?")[0])).toEqual(["/api/42/envelope/"]);
  const [, , item = ""] = (got[0]?.body ?? "").split("\n");
  expect(JSON.parse(item)).toMatchObject({
    level: "error",
    message: "Job given up.",
    release: "querygenie@1.2.3",
    tags: { job: "d1#0", kind: "branch" },
  });
  expect(got[0]?.body).not.toMatch(/ada@|s3cret|select|server_name|"request"/);
});

test("goes on when the reports cannot be sent", async () => {
  const { dsn } = await sentry(500);
  await stop?.();
  stop = undefined;
  const reports = await openErrorReports(dsn, { version: "1" });
  const lines: string[] = [];
  reports.around({ ...silentLog, error: (message) => lines.push(message) }).error("A request failed.");
  await reports.close();
  expect(lines).toEqual(["A request failed."]);
});
