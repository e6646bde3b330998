-- Stores and staff refer to each other and must; addresses of customers, staff and stores in one table.
-- find email=cust7@example.com
-- theirs customer 7
-- theirs address 107
-- theirs rental 7 107 207
-- theirs payment 7 107 207
-- find email=staff1@video.example
-- theirs staff 1
-- theirs address 3
-- refers store 1
CREATE TABLE country (country_id INTEGER PRIMARY KEY, country TEXT NOT NULL);
CREATE TABLE city (city_id INTEGER PRIMARY KEY, city TEXT NOT NULL, country_id INTEGER NOT NULL REFERENCES country);
CREATE TABLE address (address_id INTEGER PRIMARY KEY, address TEXT NOT NULL, district TEXT, city_id INTEGER NOT NULL REFERENCES city, postal_code TEXT, phone TEXT);
CREATE TABLE actor (actor_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL);
CREATE TABLE film (film_id INTEGER PRIMARY KEY, title TEXT NOT NULL, description TEXT);
CREATE TABLE film_actor (actor_id INTEGER NOT NULL REFERENCES actor, film_id INTEGER NOT NULL REFERENCES film, PRIMARY KEY (actor_id, film_id));
CREATE TABLE store (store_id INTEGER PRIMARY KEY, manager_staff_id INTEGER NOT NULL REFERENCES staff, address_id INTEGER NOT NULL REFERENCES address);
CREATE TABLE staff (staff_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, address_id INTEGER NOT NULL REFERENCES address, email TEXT, store_id INTEGER NOT NULL REFERENCES store, username TEXT, password TEXT);
CREATE TABLE inventory (inventory_id INTEGER PRIMARY KEY, film_id INTEGER NOT NULL REFERENCES film, store_id INTEGER NOT NULL REFERENCES store);
CREATE TABLE customer (customer_id INTEGER PRIMARY KEY, store_id INTEGER NOT NULL REFERENCES store, first_name TEXT NOT NULL, last_name TEXT NOT NULL, email TEXT, address_id INTEGER NOT NULL REFERENCES address, active INTEGER);
CREATE TABLE rental (rental_id INTEGER PRIMARY KEY, rental_date TEXT NOT NULL, inventory_id INTEGER NOT NULL REFERENCES inventory, customer_id INTEGER NOT NULL REFERENCES customer, staff_id INTEGER NOT NULL REFERENCES staff);
CREATE TABLE payment (payment_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer, staff_id INTEGER NOT NULL REFERENCES staff, rental_id INTEGER REFERENCES rental, amount REAL);
CREATE VIEW customer_list AS SELECT customer_id, first_name, email FROM customer;
PRAGMA foreign_keys = OFF;
INSERT INTO country VALUES (1, 'Canada'), (2, 'Australia');
INSERT INTO city VALUES (1, 'Lethbridge', 1), (2, 'Woodridge', 2), (3, 'Perth', 2);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
INSERT INTO address SELECT i, i || ' MySakila Drive', 'Alberta', 1 + i % 3, '3' || (1000 + i), '1403333' || (5000 + i) FROM n;
INSERT INTO store VALUES (1, 1, 1), (2, 2, 2);
INSERT INTO staff VALUES (1, 'Mike', 'Hill', 3, 'staff1@video.example', 1, 'mike', '8cb2237d0679ca88db6464eac60da96345513964'), (2, 'Jon', 'Stephens', 4, 'staff2@video.example', 2, 'jon', '7cb2237d0679ca88db6464eac60da96345513964');
INSERT INTO actor SELECT address_id, 'PENELOPE' || address_id, 'GUINESS' || address_id FROM address WHERE address_id < 60;
INSERT INTO film SELECT address_id, 'FILM ' || address_id, 'A story of a dog and a boat which must meet number ' || address_id FROM address WHERE address_id <= 100;
INSERT INTO film_actor SELECT actor_id, film_id FROM actor, film WHERE (actor_id + film_id) % 20 = 0;
INSERT INTO inventory SELECT film_id, film_id, 1 + film_id % 2 FROM film;
INSERT INTO customer SELECT address_id - 100, 1 + address_id % 2, 'MARY' || address_id, 'SMITH' || address_id, 'cust' || (address_id - 100) || '@example.com', address_id, 1 FROM address WHERE address_id BETWEEN 101 AND 200;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
INSERT INTO rental SELECT i, '2005-05-24 22:53:30', 1 + i % 100, 1 + (i - 1) % 100, 1 + i % 2 FROM n;
INSERT INTO payment SELECT rental_id, customer_id, staff_id, rental_id, 2.99 FROM rental;
