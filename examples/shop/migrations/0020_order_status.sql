CREATE TYPE sales.order_status AS ENUM ('placed', 'paid', 'picking', 'shipped', 'delivered', 'cancelled');
COMMENT ON TYPE sales.order_status IS 'Progress of an order as the customer sees it.';

-- Nullable for now: the old back office still writes only state.
ALTER TABLE sales.orders ADD COLUMN status sales.order_status;

COMMENT ON COLUMN sales.orders.status IS 'Progress as the customer sees it; empty for orders only the old back office has touched.';

CREATE FUNCTION sales.status_of_state(state text) RETURNS sales.order_status
LANGUAGE sql IMMUTABLE STRICT
RETURN CASE state
  WHEN 'new' THEN 'placed'
  WHEN 'paid' THEN 'paid'
  WHEN 'packed' THEN 'picking'
  WHEN 'sent' THEN 'shipped'
  WHEN 'done' THEN 'delivered'
  WHEN 'cancelled' THEN 'cancelled'
END::sales.order_status;

COMMENT ON FUNCTION sales.status_of_state(text) IS 'Status for a state of the old back office.';

UPDATE sales.orders
SET status = sales.status_of_state(state)
WHERE state IN ('done', 'cancelled');

-- What the new code writes stays readable for the old reports.
CREATE FUNCTION sales.copy_status_to_state() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status IS NOT NULL THEN
    NEW.state := CASE NEW.status
      WHEN 'placed' THEN 'new'
      WHEN 'paid' THEN 'paid'
      WHEN 'picking' THEN 'packed'
      WHEN 'shipped' THEN 'sent'
      WHEN 'delivered' THEN 'done'
      WHEN 'cancelled' THEN 'cancelled'
      ELSE NEW.state
    END;
  END IF;
  RETURN NEW;
END
$$;

COMMENT ON FUNCTION sales.copy_status_to_state() IS 'Keeps orders.state in step with orders.status until state is gone.';

CREATE TRIGGER orders_copy_status
  BEFORE INSERT OR UPDATE OF status ON sales.orders
  FOR EACH ROW EXECUTE FUNCTION sales.copy_status_to_state();

COMMENT ON COLUMN sales.orders.state IS 'Progress as the old back office knows it. Read status where it is set; state goes away.';
