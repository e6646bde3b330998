#!/usr/bin/env bash
# What somebody who knows this one database would write by hand: one person's rows as CSV files, zipped.
# usage: rival-export.sh DATABASE EMAIL ZIP      (the rows that `redress export` hands out, neither checked nor explained)
set -euo pipefail
out=$(mktemp -d)
trap 'rm -r "$out"' EXIT
sqlite3 -readonly "$1" <<SQL
.headers on
.mode csv
CREATE TEMP TABLE me AS SELECT id FROM main.accounts WHERE email = '$2';
CREATE TEMP TABLE mine AS SELECT id FROM main.orders WHERE buyer_id IN me;
.output $out/accounts.csv
SELECT * FROM accounts WHERE id IN me;
.output $out/addresses.csv
SELECT * FROM addresses WHERE id IN (SELECT address_id FROM accounts WHERE id IN me)
  OR id IN (SELECT shipping_address_id FROM orders WHERE id IN mine);
.output $out/representatives.csv
SELECT * FROM representatives WHERE account_id IN me;
.output $out/orders.csv
SELECT * FROM orders WHERE id IN mine;
.output $out/order_items.csv
SELECT * FROM order_items WHERE order_id IN mine;
.output $out/payments.csv
SELECT * FROM payments WHERE order_id IN mine;
.output $out/messages.csv
SELECT * FROM messages WHERE sender_id IN me OR recipient_id IN me;
.output $out/disputes.csv
SELECT * FROM disputes WHERE buyer_id IN me OR seller_id IN me;
.output $out/dispute_evidence.csv
SELECT * FROM dispute_evidence WHERE uploaded_by IN me;
.output $out/reviews.csv
SELECT * FROM reviews WHERE author_id IN me;
.output $out/support_notes.csv
SELECT * FROM support_notes WHERE account_id IN me;
.output $out/devices.csv
SELECT * FROM devices WHERE account_id IN me;
.output $out/login_events.csv
SELECT * FROM login_events WHERE account_id IN me;
.output $out/page_views.csv
SELECT * FROM page_views WHERE account_id IN me;
.output $out/consents.csv
SELECT * FROM consents WHERE account_id IN me;
.output $out/marketing_preferences.csv
SELECT * FROM marketing_preferences WHERE account_id IN me;
.output $out/kyc_documents.csv
SELECT * FROM kyc_documents WHERE account_id IN me;
.output $out/risk_scores.csv
SELECT * FROM risk_scores WHERE account_id IN me;
SQL
rm -f "$3"
(cd "$out" && zip -q - ./*.csv) > "$3"
