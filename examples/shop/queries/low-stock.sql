-- title: What to reorder
-- question: Which articles fall below their reorder level, and is anything on its way from a supplier?
WITH on_shelf AS (
  SELECT variant_id, sum(available) AS available, sum(reorder_at) AS reorder_at
  FROM stock.levels
  GROUP BY variant_id
),
on_order AS (
  SELECT l.variant_id, sum(l.quantity - l.received_quantity) AS pieces, min(o.expected_on) AS expected_on
  FROM stock.purchase_order_lines AS l
  JOIN stock.purchase_orders AS o ON o.id = l.purchase_order_id
  WHERE o.received_on IS NULL
  GROUP BY l.variant_id
)
SELECT
  v.sku,
  p.name AS product,
  s.available,
  s.reorder_at,
  coalesce(o.pieces, 0) AS on_order,
  o.expected_on
FROM on_shelf AS s
JOIN catalog.product_variants AS v ON v.id = s.variant_id
JOIN catalog.products AS p ON p.id = v.product_id
LEFT JOIN on_order AS o ON o.variant_id = s.variant_id
WHERE s.available < s.reorder_at
  AND v.discontinued_at IS NULL
ORDER BY s.available - s.reorder_at, v.sku;
