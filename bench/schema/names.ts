const IRREGULAR: Readonly<Record<string, string>> = {
  address_book: "address_books",
  bill_of_material: "bills_of_material",
  fee: "fees",
  power_of_attorney: "powers_of_attorney",
  unit_of_measure: "units_of_measure",
};

/** English plural of a snake_case noun. */
export function plural(noun: string): string {
  const known = IRREGULAR[noun];
  if (known !== undefined) return known;
  if (/(?:s|x|ch|sh)$/.test(noun)) return `${noun}es`;
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return `${noun}s`;
}

const SHORT: Readonly<Record<string, string>> = {
  account: "acct",
  address: "addr",
  amount: "amt",
  approval: "appr",
  assignment: "asgn",
  attachment: "attm",
  category: "cat",
  change: "chg",
  code: "cd",
  comment: "cmt",
  condition: "cond",
  contact: "cntc",
  customer: "cust",
  description: "descr",
  detail: "dtl",
  document: "doc",
  general: "gen",
  header: "hdr",
  ledger: "ldgr",
  master: "mst",
  measure: "meas",
  metric: "mtrc",
  movement: "mvmt",
  number: "no",
  price: "prc",
  quantity: "qty",
  reason: "rsn",
  reminder: "rmdr",
  schedule: "sched",
  setting: "setg",
  snapshot: "snap",
  status: "stat",
  template: "tmpl",
  translation: "trnsl",
  vendor: "vend",
  version: "vers",
};

/** The name an old system would have given: parts shortened one by one. */
export const abbreviate = (name: string): string =>
  name
    .split("_")
    .map((word) => SHORT[word] ?? word)
    .join("_");

/** Longest name PostgreSQL keeps, in bytes. */
const MOST_BYTES = 63;

/** Joins the parts of a constraint's or an index's name; what is too long loses its middle, as PostgreSQL's own names do. */
export function objectName(table: string, columns: readonly string[], suffix: string): string {
  const room = MOST_BYTES - suffix.length - 2;
  const middle = columns.join("_");
  const head = table.slice(0, Math.max(room - middle.length, Math.ceil(room / 2)));
  return [head, middle.slice(0, room - head.length), suffix].filter((part) => part !== "").join("_");
}

/** Words of the grammar that need quotes as names; only those that the vocabulary here can produce. */
const RESERVED = new Set([
  "end",
  "group",
  "order",
  "references",
  "table",
  "user",
  "check",
  "default",
  "grant",
  "limit",
  "offset",
]);

/** A name as SQL wants it. */
export const quote = (name: string): string =>
  RESERVED.has(name) || !/^[a-z_][a-z0-9_]*$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const qualified = ({ schema, name }: { readonly schema: string; readonly name: string }): string =>
  `${quote(schema)}.${quote(name)}`;

/** A snake_case name in words. */
export const inWords = (name: string): string => name.replaceAll("_", " ");
