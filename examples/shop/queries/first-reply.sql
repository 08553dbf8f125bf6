-- title: Time to the first reply
-- question: Do we answer tickets in the time promised for their priority?
WITH promised (priority, within) AS (
  VALUES
    ('urgent'::support.priority, interval '1 hour'),
    ('high', interval '4 hours'),
    ('normal', interval '1 day'),
    ('low', interval '3 days')
)
SELECT
  t.priority,
  count(*) AS tickets,
  count(*) FILTER (WHERE t.first_reply_at IS NULL AND t.closed_at IS NULL) AS unanswered,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY t.first_reply_at - t.opened_at) AS half_within,
  round(100.0 * count(*) FILTER (WHERE t.first_reply_at <= t.opened_at + p.within) / count(*), 1) AS kept_percent
FROM support.tickets AS t
JOIN promised AS p USING (priority)
WHERE t.status <> 'spam'
GROUP BY t.priority
ORDER BY t.priority DESC;
