CREATE TABLE stock.suppliers (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  email people.email_address NOT NULL,
  country_code char(2) NOT NULL REFERENCES people.countries (code),
  vat_id text CHECK (vat_id ~ '^[A-Z]{2}[A-Z0-9]{8,12}$'),
  payment_days smallint NOT NULL DEFAULT 30 CHECK (payment_days IN (0, 14, 30, 60)),
  rating numeric(2, 1) CHECK (rating BETWEEN 1 AND 5),
  created_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE stock.suppliers IS 'Companies we buy from.';
COMMENT ON COLUMN stock.suppliers.email IS 'Where purchase orders are sent.';
COMMENT ON COLUMN stock.suppliers.country_code IS 'Country of the company; decides customs and VAT.';
COMMENT ON COLUMN stock.suppliers.vat_id IS 'VAT number with the country prefix.';
COMMENT ON COLUMN stock.suppliers.payment_days IS 'Days from delivery to payment, as agreed.';
COMMENT ON COLUMN stock.suppliers.rating IS 'Mark of the buyers, 5 is best; empty until the first delivery.';

CREATE TABLE stock.supplier_variants (
  supplier_id integer NOT NULL REFERENCES stock.suppliers (id) ON DELETE CASCADE,
  variant_id bigint NOT NULL REFERENCES catalog.product_variants (id) ON DELETE CASCADE,
  supplier_sku text NOT NULL,
  unit_cost sales.positive_money NOT NULL,
  lead_time interval NOT NULL DEFAULT '14 days' CHECK (lead_time BETWEEN interval '1 day' AND interval '180 days'),
  PRIMARY KEY (supplier_id, variant_id),
  UNIQUE (supplier_id, supplier_sku)
);

CREATE INDEX supplier_variants_variant_id_idx ON stock.supplier_variants (variant_id);

COMMENT ON TABLE stock.supplier_variants IS 'Who can deliver a variant, at which cost and how fast.';
COMMENT ON COLUMN stock.supplier_variants.supplier_sku IS 'Article number of the supplier.';
COMMENT ON COLUMN stock.supplier_variants.unit_cost IS 'Cost of one piece in euro, without VAT.';
COMMENT ON COLUMN stock.supplier_variants.lead_time IS 'Usual time from order to delivery.';

CREATE TABLE stock.purchase_orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  supplier_id integer NOT NULL REFERENCES stock.suppliers (id),
  warehouse_id smallint NOT NULL REFERENCES stock.warehouses (id),
  ordered_by integer NOT NULL REFERENCES people.employees (id),
  ordered_on date NOT NULL DEFAULT current_date,
  expected_on date,
  received_on date,
  CONSTRAINT purchase_orders_id_supplier_id_key UNIQUE (id, supplier_id),
  CONSTRAINT purchase_orders_expected_later CHECK (expected_on > ordered_on),
  CONSTRAINT purchase_orders_received_later CHECK (received_on >= ordered_on)
);

CREATE INDEX purchase_orders_open_idx ON stock.purchase_orders (expected_on) WHERE received_on IS NULL;

COMMENT ON TABLE stock.purchase_orders IS 'What we ordered from a supplier for a warehouse.';
COMMENT ON COLUMN stock.purchase_orders.supplier_id IS 'Who is to deliver.';
COMMENT ON COLUMN stock.purchase_orders.ordered_by IS 'Buyer who signed.';
COMMENT ON COLUMN stock.purchase_orders.ordered_on IS 'Day the order was sent.';
COMMENT ON COLUMN stock.purchase_orders.expected_on IS 'Day the supplier promised.';
COMMENT ON COLUMN stock.purchase_orders.received_on IS 'Day the last line was complete; empty while goods are outstanding.';

CREATE TABLE stock.purchase_order_lines (
  purchase_order_id bigint NOT NULL,
  supplier_id integer NOT NULL,
  variant_id bigint NOT NULL,
  quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 50000),
  received_quantity integer NOT NULL DEFAULT 0 CHECK (received_quantity >= 0),
  unit_cost sales.positive_money NOT NULL,
  PRIMARY KEY (purchase_order_id, variant_id),
  CONSTRAINT purchase_order_lines_order_fkey FOREIGN KEY (purchase_order_id, supplier_id)
    REFERENCES stock.purchase_orders (id, supplier_id) ON DELETE CASCADE,
  -- Only what the supplier offers can be ordered from them.
  CONSTRAINT purchase_order_lines_offer_fkey FOREIGN KEY (supplier_id, variant_id)
    REFERENCES stock.supplier_variants (supplier_id, variant_id),
  CONSTRAINT purchase_order_lines_received_within CHECK (received_quantity <= quantity)
);

CREATE INDEX purchase_order_lines_variant_id_idx ON stock.purchase_order_lines (variant_id);

COMMENT ON TABLE stock.purchase_order_lines IS 'Variants on a purchase order.';
COMMENT ON COLUMN stock.purchase_order_lines.supplier_id IS 'Supplier of the order, repeated so that the offer can be checked.';
COMMENT ON COLUMN stock.purchase_order_lines.quantity IS 'Pieces ordered.';
COMMENT ON COLUMN stock.purchase_order_lines.received_quantity IS 'Pieces that arrived so far.';
COMMENT ON COLUMN stock.purchase_order_lines.unit_cost IS 'Cost of one piece as ordered; the offer may have changed since.';
