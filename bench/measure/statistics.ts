/** Middle value; the mean of the two middle ones of an even number. Not a number when there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

/** Ours divided by the peer's, run by run. */
export const ratios = (ours: readonly number[], peer: readonly number[]): number[] =>
  ours.flatMap((value, index) => {
    const other = peer[index];
    return other === undefined || other === 0 ? [] : [value / other];
  });
