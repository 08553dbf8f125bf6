CREATE TABLE stock.warehouses (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code char(3) NOT NULL UNIQUE CHECK (code ~ '^[A-Z]{3}$'),
  name text NOT NULL,
  country_code char(2) NOT NULL REFERENCES people.countries (code),
  time_zone text NOT NULL DEFAULT 'Europe/Berlin',
  cut_off time NOT NULL DEFAULT '15:00',
  opened_on date NOT NULL
);

COMMENT ON TABLE stock.warehouses IS 'Places parcels leave from.';
COMMENT ON COLUMN stock.warehouses.code IS 'Airport code of the nearest city, as on the pallets.';
COMMENT ON COLUMN stock.warehouses.time_zone IS 'Name of the time zone in which the cut-off is meant.';
COMMENT ON COLUMN stock.warehouses.cut_off IS 'Orders paid before this local time leave the same day.';
COMMENT ON COLUMN stock.warehouses.opened_on IS 'Day the first parcel left.';

CREATE TABLE stock.bins (
  warehouse_id smallint NOT NULL REFERENCES stock.warehouses (id),
  code text NOT NULL CHECK (code ~ '^[A-Z][0-9]{2}-[0-9]{2}$'),
  max_weight_kg numeric(6, 1) NOT NULL DEFAULT 250 CHECK (max_weight_kg BETWEEN 5 AND 1500),
  is_blocked boolean NOT NULL DEFAULT false,
  PRIMARY KEY (warehouse_id, code)
);

COMMENT ON TABLE stock.bins IS 'Shelf places in a warehouse.';
COMMENT ON COLUMN stock.bins.code IS 'Aisle, rack and level: C07-03.';
COMMENT ON COLUMN stock.bins.max_weight_kg IS 'What the shelf may carry according to the inspection.';
COMMENT ON COLUMN stock.bins.is_blocked IS 'True while the bin may not be picked from, as after a leak or during a count.';

CREATE TABLE stock.levels (
  warehouse_id smallint NOT NULL,
  bin_code text NOT NULL,
  sku_id bigint NOT NULL REFERENCES catalog.skus (id),
  on_hand integer NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
  reserved integer NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  available integer GENERATED ALWAYS AS (on_hand - reserved) STORED,
  reorder_at integer CHECK (reorder_at > 0),
  counted_at timestamptz,
  PRIMARY KEY (warehouse_id, bin_code, sku_id),
  CONSTRAINT levels_bin_fkey FOREIGN KEY (warehouse_id, bin_code) REFERENCES stock.bins (warehouse_id, code),
  CONSTRAINT levels_reserved_within_on_hand CHECK (reserved <= on_hand)
);

CREATE INDEX levels_sku_id_idx ON stock.levels (sku_id) INCLUDE (on_hand, reserved);

COMMENT ON TABLE stock.levels IS 'How much of a variant lies in a bin right now.';
COMMENT ON COLUMN stock.levels.bin_code IS 'Bin within the warehouse.';
COMMENT ON COLUMN stock.levels.on_hand IS 'Pieces physically there.';
COMMENT ON COLUMN stock.levels.reserved IS 'Pieces promised to paid orders and not yet picked.';
COMMENT ON COLUMN stock.levels.available IS 'Pieces that can still be sold.';
COMMENT ON COLUMN stock.levels.reorder_at IS 'Below this number the buyer is told; empty when not watched.';
COMMENT ON COLUMN stock.levels.counted_at IS 'Last time somebody counted by hand.';

CREATE TABLE stock.movements (
  id serial PRIMARY KEY,
  warehouse_id smallint NOT NULL,
  bin_code text NOT NULL,
  sku_id bigint NOT NULL REFERENCES catalog.skus (id),
  quantity integer NOT NULL CHECK (quantity <> 0),
  reason text NOT NULL CHECK (reason IN ('receipt', 'pick', 'return', 'transfer', 'count', 'scrap')),
  moved_by integer REFERENCES people.employees (id),
  moved_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT movements_bin_fkey FOREIGN KEY (warehouse_id, bin_code) REFERENCES stock.bins (warehouse_id, code),
  CONSTRAINT movements_sign CHECK (
    (reason IN ('receipt', 'return') AND quantity > 0)
    OR (reason IN ('pick', 'scrap') AND quantity < 0)
    OR reason IN ('transfer', 'count')
  )
);

CREATE INDEX movements_sku_id_moved_at_idx ON stock.movements (sku_id, moved_at DESC);

COMMENT ON TABLE stock.movements IS 'Every piece that came into or left a bin. Rows are only added.';
COMMENT ON COLUMN stock.movements.bin_code IS 'Bin the pieces came into or left.';
COMMENT ON COLUMN stock.movements.quantity IS 'Pieces, negative when they left the bin.';
COMMENT ON COLUMN stock.movements.reason IS 'Why they moved; decides the sign.';
COMMENT ON COLUMN stock.movements.moved_by IS 'Who scanned it; empty for bookings by the conveyor.';
COMMENT ON COLUMN stock.movements.moved_at IS 'When it was scanned.';
