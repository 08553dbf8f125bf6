CREATE SCHEMA reporting;
COMMENT ON SCHEMA reporting IS 'Views for the analysts; nothing here is written to.';

CREATE VIEW reporting.order_facts AS
SELECT
  o.id AS order_id,
  o.order_no,
  o.customer_id,
  c.country_code,
  o.currency_code,
  o.placed_at,
  (o.placed_at AT TIME ZONE 'Europe/Berlin')::date AS placed_on,
  o.cancelled_at IS NOT NULL AS is_cancelled,
  o.grand_total,
  coalesce(l.pieces, 0) AS pieces,
  s.shipped_at,
  s.delivered_at
FROM sales.orders AS o
JOIN people.customers AS c ON c.id = o.customer_id
LEFT JOIN stock.shipments AS s ON s.id = o.latest_shipment_id
LEFT JOIN LATERAL (
  SELECT sum(quantity) AS pieces FROM sales.order_lines WHERE order_id = o.id
) AS l ON true;

COMMENT ON VIEW reporting.order_facts IS 'One row for each order with what most reports need, free of personal data.';
COMMENT ON COLUMN reporting.order_facts.placed_on IS 'Day of the order in the time of the head office.';
COMMENT ON COLUMN reporting.order_facts.pieces IS 'Pieces over all lines.';

CREATE VIEW reporting.customer_value AS
SELECT
  customer_id,
  country_code,
  currency_code,
  count(*) AS orders,
  min(placed_on) AS first_order_on,
  max(placed_on) AS last_order_on,
  sum(grand_total) AS revenue,
  round(avg(grand_total), 2) AS average_order
FROM reporting.order_facts
WHERE NOT is_cancelled
GROUP BY customer_id, country_code, currency_code;

COMMENT ON VIEW reporting.customer_value IS 'What a customer has bought so far, one row for each currency they paid in.';
COMMENT ON COLUMN reporting.customer_value.revenue IS 'Sum of the orders that were not cancelled, VAT included.';

CREATE MATERIALIZED VIEW reporting.daily_sales AS
SELECT
  placed_on AS day,
  country_code,
  currency_code,
  count(*) AS orders,
  sum(pieces) AS pieces,
  sum(grand_total) AS revenue
FROM reporting.order_facts
WHERE NOT is_cancelled
GROUP BY placed_on, country_code, currency_code;

-- REFRESH ... CONCURRENTLY needs it.
CREATE UNIQUE INDEX daily_sales_key ON reporting.daily_sales (day, country_code, currency_code);

COMMENT ON MATERIALIZED VIEW reporting.daily_sales IS 'Sales by day, country and currency; refreshed every night at three.';
COMMENT ON COLUMN reporting.daily_sales.revenue IS 'Sum of the orders of the day that were not cancelled, VAT included.';

GRANT USAGE ON SCHEMA reporting TO shop_analyst;
GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO shop_analyst;
ALTER DEFAULT PRIVILEGES IN SCHEMA reporting GRANT SELECT ON TABLES TO shop_analyst;
