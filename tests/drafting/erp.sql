-- Partners and users are the same people; every record says who created and changed it; messages on any model.
-- find email=p7@example.com
-- theirs res_partner 7
-- theirs sale_order 7 107
-- theirs sale_order_line 7 107
-- theirs res_partner_bank 7
-- theirs account_move 7
-- theirs mail_message 7 307
-- find email=p2@example.com
-- theirs res_partner 2
-- theirs res_users 2
-- theirs sale_order 2 102
-- theirs sale_order_line 2 102
-- theirs res_partner_bank 2
-- theirs account_move 2
-- theirs mail_message 2 302
CREATE TABLE res_partner (id integer primary key, name varchar, company_id integer, parent_id integer, user_id integer, email varchar, phone varchar, street varchar, zip varchar, city varchar, is_company boolean, create_uid integer, write_uid integer, create_date timestamp);
CREATE TABLE res_company (id integer primary key, name varchar, partner_id integer);
CREATE TABLE res_users (id integer primary key, active boolean, login varchar not null unique, password varchar, company_id integer, partner_id integer not null, create_uid integer, signature text);
CREATE TABLE res_partner_bank (id integer primary key, acc_number varchar, partner_id integer, create_uid integer);
CREATE TABLE sale_order (id integer primary key, name varchar, partner_id integer, partner_invoice_id integer, partner_shipping_id integer, user_id integer, company_id integer, create_uid integer, write_uid integer, amount_total numeric, state varchar);
CREATE TABLE sale_order_line (id integer primary key, order_id integer, product_id integer, order_partner_id integer, salesman_id integer, name text, create_uid integer);
CREATE TABLE product_product (id integer primary key, default_code varchar, create_uid integer, write_uid integer);
CREATE TABLE account_move (id integer primary key, name varchar, partner_id integer, commercial_partner_id integer, invoice_user_id integer, create_uid integer);
CREATE TABLE mail_message (id integer primary key, model varchar, res_id integer, author_id integer, body text, email_from varchar, create_uid integer);
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i FROM n;
INSERT INTO res_company VALUES (1,'My Company',1);
INSERT INTO res_partner SELECT i,'Partner '||i,1,CASE WHEN i%5=0 THEN i-1 END,2,'p'||i||'@example.com','+32 2 290 34 '||(10+i),'Rue Longue '||i,'10'||i,'Brussels',0,1,2,'2024-01-01' FROM n;
INSERT INTO res_users SELECT i,1,'login'||i,'$pbkdf2-sha512$25000$abc'||i,1,i,1,NULL FROM n WHERE i<=4;
INSERT INTO res_partner_bank SELECT i,'BE6853900754'||(1000+i),i,2 FROM n;
INSERT INTO sale_order SELECT i+k*100,'S'||i,i,i,i,1+i%4,1,1+i%4,2,100,'sale' FROM n,(SELECT 0 k UNION SELECT 1);
INSERT INTO sale_order_line SELECT id,id,1+id%20,partner_id,user_id,'Some product',1 FROM sale_order;
INSERT INTO product_product SELECT i,'SKU'||i,1,2 FROM n WHERE i<=20;
INSERT INTO account_move SELECT i,'INV'||i,i,i,2,1 FROM n;
INSERT INTO mail_message SELECT i+300,'sale.order',i,i,'<p>hello '||i||'</p>','p'||i||'@example.com',1 FROM n;
INSERT INTO mail_message SELECT i,'res.partner',i,i,'<p>created '||i||'</p>',NULL,1 FROM n;
