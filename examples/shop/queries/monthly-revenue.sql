-- title: Revenue by month
-- question: How much do we invoice net of VAT each month, and how does that compare with the month before?
WITH months AS (
  SELECT
    date_trunc('month', i.issued_on)::date AS month,
    o.currency_code,
    sum(i.net_total) AS net
  FROM sales.invoices AS i
  JOIN sales.orders AS o ON o.id = i.order_id
  GROUP BY 1, 2
)
SELECT
  month,
  currency_code,
  net,
  lag(net) OVER by_currency AS month_before,
  round(100 * (net / nullif(lag(net) OVER by_currency, 0) - 1), 1) AS change_percent,
  sum(net) OVER (PARTITION BY currency_code, extract(year FROM month) ORDER BY month) AS year_to_date
FROM months
WINDOW by_currency AS (PARTITION BY currency_code ORDER BY month)
ORDER BY month DESC, currency_code;
