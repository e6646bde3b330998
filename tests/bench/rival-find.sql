-- What an expert of this one database would write to find 1,000 people and all that is theirs: their addresses in `who`.
CREATE TEMP TABLE who (email citext);
\copy who FROM 'who'
CREATE TEMP TABLE me AS SELECT a.id, a.address_id FROM accounts a JOIN who USING (email);
CREATE TEMP TABLE mine AS SELECT o.id, o.shipping_address_id FROM orders o JOIN me ON o.buyer_id = me.id;
ANALYZE me;
ANALYZE mine;
\o /dev/null
SELECT t.* FROM accounts t JOIN me ON me.id = t.id;
SELECT t.* FROM addresses t WHERE id IN (SELECT address_id FROM me UNION SELECT shipping_address_id FROM mine);
SELECT t.* FROM representatives t JOIN me ON me.id = t.account_id;
SELECT t.* FROM orders t JOIN mine USING (id);
SELECT t.* FROM orders t JOIN me ON me.id = t.placed_by;
SELECT t.* FROM order_items t JOIN mine ON mine.id = t.order_id;
SELECT t.* FROM payments t JOIN mine ON mine.id = t.order_id;
SELECT t.* FROM messages t JOIN me ON me.id = t.sender_id UNION SELECT t.* FROM messages t JOIN me ON me.id = t.recipient_id;
SELECT t.* FROM disputes t JOIN me ON me.id = t.buyer_id UNION SELECT t.* FROM disputes t JOIN me ON me.id = t.seller_id;
SELECT t.* FROM dispute_evidence t JOIN me ON me.id = t.uploaded_by;
SELECT t.* FROM reviews t JOIN me ON me.id = t.author_id;
SELECT t.* FROM support_notes t JOIN me ON me.id = t.account_id;
SELECT t.* FROM devices t JOIN me ON me.id = t.account_id;
SELECT t.* FROM login_events t JOIN me ON me.id = t.account_id;
SELECT t.* FROM page_views t JOIN me ON me.id = t.account_id;
SELECT t.* FROM consents t JOIN me ON me.id = t.account_id;
SELECT t.* FROM marketing_preferences t JOIN me ON me.id = t.account_id;
SELECT t.* FROM kyc_documents t JOIN me ON me.id = t.account_id;
SELECT t.* FROM risk_scores t JOIN me ON me.id = t.account_id;
SELECT t.* FROM aml_alerts t JOIN me ON me.id = t.account_id;
