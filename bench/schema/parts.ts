/** A kind of table that belongs to a main table: what it is called after it, and what it holds. */
export interface Part {
  readonly suffix: string;
  readonly role: "part" | "lookup" | "junction" | "log";
  /** Columns of its own, written as in `columns.ts`. */
  readonly columns: readonly string[];
  /** What the comment says of it; `%` is the owner's noun. */
  readonly about: string;
  readonly weight: number;
}

const part = (suffix: string, role: Part["role"], weight: number, about: string, columns: readonly string[]): Part => ({
  suffix,
  role,
  weight,
  about,
  columns,
});

export const parts: readonly Part[] = [
  part("line", "part", 9, "Lines of a %", [
    "line_no|integer||{} > 0|Counted from 1",
    "quantity|numeric(12,3)|1|{} > 0|In units",
    "unit_price|shared.money_amount|0||For one unit",
  ]),
  part("note", "part", 7, "What people wrote about a %", [
    "body|text||length({}) > 0|As written",
    "is_pinned|boolean|false||Shown first",
  ]),
  part("attachment", "part", 7, "Files that belong to a %", [
    "file_name|text||length({}) between 1 and 255|As uploaded",
    "media_type|text|'application/octet-stream'||IANA media type",
    "byte_size|bigint|0|{} >= 0|Size of the file",
    "storage_key|text|||Where the bytes are",
  ]),
  part("status_change", "log", 8, "Every state a % has been in", [
    "old_status|text|||State before",
    "new_status|text|||State after",
    "changed_at|timestamptz|now()||Time of the change",
    "reason|text|||Why",
  ]),
  part("event", "log", 6, "What happened to a %, in order", [
    "event_name|text||length({}) > 0|Verb in the past",
    "payload|jsonb|'{}'::jsonb||What the event says",
    "occurred_at|timestamptz|now()||Time it happened",
  ]),
  part("tag", "junction", 6, "Words a % was marked with", [
    "tag|text||length({}) between 1 and 60|Free word",
    "tagged_at|timestamptz|now()||Time it was marked",
  ]),
  part("type", "lookup", 7, "Kinds of %", [
    "code|text|||Short name",
    "label|text|||Shown to people",
    "sort_order|integer|0||Lower comes first",
  ]),
  part("category", "lookup", 4, "Groups into which a % is put", [
    "code|text|||Short name",
    "label|text|||Shown to people",
    "color|text|||For charts",
  ]),
  part("reason", "lookup", 3, "Reasons that may be given for a %", [
    "code|text|||Short name",
    "label|text|||Shown to people",
  ]),
  part("approval", "part", 5, "Who agreed to a %", [
    "decision|text|'pending'|{} in ('pending', 'granted', 'refused')|The answer",
    "decided_at|timestamptz|||Time of the answer",
    "level|smallint|1|{} between 1 and 5|Higher is later",
  ]),
  part("assignment", "junction", 5, "Who takes care of a %", [
    "assigned_at|timestamptz|now()||Time it was given",
    "released_at|timestamptz|||Time it was taken back",
  ]),
  part("version", "part", 4, "Earlier states of a %", [
    "version_no|integer|1|{} > 0|Counted from 1",
    "content|jsonb|'{}'::jsonb||The whole row",
    "valid_from|timestamptz|now()||First second",
  ]),
  part("translation", "part", 5, "Words of a % in other languages", [
    "language_code|text|'en'|length({}) between 2 and 8|Language tag",
    "title|text|||Heading",
    "body|text|||Text",
  ]),
  part("setting", "part", 4, "Choices made for a %", [
    "setting_key|text||length({}) > 0|Name of the choice",
    "setting_value|text|||The choice",
  ]),
  part("metric", "log", 4, "Numbers measured for a %", [
    "measured_at|timestamptz|now()||Time of the measure",
    "value|double precision|0||The number",
  ]),
  part("schedule", "part", 3, "When a % is due", [
    "weekday|smallint||{} between 1 and 7|1 is Monday",
    "starts_at|time|||From",
    "ends_at|time|||To",
  ]),
  part("rule", "part", 4, "Conditions that hold for a %", [
    "condition|jsonb|'{}'::jsonb||Parsed by the rule engine",
    "priority|smallint|3|{} between 1 and 5|1 goes first",
  ]),
  part("contact", "part", 3, "Whom to ask about a %", [
    "contact_name|text|||Full name",
    "email|shared.email_address|||Where letters go",
    "phone|text|||In the international form",
  ]),
  part("address", "part", 3, "Where a % is", [
    "address_line1|text|||Street and number",
    "city|text|||Town",
    "postal_code|text|||As printed on letters",
  ]),
  part("document", "part", 3, "Papers made for a %", [
    "document_no|text|||Number on the paper",
    "issued_on|date|current_date||Day on the paper",
  ]),
  part("template", "part", 3, "Patterns for a new %", [
    "name|text||length({}) > 0|Shown in lists",
    "content|jsonb|'{}'::jsonb||Values filled in",
  ]),
  part("import", "log", 2, "Files from which a % was read", [
    "file_name|text|||As sent",
    "row_count|integer|0|{} >= 0|Rows read",
    "imported_at|timestamptz|now()||Time of reading",
  ]),
  part("snapshot", "log", 2, "State of a % at the end of a day", [
    "taken_on|date|current_date||Day",
    "content|jsonb|'{}'::jsonb||The whole row",
  ]),
  part("detail", "part", 4, "Facts about a % that few need", [
    "detail_text|text|||Free words",
    "weight|double precision|||In kilograms",
  ]),
  part("comment", "part", 3, "Discussion about a %", [
    "body|text||length({}) > 0|As written",
    "edited_at|timestamptz|||Last change by its author",
  ]),
  part("reminder", "part", 2, "When to look at a % again", [
    "remind_at|timestamptz|||Time of the reminder",
    "is_done|boolean|false||Seen",
  ]),
];
