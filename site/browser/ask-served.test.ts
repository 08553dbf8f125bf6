import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { askServed, servedModels } from "./ask-served.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const answer = {
  kind: "model",
  sql: "select 1",
  reading: "All.",
  model: "small",
  tables: [],
  valid: true,
  unexplained: [],
  notes: [],
};
const line = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;

/** A query function that writes these pieces, each for itself, and then ends or breaks off. */
async function serve(
  status: number,
  pieces: readonly string[],
  ends: "end" | "break" | "wait" = "end",
): Promise<string> {
  server = createServer((_, response) => {
    response.writeHead(status, { "content-type": status === 200 ? "text/event-stream" : "application/problem+json" });
    for (const piece of pieces) response.write(piece);
    if (ends === "end") response.end();
    if (ends === "break") setTimeout(() => response.destroy(), 20);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  // The parsed boundary: a server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

async function ask(url: string, signal: AbortSignal = new AbortController().signal) {
  const heard: string[] = [];
  const told = await askServed("How many?", {
    url,
    model: "openai/small",
    signal,
    onEvent: (event) => heard.push(event.kind === "text" ? event.delta : event.kind),
  });
  return { heard, told };
}

test("hears the text and gives the answer", async () => {
  const url = await serve(200, [
    ": still at work\n\n",
    line({ kind: "text", delta: "a" }),
    line({ kind: "restart", provider: "openai", model: "small" }),
    line({ kind: "answer", answer: { ...answer, timestamp: "" } }),
  ]);
  expect(await ask(url)).toMatchObject({ heard: ["a", "restart"], told: answer });
});

test.each([
  ["that ends without an answer", 200, [line({ kind: "text", delta: "a" })], "end", "ended before its answer"],
  ["that breaks off", 200, [line({ kind: "text", delta: "a" })], "break", "broke off"],
  ["with an event that is no JSON", 200, ["data: {oops\n\n"], "end", "no JSON"],
  ["with an event that nobody knows", 200, [line({ kind: "wink" })], "end", "does not know"],
  ["that ends with a problem", 200, [line({ kind: "problem", problem: { title: "T", detail: "why" } })], "end", "why"],
  ["that is refused", 429, [JSON.stringify({ title: "Busy", detail: "Ask again." })], "end", "Ask again."],
  ["of something else", 502, ["<html>"], "end", "HTTP 502"],
] as const)("gives no answer of a stream %s", async (_, status, pieces, ends, detail) => {
  const { told } = await ask(await serve(status, pieces, ends));
  expect(told).toMatchObject({ kind: "refusal", detail: expect.stringContaining(detail) });
});

test("stops", async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  const { told } = await ask(await serve(200, [line({ kind: "text", delta: "a" })], "wait"), stop.signal);
  expect(told).toMatchObject({ kind: "refusal", title: "Stopped" });
});

test("lists the server's models, and none of a host that is no query function", async () => {
  const models = [{ id: "openai/small", provider: "openai", model: "small", isDefault: true }];
  expect(await servedModels({ url: await serve(200, [JSON.stringify(models)]) })).toEqual(models);
  expect(await servedModels({ url: await serve(200, ["<html>"]) })).toEqual([]);
});
