-- One consent for each channel, with a date, in place of a single flag.
CREATE TABLE people.customer_consents (
  customer_id bigint NOT NULL REFERENCES people.customers (id) ON DELETE CASCADE,
  channel text NOT NULL CHECK (channel IN ('email', 'sms', 'post')),
  given_at timestamptz NOT NULL DEFAULT now(),
  withdrawn_at timestamptz,
  source text NOT NULL DEFAULT 'account',
  PRIMARY KEY (customer_id, channel),
  CONSTRAINT customer_consents_withdrawn_later CHECK (withdrawn_at > given_at)
);

INSERT INTO people.customer_consents (customer_id, channel, given_at, source)
SELECT id, 'email', created_at, 'newsletter flag'
FROM people.customers
WHERE newsletter;

ALTER TABLE people.customers DROP COLUMN newsletter;

COMMENT ON TABLE people.customer_consents IS 'Which advertising a customer agreed to.';
COMMENT ON COLUMN people.customer_consents.channel IS 'Way the advertising arrives.';
COMMENT ON COLUMN people.customer_consents.given_at IS 'When the customer agreed.';
COMMENT ON COLUMN people.customer_consents.withdrawn_at IS 'When the customer changed their mind; nothing is sent afterwards.';
COMMENT ON COLUMN people.customer_consents.source IS 'Form or campaign where the consent was given.';

GRANT SELECT, INSERT, UPDATE, DELETE ON people.customer_consents TO shop_app;

-- Names longer than 80 characters exist.
ALTER TABLE people.customers ALTER COLUMN full_name TYPE text;

-- Business orders outgrew 999,999.99.
ALTER TABLE sales.payments DROP CONSTRAINT payments_amount_check;
ALTER TABLE sales.payments ALTER COLUMN amount TYPE sales.positive_money;

-- The answers of the providers live in the log now.
ALTER TABLE sales.payments DROP COLUMN raw_response;

CREATE TYPE support.priority AS ENUM ('low', 'normal', 'high', 'urgent');
COMMENT ON TYPE support.priority IS 'How soon a ticket has to be answered: within 3 days, 1 day, 4 hours or 1 hour.';

ALTER TABLE support.tickets
  DROP CONSTRAINT tickets_priority_check,
  ALTER COLUMN priority DROP DEFAULT,
  ALTER COLUMN priority TYPE support.priority
    USING (ARRAY['low', 'normal', 'high', 'urgent'])[priority]::support.priority,
  ALTER COLUMN priority SET DEFAULT 'normal';

COMMENT ON COLUMN support.tickets.priority IS 'How soon it has to be answered; set by the routing rules, changed by agents.';

-- Two steps, so that the check of the old rows does not stop the shop.
ALTER TABLE people.customer_addresses
  ADD CONSTRAINT customer_addresses_street_not_blank CHECK (btrim(street) <> '') NOT VALID;
ALTER TABLE people.customer_addresses VALIDATE CONSTRAINT customer_addresses_street_not_blank;

-- City follows from country and postal code; the planner did not know.
CREATE STATISTICS people.customer_addresses_place (dependencies, ndistinct)
  ON country_code, postal_code, city FROM people.customer_addresses;
COMMENT ON STATISTICS people.customer_addresses_place IS 'Teaches the planner that the postal code decides the city.';
