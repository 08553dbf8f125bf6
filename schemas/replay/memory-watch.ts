import { Worker } from "node:worker_threads";

/** The signal by which a process ends itself when it needs more memory than it may have. */
export const OUT_OF_MEMORY_SIGNAL = "SIGUSR2";

/**
 * Ends this process when its memory grows past `bytes`, or when the process that started it is gone. A thread of its
 * own watches: the engine is not interrupted by timers while it works.
 */
export function watchMemory(bytes: number): void {
  const worker = new Worker(WATCH, {
    eval: true,
    workerData: { bytes, signal: OUT_OF_MEMORY_SIGNAL, parent: process.ppid },
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
  });
  worker.unref();
}

const WATCH = `
const { workerData: { bytes, signal, parent } } = process.getBuiltinModule("node:worker_threads");
setInterval(() => {
  if (process.memoryUsage.rss() > bytes) process.kill(process.pid, signal);
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, 25);
`;
