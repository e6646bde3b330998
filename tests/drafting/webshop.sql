-- An attribute table (entity, attribute, value), addresses of customers and of orders, a subscriber list.
-- find email=c7@example.com
-- theirs customer_entity 7
-- theirs customer_address_entity 7
-- theirs customer_entity_varchar 7
-- theirs sales_order 7
-- theirs sales_order_item 7
-- theirs sales_order_address 7 107
-- theirs sales_order_payment 7
-- theirs sales_invoice 7
-- theirs quote 7
-- theirs quote_item 7
-- theirs newsletter_subscriber 7
-- theirs wishlist 7
-- theirs wishlist_item 7
-- theirs customer_log 7
CREATE TABLE store (store_id integer primary key, code varchar, name varchar);
CREATE TABLE eav_attribute (attribute_id integer primary key, attribute_code varchar);
CREATE TABLE admin_user (user_id integer primary key, firstname varchar, lastname varchar, email varchar, username varchar, password varchar);
CREATE TABLE customer_entity (entity_id integer primary key, website_id integer, email varchar, store_id integer references store(store_id) on delete set null, firstname varchar, lastname varchar, dob date, password_hash varchar, default_billing integer, default_shipping integer);
CREATE TABLE customer_address_entity (entity_id integer primary key, parent_id integer references customer_entity(entity_id) on delete cascade, street text, city varchar, postcode varchar, telephone varchar, firstname varchar, lastname varchar);
CREATE TABLE customer_entity_varchar (value_id integer primary key, attribute_id integer references eav_attribute(attribute_id), entity_id integer references customer_entity(entity_id) on delete cascade, value varchar);
CREATE TABLE catalog_product_entity (entity_id integer primary key, sku varchar);
CREATE TABLE sales_order (entity_id integer primary key, store_id integer references store(store_id), customer_id integer references customer_entity(entity_id) on delete set null, customer_email varchar, customer_firstname varchar, customer_lastname varchar, billing_address_id integer, shipping_address_id integer, remote_ip varchar, grand_total decimal);
CREATE TABLE sales_order_item (item_id integer primary key, order_id integer references sales_order(entity_id) on delete cascade, product_id integer, parent_item_id integer, name varchar);
CREATE TABLE sales_order_address (entity_id integer primary key, parent_id integer references sales_order(entity_id) on delete cascade, customer_address_id integer, customer_id integer, email varchar, street text, postcode varchar, address_type varchar);
CREATE TABLE sales_order_payment (entity_id integer primary key, parent_id integer references sales_order(entity_id) on delete cascade, cc_last_4 varchar, cc_owner varchar, method varchar);
CREATE TABLE sales_invoice (entity_id integer primary key, order_id integer references sales_order(entity_id) on delete cascade, grand_total decimal);
CREATE TABLE quote (entity_id integer primary key, store_id integer references store(store_id), customer_id integer, customer_email varchar, remote_ip varchar);
CREATE TABLE quote_item (item_id integer primary key, quote_id integer references quote(entity_id) on delete cascade, product_id integer references catalog_product_entity(entity_id), qty decimal);
CREATE TABLE newsletter_subscriber (subscriber_id integer primary key, store_id integer references store(store_id), customer_id integer, subscriber_email varchar, subscriber_status integer);
CREATE TABLE wishlist (wishlist_id integer primary key, customer_id integer unique references customer_entity(entity_id) on delete cascade, sharing_code varchar);
CREATE TABLE wishlist_item (wishlist_item_id integer primary key, wishlist_id integer references wishlist(wishlist_id) on delete cascade, product_id integer references catalog_product_entity(entity_id));
CREATE TABLE customer_log (log_id integer primary key, customer_id integer unique, last_login_at timestamp);
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i FROM n;
INSERT INTO store VALUES (0,'admin','Admin'),(1,'default','Default');
INSERT INTO eav_attribute VALUES (1,'prefix'),(2,'taxvat');
INSERT INTO admin_user VALUES (1,'Root','Admin','admin@shop.example','admin','x:y:1');
INSERT INTO customer_entity SELECT i,1,'c'||i||'@example.com',1,'F'||i,'L'||i,'1980-02-03','a:b:'||i,i,i FROM n;
INSERT INTO customer_address_entity SELECT i,i,'Way '||i,'Graz','80'||i,'0316 12345'||i,'F'||i,'L'||i FROM n;
INSERT INTO customer_entity_varchar SELECT i,2,i,'AT U1234'||i FROM n;
INSERT INTO catalog_product_entity SELECT i,'sku'||i FROM n WHERE i<=30;
INSERT INTO sales_order SELECT i,1,i,'c'||i||'@example.com','F'||i,'L'||i,i,i+100,'10.0.1.'||i,10 FROM n;
INSERT INTO sales_order_item SELECT i,i,1+i%30,NULL,'Product' FROM n;
INSERT INTO sales_order_address SELECT i+k*100,i,i,i,'c'||i||'@example.com','Way '||i,'80'||i,CASE k WHEN 0 THEN 'billing' ELSE 'shipping' END FROM n,(SELECT 0 k UNION SELECT 1);
INSERT INTO sales_order_payment SELECT i,i,'1234','F L'||i,'card' FROM n;
INSERT INTO sales_invoice SELECT i,i,10 FROM n;
INSERT INTO quote SELECT i,1,i,'c'||i||'@example.com','10.0.1.'||i FROM n;
INSERT INTO quote_item SELECT i,i,1+i%30,1 FROM n;
INSERT INTO newsletter_subscriber SELECT i,1,i,'c'||i||'@example.com',1 FROM n;
INSERT INTO wishlist SELECT i,i,'abc'||i FROM n;
INSERT INTO wishlist_item SELECT i,i,1+i%30 FROM n;
INSERT INTO customer_log SELECT i,i,'2024-01-01' FROM n;
