import { lines, words, type Module } from "./module.ts";

/** Departments that keep the company going. */
export const companyModules: readonly Module[] = [
  {
    schema: "hr",
    comment: "The people who work here",
    key: "identity",
    nouns: words(
      "employee position employment_contract absence applicant job_posting training appraisal skill benefit onboarding_task work_schedule",
    ),
    states: words("applied hired active on_leave left"),
    columns: lines(`first_name|text||length({}) > 0|Given name
      last_name|text||length({}) > 0|Family name
      hired_on|date|||First day
      left_on|date|||Last day
      weekly_hours|numeric(4,1)|40|{} between 0 and 60|By contract
      salary|shared.money_amount|||A year, before tax
      vacation_days|smallint|25|{} between 0 and 60|A year
      work_email|shared.email_address|||Company address`),
  },
  {
    schema: "payroll",
    comment: "Wages and what is held back",
    key: "identity",
    isSingular: true,
    nouns: words(
      "pay_run payslip wage_type deduction tax_class social_insurance bonus expense_claim timesheet overtime pension_plan bank_transfer",
    ),
    states: words("open calculated approved paid"),
    columns: lines(`gross_amount|shared.money_amount|0||Before everything
      net_amount|shared.money_amount|0||What arrives
      period_start|date|||First day
      period_end|date|||Last day
      hours_worked|numeric(6,2)|0|{} >= 0|Clocked
      rate|numeric(10,4)||{} >= 0|An hour
      is_taxable|boolean|true||Counts as income`),
  },
  {
    schema: "accounting",
    comment: "The books",
    key: "identity",
    isSingular: true,
    nouns: words(
      "ledger_account journal_entry fiscal_year posting_period tax_code asset depreciation budget_line accrual bank_statement exchange_rate closing_task",
    ),
    states: words("open locked closed"),
    columns: lines(`account_no|text||{} ~ '^[0-9]{4,8}$'|Number in the chart of accounts
      debit|shared.money_amount|0||Left side
      credit|shared.money_amount|0||Right side
      booked_on|date|current_date||Day of booking
      document_no|text|||Number on the paper
      exchange_rate|numeric(18,8)|1|{} > 0|To the company's currency
      is_reversal|boolean|false||Takes another entry back`),
  },
  {
    schema: "projects",
    comment: "Work that has an end",
    key: "uuid",
    nouns: words(
      "project task milestone sprint time_entry deliverable risk_item change_request resource_plan backlog_item release retrospective",
    ),
    states: words("backlog ready doing blocked done"),
    columns: lines(`estimate_hours|numeric(7,2)||{} >= 0|Before the work
      spent_hours|numeric(7,2)|0|{} >= 0|So far
      starts_on|date|||First day
      ends_on|date|||Last day
      priority|smallint|3|{} between 1 and 5|1 goes first
      progress|shared.percentage|0||Share that is done
      story_points|smallint||{} in (1, 2, 3, 5, 8, 13, 21)|Size, not time
      is_billable|boolean|true||Charged to the customer`),
  },
  {
    schema: "manufacturing",
    comment: "How things are made",
    key: "serial",
    nouns: words(
      "work_order machine bill_of_material production_line operation shift quality_check scrap_record tool maintenance_plan downtime recipe",
    ),
    states: words("planned released running finished scrapped"),
    columns: lines(`planned_qty|numeric(14,3)|0|{} >= 0|To be made
      produced_qty|numeric(14,3)|0|{} >= 0|Made so far
      scrap_qty|numeric(14,3)|0|{} >= 0|Thrown away
      cycle_seconds|numeric(10,2)||{} > 0|One piece
      serial_no|text|||On the plate
      started_at|timestamptz|||First piece
      finished_at|timestamptz|||Last piece
      tolerance_mm|numeric(6,4)||{} >= 0|Allowed deviation`),
  },
  {
    schema: "facilities",
    comment: "Buildings and what is in them",
    key: "identity",
    nouns: words(
      "building room desk_booking lease meter energy_reading cleaning_plan access_badge parking_space inspection repair_request furniture_item",
    ),
    states: words("free occupied in_repair retired"),
    columns: lines(`floor_no|smallint||{} between -5 and 120|Ground floor is 0
      area_m2|numeric(10,2)||{} > 0|Measured inside
      capacity|integer||{} >= 0|People allowed
      rent_amount|shared.money_amount|||A month
      reading|numeric(14,3)||{} >= 0|As on the meter
      valid_during|daterange|||First and last day
      is_accessible|boolean|false||Reached without steps`),
  },
  {
    schema: "legal",
    comment: "What was agreed, and what must be kept",
    key: "identity",
    nouns: words(
      "contract clause party signature litigation compliance_check privacy_request retention_rule trademark license_agreement policy_document power_of_attorney",
    ),
    states: words("draft negotiating signed expired terminated"),
    columns: lines(`signed_on|date|||Day of the last signature
      effective_from|date|||First day
      effective_to|date|||Last day
      notice_days|integer|30|{} between 0 and 720|Time to end it
      governing_law|text|||Country or state
      contract_value|shared.money_amount|||Whole term
      file_hash|bytea||octet_length({}) = 32|SHA-256 of the paper`),
  },
  {
    schema: "content",
    comment: "Pages, pictures and words",
    key: "uuid",
    nouns: words(
      "article page media_asset author menu banner faq_entry translation_job redirect layout glossary_term content_block",
    ),
    states: words("draft review scheduled live archived"),
    columns: lines(`headline|text||length({}) <= 200|Largest words
      body_markdown|text|||As written
      published_at|timestamptz|||First time live
      seo_title|text||length({}) <= 70|For search engines
      seo_description|text||length({}) <= 200|For search engines
      reading_minutes|smallint||{} >= 0|At 200 words a minute
      word_count|integer|0|{} >= 0|Without markup
      language|text|'en'|length({}) between 2 and 8|Language tag`),
  },
  {
    schema: "subscriptions",
    comment: "What is paid again and again",
    key: "uuid",
    nouns: words(
      "plan subscription entitlement trial add_on renewal cancellation_reason metered_feature seat dunning_step upgrade_path pause",
    ),
    states: words("trialing active past_due paused cancelled"),
    columns: lines(`starts_at|timestamptz|now()||First second
      ends_at|timestamptz|||Last second
      interval_months|smallint|1|{} in (1, 3, 6, 12, 24)|Time between two payments
      unit_price|shared.money_amount|0||For one seat
      seats|integer|1|{} > 0|Bought
      auto_renew|boolean|true||Goes on by itself
      cancel_reason|text|||In the customer's words`),
  },
  {
    schema: "analytics",
    comment: "Numbers about numbers",
    key: "identity",
    nouns: words(
      "dashboard metric report data_source page_view funnel cohort kpi_target forecast dataset pipeline_run alert_rule",
    ),
    states: words("fresh stale failed disabled"),
    columns: lines(`measured_on|date|||Day the number is for
      value|double precision|||The number
      target_value|double precision|||What it should be
      row_count|bigint|0|{} >= 0|Rows read
      duration_ms|integer||{} >= 0|Time taken
      query_text|text|||What was asked
      refreshed_at|timestamptz|||Last time it was right`),
  },
  {
    schema: "integrations",
    comment: "Other systems, and what they sent",
    key: "uuid",
    nouns: words(
      "connector webhook sync_job message_queue outbox_message inbox_message field_mapping api_client rate_limit credential export_job import_file",
    ),
    states: words("queued running succeeded failed dead"),
    columns: lines(`endpoint_url|text||{} like 'http%'|Where it goes
      payload|jsonb|'{}'::jsonb||As sent
      attempts|smallint|0|{} between 0 and 50|Tries so far
      next_try_at|timestamptz|||Not before
      status_code|integer||{} between 100 and 599|Answer of the other side
      checksum|text|||Of the payload
      last_error|text|||Newest message`),
  },
  {
    schema: "legacy_erp",
    comment: "Tables taken over from the old system",
    key: "serial",
    isSingular: true,
    isAbbreviated: true,
    nouns: words(
      "customer_master item_master address_book price_condition document_header stock_movement general_ledger vendor_master sales_rep terms_code tax_table unit_of_measure",
    ),
    states: words("a i x"),
    columns: lines(`qty|numeric(12,2)|0||Quantity
      amt|numeric(12,2)|0||Amount
      cust_no|varchar(12)|||Number in the old system
      descr|varchar(120)|||Text in the old system
      dt_chg|date|||Date of change
      usr_chg|varchar(8)|||Initials
      flg_del|char(1)|'N'|{} in ('Y', 'N')|Deleted
      ref_doc|varchar(20)|||Document number`),
  },
];
