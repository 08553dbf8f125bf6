CREATE FUNCTION public.set_updated_at() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;

COMMENT ON FUNCTION public.set_updated_at() IS 'Keeps updated_at; attached to every table that has the column.';

DO $$
DECLARE
  target regclass;
BEGIN
  FOREACH target IN ARRAY ARRAY[
    'people.customers', 'people.customer_addresses', 'catalog.products', 'catalog.product_variants',
    'catalog.prices', 'sales.carts', 'sales.orders', 'stock.levels'
  ]::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now()', target);
    EXECUTE format(
      'CREATE TRIGGER set_updated_at BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION public.set_updated_at()',
      target
    );
    EXECUTE format('COMMENT ON COLUMN %s.updated_at IS %L', target, 'Set by a trigger on every change.');
  END LOOP;
END
$$;
