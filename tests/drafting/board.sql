-- No declared references; the e-mail address stands beside the user; many columns name people who only did something.
-- find email=u7@example.com
-- theirs users 7
-- theirs user_emails 7
-- theirs user_profiles 7
-- theirs topics 7
-- theirs posts 7 107
-- theirs notifications 7
-- theirs user_auth_tokens 7
-- theirs bookmarks 7
-- theirs post_actions 7
-- theirs topic_users 7
-- theirs topic_tags 7
CREATE TABLE users (id integer primary key, username varchar, name varchar, created_at timestamp, last_seen_at timestamp, ip_address inet, admin boolean, title varchar);
CREATE TABLE user_emails (id integer primary key, user_id integer, email varchar, "primary" boolean);
CREATE TABLE user_profiles (user_id integer primary key, location varchar, website varchar, bio_raw text);
CREATE TABLE user_auth_tokens (id integer primary key, user_id integer, auth_token varchar, client_ip inet, user_agent varchar);
CREATE TABLE categories (id integer primary key, name varchar, user_id integer, topic_id integer);
CREATE TABLE topics (id integer primary key, title varchar, user_id integer, last_post_user_id integer, featured_user1_id integer, category_id integer, views integer);
CREATE TABLE posts (id integer primary key, user_id integer, topic_id integer, reply_to_post_number integer, reply_to_user_id integer, last_editor_id integer, locked_by_id integer, raw text, cooked text);
CREATE TABLE notifications (id integer primary key, notification_type integer, user_id integer, topic_id integer, data varchar);
CREATE TABLE bookmarks (id integer primary key, user_id integer, bookmarkable_id integer, bookmarkable_type varchar, name varchar);
CREATE TABLE post_actions (id integer primary key, post_id integer, user_id integer, post_action_type_id integer, deleted_by_id integer);
CREATE TABLE topic_users (id integer primary key, user_id integer, topic_id integer, posted boolean);
CREATE TABLE tags (id integer primary key, name varchar);
CREATE TABLE topic_tags (id integer primary key, topic_id integer, tag_id integer);
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i FROM n;
INSERT INTO users SELECT i,'user_'||i,'Name '||i,'2024-01-01','2024-02-01','10.0.0.'||i,0,NULL FROM n;
INSERT INTO user_emails SELECT i,i,'u'||i||'@example.com',1 FROM n;
INSERT INTO user_profiles SELECT i,'Paris','https://example.com/'||i,'I am a person who writes about many things '||i FROM n;
INSERT INTO user_auth_tokens SELECT i,i,'tok'||hex(i)||'aaaaaaaaaaaaaaaa','10.0.0.'||i,'Mozilla/5.0' FROM n;
INSERT INTO categories SELECT i,'Cat '||i,1,i FROM n WHERE i<=5;
INSERT INTO topics SELECT i,'Topic '||i,i,1+i%100,1+(i+1)%100,1+i%5,10 FROM n;
INSERT INTO posts SELECT i+k*100,i,CASE WHEN k=0 THEN i ELSE 1+(i+30)%100 END,1,CASE WHEN k=1 THEN 1+(i+30)%100 END,CASE WHEN k=0 THEN i ELSE 1 END,NULL,'raw text '||i,'<p>raw text '||i FROM n,(SELECT 0 k UNION SELECT 1);
INSERT INTO notifications SELECT i,1,i,i,'{}' FROM n;
INSERT INTO bookmarks SELECT i,i,1+(i+5)%100,'Post',NULL FROM n;
INSERT INTO post_actions SELECT i,1+(i+9)%200,i,2,NULL FROM n;
INSERT INTO topic_users SELECT i,i,1+(i+17)%100,1 FROM n;
INSERT INTO tags VALUES (1,'a'),(2,'b');
INSERT INTO topic_tags SELECT i,i,1+i%2 FROM n;
