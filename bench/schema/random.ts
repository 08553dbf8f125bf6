/** Draws that depend on the seed alone: the same calls in the same order give the same values everywhere. */
export interface Random {
  /** At least `min`, at most `max`. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** One of `items`, in proportion to their weights. */
  weighted<T>(items: readonly T[], weight: (item: T) => number): T;
  /** Up to `count` different items, in drawn order. */
  sample<T>(items: readonly T[], count: number): T[];
  /** A stream of its own, so that what is drawn for one thing does not move with what another thing draws. */
  fork(label: string): Random;
}

export function createRandom(seed: number | string): Random {
  let state = hash(String(seed));
  // Mulberry32: 32 bits of state are plenty for a few hundred thousand draws.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const pick = <T>(items: readonly T[]): T => {
    const item = items[int(0, items.length - 1)];
    if (item === undefined) throw new RangeError("There is nothing to draw from.");
    return item;
  };
  return {
    int,
    pick,
    chance: (probability) => next() < probability,
    weighted(items, weight) {
      let total = 0;
      for (const item of items) total += weight(item);
      let rest = next() * total;
      for (const item of items) {
        rest -= weight(item);
        if (rest < 0) return item;
      }
      return pick(items);
    },
    sample(items, count) {
      const left = [...items];
      const drawn: (typeof left)[number][] = [];
      while (drawn.length < count && left.length > 0) drawn.push(...left.splice(int(0, left.length - 1), 1));
      return drawn;
    },
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value | 0;
}
