-- Order rework: status becomes the truth, state goes away, orders get a public identifier.

-- 1. Every order gets a status.
UPDATE sales.orders SET status = sales.status_of_state(state);
ALTER TABLE sales.orders ALTER COLUMN status SET NOT NULL;

-- 2. Nothing needs the old state any more.
DROP TRIGGER orders_copy_status ON sales.orders;
DROP FUNCTION sales.copy_status_to_state();
DROP FUNCTION sales.status_of_state(text);
ALTER TABLE sales.orders DROP COLUMN state;

-- 3. Links in mails must not tell how many orders we have.
ALTER TABLE sales.orders ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid();
CREATE UNIQUE INDEX orders_public_id_key ON sales.orders (public_id);

-- 4. The dashboard sorts by status.
CREATE INDEX orders_status_placed_at_idx ON sales.orders (status, placed_at DESC);

-- 5. Currencies were only checked against a list in the code.
ALTER TABLE sales.orders
  ADD CONSTRAINT orders_currency_code_fkey FOREIGN KEY (currency_code) REFERENCES sales.currencies (code);

-- 6. Purchasing systems send references longer than 60 characters.
ALTER TABLE sales.orders ALTER COLUMN customer_reference TYPE varchar(120);

-- 7. Finance says settled, not captured.
ALTER TABLE sales.payments RENAME COLUMN captured_at TO settled_at;

-- 8. The last of the large tables whose identifier is still an integer.
ALTER TABLE stock.movements ALTER COLUMN id TYPE bigint;

-- 9. Notes of the staff on an order, which so far ended up in customer_note.
CREATE TABLE sales.order_notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES sales.orders (id) ON DELETE CASCADE,
  employee_id integer NOT NULL REFERENCES people.employees (id),
  body text NOT NULL CHECK (btrim(body) <> ''),
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX order_notes_order_id_idx ON sales.order_notes (order_id);

COMMENT ON TABLE sales.order_notes IS 'Notes of the staff on an order; customers never see them.';
