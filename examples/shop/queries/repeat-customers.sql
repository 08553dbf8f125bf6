-- title: Customers who come back
-- question: Of the customers who first bought in a given quarter, how many ordered again within a year?
WITH numbered AS (
  SELECT
    customer_id,
    placed_on,
    first_value(placed_on) OVER w AS first_on,
    row_number() OVER w AS nth
  FROM reporting.order_facts
  WHERE NOT is_cancelled
  WINDOW w AS (PARTITION BY customer_id ORDER BY placed_on, order_id)
)
SELECT
  date_trunc('quarter', first_on)::date AS quarter,
  count(*) FILTER (WHERE nth = 1) AS new_customers,
  count(*) FILTER (WHERE nth = 2 AND placed_on < first_on + interval '1 year') AS came_back,
  round(
    100.0 * count(*) FILTER (WHERE nth = 2 AND placed_on < first_on + interval '1 year')
      / count(*) FILTER (WHERE nth = 1),
    1
  ) AS percent
FROM numbered
GROUP BY 1
ORDER BY 1 DESC;
