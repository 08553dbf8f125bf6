/**
 * The words that a table's name may be the plural of, the likeliest first. Active Record's own inflections are Ruby;
 * whoever asks knows which of the words there is a column for.
 */
export function singular(plural: string): readonly string[] {
  const irregular = IRREGULAR.find(([, many]) => plural === many || plural.endsWith(`_${many}`));
  const found = irregular ? [plural.slice(0, -irregular[1].length) + irregular[0]] : [];
  for (const [end, instead] of ENDINGS) {
    if (plural.endsWith(end)) found.push(plural.slice(0, -end.length) + instead);
  }
  return found.length > 0 ? found : [plural];
}

const IRREGULAR: readonly (readonly [string, string])[] = [
  ["person", "people"],
  ["man", "men"],
  ["woman", "women"],
  ["child", "children"],
  ["medium", "media"],
  ["datum", "data"],
  ["criterion", "criteria"],
  ["mouse", "mice"],
  ["index", "indices"],
  ["vertex", "vertices"],
  ["matrix", "matrices"],
  ["analysis", "analyses"],
  ["quiz", "quizzes"],
];

const ENDINGS: readonly (readonly [string, string])[] = [
  ["ies", "y"],
  ["ies", "ie"],
  ["ves", "fe"],
  ["ves", "f"],
  ["sses", "ss"],
  ["xes", "x"],
  ["ches", "ch"],
  ["shes", "sh"],
  ["uses", "us"],
  ["ses", "s"],
  ["s", ""],
];
