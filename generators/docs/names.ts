/**
 * Names as a reader says them. Only abbreviations with one meaning are spelled out; anything else stays as it is
 * written, for a wrong word is worse than a short one.
 */

// Maps, because a column may be called `constructor`.
const ABBREVIATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    acct: "account",
    addr: "address",
    amt: "amount",
    attr: "attribute",
    avg: "average",
    bal: "balance",
    cfg: "configuration",
    cnt: "count",
    conf: "configuration",
    cust: "customer",
    dept: "department",
    descr: "description",
    dob: "date of birth",
    emp: "employee",
    freq: "frequency",
    img: "image",
    inv: "invoice",
    lang: "language",
    lat: "latitude",
    lng: "longitude",
    lon: "longitude",
    max: "maximum",
    mfr: "manufacturer",
    min: "minimum",
    msg: "message",
    nbr: "number",
    num: "number",
    org: "organisation",
    pct: "percentage",
    pwd: "password",
    qty: "quantity",
    ref: "reference",
    seq: "sequence",
    tel: "telephone number",
    tmp: "temporary",
    usr: "user",
    yr: "year",
  }),
);

const ACRONYMS = new Set(
  "ai api ascii bic cpu csv css db dns ean eu eur fk gbp gdpr gpu gtin guid html http https iban ip isbn iso json jwt kpi mcp mfa mime os pdf pk ram sku sla smtp sms sql ssh ssn ssl sso tls ui uk uri url usd utc uuid vat xml yaml zip".split(
    " ",
  ),
);

/** Names that are written in their own way. */
const SPELLED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    github: "GitHub",
    gitlab: "GitLab",
    oauth: "OAuth",
    oauth2: "OAuth2",
  }),
);

const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    addresses: "address",
    ads: "ad",
    children: "child",
    criteria: "criterion",
    data: "data",
    indices: "index",
    ins: "in",
    media: "media",
    men: "man",
    movies: "movie",
    news: "news",
    ons: "on",
    people: "person",
    series: "series",
    species: "species",
    ups: "up",
    women: "woman",
  }),
);

/** Words in -ics that are counted; others, such as statistics, are as many as one. */
const COUNTED_ICS = /(?:clin|com|crit|ep|fabr|mechan|med|metr|rel|rubr|top)ics$/;
const UNCOUNTED_ICS = /[^aeiou]ics$/;

/** The words of an identifier, lower case, abbreviations spelled out, acronyms in capitals. */
export function wordsOf(identifier: string): readonly string[] {
  return splitIdentifier(identifier).map((word, at) => {
    const lower = word.toLowerCase();
    if (lower === "no" && at > 0) return "number";
    if (lower === "id") return "ID";
    if (lower === "ids") return "IDs";
    if (ACRONYMS.has(lower)) return lower.toUpperCase();
    return ABBREVIATIONS.get(lower) ?? SPELLED.get(lower) ?? lower;
  });
}

/** An identifier as a phrase: `qtyOnHand` is `quantity on hand`. */
export function phraseOf(identifier: string): string {
  return wordsOf(identifier).join(" ") || identifier;
}

/** The phrase for one thing out of a table's name: `order_items` is `order item`. */
export function singularPhrase(identifier: string): string {
  const words = [...wordsOf(identifier)];
  const last = words.pop();
  return last === undefined ? identifier : [...words, singular(last)].join(" ");
}

/** The phrase for many things: `order_item` is `order items`. */
export function pluralPhrase(identifier: string): string {
  const words = [...wordsOf(identifier)];
  const last = words.pop();
  return last === undefined ? identifier : [...words, plural(singular(last))].join(" ");
}

/** `a` or `an`, with the phrase. */
export function withArticle(phrase: string): string {
  const sounded = /^(?:[aeio]|u(?!ni|se|sa|ti|til|r[ao])|hour|honest|[AEFHILMNORSX][A-Z]*\b)/.test(phrase);
  return `${sounded ? "an" : "a"} ${phrase}`;
}

/** The phrase with a capital first letter. */
export function capitalised(phrase: string): string {
  const [first = "", ...rest] = phrase;
  return first.toUpperCase() + rest.join("");
}

/** `a`, `a and b`, `a, b and c`; beyond `limit` items, `a, b and 7 more`. */
export function listed(items: readonly string[], limit = 8): string {
  const shown = items.length > limit ? [...items.slice(0, limit - 1), `${items.length - limit + 1} more`] : items;
  const last = shown.at(-1) ?? "";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}

/** `1 table`, `2 tables`, with a comma between thousands. */
export function counted(count: number, noun: string, nouns: string = plural(noun)): string {
  return `${grouped(count)} ${count === 1 ? noun : nouns}`;
}

/** The same on every machine: `1,234,567`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function splitIdentifier(identifier: string): readonly string[] {
  return identifier
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "");
}

function singular(word: string): string {
  const known = IRREGULAR.get(word);
  if (known !== undefined) return known;
  if (!/[a-z]$/.test(word)) return word;
  if (COUNTED_ICS.test(word)) return word.slice(0, -1);
  if (/(?:ss|us|is)$/.test(word) || UNCOUNTED_ICS.test(word) || word.length < 4) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|zz|[^aeiou]us)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") ? word.slice(0, -1) : word;
}

function plural(word: string): string {
  for (const [many, one] of IRREGULAR) if (one === word) return many;
  if (!/[a-zA-Z]$/.test(word) || UNCOUNTED_ICS.test(word)) return word;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(?:s|sh|ch|x|z)$/.test(word)) return `${word}es`;
  return `${word}s`;
}
