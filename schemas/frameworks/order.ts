/** By code units, as `sort` does: what a runner does that orders "by name". */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** By numbers of any length written in digits: `00010` comes after `0002`. */
export function compareNumbers(left: string, right: string): number {
  const a = BigInt(left);
  const b = BigInt(right);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Digits as numbers, the rest as text: `0.9` comes before `0.10`, and `007` equals `7`. */
export function compareNatural(left: string, right: string): number {
  const a = left.match(/\d+|\D+/g) ?? [];
  const b = right.match(/\d+|\D+/g) ?? [];
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const order = compareParts(a[index] ?? "", b[index] ?? "");
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareParts(left: string, right: string): number {
  const numeric = /^\d/.test(left) && /^\d/.test(right);
  return numeric ? compareNumbers(left, right) : compareText(left, right);
}
