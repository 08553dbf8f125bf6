-- The words of the shop floor: a variant is what is sold, a line is part of an order,
-- and an address belongs to a customer (suppliers are about to get theirs).
ALTER TABLE catalog.skus RENAME TO product_variants;
ALTER SEQUENCE catalog.skus_id_seq RENAME TO product_variants_id_seq;
ALTER INDEX catalog.skus_pkey RENAME TO product_variants_pkey;
ALTER INDEX catalog.skus_product_id_idx RENAME TO product_variants_product_id_idx;
ALTER INDEX catalog.skus_one_default_idx RENAME TO product_variants_one_default_idx;
ALTER TABLE catalog.product_variants RENAME CONSTRAINT skus_sku_key TO product_variants_sku_key;
ALTER TABLE catalog.product_variants RENAME CONSTRAINT skus_ean_key TO product_variants_ean_key;
ALTER TABLE catalog.product_variants RENAME CONSTRAINT skus_package_positive TO product_variants_package_positive;

ALTER TABLE catalog.prices RENAME COLUMN sku_id TO variant_id;
ALTER INDEX catalog.prices_sku_id_idx RENAME TO prices_variant_id_idx;
ALTER TABLE sales.cart_items RENAME COLUMN sku_id TO variant_id;
ALTER TABLE stock.levels RENAME COLUMN sku_id TO variant_id;
ALTER INDEX stock.levels_sku_id_idx RENAME TO levels_variant_id_idx;
ALTER TABLE stock.movements RENAME COLUMN sku_id TO variant_id;
ALTER INDEX stock.movements_sku_id_moved_at_idx RENAME TO movements_variant_id_moved_at_idx;

ALTER TABLE sales.order_items RENAME TO order_lines;
ALTER TABLE sales.order_lines RENAME COLUMN line TO line_no;
ALTER TABLE sales.order_lines RENAME COLUMN qty TO quantity;
ALTER TABLE sales.order_lines RENAME COLUMN sku_id TO variant_id;
ALTER INDEX sales.order_items_sku_id_idx RENAME TO order_lines_variant_id_idx;
ALTER INDEX sales.order_items_pkey RENAME TO order_lines_pkey;
ALTER FUNCTION sales.order_items_total(bigint) RENAME TO order_lines_total;
ALTER TABLE stock.shipment_lines RENAME COLUMN line TO line_no;

ALTER TABLE people.addresses RENAME TO customer_addresses;
ALTER TABLE people.customer_addresses RENAME COLUMN zip TO postal_code;
ALTER TABLE people.customer_addresses
  RENAME CONSTRAINT addresses_customer_id_id_key TO customer_addresses_customer_id_id_key;
ALTER INDEX people.addresses_one_default_idx RENAME TO customer_addresses_one_default_idx;

ALTER TABLE people.customers RENAME COLUMN name TO full_name;
ALTER TABLE sales.orders RENAME COLUMN comment TO customer_note;

COMMENT ON COLUMN sales.orders.customer_note IS 'What the customer typed at checkout; printed on the packing list.';
COMMENT ON FUNCTION sales.order_lines_total(bigint) IS 'Sum of the lines of an order; the checkout compares it with orders.items_total.';
