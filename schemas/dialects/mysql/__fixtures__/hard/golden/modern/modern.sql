-- QG219 error 53: the type of "total" in "summary" cannot be told from its expression

-- QG219 error 53: the type of "orders" in "summary" cannot be told from its expression

CREATE DATABASE `shop`;

CREATE TABLE `shop`.`archive_2024` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `customer` binary(16) NULL,
  `placed_on` date NOT NULL,
  `region` varchar(2) NOT NULL,
  `total` decimal(12,2) NOT NULL DEFAULT (1 + 1),
  `remark` text COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (`id`, `placed_on`, `region`),
  KEY `by_customer` (`customer`)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
PARTITION BY RANGE COLUMNS (placed_on, region) SUBPARTITION BY HASH (TO_DAYS(placed_on)) SUBPARTITIONS 2 (PARTITION `p0` VALUES LESS THAN ('2024-01-01', 'm') COMMENT = 'old' DATA DIRECTORY = '/tmp' (SUBPARTITION s0, SUBPARTITION s1), PARTITION `p1` VALUES LESS THAN (MAXVALUE, MAXVALUE) ENGINE = InnoDB);

CREATE TABLE `shop`.`customers` (
  `id` binary(16) NOT NULL DEFAULT (UUID_TO_BIN(UUID(), 1)),
  `no` bigint unsigned NOT NULL AUTO_INCREMENT,
  `email` varchar(320) COLLATE utf8mb4_0900_as_cs NOT NULL,
  `domain` varchar(255) GENERATED ALWAYS AS (SUBSTRING_INDEX(email, '@', -1)) STORED NOT NULL,
  `profile` json NOT NULL DEFAULT (JSON_OBJECT()),
  `tags` json NULL,
  `place` point NOT NULL,
  `age` tinyint unsigned GENERATED ALWAYS AS (JSON_EXTRACT(profile, '$.age')) VIRTUAL INVISIBLE,
  `born` date NULL DEFAULT (CURRENT_DATE + INTERVAL 1 YEAR),
  `state` varchar(9) NOT NULL DEFAULT 'new',
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  KEY `by_age` (`age` DESC, `born`),
  UNIQUE KEY `by_email` ((LOWER(email)), `state` DESC) COMMENT 'once',
  SPATIAL KEY `by_place` (`place`),
  KEY `by_tags` ((CAST(tags->'$[*]' AS UNSIGNED ARRAY))),
  UNIQUE KEY `domain` (`domain`, `state`),
  UNIQUE KEY `no` (`no`),
  FULLTEXT KEY `words` (`email`) WITH PARSER `ngram` INVISIBLE,
  CONSTRAINT `customers_chk_1` CHECK (no > 0)
) AUTOEXTEND_SIZE=4M COMPRESSION=zlib ENCRYPTION=Y ENGINE=InnoDB SECONDARY_ENGINE=RAPID STATS_PERSISTENT=1 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci COMMENT='People';

CREATE TABLE `shop`.`hits` (
  `id` int NOT NULL,
  PRIMARY KEY (`id`)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;

CREATE TABLE `shop`.`orders` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `customer` binary(16) NULL,
  `placed_on` date NOT NULL,
  `region` varchar(2) NOT NULL,
  `total` decimal(12,2) NOT NULL DEFAULT (1 + 1),
  `remark` text COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (`id`, `placed_on`, `region`),
  KEY `by_customer` (`customer`)
) TABLESPACE=innodb_file_per_table DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
PARTITION BY RANGE COLUMNS (placed_on, region) SUBPARTITION BY HASH (TO_DAYS(placed_on)) SUBPARTITIONS 2 (PARTITION `p0` VALUES LESS THAN ('2024-01-01', 'm') COMMENT = 'old' DATA DIRECTORY = '/tmp' (SUBPARTITION s0, SUBPARTITION s1), PARTITION `p1` VALUES LESS THAN (MAXVALUE, MAXVALUE) ENGINE = InnoDB);

CREATE TABLE `shop`.`summaries` (
  `region` char(4) NOT NULL,
  PRIMARY KEY (`region`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;

CREATE TABLE `shop`.`visits` (
  `id` int NOT NULL,
  `country` char(2) NOT NULL,
  `at` timestamp(3) NULL,
  KEY `country` (`country`)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
PARTITION BY LIST COLUMNS (country) (PARTITION `both_of` VALUES IN ('CH', 'DE', 'JP', 'KR'));

ALTER TABLE `shop`.`orders` ADD CONSTRAINT `orders_customer` FOREIGN KEY (`customer`) REFERENCES `shop`.`customers` (`id`) ON DELETE SET NULL ON UPDATE CASCADE;

USE `shop`;

CREATE PROCEDURE refresh() SQL SECURITY INVOKER MODIFIES SQL DATA INSERT INTO summaries (region) VALUES ('x');

CREATE VIEW `shop`.`latest` (`id`, `customer`, `placed_on`, `region`, `total`, `remark`) AS SELECT o.* FROM orders o, LATERAL (SELECT MAX(i.id) AS top FROM orders i WHERE i.region = o.region) m WHERE o.id = m.top;

CREATE VIEW `shop`.`ranked` (`id`, `total`, `place`, `tag`) AS SELECT o.id, o.total, ROW_NUMBER() OVER w AS place, j.tag FROM orders o CROSS JOIN JSON_TABLE('["a"]', '$[*]' COLUMNS (tag VARCHAR(9) PATH '$')) j WINDOW w AS (PARTITION BY o.region ORDER BY o.total DESC);

CREATE VIEW `shop`.`tree` (`id`, `depth`) AS WITH RECURSIVE t (id, depth) AS (SELECT id, 0 FROM orders UNION ALL SELECT id, depth + 1 FROM t WHERE depth < 3) SELECT id, depth FROM t;

CREATE TRIGGER keep BEFORE INSERT ON orders FOR EACH ROW SET NEW.total = COALESCE(NEW.total, 0);

CREATE TRIGGER keep_too BEFORE INSERT ON orders FOR EACH ROW FOLLOWS keep SET NEW.remark = 'x';
