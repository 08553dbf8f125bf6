CREATE TABLE catalog.skus (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id bigint NOT NULL REFERENCES catalog.products (id),
  sku catalog.sku_code NOT NULL,
  ean char(13) CHECK (ean ~ '^[0-9]{13}$'),
  size text,
  colour text,
  weight_g integer CHECK (weight_g BETWEEN 1 AND 200000),
  package stock.dimensions,
  is_default boolean NOT NULL DEFAULT false,
  discontinued_at timestamptz,
  CONSTRAINT skus_sku_key UNIQUE (sku),
  CONSTRAINT skus_ean_key UNIQUE (ean),
  CONSTRAINT skus_package_positive CHECK (
    package IS NULL
    OR ((package).length_mm > 0 AND (package).width_mm > 0 AND (package).height_mm > 0)
  )
);

CREATE INDEX skus_product_id_idx ON catalog.skus (product_id);
CREATE UNIQUE INDEX skus_one_default_idx ON catalog.skus (product_id) WHERE is_default;

COMMENT ON TABLE catalog.skus IS 'The thing that is sold, stocked and shipped: a product in one size and colour.';
COMMENT ON COLUMN catalog.skus.product_id IS 'Product this is one size and colour of.';
COMMENT ON COLUMN catalog.skus.sku IS 'Our article number, printed on the shelf label.';
COMMENT ON COLUMN catalog.skus.ean IS 'Barcode of the maker, if the article has one.';
COMMENT ON COLUMN catalog.skus.size IS 'Size as the customer sees it: M, 42, 60 l.';
COMMENT ON COLUMN catalog.skus.colour IS 'Colour as the customer sees it; empty when there is only one.';
COMMENT ON COLUMN catalog.skus.weight_g IS 'Weight with packaging, in grams; the carrier bills by it.';
COMMENT ON COLUMN catalog.skus.package IS 'Outer size of the package.';
COMMENT ON COLUMN catalog.skus.is_default IS 'Variant shown first on the product page.';
COMMENT ON COLUMN catalog.skus.discontinued_at IS 'Since when it is no longer reordered; what is left is still sold.';

CREATE TABLE catalog.price_lists (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL UNIQUE CHECK (code ~ '^[a-z]{2,}(-[a-z0-9]+)*$'),
  name text NOT NULL,
  currency_code char(3) NOT NULL REFERENCES sales.currencies (code),
  tax_included boolean NOT NULL DEFAULT true,
  valid_from date NOT NULL,
  valid_to date,
  CONSTRAINT price_lists_period CHECK (valid_to > valid_from)
);

COMMENT ON TABLE catalog.price_lists IS 'A set of prices for one market and currency.';
COMMENT ON COLUMN catalog.price_lists.code IS 'Short name used by the import, such as de-retail.';
COMMENT ON COLUMN catalog.price_lists.currency_code IS 'Currency of every price in the list.';
COMMENT ON COLUMN catalog.price_lists.tax_included IS 'Whether the amounts contain VAT; true for every consumer list.';
COMMENT ON COLUMN catalog.price_lists.valid_from IS 'First day on which the list holds.';
COMMENT ON COLUMN catalog.price_lists.valid_to IS 'First day on which the list no longer holds; empty while it is open-ended.';

CREATE TABLE catalog.prices (
  price_list_id integer NOT NULL REFERENCES catalog.price_lists (id) ON DELETE CASCADE,
  sku_id bigint NOT NULL REFERENCES catalog.skus (id) ON DELETE CASCADE,
  min_quantity integer NOT NULL DEFAULT 1 CHECK (min_quantity >= 1),
  amount sales.positive_money NOT NULL,
  compare_at_amount sales.positive_money,
  PRIMARY KEY (price_list_id, sku_id, min_quantity),
  CONSTRAINT prices_compare_at_higher CHECK (compare_at_amount > amount)
);

CREATE INDEX prices_sku_id_idx ON catalog.prices (sku_id) INCLUDE (amount, min_quantity);

COMMENT ON TABLE catalog.prices IS 'Price of a variant in a price list, from a certain quantity on.';
COMMENT ON COLUMN catalog.prices.price_list_id IS 'List the price belongs to.';
COMMENT ON COLUMN catalog.prices.sku_id IS 'What is sold at this price.';
COMMENT ON COLUMN catalog.prices.min_quantity IS 'Smallest quantity for which this price holds.';
COMMENT ON COLUMN catalog.prices.amount IS 'Price of one piece in the currency of the list.';
COMMENT ON COLUMN catalog.prices.compare_at_amount IS 'Former price, shown struck through; the lowest of the last 30 days, as the law asks.';
COMMENT ON INDEX catalog.prices_sku_id_idx IS 'Answers the product page from the index alone.';
