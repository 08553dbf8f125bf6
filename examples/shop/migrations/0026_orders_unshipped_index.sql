-- Alone in its file: it cannot run in a transaction, and the shop stays open meanwhile.
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_unshipped_idx
  ON sales.orders (placed_at) WHERE latest_shipment_id IS NULL AND cancelled_at IS NULL;
