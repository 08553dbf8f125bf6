CREATE PROCEDURE audit.add_month(month date)
LANGUAGE plpgsql AS $$
DECLARE
  first_day date := date_trunc('month', month);
  next_month date := first_day + interval '1 month';
BEGIN
  EXECUTE format(
    'CREATE TABLE IF NOT EXISTS audit.%I PARTITION OF audit.events FOR VALUES FROM (%L) TO (%L)',
    'events_' || to_char(first_day, 'YYYY_MM'),
    first_day || ' 00:00:00+00',
    next_month || ' 00:00:00+00'
  );
END
$$;

COMMENT ON PROCEDURE audit.add_month(date) IS 'Adds the partition of audit.events for the month of the given day; called by a job on the 20th.';

CALL audit.add_month('2026-10-01');
CALL audit.add_month('2026-11-01');
CALL audit.add_month('2026-12-01');

CREATE VIEW audit.recent_price_changes AS
SELECT
  e.occurred_at,
  e.actor,
  v.sku,
  (e.old_row ->> 'amount')::numeric AS old_amount,
  (e.new_row ->> 'amount')::numeric AS new_amount
FROM audit.events AS e
JOIN catalog.product_variants AS v ON v.id::text = e.row_key
WHERE e.table_name = 'catalog.prices' AND e.action = 'update'
  AND e.old_row -> 'amount' IS DISTINCT FROM e.new_row -> 'amount';

COMMENT ON VIEW audit.recent_price_changes IS 'Who changed which price, and from what to what.';

GRANT USAGE ON SCHEMA audit TO shop_analyst;
GRANT SELECT ON audit.recent_price_changes TO shop_analyst;
