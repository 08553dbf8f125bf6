-- title: Open orders by age
-- question: Which paid orders have not left the warehouse yet, oldest first?
SELECT
  o.order_no,
  c.full_name AS customer,
  o.state,
  o.paid_at,
  o.grand_total,
  o.currency_code,
  sum(l.quantity) AS pieces
FROM sales.orders AS o
JOIN people.customers AS c ON c.id = o.customer_id
JOIN sales.order_lines AS l ON l.order_id = o.id
WHERE o.state IN ('paid', 'packed')
  AND o.latest_shipment_id IS NULL
GROUP BY o.id, c.full_name
ORDER BY o.paid_at NULLS LAST, o.order_no
LIMIT 100;
