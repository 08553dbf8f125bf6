import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { OUT_OF_MEMORY_SIGNAL } from "./memory-watch.ts";

/** How a process ends that works without a pause after it asked to be watched. */
function check(bytes: string, work: string): Promise<NodeJS.Signals | number | null> {
  const file = fileURLToPath(new URL("./memory-watch.ts", import.meta.url));
  const script = `
    const { watchMemory } = await import(${JSON.stringify(file)});
    watchMemory(${bytes});
    ${work}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "ignore" });
  return new Promise((resolve) => child.once("exit", (code, signal) => resolve(signal ?? code)));
}

test("ends a process that is over its limit and never pauses", async () => {
  // The watching thread needs a moment to start, which the engine's own start gives it.
  const work = `
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const kept = [];
    for (;;) if (kept.length < 300) kept.push(Buffer.alloc(1e6, 1));`;
  expect(await check("200e6", work)).toBe(OUT_OF_MEMORY_SIGNAL);
});

test("leaves a process alone that keeps its limit, and does not keep it alive", async () => {
  expect(await check("Infinity", "")).toBe(0);
});
