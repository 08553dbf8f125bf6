-- Roles belong to the cluster and may be there already.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shop_app') THEN
    CREATE ROLE shop_app NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shop_agent') THEN
    CREATE ROLE shop_agent NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shop_analyst') THEN
    CREATE ROLE shop_analyst NOLOGIN;
  END IF;
END
$$;

GRANT USAGE ON SCHEMA people, catalog, sales, stock, support TO shop_app, shop_agent, shop_analyst;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA people, catalog, sales, stock, support TO shop_app;
GRANT SELECT ON ALL TABLES IN SCHEMA catalog, sales, stock TO shop_agent, shop_analyst;
GRANT SELECT ON people.customers, people.customer_addresses, people.countries TO shop_agent;
GRANT SELECT, INSERT, UPDATE ON support.tickets, support.ticket_messages, support.returns, support.return_lines TO shop_agent;

-- Analysts see who bought from where, never who it was.
GRANT SELECT (id, country_code, loyalty_points, created_at, deleted_at) ON people.customers TO shop_analyst;
GRANT SELECT ON people.countries TO shop_analyst;
REVOKE SELECT ON sales.payment_methods FROM shop_agent, shop_analyst;

CREATE FUNCTION support.current_employee_id() RETURNS integer
LANGUAGE sql STABLE
RETURN nullif(current_setting('shop.employee_id', true), '')::integer;

CREATE FUNCTION support.current_customer_id() RETURNS bigint
LANGUAGE sql STABLE
RETURN nullif(current_setting('shop.customer_id', true), '')::bigint;

COMMENT ON FUNCTION support.current_employee_id() IS 'Employee the application acts for, from the setting shop.employee_id.';
COMMENT ON FUNCTION support.current_customer_id() IS 'Customer the application acts for, from the setting shop.customer_id.';

ALTER TABLE support.tickets ENABLE ROW LEVEL SECURITY;
ALTER TABLE support.ticket_messages ENABLE ROW LEVEL SECURITY;

CREATE POLICY tickets_own ON support.tickets
  FOR SELECT TO shop_app
  USING (customer_id = support.current_customer_id());
CREATE POLICY tickets_open_one ON support.tickets
  FOR INSERT TO shop_app
  WITH CHECK (customer_id IS NOT DISTINCT FROM support.current_customer_id());
CREATE POLICY tickets_of_agents ON support.tickets
  FOR ALL TO shop_agent
  USING (assigned_to IS NULL OR assigned_to = support.current_employee_id())
  WITH CHECK (true);

CREATE POLICY ticket_messages_visible ON support.ticket_messages
  FOR SELECT TO shop_app
  USING (
    NOT is_internal
    AND EXISTS (
      SELECT FROM support.tickets AS t
      WHERE t.id = ticket_id AND t.customer_id = support.current_customer_id()
    )
  );
CREATE POLICY ticket_messages_reply ON support.ticket_messages
  FOR INSERT TO shop_app
  WITH CHECK (
    employee_id IS NULL
    AND customer_id IS NOT DISTINCT FROM support.current_customer_id()
  );
CREATE POLICY ticket_messages_of_agents ON support.ticket_messages
  FOR ALL TO shop_agent
  USING (true);
CREATE POLICY ticket_messages_signed ON support.ticket_messages
  AS RESTRICTIVE FOR INSERT TO shop_agent
  WITH CHECK (employee_id = support.current_employee_id());

COMMENT ON POLICY tickets_own ON support.tickets IS 'Customers see their own tickets.';
COMMENT ON POLICY tickets_of_agents ON support.tickets IS 'Agents see their own tickets and those nobody has taken.';
COMMENT ON POLICY ticket_messages_visible ON support.ticket_messages IS 'Customers see the messages of their tickets without the internal notes.';
COMMENT ON POLICY ticket_messages_signed ON support.ticket_messages IS 'Nobody writes in the name of a colleague.';
