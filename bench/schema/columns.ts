import type { PlannedColumn } from "./plan.ts";

/** A column that may be given to a table. In `check`, `{}` stands for its name. */
export interface ColumnWord {
  readonly name: string;
  readonly type: string;
  readonly default: string;
  readonly check: string;
  readonly comment: string;
}

/** Reads `name|type|default|check|comment`. */
export function columnWord(line: string): ColumnWord {
  const [name = "", type = "", fallback = "", check = "", comment = ""] = line.trim().split("|");
  return { name, type, default: fallback, check, comment };
}

const list = (text: string): readonly ColumnWord[] => text.trim().split("\n").map(columnWord);

/** Columns that occur in every department. */
export const commonColumns: readonly ColumnWord[] = list(`
  name|text||length({}) > 0|Shown in lists
  title|text|||Shown as the heading
  description|text|||In the words of whoever made it
  code|text||length({}) between 2 and 40|Short name used in files
  reference|text|||Number in other systems
  external_id|text|||Key in the system it came from
  slug|text||{} ~ '^[a-z0-9-]+$'|Part of the address of its page
  notes|text|||For people of the company only
  sort_order|integer|0||Lower comes first
  is_active|boolean|true||May be chosen for new things
  is_default|boolean|false||Chosen when nothing else is
  is_archived|boolean|false||Hidden from lists
  is_locked|boolean|false||Cannot be changed any more
  metadata|jsonb|'{}'::jsonb||Whatever integrations keep here
  settings|jsonb|'{}'::jsonb||Choices made by people
  labels|text[]|'{}'||Free words
  color|text||{} ~ '^#[0-9a-f]{6}$'|For charts
  quantity|numeric(12,3)|1|{} > 0|In units
  total_amount|shared.money_amount|0||Sum of the parts
  currency_code|shared.currency_code|'EUR'||ISO 4217
  country_code|shared.country_code|||ISO 3166
  language_code|text|'en'|length({}) between 2 and 8|Language tag
  starts_on|date|||First day
  ends_on|date|||Last day
  valid_from|timestamptz|now()||First second
  valid_until|timestamptz|||Last second
  approved_at|timestamptz|||When somebody agreed
  archived_at|timestamptz|||When it was put away
  deleted_at|timestamptz|||When it was removed; kept for the books
  synced_at|timestamptz|||Last exchange with other systems
  version|integer|1|{} > 0|Grows with each change
  revision|integer|0|{} >= 0|Counted by the editor
  checksum|text|||Of the content
  url|text||{} like 'http%'|Where to read more
  contact_email|shared.email_address|||Whom to ask
  contact_phone|text|||In the international form
  address_line1|text|||Street and number
  city|text|||Town
  postal_code|text|||As printed on letters
  percentage|shared.percentage|||Share
  score|numeric(6,3)|||Computed
  priority|smallint|3|{} between 1 and 5|1 goes first
  retry_count|integer|0|{} >= 0|Tries so far
  rate|numeric(10,4)||{} >= 0|For one unit
  weight|double precision|||In kilograms
  comment|text|||Free words
  summary|text||length({}) <= 500|A few lines
  origin|text|'manual'|{} in ('manual', 'import', 'api')|How it was made
`);

/** Spans of time whose order is checked when a table has both ends. */
export const spans: readonly (readonly [start: string, end: string])[] = [
  ["starts_on", "ends_on"],
  ["valid_from", "valid_until"],
  ["starts_at", "ends_at"],
  ["started_at", "finished_at"],
  ["period_start", "period_end"],
  ["effective_from", "effective_to"],
  ["hired_on", "left_on"],
  ["shipped_at", "delivered_at"],
];

/** Sums that are computed by the database when a table has all their parts. */
export const sums: readonly {
  readonly name: string;
  readonly parts: readonly string[];
  readonly expression: string;
}[] = [
  { name: "grand_total", parts: ["subtotal", "tax_amount"], expression: "subtotal + tax_amount" },
  { name: "invoice_total", parts: ["net_amount", "vat_amount"], expression: "net_amount + vat_amount" },
  { name: "free_quantity", parts: ["on_hand", "reserved"], expression: "on_hand - reserved" },
  { name: "full_name", parts: ["first_name", "last_name"], expression: "(first_name || ' '::text) || last_name" },
  { name: "good_qty", parts: ["produced_qty", "scrap_qty"], expression: "produced_qty - scrap_qty" },
  { name: "search_title", parts: ["title"], expression: "lower(title)" },
];

export function plannedColumn(
  word: ColumnWord,
  facts: { readonly isRequired: boolean; readonly isTold: boolean },
): PlannedColumn {
  return {
    name: word.name,
    type: word.type,
    isRequired: facts.isRequired,
    ...(word.default === "" ? {} : { default: word.default }),
    ...(facts.isTold && word.comment !== "" ? { comment: word.comment } : {}),
  };
}
