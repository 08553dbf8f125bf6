CREATE TABLE catalog.product_images (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id bigint NOT NULL REFERENCES catalog.products (id) ON DELETE CASCADE,
  variant_id bigint REFERENCES catalog.product_variants (id) ON DELETE CASCADE,
  url text NOT NULL CHECK (url ~ '^https://[^\s]+\.(jpg|png|webp|avif)$'),
  alt_text text NOT NULL,
  position smallint NOT NULL CHECK (position > 0),
  -- Deferrable, so that two pictures can change places in one statement each.
  CONSTRAINT product_images_position_key UNIQUE (product_id, position) DEFERRABLE INITIALLY IMMEDIATE
);

CREATE INDEX product_images_variant_id_idx ON catalog.product_images (variant_id) WHERE variant_id IS NOT NULL;

COMMENT ON TABLE catalog.product_images IS 'Pictures on the product page.';
COMMENT ON COLUMN catalog.product_images.variant_id IS 'Variant the picture shows; empty when it shows the product in general.';
COMMENT ON COLUMN catalog.product_images.url IS 'Address of the original; smaller sizes are made on the way out.';
COMMENT ON COLUMN catalog.product_images.alt_text IS 'What a screen reader says.';
COMMENT ON COLUMN catalog.product_images.position IS 'Place in the gallery, counted from 1.';

CREATE TABLE catalog.reviews (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id bigint NOT NULL REFERENCES catalog.products (id) ON DELETE CASCADE,
  customer_id bigint REFERENCES people.customers (id) ON DELETE SET NULL,
  rating smallint NOT NULL CHECK (rating >= 1 AND rating <= 5),
  title text NOT NULL,
  body text,
  helpful_count integer NOT NULL DEFAULT 0 CHECK (helpful_count >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz,
  rejected_at timestamptz,
  CONSTRAINT reviews_one_per_customer_key UNIQUE (product_id, customer_id),
  CONSTRAINT reviews_title_length CHECK (char_length(title) BETWEEN 3 AND 80),
  CONSTRAINT reviews_bad_mark_explained CHECK (rating >= 3 OR body IS NOT NULL),
  CONSTRAINT reviews_published_or_rejected CHECK (published_at IS NULL OR rejected_at IS NULL)
);

CREATE INDEX reviews_published_idx ON catalog.reviews (product_id, published_at DESC)
  INCLUDE (rating) WHERE published_at IS NOT NULL;

COMMENT ON TABLE catalog.reviews IS 'What customers say about a product.';
COMMENT ON COLUMN catalog.reviews.customer_id IS 'Author; empty once the account is deleted.';
COMMENT ON COLUMN catalog.reviews.rating IS 'One to five stars.';
COMMENT ON COLUMN catalog.reviews.title IS 'Headline of the review.';
COMMENT ON COLUMN catalog.reviews.body IS 'Text; required below three stars.';
COMMENT ON COLUMN catalog.reviews.helpful_count IS 'How many visitors found it helpful.';
COMMENT ON COLUMN catalog.reviews.published_at IS 'When an editor let it through; empty while it waits.';
COMMENT ON COLUMN catalog.reviews.rejected_at IS 'When an editor refused it.';

CREATE VIEW catalog.product_ratings AS
SELECT product_id, count(*) AS reviews, round(avg(rating), 1) AS stars
FROM catalog.reviews
WHERE published_at IS NOT NULL
GROUP BY product_id;

COMMENT ON VIEW catalog.product_ratings IS 'Stars of a product over its published reviews.';

GRANT SELECT, INSERT, UPDATE, DELETE ON catalog.product_images, catalog.reviews TO shop_app;
GRANT SELECT ON catalog.product_images, catalog.reviews, catalog.product_ratings TO shop_app, shop_agent, shop_analyst;
