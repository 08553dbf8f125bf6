/** How alike two names are, 0 to 1: the share of letter pairs they have in common (Dice). */
export function nameSimilarity(before: string, after: string): number {
  const left = before.toLowerCase();
  const right = after.toLowerCase();
  if (left === right) return 1;
  return overlap(letterPairs(left), letterPairs(right));
}

/** How alike two sets are, 0 to 1 (Dice), each member counted with its weight. */
export function overlap(
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
  weight: (member: string) => number = () => 1,
): number {
  let shared = 0;
  let total = 0;
  for (const member of before) {
    total += weight(member);
    if (after.has(member)) shared += 2 * weight(member);
  }
  for (const member of after) total += weight(member);
  return total === 0 ? 0 : shared / total;
}

function letterPairs(word: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let at = 0; at < word.length - 1; at += 1) pairs.add(word.slice(at, at + 2));
  return pairs;
}
