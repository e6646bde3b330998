-- What an expert of this one database would write to erase 1,000 people by the map's rules, their addresses in `who`: orders,
-- their lines and payments stay for ten years, disputes and evidence for six, proofs of identity and alerts for five; what was
-- never paid stays until it is. What refers to an account goes on to: its row stays, and says of nobody. Nothing is locked or
-- compared before it is changed, and nothing is read back. The first part is the search.
CREATE TEMP TABLE who (email citext);
\copy who FROM 'who'
CREATE TEMP TABLE me AS SELECT a.id, a.address_id FROM accounts a JOIN who USING (email);
CREATE TEMP TABLE mine AS SELECT o.id, o.shipping_address_id, coalesce(o.paid_at >= '2016-01-01', true) AS kept
  FROM orders o JOIN me ON o.buyer_id = me.id;
ANALYZE me;
ANALYZE mine;
CREATE TEMP TABLE homes AS SELECT a.id, EXISTS (SELECT FROM mine WHERE kept AND shipping_address_id = a.id) AS referred_to
  FROM (SELECT address_id AS id FROM me UNION SELECT shipping_address_id FROM mine) a
  WHERE NOT EXISTS (SELECT FROM accounts o WHERE o.address_id = a.id AND o.id NOT IN (SELECT id FROM me))
    AND NOT EXISTS (SELECT FROM orders o WHERE o.shipping_address_id = a.id AND o.id NOT IN (SELECT id FROM mine));
SELECT clock_timestamp() AS begun \gset
BEGIN;
DELETE FROM representatives t USING me WHERE t.account_id = me.id;
DELETE FROM order_items t USING mine WHERE t.order_id = mine.id AND NOT mine.kept AND t.invoiced_at < '2016-01-01';
DELETE FROM payments t USING mine WHERE t.order_id = mine.id AND NOT mine.kept AND t.paid_at < '2016-01-01';
DELETE FROM dispute_evidence t USING me WHERE t.uploaded_by = me.id AND t.uploaded_at < '2020-01-01';
UPDATE disputes t SET order_id = NULL FROM mine WHERE t.order_id = mine.id AND NOT mine.kept;
DELETE FROM orders t USING mine WHERE t.id = mine.id AND NOT mine.kept;
DELETE FROM reviews t USING me WHERE t.author_id = me.id;
DELETE FROM support_notes t USING me WHERE t.account_id = me.id;
DELETE FROM devices t USING me WHERE t.account_id = me.id;
DELETE FROM login_events t USING me WHERE t.account_id = me.id;
DELETE FROM page_views t USING me WHERE t.account_id = me.id;
DELETE FROM marketing_preferences t USING me WHERE t.account_id = me.id;
DELETE FROM kyc_documents t USING me WHERE t.account_id = me.id AND t.verified_at < '2021-01-01';
DELETE FROM risk_scores t USING me WHERE t.account_id = me.id;
DELETE FROM aml_alerts t USING me WHERE t.account_id = me.id AND t.raised_at < '2021-01-01';
UPDATE accounts t SET email = 'erased-' || md5(t.id::text || random()) || '@erased.invalid', phone = NULL, contact_email = NULL,
  name = 'Former member', job_title = NULL, password_hash = '!', organisation_id = NULL, address_id = NULL, avatar = NULL
  FROM me WHERE t.id = me.id;
DELETE FROM addresses t USING homes WHERE t.id = homes.id AND NOT homes.referred_to;
UPDATE addresses t SET street = 'removed', postal_code = NULL, city = 'removed', country = 'removed'
  FROM homes WHERE t.id = homes.id AND homes.referred_to;
COMMIT;
\pset format unaligned
\pset tuples_only on
SELECT round(extract(epoch FROM clock_timestamp() - :'begun'::timestamptz)::numeric, 3) || ' s';
