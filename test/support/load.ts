import { setTimeout as sleep } from "node:timers/promises";

/** One request of a load: its status, 0 when nobody answered, how long it took, and what the server says of its engine and its queue. */
export interface Answered {
  readonly status: number;
  readonly milliseconds: number;
  /** Milliseconds that the answer itself names; null when it names none. */
  readonly inEngine: number | null;
  /** Milliseconds that it waited for the engine, as the answer's `Server-Timing` has it; 0 when it says nothing. */
  readonly inQueue: number;
}

/** Asks a server's query function. */
export async function askServer(url: string, sql: string): Promise<Answered> {
  const begin = performance.now();
  try {
    const answer = await fetch(`${url}api/query`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ sql }),
    });
    const { elapsedMs }: { readonly elapsedMs?: unknown } = Object(await answer.json());
    const inEngine = typeof elapsedMs === "number" ? elapsedMs : null;
    const [, queue = "0"] = /queue;dur=([\d.]+)/.exec(answer.headers.get("server-timing") ?? "") ?? [];
    const milliseconds = performance.now() - begin;
    return { status: answer.status, milliseconds, inEngine, inQueue: Number(queue) };
  } catch {
    return { status: 0, milliseconds: performance.now() - begin, inEngine: null, inQueue: 0 };
  }
}

/** Sends so many requests a second whether or not the earlier ones are answered, as people do. */
export async function openLoop(
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
  send: () => Promise<Answered>,
): Promise<readonly Answered[]> {
  const begin = performance.now();
  const sent: Promise<Answered>[] = [];
  for (let index = 0; index < rate * seconds; index++) {
    await sleep(Math.max(0, begin + (index * 1000) / rate - performance.now()));
    sent.push(send());
  }
  return await Promise.all(sent);
}

/** Sends all at once. */
export const crowd = (size: number, send: () => Promise<Answered>): Promise<readonly Answered[]> =>
  Promise.all(Array.from({ length: size }, send));

/** How often each status came, in the order of their numbers. */
export function statusesOf(answers: readonly Answered[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
