import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { browserEngine } from "./browser-runner.ts";
import type { WorkerReply, WorkerRequest } from "./protocol.ts";

const ENDLESS = "select count(*) from generate_series(1, 4000000000)";
const rows = { columns: [{ name: "one" }], rows: [[1]], rowCount: 1, truncated: false };

/** A worker that starts at once and answers every query but the endless one. */
class FakeWorker {
  static readonly all: FakeWorker[] = [];
  isEnded = false;
  readonly #listeners: ((event: { readonly data: WorkerReply }) => void)[] = [];
  constructor() {
    FakeWorker.all.push(this);
  }
  addEventListener(kind: string, listener: (event: { readonly data: WorkerReply }) => void): void {
    if (kind === "message") this.#listeners.push(listener);
  }
  postMessage(request: WorkerRequest): void {
    if (request.kind === "run" && request.sql === ENDLESS) return;
    const data: WorkerReply = request.kind === "start" ? { kind: "ready" } : { kind: "rows", rows, elapsedMs: 1 };
    queueMicrotask(() => this.#listeners.forEach((listener) => listener({ data })));
  }
  terminate(): void {
    this.isEnded = true;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("Worker", FakeWorker);
  vi.stubGlobal("location", { href: "https://docs.example.org/" });
  FakeWorker.all.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const engine = () =>
  browserEngine({ folder: "engine/", state: "engine/state.tar.gz", bytes: 1, extensions: [] }, () => undefined);
const ended = (): boolean[] => FakeWorker.all.map(({ isEnded }) => isEnded);

it("has a spare engine ready when a query that runs long is stopped", async () => {
  const runner = engine();
  await runner.start();
  const stop = new AbortController();
  const slow = runner.run({ sql: ENDLESS, signal: stop.signal });
  await vi.advanceTimersByTimeAsync(1500);
  expect(ended()).toEqual([false, false]);
  stop.abort();
  expect(await slow).toMatchObject({ kind: "refusal", title: "Stopped" });
  expect(await runner.run({ sql: "select 1" })).toMatchObject({ kind: "rows" });
  expect(ended()).toEqual([true, false]);
});

it("starts no second engine beside queries that are quick", async () => {
  const runner = engine();
  for (const sql of ["select 1", "select 2"]) expect(await runner.run({ sql })).toMatchObject({ kind: "rows" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ended()).toEqual([false]);
});

it("starts a fresh engine for a reset and for a query that is stopped early", async () => {
  const runner = engine();
  await runner.start();
  await runner.reset();
  expect(ended()).toEqual([true, false]);
  const stop = new AbortController();
  const slow = runner.run({ sql: ENDLESS, signal: stop.signal });
  await vi.advanceTimersByTimeAsync(100);
  stop.abort();
  await slow;
  expect(await runner.run({ sql: "select 1" })).toMatchObject({ kind: "rows" });
  expect(ended()).toEqual([true, true, false]);
});
