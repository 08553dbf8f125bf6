/** Upright lines between two lanes stand on tracks this far apart, so many in a gutter. */
export const TRACK = 7;
export const TRACKS = 9;

/** A stretch of an upright line: the gutter right of a lane, its track there, and the heights between which it runs. */
export interface Stretch {
  readonly gutter: number;
  readonly track: number;
  readonly ends: readonly [number, number];
}

/** Which tracks are taken where. Lines from one table may run on each other; those from others would be read as one. */
export interface Tracks {
  /** The first track from the wished one on where all stretches of a line are free, else the wished one; taken by it. */
  take(owner: string, wished: number, stretches: (track: number) => readonly Stretch[]): number;
}

export function makeTracks(): Tracks {
  const taken = new Map<string, { readonly owner: string; readonly low: number; readonly high: number }[]>();
  const key = ({ gutter, track }: Stretch): string => `${gutter} ${track}`;
  const isFree = (owner: string, stretch: Stretch): boolean => {
    const [low, high] = [Math.min(...stretch.ends), Math.max(...stretch.ends)];
    return !(taken.get(key(stretch)) ?? []).some((one) => one.owner !== owner && one.low <= high && low <= one.high);
  };
  return {
    take(owner, wished, stretches) {
      const inTurn = Array.from({ length: TRACKS }, (_, step) => (wished + step) % TRACKS);
      const track = inTurn.find((one) => stretches(one).every((stretch) => isFree(owner, stretch))) ?? wished % TRACKS;
      for (const stretch of stretches(track)) {
        const known = taken.get(key(stretch)) ?? [];
        known.push({ owner, low: Math.min(...stretch.ends), high: Math.max(...stretch.ends) });
        taken.set(key(stretch), known);
      }
      return track;
    },
  };
}
