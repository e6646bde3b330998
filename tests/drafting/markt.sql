-- A card another person paid with; orders of a buyer and a seller; reviews; files of several kinds of owner; a company.
-- find email=m7@example.com
-- theirs Member 7
-- theirs PaymentCard 7
-- theirs CustomerOrder 7 57
-- theirs OrderItem 7 57
-- theirs Shipment 7 57
-- theirs Location 7 8
-- theirs Review 7 57
-- theirs LoginEvent 7
-- theirs SupportTicket 7
-- refers CustomerOrder 9
CREATE TABLE Company (CompanyId INTEGER PRIMARY KEY, CompanyName TEXT, Phone TEXT, Email TEXT);
CREATE TABLE Agent (AgentId INTEGER PRIMARY KEY, FullName TEXT, Email TEXT, ReportsTo INTEGER REFERENCES Agent);
CREATE TABLE Member (MemberId INTEGER PRIMARY KEY, CompanyId INTEGER REFERENCES Company, FirstName TEXT, LastName TEXT, Email TEXT NOT NULL UNIQUE, HomeLocationId INTEGER REFERENCES Location, AccountManagerId INTEGER REFERENCES Agent);
CREATE TABLE Location (LocationId INTEGER PRIMARY KEY, Street TEXT, HouseNumber TEXT, PostCode TEXT, City TEXT);
CREATE TABLE PaymentCard (CardId INTEGER PRIMARY KEY, MemberId INTEGER NOT NULL REFERENCES Member, CardNumber TEXT, Cvv TEXT, BillingLocationId INTEGER REFERENCES Location);
CREATE TABLE Product (ProductId INTEGER PRIMARY KEY, Name TEXT, CreatedBy INTEGER REFERENCES Agent);
CREATE TABLE CustomerOrder (OrderId INTEGER PRIMARY KEY, MemberId INTEGER NOT NULL REFERENCES Member, CardId INTEGER REFERENCES PaymentCard, ShipLocationId INTEGER REFERENCES Location, HandledBy INTEGER REFERENCES Agent, PlacedAt TEXT);
CREATE TABLE OrderItem (ItemId INTEGER PRIMARY KEY, OrderId INTEGER NOT NULL REFERENCES CustomerOrder ON DELETE CASCADE, ProductId INTEGER NOT NULL REFERENCES Product, Quantity INTEGER);
CREATE TABLE Shipment (ShipmentId INTEGER PRIMARY KEY, ItemId INTEGER NOT NULL REFERENCES OrderItem, Carrier TEXT);
CREATE TABLE Review (ReviewId INTEGER PRIMARY KEY, ProductId INTEGER REFERENCES Product, ReviewerId INTEGER REFERENCES Member, Stars INTEGER, ReviewText TEXT);
CREATE TABLE LoginEvent (LoginEventId INTEGER PRIMARY KEY, MemberId INTEGER REFERENCES Member, IpAddress TEXT, At TEXT);
CREATE TABLE SupportTicket (TicketId INTEGER PRIMARY KEY, Email TEXT, Subject TEXT, AgentId INTEGER REFERENCES Agent);
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) SELECT i FROM n;
INSERT INTO Company SELECT i, 'Firm ' || i, '+65 6123 10' || (10 + i), 'office' || i || '@firm.example' FROM n WHERE i <= 5;
INSERT INTO Agent VALUES (1, 'Ann Agent', 'ann@agents.example', NULL), (2, 'Bob Agent', 'bob@agents.example', 1);
INSERT INTO Location SELECT i, 'Road', i, '0490' || (10 + i), 'Singapore' FROM n;
INSERT INTO Member SELECT i, 1 + i % 5, 'F' || i, 'L' || i, 'm' || i || '@example.com', i, 1 + i % 2 FROM n;
INSERT INTO PaymentCard SELECT i, i, '41111111111111' || (10 + i), '12' || (i % 10), i FROM n;
INSERT INTO Product SELECT i, 'Thing ' || i, 1 FROM n WHERE i <= 20;
INSERT INTO CustomerOrder SELECT i + k * 50, i, CASE WHEN i + k * 50 = 9 THEN 7 ELSE i END, CASE WHEN i + k * 50 = 57 THEN 8 ELSE i END, 1 + i % 2, '2024-06-07' FROM n, (SELECT 0 AS k UNION SELECT 1);
INSERT INTO OrderItem SELECT OrderId, OrderId, 1 + OrderId % 20, 1 FROM CustomerOrder;
INSERT INTO Shipment SELECT ItemId, ItemId, 'Post' FROM OrderItem;
INSERT INTO Review SELECT i + k * 50, 1 + i % 20, i, 4, 'It works well and arrived in time' FROM n, (SELECT 0 AS k UNION SELECT 1);
INSERT INTO LoginEvent SELECT i, i, '203.0.113.' || i, '2024-07-08 09:10:11' FROM n;
INSERT INTO SupportTicket SELECT i, 'M' || i || '@EXAMPLE.com', 'Where is my parcel', 1 + i % 2 FROM n;
