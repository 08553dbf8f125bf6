CREATE TABLE sales.currencies (
  code char(3) PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'),
  name text NOT NULL,
  symbol text NOT NULL,
  minor_digits smallint NOT NULL DEFAULT 2 CHECK (minor_digits BETWEEN 0 AND 3)
);

COMMENT ON TABLE sales.currencies IS 'Currencies the shop can charge in.';
COMMENT ON COLUMN sales.currencies.code IS 'ISO 4217 code.';
COMMENT ON COLUMN sales.currencies.name IS 'English name, for the back office.';
COMMENT ON COLUMN sales.currencies.symbol IS 'Sign shown beside an amount.';
COMMENT ON COLUMN sales.currencies.minor_digits IS 'Digits after the decimal point that the payment provider expects.';

CREATE TABLE people.countries (
  code char(2) PRIMARY KEY CHECK (code ~ '^[A-Z]{2}$'),
  name text NOT NULL UNIQUE,
  currency_code char(3) NOT NULL REFERENCES sales.currencies (code),
  in_eu boolean NOT NULL DEFAULT true
);

COMMENT ON TABLE people.countries IS 'Countries the shop delivers to.';
COMMENT ON COLUMN people.countries.code IS 'ISO 3166-1 alpha-2 code.';
COMMENT ON COLUMN people.countries.name IS 'English name; the shop translates it.';
COMMENT ON COLUMN people.countries.currency_code IS 'Currency a visitor from this country is shown first.';
COMMENT ON COLUMN people.countries.in_eu IS 'Whether parcels cross no customs border and VAT follows the one-stop scheme.';

INSERT INTO sales.currencies (code, name, symbol) VALUES
  ('EUR', 'Euro', '€'),
  ('GBP', 'Pound sterling', '£'),
  ('CHF', 'Swiss franc', 'Fr.'),
  ('SEK', 'Swedish krona', 'kr'),
  ('PLN', 'Polish złoty', 'zł');

INSERT INTO people.countries (code, name, currency_code, in_eu) VALUES
  ('AT', 'Austria', 'EUR', true),
  ('BE', 'Belgium', 'EUR', true),
  ('CH', 'Switzerland', 'CHF', false),
  ('DE', 'Germany', 'EUR', true),
  ('ES', 'Spain', 'EUR', true),
  ('FR', 'France', 'EUR', true),
  ('GB', 'United Kingdom', 'GBP', false),
  ('IT', 'Italy', 'EUR', true),
  ('NL', 'Netherlands', 'EUR', true),
  ('PL', 'Poland', 'PLN', true),
  ('SE', 'Sweden', 'SEK', true);
