# A shop as plugins and portals of the years around MySQL 5 write it.
SET NAMES utf8;
SET SQL_MODE='NO_AUTO_VALUE_ON_ZERO', time_zone = "+00:00";
SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0;
SET FOREIGN_KEY_CHECKS = 0;
CREATE DATABASE /*!32312 IF NOT EXISTS*/ `shop` /*!40100 DEFAULT CHARACTER SET latin1 */;
USE `shop`;

CREATE TABLE sh_items (
  ID bigint(20) unsigned NOT NULL auto_increment,
  item_author bigint(20) unsigned NOT NULL default '0',
  item_date datetime NOT NULL default '0000-00-00 00:00:00',
  item_content longtext NOT NULL,
  item_status varchar(20) NOT NULL default 'publish',
  item_name varchar(200) NOT NULL default '',
  guid varchar(255) NOT NULL default '',
  menu_order int(11) NOT NULL default 0,
  PRIMARY KEY  (ID),
  KEY item_name (item_name(191)),
  KEY status_date (item_status,item_date,ID)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE sh_itemmeta (
  meta_id bigint(20) unsigned NOT NULL auto_increment,
  item_id bigint(20) unsigned NOT NULL default '0',
  meta_key varchar(255) default NULL,
  meta_value longtext,
  PRIMARY KEY  (meta_id),
  KEY item_id (item_id),
  KEY meta_key (meta_key(191))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- Names without prefix, options in comments that the installer fills.
CREATE TABLE /*_*/pages (
  page_id int unsigned NOT NULL PRIMARY KEY AUTO_INCREMENT,
  page_namespace int NOT NULL,
  page_title varchar(255) binary NOT NULL,
  page_restrictions tinyblob NULL,
  page_random real unsigned NOT NULL,
  page_touched binary(14) NOT NULL default '',
  page_kind ENUM("UNKNOWN", "BITMAP", "3D") default NULL,
  page_flags set('a','b c') not null default 'a'
) /*$tableOptions*/ MAX_ROWS=10000000 AVG_ROW_LENGTH=1024;
CREATE UNIQUE INDEX /*i*/name_title ON /*_*/pages (page_namespace,page_title);
CREATE INDEX /*i*/page_random ON /*_*/pages (page_random);

DROP TABLE IF EXISTS `sh_catalogue`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!50503 SET character_set_client = utf8mb4 */;
CREATE TABLE `sh_catalogue` (
  `entity_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Entity ID',
  `sku` varchar(64) DEFAULT NULL COMMENT 'What it''s called; "SKU"',
  `price` decimal(20,6) NOT NULL DEFAULT 0.000000 COMMENT 'Price',
  `weight` double precision DEFAULT '1.5',
  `old_weight` float(7,3) unsigned zerofill DEFAULT NULL,
  `has_options` smallint(6) NOT NULL DEFAULT '0',
  `langcode` varchar(12) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `data` longblob,
  `note` national varchar(40) DEFAULT _utf8'x',
  `wide` char varying(9) charset latin2,
  `made` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `seen` timestamp NULL DEFAULT NULL,
  `bits` bit(3) DEFAULT b'101',
  `year` year(4) DEFAULT '2001',
  `n` integer(4) signed, `m` middleint, `t` int1 unsigned, `e` int8, `f` fixed(4), `d` dec(6,2), `l` long varchar, `q` long,
  PRIMARY KEY USING BTREE (`entity_id`),
  UNIQUE KEY `UNQ_SKU` (`sku`),
  KEY `IDX_PRICE` (`price`) USING BTREE COMMENT 'by price',
  FULLTEXT KEY `FTI_NOTE` (`note`) WITH PARSER `ngram`
) ENGINE=InnoDB AUTO_INCREMENT=2047 DEFAULT CHARSET=utf8 ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8 CHECKSUM=1 DELAY_KEY_WRITE=1 PACK_KEYS=DEFAULT COMMENT='Catalogue, the table';
/*!40101 SET character_set_client = @saved_cs_client */;
LOCK TABLES `sh_catalogue` WRITE;
/*!40000 ALTER TABLE `sh_catalogue` DISABLE KEYS */;
INSERT INTO `sh_catalogue` (`sku`,`data`) VALUES ('a;b','it''s \'quoted\' -- no comment'),("c\";",'#'),(NULL,_binary 'x\\');
/*!40000 ALTER TABLE `sh_catalogue` ENABLE KEYS */;
UNLOCK TABLES;

CREATE TABLE `sh_stock` (
  `product_id` int(10) unsigned NOT NULL,
  `website_id` smallint(5) unsigned NOT NULL DEFAULT 0,
  `qty` decimal(12,4) NOT NULL,
  `updated_at` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (`product_id`,`website_id`),
  KEY `SH_STOCK_WEBSITE_ID` (`website_id`),
  CONSTRAINT `FK_A0F7C4E0D9B1` FOREIGN KEY `by_product` (`product_id`) REFERENCES `sh_catalogue` (`entity_id`) MATCH SIMPLE ON UPDATE NO ACTION ON DELETE CASCADE,
  FOREIGN KEY (`website_id`) REFERENCES `sh_site` (`id`) ON DELETE SET NULL
) ENGINE = MyISAM DEFAULT CHARACTER SET = utf8 COLLATE = utf8_general_ci;
CREATE TABLE sh_queue (id int not null, primary key (id) key_block_size=4, index using hash (id)) TYPE=MEMORY;
CREATE TABLE sh_day1 (a int not null, message char(20), index(a)) ENGINE=MyISAM;
CREATE TABLE sh_day2 LIKE sh_day1;
CREATE TABLE sh_merged (a int not null, message char(20), index(a)) ENGINE=MERGE UNION=(sh_day1, sh_day2) INSERT_METHOD=LAST;
CREATE TABLE sh_site (id smallint unsigned not null default 0 primary key comment 'x' column_format fixed storage disk);

ALTER TABLE sh_items ENGINE=InnoDB, CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
ALTER IGNORE TABLE sh_items ADD UNIQUE guid (guid(50)), ADD COLUMN (a int, b varchar(3)), CHANGE COLUMN menu_order position int(11) NOT NULL DEFAULT '0' FIRST;
ALTER TABLE sh_items ALTER item_status SET DEFAULT 'draft', ALTER COLUMN guid DROP DEFAULT, ORDER BY item_date, ID;
ALTER TABLE sh_itemmeta ADD CONSTRAINT fk_item FOREIGN KEY (item_id) REFERENCES sh_items (ID), ADD INDEX USING BTREE (meta_id), RENAME TO sh_meta;
ALTER TABLE sh_meta DROP FOREIGN KEY fk_item, DROP KEY item_id, DROP PRIMARY KEY, ADD PRIMARY KEY (meta_id), MODIFY meta_value mediumtext AFTER item_id;

DELIMITER ;;
CREATE DEFINER=`root`@`localhost` TRIGGER `stock_after` AFTER UPDATE ON `sh_stock` FOR EACH ROW BEGIN
  IF (OLD.qty <> NEW.qty) THEN
    INSERT IGNORE INTO sh_queue (id) VALUES (NEW.product_id);
  END IF;
END ;;
CREATE PROCEDURE stock_of(IN p_id INT, OUT p_count INT)
READS SQL DATA
COMMENT 'Counts; it''s simple'
BEGIN
  DECLARE CONTINUE HANDLER FOR SQLSTATE '02000' BEGIN END;
  lbl: WHILE p_count < 3 DO SET p_count = p_count + 1; ITERATE lbl; END WHILE lbl;
  SELECT COUNT(*) FROM sh_stock WHERE product_id = p_id INTO p_count;
END ;;
CREATE FUNCTION balance(p_id INT, d DATETIME) RETURNS VARCHAR(9) CHARSET utf8 DETERMINISTIC
BEGIN
  DECLARE v DECIMAL(5,2); #what is due
  CASE WHEN p_id > 3 THEN SET v = 1; ELSE SET v = IF(p_id > 1, 2, 3); END CASE;
  RETURN v;
END ;;
CREATE EVENT purge_queue ON SCHEDULE EVERY 1 DAY STARTS '2020-01-01 00:00:00' ON COMPLETION PRESERVE ENABLE COMMENT 'daily' DO DELETE FROM sh_queue WHERE id < 0 ;;
DELIMITER ;
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER=CURRENT_USER SQL SECURITY INVOKER VIEW stock_list AS
SELECT c.entity_id AS ID, CONCAT(c.sku, _utf8' ', c.note) AS name, s.qty AS `how many`, IF(c.has_options, _utf8'yes', _utf8'') AS notes
FROM sh_catalogue AS c LEFT JOIN sh_stock AS s ON c.entity_id = s.product_id GROUP BY c.entity_id, c.sku;
GRANT SELECT, INSERT ON shop.* TO 'web'@'%' IDENTIFIED BY 'x';
SET SQL_MODE=@OLD_SQL_MODE;
