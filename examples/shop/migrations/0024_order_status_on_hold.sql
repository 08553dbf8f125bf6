-- Alone in its file: a new value cannot be used in the transaction that adds it.
ALTER TYPE sales.order_status ADD VALUE 'on_hold' BEFORE 'picking';
