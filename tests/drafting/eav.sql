-- Entities and values: every key is entity_id or value_id, every reference upwards parent_id; nothing is declared.
-- find email=c3@example.com
-- theirs customer_entity 3
-- theirs customer_entity_varchar 3 13
-- theirs customer_address_entity 6
-- theirs customer_log 8
-- theirs sales_order 4 14 24
-- theirs sales_order_address 7 17 27
CREATE TABLE customer_entity (entity_id INTEGER PRIMARY KEY, email TEXT, firstname TEXT, lastname TEXT, store_id INTEGER);
CREATE TABLE customer_entity_varchar (value_id INTEGER PRIMARY KEY, attribute_id INTEGER, entity_id INTEGER, value TEXT);
CREATE TABLE customer_address_entity (entity_id INTEGER PRIMARY KEY, parent_id INTEGER, street TEXT, city TEXT);
CREATE TABLE customer_log (log_id INTEGER PRIMARY KEY, customer_id INTEGER, last_login_at TEXT);
CREATE TABLE catalog_product_entity (entity_id INTEGER PRIMARY KEY, sku TEXT);
CREATE TABLE catalog_product_entity_varchar (value_id INTEGER PRIMARY KEY, attribute_id INTEGER, entity_id INTEGER, value TEXT);
CREATE TABLE sales_order (entity_id INTEGER PRIMARY KEY, customer_id INTEGER, grand_total REAL);
CREATE TABLE sales_order_address (entity_id INTEGER PRIMARY KEY, parent_id INTEGER, street TEXT, city TEXT);
CREATE TABLE store (store_id INTEGER PRIMARY KEY, code TEXT);
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) SELECT i FROM n;
INSERT INTO customer_entity SELECT i, 'c' || i || '@example.com', 'Given' || i, 'Family' || i, 1 FROM n WHERE i <= 10;
INSERT INTO customer_entity_varchar SELECT i, 1, 1 + (i - 1) % 10, 'v' || i FROM n WHERE i <= 20;
INSERT INTO customer_address_entity SELECT i, 1 + i * 7 % 10, i || ' Long Street', 'Bonn' FROM n WHERE i <= 15;
INSERT INTO customer_log SELECT i, 11 - i, '2024-01-01' FROM n WHERE i <= 10;
INSERT INTO catalog_product_entity SELECT i, 'SKU' || i FROM n WHERE i <= 8;
INSERT INTO catalog_product_entity_varchar SELECT i, 1, 1 + i % 8, 'p' || i FROM n WHERE i <= 20;
INSERT INTO sales_order SELECT i, 1 + i * 3 % 10, i * 2.5 FROM n;
INSERT INTO sales_order_address SELECT i, 31 - i, i || ' Short Street', 'Bonn' FROM n;
INSERT INTO store VALUES (1, 'de');
