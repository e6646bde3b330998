-- Joint accounts over a table of holders; what is booked on an account; a list of employees beside.
-- find email=c6@example.com
-- theirs customers 6
-- theirs account_holders 5/6 6/6
-- theirs accounts 5 6
-- theirs transactions 5 22 35 52
-- theirs kyc_documents 6
CREATE TABLE employees (employee_id INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, email TEXT UNIQUE, relationship_manager_id INTEGER REFERENCES employees);
CREATE TABLE accounts (account_id INTEGER PRIMARY KEY, iban TEXT UNIQUE, opened TEXT, balance REAL);
CREATE TABLE account_holders (account_id INTEGER REFERENCES accounts, customer_id INTEGER REFERENCES customers, holder_type TEXT, PRIMARY KEY (account_id, customer_id));
CREATE TABLE transactions (transaction_id INTEGER PRIMARY KEY, account_id INTEGER REFERENCES accounts, amount REAL, counterparty_name TEXT);
CREATE TABLE kyc_documents (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers, number TEXT, verified_by INTEGER REFERENCES employees);
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) SELECT i FROM n;
INSERT INTO employees SELECT i, 'Teller Number' || i, 't' || i || '@bank.example' FROM n WHERE i <= 4;
INSERT INTO customers SELECT i, 'Given' || i || ' Family' || i, 'c' || i || '@example.com', 1 + i % 4 FROM n WHERE i <= 31;
INSERT INTO accounts SELECT i, printf('DE%020d', i), '2020-01-01', i * 10 FROM n WHERE i <= 30;
INSERT INTO account_holders SELECT i, i, 'first' FROM n WHERE i <= 30;
INSERT INTO account_holders SELECT i, i + 1, 'second' FROM n WHERE i <= 30 AND i % 5 = 0;
INSERT INTO transactions SELECT i, 1 + i * 7 % 30, i, 'Somebody Else' || i FROM n;
INSERT INTO kyc_documents SELECT i, i, 'P' || (1000 + i), 1 + i % 4 FROM n WHERE i <= 30;
