/**
 * The first interrupt stops the asking of models, and what is there is written; the next one ends the process as it
 * would without this. `clear` forgets the interrupt.
 */
export function stopOnInterrupt(say: (line: string) => void): {
  readonly signal: AbortSignal;
  readonly clear: () => void;
} {
  const controller = new AbortController();
  const stop = (): void => {
    say("Stopping: what is ready is written, the rest stays offline. Interrupt again to end at once.");
    controller.abort();
  };
  process.once("SIGINT", stop);
  return { signal: controller.signal, clear: () => void process.off("SIGINT", stop) };
}
