-- QG222 info 85: MyISAM reads the foreign key "FK_A0F7C4E0D9B1" of "sh_stock" and ignores it

-- QG222 info 86: MyISAM reads the foreign key "sh_stock_ibfk_1" of "sh_stock" and ignores it

CREATE DATABASE `shop`;

CREATE TABLE `shop`.`pages` (
  `page_id` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `page_namespace` int(11) NOT NULL,
  `page_title` varchar(255) COLLATE latin1_bin NOT NULL,
  `page_restrictions` tinyblob NULL,
  `page_random` double unsigned NOT NULL,
  `page_touched` binary(14) NOT NULL DEFAULT '\0\0\0\0\0\0\0\0\0\0\0\0\0\0',
  `page_kind` enum('UNKNOWN','BITMAP','3D') NULL,
  `page_flags` set('a','b c') NOT NULL DEFAULT 'a',
  PRIMARY KEY (`page_id`),
  UNIQUE KEY `name_title` (`page_namespace`, `page_title`),
  KEY `page_random` (`page_random`)
) AVG_ROW_LENGTH=1024 MAX_ROWS=10000000 DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;

DELIMITER $$
CREATE TABLE `shop`.`sh_catalogue` (
  `entity_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Entity ID',
  `sku` varchar(64) NULL COMMENT 'What it''s called; "SKU"',
  `price` decimal(20,6) NOT NULL DEFAULT 0.000000 COMMENT 'Price',
  `weight` double NULL DEFAULT 1.5,
  `old_weight` float(7,3) unsigned zerofill NULL,
  `has_options` smallint(6) NOT NULL DEFAULT 0,
  `langcode` varchar(12) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `data` longblob NULL,
  `note` varchar(40) NULL DEFAULT 'x',
  `wide` varchar(9) CHARACTER SET latin2 COLLATE latin2_general_ci NULL,
  `made` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `seen` timestamp NULL,
  `bits` bit(3) NULL DEFAULT b'101',
  `year` year(4) NULL DEFAULT 2001,
  `n` int(4) NULL,
  `m` mediumint(9) NULL,
  `t` tinyint(3) unsigned NULL,
  `e` bigint(20) NULL,
  `f` decimal(4,0) NULL,
  `d` decimal(6,2) NULL,
  `l` mediumtext NULL,
  `q` mediumtext NULL,
  PRIMARY KEY (`entity_id`),
  FULLTEXT KEY `FTI_NOTE` (`note`) WITH PARSER `ngram`,
  KEY `IDX_PRICE` (`price`) COMMENT 'by price',
  UNIQUE KEY `UNQ_SKU` (`sku`)
) CHECKSUM=1 DELAY_KEY_WRITE=1 ENGINE=InnoDB KEY_BLOCK_SIZE=8 PACK_KEYS=DEFAULT ROW_FORMAT=COMPRESSED DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci COMMENT='Catalogue, the table'$$
DELIMITER ;

CREATE TABLE `shop`.`sh_day1` (
  `a` int(11) NOT NULL,
  `message` char(20) NULL,
  KEY `a` (`a`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;

CREATE TABLE `shop`.`sh_day2` (
  `a` int(11) NOT NULL,
  `message` char(20) NULL,
  KEY `a` (`a`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;

CREATE TABLE `shop`.`sh_items` (
  `position` int(11) NOT NULL DEFAULT 0,
  `ID` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `item_author` bigint(20) unsigned NOT NULL DEFAULT 0,
  `item_date` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  `item_content` longtext NOT NULL,
  `item_status` varchar(20) NOT NULL DEFAULT 'draft',
  `item_name` varchar(200) NOT NULL DEFAULT '',
  `guid` varchar(255) NOT NULL,
  `a` int(11) NULL,
  `b` varchar(3) NULL,
  PRIMARY KEY (`ID`),
  UNIQUE KEY `guid` (`guid`(50)),
  KEY `item_name` (`item_name`(191)),
  KEY `status_date` (`item_status`, `item_date`, `ID`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `shop`.`sh_merged` (
  `a` int(11) NOT NULL,
  `message` char(20) NULL,
  KEY `a` (`a`)
) ENGINE=MRG_MYISAM INSERT_METHOD=LAST UNION=(sh_day1, sh_day2) DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;

CREATE TABLE `shop`.`sh_meta` (
  `meta_id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `item_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `meta_value` mediumtext NULL,
  `meta_key` varchar(255) NULL,
  PRIMARY KEY (`meta_id`),
  KEY `meta_id` (`meta_id`),
  KEY `meta_key` (`meta_key`(191))
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `shop`.`sh_queue` (
  `id` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `id` (`id`)
) ENGINE=MEMORY DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;

CREATE TABLE `shop`.`sh_site` (
  `id` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'x',
  PRIMARY KEY (`id`)
) DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;

CREATE TABLE `shop`.`sh_stock` (
  `product_id` int(10) unsigned NOT NULL,
  `website_id` smallint(5) unsigned NOT NULL DEFAULT 0,
  `qty` decimal(12,4) NOT NULL,
  `updated_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (`product_id`, `website_id`),
  KEY `SH_STOCK_WEBSITE_ID` (`website_id`)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

USE `shop`;

DELIMITER $$
CREATE FUNCTION balance(p_id INT, d DATETIME) RETURNS VARCHAR(9) CHARSET utf8 DETERMINISTIC
BEGIN
  DECLARE v DECIMAL(5,2); #what is due
  CASE WHEN p_id > 3 THEN SET v = 1; ELSE SET v = IF(p_id > 1, 2, 3); END CASE;
  RETURN v;
END$$
DELIMITER ;

DELIMITER $$
CREATE PROCEDURE stock_of(IN p_id INT, OUT p_count INT)
READS SQL DATA
COMMENT 'Counts; it''s simple'
BEGIN
  DECLARE CONTINUE HANDLER FOR SQLSTATE '02000' BEGIN END;
  lbl: WHILE p_count < 3 DO SET p_count = p_count + 1; ITERATE lbl; END WHILE lbl;
  SELECT COUNT(*) FROM sh_stock WHERE product_id = p_id INTO p_count;
END$$
DELIMITER ;

CREATE ALGORITHM=UNDEFINED SQL SECURITY INVOKER VIEW `shop`.`stock_list` (`ID`, `name`, `how many`, `notes`) AS SELECT c.entity_id AS ID, CONCAT(c.sku, _utf8' ', c.note) AS name, s.qty AS `how many`, IF(c.has_options, _utf8'yes', _utf8'') AS notes
FROM sh_catalogue AS c LEFT JOIN sh_stock AS s ON c.entity_id = s.product_id GROUP BY c.entity_id, c.sku;

DELIMITER $$
CREATE DEFINER=`root`@`localhost` TRIGGER `stock_after` AFTER UPDATE ON `sh_stock` FOR EACH ROW BEGIN
  IF (OLD.qty <> NEW.qty) THEN
    INSERT IGNORE INTO sh_queue (id) VALUES (NEW.product_id);
  END IF;
END$$
DELIMITER ;

CREATE EVENT purge_queue ON SCHEDULE EVERY 1 DAY STARTS '2020-01-01 00:00:00' ON COMPLETION PRESERVE ENABLE COMMENT 'daily' DO DELETE FROM sh_queue WHERE id < 0;
