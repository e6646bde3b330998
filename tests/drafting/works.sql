-- A supertype above person, store and vendor; keys that are references; addresses and cards over tables between.
-- find email=e7@example.com
-- theirs person 7
-- theirs businessentity 7
-- theirs emailaddress 7/7
-- theirs password 7
-- theirs personphone 7/555-0107/1
-- theirs businessentityaddress 7/7/1
-- theirs address 7
-- theirs customer 107
-- theirs personcreditcard 7/7
-- theirs creditcard 7
-- theirs salesorderheader 7
-- theirs salesorderdetail 7/1 7/2
-- find email=e2@example.com
-- theirs person 2
-- theirs businessentity 2
-- theirs emailaddress 2/2
-- theirs password 2
-- theirs personphone 2/555-0102/1
-- theirs businessentityaddress 2/2/1
-- theirs address 2
-- theirs employee 2
-- theirs salesperson 2
-- theirs employeedepartmenthistory 2/1/2010-01-01
-- theirs personcreditcard 2/2
-- theirs creditcard 2
CREATE TABLE businessentity (businessentityid integer primary key, rowguid text, modifieddate timestamp);
CREATE TABLE person (businessentityid integer primary key references businessentity, persontype char(2), title varchar, firstname varchar, middlename varchar, lastname varchar, emailpromotion int);
CREATE TABLE emailaddress (businessentityid integer not null references person, emailaddressid integer not null, emailaddress varchar(50), primary key (businessentityid, emailaddressid));
CREATE TABLE password (businessentityid integer primary key references person, passwordhash varchar, passwordsalt varchar);
CREATE TABLE phonenumbertype (phonenumbertypeid integer primary key, name varchar);
CREATE TABLE personphone (businessentityid integer not null references person, phonenumber varchar not null, phonenumbertypeid integer not null references phonenumbertype, primary key (businessentityid, phonenumber, phonenumbertypeid));
CREATE TABLE addresstype (addresstypeid integer primary key, name varchar);
CREATE TABLE stateprovince (stateprovinceid integer primary key, name varchar, territoryid integer references salesterritory);
CREATE TABLE salesterritory (territoryid integer primary key, name varchar);
CREATE TABLE address (addressid integer primary key, addressline1 varchar, city varchar, stateprovinceid integer references stateprovince, postalcode varchar);
CREATE TABLE businessentityaddress (businessentityid integer not null references businessentity, addressid integer not null references address, addresstypeid integer not null references addresstype, primary key (businessentityid, addressid, addresstypeid));
CREATE TABLE employee (businessentityid integer primary key references person, nationalidnumber varchar, loginid varchar, jobtitle varchar, birthdate date, hiredate date);
CREATE TABLE department (departmentid integer primary key, name varchar);
CREATE TABLE employeedepartmenthistory (businessentityid integer not null references employee, departmentid integer not null references department, startdate date not null, primary key (businessentityid, departmentid, startdate));
CREATE TABLE salesperson (businessentityid integer primary key references employee, territoryid integer references salesterritory, salesquota numeric);
CREATE TABLE store (businessentityid integer primary key references businessentity, name varchar, salespersonid integer references salesperson(businessentityid));
CREATE TABLE vendor (businessentityid integer primary key references businessentity, accountnumber varchar, name varchar);
CREATE TABLE customer (customerid integer primary key, personid integer references person(businessentityid), storeid integer references store(businessentityid), territoryid integer references salesterritory);
CREATE TABLE creditcard (creditcardid integer primary key, cardtype varchar, cardnumber varchar, expmonth int, expyear int);
CREATE TABLE personcreditcard (businessentityid integer not null references person, creditcardid integer not null references creditcard, primary key (businessentityid, creditcardid));
CREATE TABLE product (productid integer primary key, name varchar);
CREATE TABLE salesorderheader (salesorderid integer primary key, customerid integer not null references customer, salespersonid integer references salesperson(businessentityid), territoryid integer references salesterritory, billtoaddressid integer not null references address(addressid), shiptoaddressid integer not null references address(addressid), creditcardid integer references creditcard, comment varchar);
CREATE TABLE salesorderdetail (salesorderid integer not null references salesorderheader on delete cascade, salesorderdetailid integer not null, productid integer references product, unitprice numeric, primary key (salesorderid, salesorderdetailid));
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i FROM n;
INSERT INTO businessentity SELECT i,'guid'||i,'2014-01-01' FROM n;
INSERT INTO salesterritory VALUES (1,'Northwest'),(2,'France');
INSERT INTO stateprovince VALUES (1,'Washington',1),(2,'Oregon',2);
INSERT INTO phonenumbertype VALUES (1,'Cell'),(2,'Home');
INSERT INTO addresstype VALUES (1,'Home'),(2,'Billing');
INSERT INTO department VALUES (1,'Sales'),(2,'HR');
INSERT INTO person SELECT i,'IN',NULL,'Ken'||i,NULL,'Sanchez'||i,0 FROM n WHERE i<=80;
INSERT INTO emailaddress SELECT i,i,'e'||i||'@example.com' FROM n WHERE i<=80;
INSERT INTO password SELECT i,'abcdef0123456789abcdef0123456789'||i,'bE3XiWw=' FROM n WHERE i<=80;
INSERT INTO personphone SELECT i,'555-0'||(100+i),1 FROM n WHERE i<=80;
INSERT INTO address SELECT i,i||' Napa Ct.','Bothell',1+i%2,'980'||i FROM n;
INSERT INTO businessentityaddress SELECT i,i,1 FROM n;
INSERT INTO employee SELECT i,'2958472'||i,'adventure-works\ken'||i,'Sales Rep','1970-01-02','2010-01-01' FROM n WHERE i<=5;
INSERT INTO employeedepartmenthistory SELECT i,1,'2010-01-01' FROM n WHERE i<=5;
INSERT INTO salesperson SELECT i,1,1000 FROM n WHERE i<=5;
INSERT INTO store SELECT i,'Store '||i,1+i%5 FROM n WHERE i>80 AND i<=90;
INSERT INTO vendor SELECT i,'ACC'||i,'Vendor '||i FROM n WHERE i>90;
INSERT INTO customer SELECT i+100,CASE WHEN i<=80 THEN i END,CASE WHEN i>80 THEN i END,1 FROM n WHERE i>5 AND i<=90;
INSERT INTO creditcard SELECT i,'Vista','1111000'||(1000000+i),1,2030 FROM n WHERE i<=80;
INSERT INTO personcreditcard SELECT i,i FROM n WHERE i<=80;
INSERT INTO product SELECT i,'Bike '||i FROM n WHERE i<=10;
INSERT INTO salesorderheader SELECT i,i+100,1+i%5,1,i,i,CASE WHEN i<=80 THEN i END,NULL FROM n WHERE i>5 AND i<=90;
INSERT INTO salesorderdetail SELECT salesorderid,d,1+salesorderid%10,5 FROM salesorderheader,(SELECT 1 d UNION SELECT 2);
