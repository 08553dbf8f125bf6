import type { ObjectId } from "#schemas/object-id.ts";
import { cleanText } from "../clean-text.ts";
import { checkText } from "./check-text.ts";
import { columnId, type DescriptionItem } from "./describe-texts.ts";
import type { NameBook } from "./name-book.ts";
import type { Subject } from "./subjects.ts";

export interface Accepted {
  readonly subject: Subject;
  readonly texts: Readonly<Record<ObjectId, string>>;
  readonly aliases: readonly string[];
  readonly questions: readonly string[];
}

export interface Judged {
  readonly accepted: readonly Accepted[];
  /** Subjects to be asked for again. */
  readonly open: readonly Subject[];
  readonly refused: readonly DescriptionItem[];
  /** What is wrong with them, for the model. */
  readonly because: string;
}

/**
 * Judges each item by itself. In the last round what is wrong is left out, so that those words are offline, and the
 * rest of the item counts.
 */
export function acceptItems(
  items: readonly DescriptionItem[],
  subjects: readonly Subject[],
  { names, isLast }: { readonly names: NameBook; readonly isLast: boolean },
): Judged {
  const accepted: Accepted[] = [];
  const open: Subject[] = [];
  const refused: DescriptionItem[] = [];
  const wrongs: string[] = [];
  for (const subject of subjects) {
    const item = items.find(({ id }) => id === subject.id);
    const { texts, wrong } = item
      ? textsOf(item, subject, names)
      : { texts: {}, wrong: [`there is no item for ${subject.id}`] };
    const isGood = wrong.length === 0;
    if (item && (isGood || (isLast && Object.keys(texts).length > 0))) {
      accepted.push({ subject, texts, aliases: words(item.aliases, 4), questions: words(item.questions, 3) });
      continue;
    }
    open.push(subject);
    if (item) refused.push(item);
    wrongs.push(...wrong);
  }
  return { accepted, open, refused, because: wrongs.slice(0, 40).join("; ") };
}

function textsOf(item: DescriptionItem, subject: Subject, names: NameBook) {
  const texts: Record<ObjectId, string> = {};
  const wrong: string[] = [];
  const judge = (id: ObjectId, given: string): void => {
    const checked = checkText(given, subject.owner ?? subject.id, names);
    if ("text" in checked) texts[id] = checked.text;
    else wrong.push(`${id}: ${checked.wrong}`);
  };
  if (subject.wanted.includes(subject.id)) judge(subject.id, item.text);
  const missing = new Set(subject.wanted.filter((id) => id !== subject.id));
  for (const { name, text } of item.columns) {
    const id = columnId(subject, name);
    // A column that has words of a person, or none at all, is passed over: nobody will read it.
    if (id === undefined || !missing.delete(id)) continue;
    judge(id, text);
  }
  for (const id of missing) wrong.push(`${id}: there is no text`);
  return { texts, wrong };
}

/** Aliases and questions are words for a search, not for a page: whatever is no plain text is dropped. */
function words(given: readonly string[], most: number): readonly string[] {
  const clean = given
    .map((one) => cleanText(one, 120))
    .filter((one) => /^[\p{L}\p{N}][\p{L}\p{N}\s,'’?.&()-]*$/u.test(one));
  return [...new Set(clean)].slice(0, most);
}
