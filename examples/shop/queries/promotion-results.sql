-- title: What promotions bring
-- question: How many orders used each discount code, what did it cost us, and are these orders larger than the others?
WITH average AS (
  SELECT currency_code, avg(items_total) AS items_total
  FROM sales.orders
  WHERE cancelled_at IS NULL
  GROUP BY currency_code
)
SELECT
  p.code,
  p.title,
  lower(p.period)::date AS since,
  o.currency_code,
  count(*) AS orders,
  sum(u.amount) AS given_away,
  round(avg(o.items_total), 2) AS items_on_average,
  round(100 * (avg(o.items_total) / nullif(min(a.items_total), 0) - 1), 1) AS against_all_percent
FROM sales.promotion_uses AS u
JOIN sales.promotions AS p ON p.id = u.promotion_id
JOIN sales.orders AS o ON o.id = u.order_id
JOIN average AS a ON a.currency_code = o.currency_code
WHERE o.cancelled_at IS NULL
GROUP BY p.id, o.currency_code
ORDER BY given_away DESC, p.code;
