CREATE TABLE sales.carts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  customer_id bigint REFERENCES people.customers (id) ON DELETE CASCADE,
  token text NOT NULL UNIQUE DEFAULT encode(gen_random_bytes(16), 'hex'),
  currency_code char(3) NOT NULL REFERENCES sales.currencies (code),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL DEFAULT now() + interval '30 days',
  CONSTRAINT carts_expire_later CHECK (expires_at > created_at)
);

CREATE INDEX carts_customer_id_idx ON sales.carts (customer_id);

COMMENT ON TABLE sales.carts IS 'Shopping carts, of customers and of visitors who have not signed in.';
COMMENT ON COLUMN sales.carts.customer_id IS 'Owner; empty until the visitor signs in.';
COMMENT ON COLUMN sales.carts.token IS 'Secret in the visitor''s cookie that opens the cart.';
COMMENT ON COLUMN sales.carts.currency_code IS 'Currency the visitor chose in the header.';
COMMENT ON COLUMN sales.carts.expires_at IS 'After this moment the nightly job deletes the cart.';

CREATE TABLE sales.cart_items (
  cart_id uuid NOT NULL REFERENCES sales.carts (id) ON DELETE CASCADE,
  sku_id bigint NOT NULL REFERENCES catalog.skus (id) ON DELETE CASCADE,
  quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 99),
  added_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (cart_id, sku_id)
);

COMMENT ON TABLE sales.cart_items IS 'What lies in a cart. The price is looked up at checkout, never stored here.';
COMMENT ON COLUMN sales.cart_items.quantity IS 'Pieces; more than 99 go through the business desk.';
COMMENT ON COLUMN sales.cart_items.added_at IS 'When it was first put in; a changed quantity leaves it alone.';
