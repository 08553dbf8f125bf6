CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Tags become a column: they were only ever read together with their product.
ALTER TABLE catalog.products
  ADD COLUMN tags text[] NOT NULL DEFAULT '{}'
    CONSTRAINT products_tags_few CHECK (cardinality(tags) <= 12 AND array_position(tags, NULL) IS NULL);

UPDATE catalog.products AS p
SET tags = t.tags
FROM (
  SELECT product_id, array_agg(tag ORDER BY tag) AS tags
  FROM catalog.product_tags
  GROUP BY product_id
) AS t
WHERE t.product_id = p.id;

DROP TABLE catalog.product_tags;

-- The weight moved to the variants long ago.
ALTER TABLE catalog.products DROP COLUMN weight_g;

ALTER TABLE catalog.products
  ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('english', name), 'A')
    || setweight(to_tsvector('english', coalesce(description, '')), 'B')
  ) STORED;

CREATE INDEX products_search_idx ON catalog.products USING gin (search);
CREATE INDEX products_tags_idx ON catalog.products USING gin (tags);
CREATE INDEX products_name_trgm_idx ON catalog.products USING gin (name gin_trgm_ops);

COMMENT ON COLUMN catalog.products.tags IS 'Labels of the editors, such as "vegan" or "bestseller"; at most twelve.';
COMMENT ON COLUMN catalog.products.search IS 'Words of name and description, for the search box.';
COMMENT ON INDEX catalog.products_name_trgm_idx IS 'Finds names in spite of typing errors.';
