-- title: Why goods come back
-- question: Which brands have the highest share of returned pieces, and what is the most frequent reason?
WITH returned AS (
  SELECT order_id, line_no, sum(quantity) AS pieces, mode() WITHIN GROUP (ORDER BY reason) AS reason
  FROM support.return_lines
  GROUP BY order_id, line_no
)
SELECT
  b.name AS brand,
  sum(l.quantity) AS sold,
  coalesce(sum(r.pieces), 0) AS returned,
  round(100.0 * coalesce(sum(r.pieces), 0) / sum(l.quantity), 1) AS returned_percent,
  mode() WITHIN GROUP (ORDER BY r.reason) AS main_reason
FROM sales.order_lines AS l
JOIN catalog.product_variants AS v ON v.id = l.variant_id
JOIN catalog.products AS p ON p.id = v.product_id
JOIN catalog.brands AS b ON b.id = p.brand_id
LEFT JOIN returned AS r ON (r.order_id, r.line_no) = (l.order_id, l.line_no)
GROUP BY b.id
ORDER BY returned_percent DESC, brand;
