CREATE SCHEMA audit;
COMMENT ON SCHEMA audit IS 'Who changed what. Written by triggers, read by compliance.';

CREATE TYPE audit.action AS ENUM ('insert', 'update', 'delete');
COMMENT ON TYPE audit.action IS 'What was done to the row.';

CREATE TABLE audit.events (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  occurred_at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL DEFAULT current_user,
  action audit.action NOT NULL,
  table_name text NOT NULL,
  row_key text NOT NULL,
  old_row jsonb,
  new_row jsonb,
  PRIMARY KEY (occurred_at, id),
  CONSTRAINT events_rows_match_action CHECK (
    (action = 'insert' AND old_row IS NULL AND new_row IS NOT NULL)
    OR (action = 'update' AND old_row IS NOT NULL AND new_row IS NOT NULL)
    OR (action = 'delete' AND old_row IS NOT NULL AND new_row IS NULL)
  )
) PARTITION BY RANGE (occurred_at);

CREATE TABLE audit.events_2026_08 PARTITION OF audit.events
  FOR VALUES FROM ('2026-08-01 00:00:00+00') TO ('2026-09-01 00:00:00+00');
CREATE TABLE audit.events_2026_09 PARTITION OF audit.events
  FOR VALUES FROM ('2026-09-01 00:00:00+00') TO ('2026-10-01 00:00:00+00');
CREATE TABLE audit.events_default PARTITION OF audit.events DEFAULT;

CREATE INDEX events_table_name_row_key_idx ON audit.events (table_name, row_key, occurred_at DESC);
CREATE INDEX events_new_row_idx ON audit.events USING gin (new_row jsonb_path_ops);

COMMENT ON TABLE audit.events IS 'One row for each change to an audited table, split by month. Kept for 24 months.';
COMMENT ON COLUMN audit.events.occurred_at IS 'Start of the transaction that made the change.';
COMMENT ON COLUMN audit.events.actor IS 'Employee login if the application set shop.actor, else the database role.';
COMMENT ON COLUMN audit.events.action IS 'What was done to the row.';
COMMENT ON COLUMN audit.events.table_name IS 'Table with its schema, such as sales.orders.';
COMMENT ON COLUMN audit.events.row_key IS 'Primary key of the row, as text.';
COMMENT ON COLUMN audit.events.old_row IS 'The row before the change; empty for an insert.';
COMMENT ON COLUMN audit.events.new_row IS 'The row after the change; empty for a delete.';
COMMENT ON TABLE audit.events_default IS 'Catches what fits no month; should stay empty.';

CREATE FUNCTION audit.log_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
BEGIN
  INSERT INTO audit.events (actor, action, table_name, row_key, old_row, new_row)
  VALUES (
    coalesce(nullif(current_setting('shop.actor', true), ''), session_user),
    lower(TG_OP)::audit.action,
    TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME,
    coalesce(after, before) ->> TG_ARGV[0],
    before,
    after
  );
  RETURN NULL;
END
$$;

COMMENT ON FUNCTION audit.log_change() IS 'Writes the changed row to audit.events; the argument names the key column.';

CREATE TRIGGER audit_changes
  AFTER INSERT OR UPDATE OR DELETE ON people.customers
  FOR EACH ROW EXECUTE FUNCTION audit.log_change('id');
CREATE TRIGGER audit_changes
  AFTER UPDATE OR DELETE ON sales.orders
  FOR EACH ROW EXECUTE FUNCTION audit.log_change('id');
CREATE TRIGGER audit_changes
  AFTER INSERT OR UPDATE OR DELETE ON catalog.prices
  FOR EACH ROW EXECUTE FUNCTION audit.log_change('variant_id');

COMMENT ON TRIGGER audit_changes ON sales.orders IS 'New orders are not logged: the order is its own record.';

CREATE FUNCTION audit.reject_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %.% is not allowed: its rows are final', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;

COMMENT ON FUNCTION audit.reject_change() IS 'Refuses whatever the trigger is attached to.';

CREATE TRIGGER events_are_final
  BEFORE UPDATE OR DELETE ON audit.events
  FOR EACH ROW EXECUTE FUNCTION audit.reject_change();
