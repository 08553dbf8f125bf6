-- title: Best sellers by category
-- question: Which three products of each category sold the most pieces in the last 90 days on record?
WITH sold AS (
  SELECT v.product_id, sum(l.quantity) AS pieces, count(DISTINCT o.id) AS orders
  FROM sales.order_lines AS l
  JOIN sales.orders AS o ON o.id = l.order_id
  JOIN catalog.product_variants AS v ON v.id = l.variant_id
  WHERE o.cancelled_at IS NULL
    AND o.placed_at >= (SELECT max(placed_at) FROM sales.orders) - interval '90 days'
  GROUP BY v.product_id
),
ranked AS (
  SELECT
    g.name AS category,
    p.name AS product,
    sold.pieces,
    sold.orders,
    rank() OVER (PARTITION BY g.id ORDER BY sold.pieces DESC, sold.orders DESC) AS place
  FROM sold
  JOIN catalog.products AS p ON p.id = sold.product_id
  JOIN catalog.product_categories AS pc ON pc.product_id = p.id
  JOIN catalog.categories AS g ON g.id = pc.category_id
)
SELECT category, place, product, pieces, orders
FROM ranked
WHERE place <= 3
ORDER BY category, place, product;
