-- title: From order to money
-- question: How long does it take from the order until the money is captured, by payment provider?
SELECT
  p.provider,
  count(*) FILTER (WHERE p.status = 'captured') AS captured,
  round(100.0 * count(*) FILTER (WHERE p.status = 'failed') / count(*), 1) AS failed_percent,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY p.captured_at - o.placed_at) AS half_within,
  percentile_cont(0.95) WITHIN GROUP (ORDER BY p.captured_at - o.placed_at) AS most_within
FROM sales.payments AS p
JOIN sales.orders AS o ON o.id = p.order_id
GROUP BY p.provider
ORDER BY captured DESC, p.provider;
