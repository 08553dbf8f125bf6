CREATE TABLE people.customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email people.email_address NOT NULL,
  name varchar(80) NOT NULL,
  phone text CHECK (phone ~ '^\+[0-9]{7,15}$'),
  birth_date date CHECK (birth_date > DATE '1900-01-01'),
  country_code char(2) NOT NULL REFERENCES people.countries (code),
  newsletter boolean NOT NULL DEFAULT false,
  loyalty_points integer NOT NULL DEFAULT 0 CHECK (loyalty_points >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  CONSTRAINT customers_deleted_after_created CHECK (deleted_at IS NULL OR deleted_at >= created_at)
);

-- A person who left may sign up again with the same address.
CREATE UNIQUE INDEX customers_email_key ON people.customers (lower(email)) WHERE deleted_at IS NULL;
CREATE INDEX customers_country_code_idx ON people.customers (country_code);

COMMENT ON TABLE people.customers IS 'Everyone with an account. Guests who order get one without a password.';
COMMENT ON COLUMN people.customers.email IS 'Login and address for order mails; unique among accounts that are not deleted, whatever the case.';
COMMENT ON COLUMN people.customers.name IS 'Name as the customer wrote it; not split, because not every name has two parts.';
COMMENT ON COLUMN people.customers.phone IS 'Number in E.164 form, only used by the carrier.';
COMMENT ON COLUMN people.customers.birth_date IS 'Given voluntarily, for the birthday voucher.';
COMMENT ON COLUMN people.customers.country_code IS 'Country the customer lives in; decides currency and VAT until an address is known.';
COMMENT ON COLUMN people.customers.loyalty_points IS 'Points that can still be spent; one point for each full euro paid.';
COMMENT ON COLUMN people.customers.created_at IS 'When the account was opened, by hand or with a first order.';
COMMENT ON COLUMN people.customers.deleted_at IS 'When the account was closed. Personal data is blanked by a nightly job 30 days later.';
COMMENT ON INDEX people.customers_email_key IS 'One open account for an e-mail address.';

CREATE TABLE people.addresses (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES people.customers (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('billing', 'shipping')),
  recipient text NOT NULL,
  street text NOT NULL,
  zip varchar(12) NOT NULL CHECK (zip ~ '^[A-Z0-9][A-Z0-9 -]{2,10}$'),
  city text NOT NULL,
  country_code char(2) NOT NULL REFERENCES people.countries (code),
  is_default boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Lets an order prove that it goes to an address of its own customer.
  CONSTRAINT addresses_customer_id_id_key UNIQUE (customer_id, id)
);

CREATE UNIQUE INDEX addresses_one_default_idx ON people.addresses (customer_id, kind) WHERE is_default;

COMMENT ON TABLE people.addresses IS 'Address book of a customer.';
COMMENT ON COLUMN people.addresses.kind IS 'What the address is used for: billing or shipping.';
COMMENT ON COLUMN people.addresses.recipient IS 'Name on the parcel, often not the customer''s own.';
COMMENT ON COLUMN people.addresses.street IS 'Street and house number, or the number of a parcel locker.';
COMMENT ON COLUMN people.addresses.zip IS 'Postal code as printed on the label, upper case.';
COMMENT ON COLUMN people.addresses.country_code IS 'Country the parcel goes to; may differ from that of the customer.';
COMMENT ON COLUMN people.addresses.is_default IS 'Preselected at checkout; at most one for each customer and kind.';
