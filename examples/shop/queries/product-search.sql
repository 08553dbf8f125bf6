-- title: Search the products
-- question: Which products on sale match these words, best match first, with the lowest price in euro and the stars?
SELECT
  p.name,
  b.name AS brand,
  min(e.amount) AS price_from,
  r.stars,
  r.reviews,
  ts_rank(p.search, websearch_to_tsquery('english', $1)) AS match
FROM catalog.products AS p
JOIN catalog.brands AS b ON b.id = p.brand_id
LEFT JOIN catalog.product_variants AS v ON v.product_id = p.id
LEFT JOIN (
  catalog.prices AS e
  JOIN catalog.price_lists AS pl ON pl.id = e.price_list_id AND pl.currency_code = 'EUR'
) ON e.variant_id = v.id
LEFT JOIN catalog.product_ratings AS r ON r.product_id = p.id
WHERE p.status = 'active'
  AND p.search @@ websearch_to_tsquery('english', $1)
GROUP BY p.id, b.name, r.stars, r.reviews
ORDER BY match DESC, p.name
LIMIT 20;
