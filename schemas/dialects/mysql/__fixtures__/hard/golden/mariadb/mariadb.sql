CREATE SEQUENCE `order_no` START WITH 100 MINVALUE 1 MAXVALUE 9223372036854775806 INCREMENT BY 10;

CREATE TABLE `bookings` (
  `room` int(11) NOT NULL,
  `from_day` date NOT NULL,
  `to_day` date NOT NULL,
  `price` decimal(10,2) NOT NULL,
  `no` int(11) NOT NULL DEFAULT (NEXTVAL(order_no)),
  `remark` text NULL,
  KEY `by_price` (`price`) IGNORED,
  UNIQUE KEY `room` (`room`, `stay` WITHOUT OVERLAPS),
  PERIOD FOR `stay` (`from_day`, `to_day`)
) ENGINE=Aria PAGE_CHECKSUM=1 ROW_FORMAT=PAGE TRANSACTIONAL=1 WITH SYSTEM VERSIONING;

CREATE TABLE `customers` (
  `id` uuid NOT NULL DEFAULT (UUID()),
  `ip` inet6 NULL DEFAULT '::1',
  `old_ip` inet4 NULL,
  `name` varchar(80) NULL,
  `settings` longtext COLLATE utf8mb4_bin NULL,
  `doubled` int(11) GENERATED ALWAYS AS (LENGTH(name) * 2) STORED,
  `secret` varchar(9) NULL INVISIBLE,
  `parent` uuid NULL,
  `start_at` timestamp(6) GENERATED ALWAYS AS ROW START,
  `end_at` timestamp(6) GENERATED ALWAYS AS ROW END,
  PRIMARY KEY (`id`),
  KEY `by_name` (`name`) IGNORED,
  KEY `parent` (`parent`),
  PERIOD FOR `SYSTEM_TIME` (`start_at`, `end_at`),
  CONSTRAINT `settings` CHECK (JSON_VALID(settings))
) ENCRYPTED=NO ENGINE=InnoDB PAGE_COMPRESSED=1 WITH SYSTEM VERSIONING DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;

CREATE TABLE `logs` (
  `id` int(11) NOT NULL,
  PRIMARY KEY (`id`)
);

ALTER TABLE `customers` ADD CONSTRAINT `customers_ibfk_1` FOREIGN KEY (`parent`) REFERENCES `customers` (`id`) ON DELETE SET NULL ON UPDATE RESTRICT;

DELIMITER $$
CREATE OR REPLACE AGGREGATE FUNCTION total(x INT) RETURNS INT BEGIN DECLARE s INT DEFAULT 0; DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN s; LOOP FETCH GROUP NEXT ROW; SET s = s + x; END LOOP; END$$
DELIMITER ;

CREATE OR REPLACE FUNCTION twice(n INT) RETURNS INT NO SQL RETURN n * 2;

DELIMITER $$
CREATE OR REPLACE PROCEDURE walk() BEGIN FOR r IN (SELECT room FROM bookings) DO SELECT r.room; END FOR; END$$
DELIMITER ;

CREATE VIEW `cheap` (`room`, `price`) AS SELECT room, price FROM bookings FOR SYSTEM_TIME ALL WHERE price < 10;

DELIMITER $$
CREATE OR REPLACE TRIGGER price_up BEFORE UPDATE ON bookings FOR EACH ROW IF NEW.price < OLD.price THEN SET NEW.price = OLD.price; END IF$$
DELIMITER ;
