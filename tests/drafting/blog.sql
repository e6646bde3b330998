-- A common prefix, key-value tables, authors in numbers without a mark, guests and customers by e-mail.
-- find email=w7@example.com
-- theirs wp_users 7
-- theirs wp_usermeta 7 107
-- theirs wp_posts 7
-- theirs wp_postmeta 7
-- theirs wp_comments 7
-- theirs wp_commentmeta 7
-- theirs wp_wc_customer_lookup 7
-- theirs wp_wc_orders 7
-- theirs wp_wc_order_addresses 7
-- theirs wp_wc_orders_meta 7
CREATE TABLE wp_users (ID integer primary key, user_login varchar(60), user_pass varchar(255), user_nicename varchar(50), user_email varchar(100), user_url varchar(100), user_registered datetime, user_activation_key varchar(255), display_name varchar(250));
CREATE TABLE wp_usermeta (umeta_id integer primary key, user_id bigint, meta_key varchar, meta_value longtext);
CREATE TABLE wp_posts (ID integer primary key, post_author bigint, post_date datetime, post_content longtext, post_title text, post_status varchar(20), post_name varchar(200), post_parent bigint, guid varchar(255), post_type varchar(20));
CREATE TABLE wp_postmeta (meta_id integer primary key, post_id bigint, meta_key varchar, meta_value longtext);
CREATE TABLE wp_comments (comment_ID integer primary key, comment_post_ID bigint, comment_author tinytext, comment_author_email varchar(100), comment_author_IP varchar(100), comment_content text, comment_parent bigint, user_id bigint);
CREATE TABLE wp_commentmeta (meta_id integer primary key, comment_id bigint, meta_key varchar, meta_value longtext);
CREATE TABLE wp_options (option_id integer primary key, option_name varchar, option_value longtext);
CREATE TABLE wp_terms (term_id integer primary key, name varchar, slug varchar);
CREATE TABLE wp_term_relationships (object_id bigint, term_taxonomy_id bigint, term_order int, primary key(object_id, term_taxonomy_id));
CREATE TABLE wp_wc_customer_lookup (customer_id integer primary key, user_id bigint unique, username varchar, first_name varchar, last_name varchar, email varchar, country char(2), postcode varchar, city varchar);
CREATE TABLE wp_wc_orders (id integer primary key, status varchar, customer_id bigint, billing_email varchar, parent_order_id bigint, ip_address varchar, user_agent text);
CREATE TABLE wp_wc_order_addresses (id integer primary key, order_id bigint, address_type varchar, first_name text, last_name text, address_1 text, city text, postcode text, email varchar, phone varchar);
CREATE TABLE wp_wc_orders_meta (id integer primary key, order_id bigint, meta_key varchar, meta_value text);
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i FROM n;
INSERT INTO wp_users SELECT i,'login'||i,'$P$Babcdefgh'||i,'nice-'||i,'w'||i||'@example.com','','2024-01-01','','Display '||i FROM n;
INSERT INTO wp_usermeta SELECT i+k*100,i,CASE k WHEN 0 THEN 'first_name' ELSE 'billing_email' END,CASE k WHEN 0 THEN 'Jo'||i ELSE 'w'||i||'@example.com' END FROM n,(SELECT 0 k UNION SELECT 1);
INSERT INTO wp_posts SELECT i,i,'2024-01-01','some words here '||i,'Title '||i,'publish','title-'||i,0,'http://x/?p='||i,'post' FROM n;
INSERT INTO wp_postmeta SELECT i,i,'_edit_last','1' FROM n;
INSERT INTO wp_comments SELECT i,1+(i+40)%100,'Name '||i,'w'||i||'@example.com','10.0.2.'||i,'a comment '||i,0,i FROM n;
INSERT INTO wp_commentmeta SELECT i,i,'rating','5' FROM n;
INSERT INTO wp_options VALUES (1,'siteurl','http://x'),(2,'admin_email','root@x.example');
INSERT INTO wp_terms VALUES (1,'News','news'),(2,'Old','old');
INSERT INTO wp_term_relationships SELECT i,1+i%2,0 FROM n;
INSERT INTO wp_wc_customer_lookup SELECT i,i,'login'||i,'F'||i,'L'||i,'w'||i||'@example.com','DE','1234'||i,'Ulm' FROM n;
INSERT INTO wp_wc_orders SELECT i,'done',i,'w'||i||'@example.com',0,'10.0.2.'||i,'Mozilla' FROM n;
INSERT INTO wp_wc_order_addresses SELECT i,i,'billing','F'||i,'L'||i,'Way '||i,'Ulm','1234'||i,'w'||i||'@example.com','0731 1234'||i FROM n;
INSERT INTO wp_wc_orders_meta SELECT i,i,'_x','y' FROM n;
