import { lines, words, type Module } from "./module.ts";

/** Departments that face customers and suppliers. */
export const tradeModules: readonly Module[] = [
  {
    schema: "identity",
    comment: "Who may sign in, and what they may do",
    key: "uuid",
    nouns: words(
      "user role permission session api_key device login_attempt invitation identity_provider password_reset recovery_code consent",
    ),
    states: words("invited active locked suspended deactivated"),
    columns: lines(`display_name|text||length({}) > 0|Name shown to other people
      locale|text|'en'||Language tag, such as en-GB
      time_zone|text|'UTC'||Name from the IANA database
      last_seen_at|timestamptz|||Time of the last request
      failed_count|integer|0|{} >= 0|Failures since the last success
      ip_address|inet|||Address the request came from
      user_agent|text|||As the browser sent it
      secret_hash|bytea|||Never the secret itself`),
  },
  {
    schema: "org",
    comment: "Companies, their parts and the places they work from",
    key: "identity",
    nouns: words(
      "company branch department team region territory cost_center office currency country legal_entity holiday",
    ),
    states: words("planned open merged closed"),
    columns: lines(`legal_name|text||length({}) between 1 and 200|Name in the commercial register
      tax_number|text|||Without spaces
      founded_on|date|||First day of business
      headcount|integer|0|{} >= 0|People who work here now
      latitude|numeric(9,6)||{} between -90 and 90|Degrees north
      longitude|numeric(9,6)||{} between -180 and 180|Degrees east
      iso_code|text||length({}) between 2 and 3|ISO 3166 or ISO 4217`),
  },
  {
    schema: "crm",
    comment: "Customers and how they are won and kept",
    key: "identity",
    nouns: words(
      "customer contact lead opportunity account_plan segment interaction referral competitor survey loyalty_card household",
    ),
    states: words("new contacted qualified won lost"),
    columns: lines(`probability|shared.percentage|0||Chance of winning, in percent
      expected_amount|shared.money_amount|0||What the deal would bring
      source|text|'web'|{} in ('web', 'phone', 'fair', 'referral', 'partner')|Where it came from
      email|shared.email_address|||Where letters go
      phone|text|||In the international form
      birthday|date||{} > '1900-01-01'|Only when told
      newsletter|boolean|false||Agreed to get the newsletter
      rating|smallint||{} between 1 and 5|Stars given by sales`),
  },
  {
    schema: "catalogue",
    comment: "What is sold, and how it is described",
    key: "identity",
    nouns: words(
      "product category brand variant attribute price_list collection bundle image_set size_chart warranty_plan supplier_offer",
    ),
    states: words("draft in_review published retired"),
    columns: lines(`sku|text||{} ~ '^[A-Z0-9-]{4,20}$'|Stock keeping unit
      ean|text||length({}) = 13|Number under the bar code
      list_price|shared.money_amount|0||Before any rebate
      weight_grams|integer||{} > 0|With packaging
      width_mm|integer||{} > 0|Outer measure
      height_mm|integer||{} > 0|Outer measure
      is_returnable|boolean|true||May be sent back within the legal time
      search_text|tsvector|||Filled by the search job
      released_on|date|||First day it can be ordered`),
  },
  {
    schema: "inventory",
    comment: "What lies where",
    key: "identity",
    nouns: words(
      "warehouse bin stock_item lot stock_count transfer reservation adjustment pallet pick_list reorder_rule container",
    ),
    states: words("available reserved damaged counted shipped"),
    columns: lines(`on_hand|numeric(14,3)|0|{} >= 0|Counted quantity
      reserved|numeric(14,3)|0|{} >= 0|Promised to orders
      reorder_point|integer|10|{} >= 0|Quantity at which more is ordered
      aisle|text|||Letter of the aisle
      shelf_no|smallint|||Counted from the floor
      expires_on|date|||Last day it may be sold
      batch_no|text|||As printed by the maker
      counted_at|timestamptz|||Last count`),
  },
  {
    schema: "purchasing",
    comment: "What is bought, and from whom",
    key: "serial",
    nouns: words(
      "supplier purchase_order requisition supplier_contract quotation goods_receipt supplier_invoice delivery_term supplier_rating tender framework_agreement blanket_order",
    ),
    states: words("draft sent confirmed received cancelled"),
    columns: lines(`lead_days|integer|7|{} between 0 and 365|Days from order to delivery
      min_qty|numeric(12,2)|1|{} > 0|Smallest quantity delivered
      unit_cost|shared.money_amount|0||Without freight
      incoterm|text||{} in ('EXW', 'FCA', 'DAP', 'DDP')|Who pays for the way
      ordered_on|date|current_date||Day the order left
      promised_on|date|||Day the supplier named
      buyer_note|text|||For the buyer only`),
  },
  {
    schema: "sales",
    comment: "Orders, from the cart to the invoice",
    key: "identity",
    nouns: words(
      "order cart quote promotion coupon gift_card price_agreement sales_channel order_return wish_list tax_rule back_order",
    ),
    states: words("open paid packed shipped delivered cancelled"),
    columns: lines(`order_no|text||length({}) between 6 and 20|Number the customer sees
      subtotal|shared.money_amount|0||Before tax
      tax_amount|shared.money_amount|0||All taxes
      discount_amount|shared.money_amount|0||Given away
      placed_at|timestamptz|now()||Time of the last click
      paid_at|timestamptz|||First full payment
      channel|text|'web'|{} in ('web', 'app', 'store', 'phone')|Where it was placed
      coupon_code|text|||As typed
      gift_note|text|||Printed on the parcel`),
  },
  {
    schema: "billing",
    comment: "What customers owe",
    key: "identity",
    nouns: words(
      "invoice credit_note dunning_run billing_account payment_term invoice_batch usage_record rate_plan billing_period statement write_off revenue_schedule",
    ),
    states: words("draft issued overdue settled void"),
    columns: lines(`invoice_no|text||length({}) > 4|Without gaps, by law
      net_amount|shared.money_amount|0||Before tax
      vat_amount|shared.money_amount|0||Value added tax
      issued_on|date|||Day on the paper
      due_on|date|||Last day to pay
      reminder_count|smallint|0|{} between 0 and 9|Reminders sent
      billed_to|text|||Name on the paper
      usage_units|bigint|0|{} >= 0|Metered units`),
  },
  {
    schema: "payments",
    comment: "How money arrives and leaves",
    key: "uuid",
    nouns: words(
      "payment refund payment_method payout chargeback bank_account card_token mandate settlement fee fraud_check wallet",
    ),
    states: words("pending authorized captured failed refunded"),
    columns: lines(`provider|text|'bank'||Who moved the money
      provider_ref|text|||Number at the provider
      amount|shared.money_amount|0||In the currency of the row
      fee_amount|shared.money_amount|0||Kept by the provider
      captured_at|timestamptz|||Time the money was ours
      failure_code|text|||As the provider sent it
      risk_score|numeric(5,2)||{} between 0 and 100|Higher is worse
      last_four|text||length({}) = 4|Digits shown to the customer`),
  },
  {
    schema: "shipping",
    comment: "Parcels and the ways they take",
    key: "identity",
    nouns: words(
      "shipment carrier parcel route delivery_window customs_declaration pickup tracking_event shipping_rate driver vehicle depot",
    ),
    states: words("packed handed_over in_transit delivered lost"),
    columns: lines(`tracking_no|text|||Number at the carrier
      shipped_at|timestamptz|||Time it left
      delivered_at|timestamptz|||Time of the signature
      weight_kg|numeric(8,3)||{} > 0|On the scale
      distance_km|numeric(8,1)||{} >= 0|By road
      signed_by|text|||Name on the screen
      is_insured|boolean|false||Insured above the legal sum
      label_url|text|||Label to print`),
  },
  {
    schema: "support",
    comment: "Questions, complaints and answers",
    key: "identity",
    nouns: words(
      "ticket queue canned_reply escalation sla_policy knowledge_article satisfaction_score call_log chat macro problem_report outage",
    ),
    states: words("open waiting solved reopened closed"),
    columns: lines(`subject|text||length({}) between 1 and 300|First line
      body|text|||As written
      first_reply_at|timestamptz|||First answer by a person
      solved_at|timestamptz|||Last time it was solved
      urgency|smallint|3|{} between 1 and 5|1 is worst
      satisfaction|smallint||{} between 1 and 5|Answer to the survey
      is_public|boolean|false||Shown to the customer
      channel|text|'email'|{} in ('email', 'chat', 'phone', 'web')|How it came in`),
  },
  {
    schema: "marketing",
    comment: "Campaigns and what they brought",
    key: "uuid",
    nouns: words(
      "campaign audience newsletter landing_page ad_group ad_creative event_booking utm_link press_release influencer experiment mailing",
    ),
    states: words("idea planned running paused finished"),
    columns: lines(`budget|shared.money_amount|0||Planned spending
      spent|shared.money_amount|0||Spent so far
      impressions|bigint|0|{} >= 0|Times shown
      clicks|bigint|0|{} >= 0|Times clicked
      utm_source|text|||As in the link
      utm_medium|text|||As in the link
      headline|text||length({}) <= 120|Largest words
      audience_size|integer||{} >= 0|People reached at most`),
  },
];
