CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE sales.promotions (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL CHECK (code ~ '^[A-Z0-9]{4,16}$'),
  title text NOT NULL,
  percent_off numeric(4, 1) CHECK (percent_off > 0 AND percent_off <= 80),
  amount_off sales.positive_money,
  min_order_total sales.money_amount NOT NULL DEFAULT 0,
  max_uses integer CHECK (max_uses > 0),
  period tstzrange NOT NULL,
  CONSTRAINT promotions_percent_xor_amount CHECK (num_nonnulls(percent_off, amount_off) = 1),
  CONSTRAINT promotions_period_real CHECK (NOT isempty(period) AND NOT lower_inf(period)),
  CONSTRAINT promotions_code_once_at_a_time EXCLUDE USING gist (code WITH =, period WITH &&)
);

COMMENT ON TABLE sales.promotions IS 'Discount codes.';
COMMENT ON COLUMN sales.promotions.code IS 'What the customer types, upper case. May return later, but not overlap with itself.';
COMMENT ON COLUMN sales.promotions.title IS 'Headline on the banner.';
COMMENT ON COLUMN sales.promotions.percent_off IS 'Share taken off, in percent; or else an amount is.';
COMMENT ON COLUMN sales.promotions.amount_off IS 'Fixed amount taken off, in the currency of the order.';
COMMENT ON COLUMN sales.promotions.min_order_total IS 'Smallest sum of lines for which the code counts.';
COMMENT ON COLUMN sales.promotions.max_uses IS 'How many orders may use it; empty for no limit.';
COMMENT ON COLUMN sales.promotions.period IS 'When the code works; open-ended codes have no upper bound.';
COMMENT ON CONSTRAINT promotions_code_once_at_a_time ON sales.promotions IS 'At any moment a code means one promotion.';

CREATE TABLE sales.promotion_products (
  promotion_id integer NOT NULL REFERENCES sales.promotions (id) ON DELETE CASCADE,
  product_id bigint NOT NULL REFERENCES catalog.products (id) ON DELETE CASCADE,
  PRIMARY KEY (promotion_id, product_id)
);

CREATE INDEX promotion_products_product_id_idx ON sales.promotion_products (product_id);

COMMENT ON TABLE sales.promotion_products IS 'Products a promotion is limited to; none means all.';

CREATE TABLE sales.promotion_uses (
  promotion_id integer NOT NULL REFERENCES sales.promotions (id),
  order_id bigint NOT NULL REFERENCES sales.orders (id) ON DELETE CASCADE,
  amount sales.positive_money NOT NULL,
  PRIMARY KEY (order_id, promotion_id)
);

CREATE INDEX promotion_uses_promotion_id_idx ON sales.promotion_uses (promotion_id);

COMMENT ON TABLE sales.promotion_uses IS 'Which order used which code.';
COMMENT ON COLUMN sales.promotion_uses.amount IS 'What the code took off this order.';
