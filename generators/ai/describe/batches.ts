import { describePrompt, taskOf, type Wording } from "./describe-texts.ts";
import type { Subject } from "./subjects.ts";

/** Objects a call describes at most: a longer answer is cut more often than it is right. */
const MOST = 12;
/** Characters of a prompt, about 6,000 tokens. */
const MOST_CHARACTERS = 21_000;

/** Subjects packed into calls, in their order, tables apart from the rest. */
export function batches(subjects: readonly Subject[], wording: Wording): readonly (readonly Subject[])[] {
  const packed: Subject[][] = [];
  let size = 0;
  for (const subject of subjects) {
    const own = describePrompt([subject], wording)?.input.length ?? 0;
    const last = packed.at(-1);
    const [first] = last ?? [];
    const fits =
      last && first && last.length < MOST && size + own <= MOST_CHARACTERS && taskOf(first) === taskOf(subject);
    if (fits) last.push(subject);
    else packed.push([subject]);
    size = fits ? size + own : own;
  }
  return packed;
}
