-- One schema for each team that owns tables, so that grants follow ownership.
CREATE SCHEMA people;
CREATE SCHEMA catalog;
CREATE SCHEMA sales;
CREATE SCHEMA stock;

COMMENT ON SCHEMA people IS 'Customers and staff: everything that can identify a person.';
COMMENT ON SCHEMA catalog IS 'What the shop sells and at which price.';
COMMENT ON SCHEMA sales IS 'Carts, orders and the money that moves because of them.';
COMMENT ON SCHEMA stock IS 'Warehouses, goods on hand, parcels and purchasing.';

CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS pgcrypto;
