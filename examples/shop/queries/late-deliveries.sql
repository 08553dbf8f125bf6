-- title: Late deliveries by carrier
-- question: How many parcels did each carrier deliver later than three days after handover, and how many are still under way?
SELECT
  k.name AS carrier,
  count(*) AS parcels,
  count(*) FILTER (WHERE s.delivered_at > s.shipped_at + interval '3 days') AS late,
  count(*) FILTER (WHERE s.delivered_at IS NULL AND o.state = 'sent') AS under_way,
  round(avg(extract(epoch FROM s.delivered_at - s.shipped_at) / 86400), 1) AS days_on_average
FROM stock.shipments AS s
JOIN stock.carriers AS k ON k.id = s.carrier_id
JOIN sales.orders AS o ON o.id = s.order_id
WHERE s.shipped_at IS NOT NULL
GROUP BY k.id
ORDER BY late DESC, carrier;
