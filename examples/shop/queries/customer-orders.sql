-- title: Orders of a customer
-- question: What has the customer with this e-mail address ordered, and where are the parcels?
SELECT
  o.order_no,
  o.placed_at,
  o.status,
  o.grand_total,
  o.currency_code,
  k.name AS carrier,
  s.tracking_code,
  s.delivered_at
FROM people.customers AS c
JOIN sales.orders AS o ON o.customer_id = c.id
LEFT JOIN stock.shipments AS s ON s.order_id = o.id
LEFT JOIN stock.carriers AS k ON k.id = s.carrier_id
WHERE lower(c.email) = lower($1)
  AND c.deleted_at IS NULL
ORDER BY o.placed_at DESC, s.packed_at;
