CREATE DOMAIN people.email_address AS text
  CONSTRAINT email_address_shape CHECK (VALUE ~ '^[^@\s]+@[^@\s]+\.[^@\s.]{2,}$')
  CONSTRAINT email_address_length CHECK (length(VALUE) <= 254);

-- Totals may be zero (a free order), a price or a payment may not.
CREATE DOMAIN sales.money_amount AS numeric(12, 2)
  CONSTRAINT money_amount_not_negative CHECK (VALUE >= 0);
CREATE DOMAIN sales.positive_money AS numeric(12, 2)
  CONSTRAINT positive_money_above_zero CHECK (VALUE > 0);

CREATE DOMAIN catalog.sku_code AS text
  CONSTRAINT sku_code_shape CHECK (VALUE ~ '^[A-Z]{3}-[0-9]{4,6}(-[A-Z0-9]{1,4})?$');

CREATE TYPE stock.dimensions AS (
  length_mm integer,
  width_mm integer,
  height_mm integer
);

CREATE TYPE catalog.product_status AS ENUM ('draft', 'active', 'retired');

COMMENT ON DOMAIN people.email_address IS 'An address that looks deliverable; whether it is, only a sent mail tells.';
COMMENT ON DOMAIN sales.money_amount IS 'An amount of money in the currency of its row, never negative.';
COMMENT ON DOMAIN sales.positive_money IS 'An amount of money in the currency of its row, above zero.';
COMMENT ON DOMAIN catalog.sku_code IS 'Three letters of the brand, a number, and optionally a size or colour suffix: TRL-20415-XL.';
COMMENT ON TYPE stock.dimensions IS 'Outer size of a packed article, in millimetres.';
COMMENT ON TYPE catalog.product_status IS 'Where a product is in its life: only active ones are shown in the shop.';
