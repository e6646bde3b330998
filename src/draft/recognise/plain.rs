//! What is not personal by itself: keys, dates, amounts, counts, flags, codes, names and texts of things.
//!
//! These are recognised so that they are not taken for something else (`email_sent_count`, `phone_model`, `card_type`).

use super::kind::Kind;
use super::rules::{Rule, Says};
use Says::{Code, Doer, Is, Number};

pub(super) const RULES: &[Rule] = &[
    (
        Is(Kind::Identifier),
        "id, ids, key, uuid, guid, uid, oid, pk, fk, rowid, object id, external id, ext id, ref, \
         reference, reference number, reference no, ref no, identifier, identifiers, slug, sku, ean, \
         isbn, upc, barcode, seq, sequence, serial, serial no, serial number, batch, lot, row, \
         row number, transaction id, hash id, tracking number, tracking no, tracking, order number, \
         order no, order num, invoice number, invoice no, invoice num, booking number, booking reference, \
         confirmation number, ticket number, ticket no, flight number, flight no, contract number, \
         policy number, policy no, case number, case no, document no, article number, article no, \
         part number, part no, item number, item no, item num, product number, line number, line no, \
         room number, room no, table number, seat number, track number, version number, model number, \
         bestellnummer, bestnr, artnr, bestell nummer, rechnungsnummer, rechnungs nummer, auftragsnummer, \
         auftrags nummer, artikelnummer, artikel nummer, vertragsnummer, schluessel, kennung, clef, cle, \
         numero commande, numero facture, numero pedido, numero factura, clave, chiave, numero ordine, \
         numero fattura, chave, numero fatura, sleutel, bestelnummer, factuurnummer, klucz, \
         nr zamowienia, ordernummer, fakturanummer, 编号, 订单号, bianhao, dingdanhao, checksum, etag, \
         md5, sha1, sha256, hash, email hash, phone hash, url hash, file hash, hash value, content hash, \
         digest value, street id, city id, country id, state id, address id",
    ),
    (
        Is(Kind::Time),
        "at, on, date, time, datetime, timestamp, ts, dt, day, month, year, quarter, week, hour, minute, \
         second, created, updated, modified, changed, deleted, inserted, created at, updated at, \
         deleted at, created on, updated on, created date, modified date, creation date, date created, \
         date updated, date modified, date added, last login, last login at, last seen, last visit, \
         last update, last updated, last modified, last activity, sent, received, opened, closed, \
         started, ended, finished, begin, start, stop, end, due, expires, expires at, expiration, expiry, \
         expired, from date, to date, since, until, joined, registered, hired, hire date, start date, \
         end date, due date, order date, ship date, shipped date, required date, invoice date, \
         payment date, paid at, paid on, email sent at, sent at, received at, read at, opened at, \
         closed at, placed at, email verified at, phone verified at, password changed at, \
         password updated at, password reset at, password expires at, password modified, hire dt, \
         post date, posting date, effective date, valid from, valid to, valid until, datum, uhrzeit, \
         zeit, zeitpunkt, zeitstempel, erstellt, erstellt am, geaendert, geaendert am, angelegt, \
         angelegt am, jahr, monat, eintrittsdatum, bestelldatum, rechnungsdatum, beginn, ende, heure, \
         jour, mois, annee, date creation, date modification, date commande, fecha, hora, dia, mes, ano, \
         fecha alta, fecha creacion, fecha pedido, ora, giorno, mese, anno, data creazione, tijd, dag, \
         maand, jaar, czas, dzien, miesiac, rok, tid, ar, 日期, 时间, 创建时间, 更新时间, riqi, shijian, \
         duration, period, interval, milliseconds, rental date, return date, appointment date, \
         visit date, admission date, discharge date, checkin, checkout, check in, check out, arrival, \
         departure, loyalty since, customer since, member since, clock in, clock out, creation time, \
         update time, access time, event time",
    ),
    (
        Is(Kind::Money),
        "price, amount, total, subtotal, sub total, grand total, tax, tax amount, vat, vat amount, fee, \
         cost, discount, unit price, unit cost, list price, sum, shipping cost, freight, revenue, \
         payment, payment amount, payment value, freight value, refund, charge, tip, deposit, budget, \
         sales, turnover, commission, commission pct, replacement cost, rental rate, order total, \
         order amount, invoice total, price cents, amount cents, preis, betrag, summe, gesamt, \
         gesamtbetrag, steuer, rabatt, kosten, umsatz, prix, montant, cout, remise, taxe, tva, precio, \
         importe, coste, descuento, impuesto, iva, prezzo, importo, costo, sconto, preco, valor, \
         desconto, custo, prijs, bedrag, korting, cena, kwota, suma, rabat, pris, belopp, summa, 价格, \
         金额, 总价, jiage, jine",
    ),
    (
        Is(Kind::Quantity),
        "count, cnt, quantity, qty, number of, num of, size, length, width, height, weight, depth, \
         volume, area, distance, score, rating, stars, points, loyalty points, level, percentage, \
         percent, pct, ratio, rate, average, avg, min, max, limit, offset, index, idx, sort, sort order, \
         sorting, priority, weighting, visits, total visits, views, clicks, opens, hits, attempts, \
         login count, failed logins, failed attempts, failed login count, login attempts, sign in count, \
         email count, emails sent, email sent count, phone count, address count, bounce count, retries, \
         retry count, stock, inventory, units, bytes, file size, num items, pages, capacity, duration ms, \
         anzahl, menge, gewicht, laenge, breite, hoehe, groesse, punkte, nombre de, quantite, poids, \
         longueur, taille, cantidad, peso, longitud m, numero de, quantita, lunghezza, quantidade, \
         comprimento, aantal, hoeveelheid, ilosc, waga, antal, mangd, vikt, 数量, shuliang, 积分, jifen, \
         latency, response time, temperature, speed",
    ),
    (
        Is(Kind::Flag),
        "is, has, can, flag, active, enabled, disabled, verified, confirmed, valid, invalid, validated, \
         deleted flag, blocked, banned, locked, published, approved, archived, default, is default, \
         visible, hidden, public, private, required, optional, email verified, email confirmed, \
         email valid, phone verified, phone confirmed, is active, is admin, is deleted, is verified, \
         email bounced, bounced, preferred, is primary, is staff, is superuser, superuser, \
         must change password, password expired, password reset required, two factor enabled, \
         mfa enabled, aktiv, gesperrt, geloescht, actif, activo, attivo, ativo, actief, aktywny, 是否, \
         启用, activebool, complete, completed, success, successful, featured, discontinued, taxable, \
         available, in stock",
    ),
    (
        Is(Kind::Code),
        "type, typ, kind, status, stage, step, category, cat, class, classification, tier, mode, model, \
         brand, make, color, colour, format, template, version, revision, method, payment method, \
         payment type, channel, source, origin, provider, email provider, email type, email template, \
         email format, email status, email domain, domain, protocol, phone type, phone model, \
         phone brand, phone status, phone code, phone country code, phone prefix, phone area code, \
         area code, country code phone, dial code, dialing code, calling code, phone extension, \
         extension, ext, address type, address status, address format, card type, card brand, \
         card status, card issuer, card kind, card network, card product, account type, account status, \
         user type, user status, user role, user group, user level, customer type, customer status, \
         customer segment, customer group, contact type, name type, role, roles, permission, permissions, \
         scope, unit, currency, currency code, language code, lang code, code language, locale code, \
         encoding, charset, mime type, content type, media type, file type, suffix, prefix, tag, tags, \
         label, labels, segment, avs, cvv result, cvv response, cvv check, cvc check, cvv status, \
         cvv match, avs result, avs response, carrier, phone carrier, action, event, event type, \
         event name, operation, severity, result, outcome, parent, shard, partition, tenant, icon, theme, \
         platform, os, operating system, device type, device model, device os, device brand, \
         password algorithm, password format, password policy, password strength, pass count, \
         hash algorithm, algorithm, hash function, risk level, response code, http status, error code, \
         campaign, promotion code, promo code, coupon, coupon code, discount code, voucher, \
         referral code, invite code, postal code format, special features, terms, ship via, shift, art, \
         typ code, kategorie, kennzeichen code, zustand, rolle, gruppe, waehrung, quelle, genre, \
         categorie, statut, devise, tipo, categoria, estatus, moneda, valuta, moeda, soort, typ kod, \
         kategoria, kod, waluta, kategori, 状态, 类型, 类别, leixing, zhuangtai, payment terms, nature, \
         medium, reason code, reason id",
    ),
    (
        Is(Kind::ThingText),
        "product name, product title, product description, item name, item title, item description, \
         article name, article title, category name, brand name, model name, file name, filename, file, \
         file path, path, directory, folder, folder name, host name, hostname, host, server, server name, \
         table name, column name, field name, class name, event title, event description, course name, \
         course title, song, song title, track name, track title, album, album title, film title, \
         movie title, book title, genre name, tag name, label text, group name, role name, \
         permission name, status name, type name, tier name, plan name, plan, list name, playlist name, \
         template name, template text, template body, page title, site name, domain name, app name, \
         application name, device name, vendor name, supplier name, brand title, store name, shop name, \
         hotel name, branch name, warehouse name, region name, territory description, airport name, \
         airline, project name, project title, task name, task title, job description, unit name, \
         code name, code description, error message, error, stack trace, exception, log message, log, \
         sql, query, url, link, uri, href, photo caption, composer, performer, artist name, actor name, \
         publisher, series, manufacturer, manufacturer name, marke, produktname, produkt name, \
         artikelname, artikel name, dateiname, datei name, kategorie name, nom produit, nom fichier, \
         nombre producto, nombre archivo, nome prodotto, nome file, nome produto, bestandsnaam, \
         productnaam, nazwa produktu, nazwa pliku, produktnamn, filnamn, 产品名称, 商品名称, 文件名, \
         标签, config, configuration, data json, metadata, meta, payload, raw, parameters, options, \
         properties, attributes, schema, bucket, object, object name, attachment, attachments, \
         attachment name, document, document name, scan file, mime",
    ),
    (
        Number,
        "number, no, num, nr, nbr, numero, nummer, numer, num doc, 号, 号码, haoma, document number, \
         doc number, doc no",
    ),
    (Code, "code, cd, codigo, codice, kod code"),
    (
        Doer,
        "created by, updated by, modified by, changed by, deleted by, inserted by, approved by, \
         rejected by, reviewed by, handled by, assigned to, assignee, assigned by, processed by, \
         verified by, checked by, signed by, issued by, closed by, opened by, resolved by, entered by, \
         recorded by, uploaded by, requested by, served by, sold by, prepared by, authorized by, \
         authorised by, received by, accepted by, agent, agent name, sales rep, sales representative, \
         sales person, salesperson, salesman, account manager, account rep, case worker, caseworker, \
         case manager, handler, operator, cashier, clerk, technician, inspector, supervisor, manager, \
         manager name, supervisor name, employee, employee name, staff, staff name, staff member, \
         instructor, teacher, tutor, lecturer, doctor, doctor name, physician, physician name, \
         attending physician, nurse, therapist, dentist, consultant, advisor, adviser, referred by, \
         referrer name, created user, last modified by, last updated by, erstellt von, geaendert von, \
         angelegt von, bearbeiter, sachbearbeiter, betreuer, verkaeufer, zustaendig, cree par, \
         modifie par, traite par, vendeur, medecin, creado por, modificado por, vendedor, medico, \
         creato da, modificato da, venditore, criado por, alterado por, aangemaakt door, gewijzigd door, \
         behandelaar, utworzyl, zmodyfikowal, skapad av, andrad av, handlaggare, 创建人, 更新人, 操作人, \
         经办人, 负责人, chuangjianren, caozuoren, author, writer, editor, sender, recipient, receiver, \
         owner, written by, posted by, submitted by, reported by, reporter, from, to, from user, to user, \
         created from user, uploader, reviewer, commenter, rater, witness, referee, neighbour, neighbor",
    ),
];
