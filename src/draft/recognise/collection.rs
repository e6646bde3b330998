//! What a collection's records are, by its name: people, things, what happened, what was said.
//!
//! Table prefixes (`tbl_`, `wp_`, `dim_`) and plurals do not matter. Only a hint for reading names of columns: whether a
//! collection has one record per person is decided from much more, and elsewhere.

use std::sync::LazyLock;

use super::phrases::{Phrases, list};

/// What the records of a collection are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CollectionKind {
    /// People, one record each: customer, user, employee, patient.
    Person,
    /// Companies, branches, schools.
    Organisation,
    /// Things and lists of values: products, films, countries, types.
    Catalogue,
    /// What happened: orders, payments, logins, visits.
    Event,
    /// What people wrote to others or about them: messages, notes, tickets.
    Message,
    /// What people published: reviews, posts.
    Publication,
    /// Postal addresses.
    Address,
    /// Ways of payment: cards, bank accounts.
    Instrument,
    /// Devices, cookies, sessions.
    Device,
    /// Documents that prove an identity.
    Proof,
    /// Telephone numbers, e-mail addresses and the like, one a record.
    ContactPoint,
    /// Key and value for each person or thing.
    KeyValue,
    /// The name says nothing.
    Unknown,
}

use CollectionKind::*;

const NAMES: &[(CollectionKind, &str)] = &[
    (
        Person,
        "customer, cust, client, user, usr, account, member, person, people, individual, contact, \
         employee, emp, staff, personnel, worker, patient, student, pupil, teacher, instructor, \
         professor, lecturer, subscriber, lead, prospect, guest, passenger, driver, rider, applicant, \
         candidate, donor, volunteer, tenant, landlord, resident, citizen, voter, player, participant, \
         attendee, visitor, buyer, seller, shopper, consumer, cardholder, policyholder, borrower, agent, \
         doctor, nurse, physician, practitioner, profile, user profile, customer profile, user account, \
         customer account, customer detail, user detail, customer master, owner, crew, freelancer, \
         contractor, beneficiary, recipient, alumni, alumnus, admin, administrator, operator, end user, \
         app user, system user, registrant, claimant, insured, reader, courier, rep, representative, \
         sales rep, salesperson, sales person, business partner, party, human, identity, \
         emergency contact, dependent, child, children, family member, relative, kunde, kunden, benutzer, \
         nutzer, anwender, mitarbeiter, angestellte, mitglied, mitglieder, personen, personal, patienten, \
         ansprechpartner, kontakt, kontakte, teilnehmer, bewerber, schueler, studenten, gast, gaeste, \
         fahrer, mieter, interessent, interessenten, kundenstamm, personalstamm, debitor, debitoren, \
         utilisateur, employe, salarie, membre, personne, adherent, abonne, eleve, etudiant, usager, \
         cliente, usuario, empleado, miembro, persona, contacto, paciente, alumno, socio, utente, \
         dipendente, membro, contatto, paziente, utilizador, funcionario, pessoa, contato, aluno, klant, \
         klanten, gebruiker, medewerker, lid, leden, persoon, contactpersoon, klient, klienci, \
         uzytkownik, uzytkownicy, pracownik, pracownicy, czlonek, osoba, osoby, kund, kunder, anvandare, \
         medlem, medlemmar, anstalld, bruker, bruger, ansatt, medarbejder, asiakas, kayttaja, henkilo, \
         用户, 客户, 会员, 员工, 人员, 职员, 患者, 病人, 学生, 教师, 联系人, 顾客, 成员, yonghu, kehu, \
         huiyuan, yuangong, renyuan, huanzhe, xuesheng, lianxiren",
    ),
    (
        Organisation,
        "company, organisation, organization, org, firm, business, corporation, supplier, vendor, \
         shipper, carrier, manufacturer, publisher, store, shop, branch, warehouse, hotel, airline, \
         airport, school, university, department, dept, office, agency, bank, insurer, hospital, clinic, \
         provider, partner, merchant, dealer, franchise, institution, employer, team, club, restaurant, \
         facility, location, site, tenant org, workspace, firma, firmen, unternehmen, lieferant, \
         lieferanten, filiale, abteilung, hersteller, kreditor, kreditoren, entreprise, societe, \
         fournisseur, magasin, empresa, proveedor, tienda, departamento, azienda, fornitore, negozio, \
         fornecedor, loja, bedrijf, leverancier, dostawca, leverantor, 公司, 供应商, 部门, 门店, gongsi, \
         bumen",
    ),
    (
        Catalogue,
        "product, item, article, sku, film, movie, book, album, artist, track, song, genre, category, \
         subcategory, country, city, state, province, region, territory, language, currency, color, \
         colour, brand, model, course, class, subject, plan, tier, price list, price, status, type, role, \
         permission, setting, config, configuration, option, parameter, template, media type, mediatype, \
         playlist, series, episode, actor, author, recipe, ingredient, part, material, asset, vehicle, \
         car, aircraft, plane, flight, room, table, menu, dish, event type, calendar, holiday, tag, \
         label, unit, tax rate, discount, promotion, coupon, campaign, channel, menu item, post type, \
         term, taxonomy, job title, position, skill, degree, stock, inventory, catalog, catalogue, \
         lookup, code, reference data, migration, schema migration, version, sequence, product category, \
         product type, shift, scrap reason, ship method, culture, location type, document type, \
         contact type, address type, phone number type, phone type, medication, drug, disease, \
         diagnosis code, icd, procedure code, timezone, theme, page, widget, news, faq, language code, \
         pricing, feature, service, special offer, catalog item, vehicle model, produkt, produkte, \
         artikel, ware, waren, buch, buecher, kategorie, kategorien, land, laender, sprache, produit, \
         livre, categorie, pays, langue, ville, producto, libro, articulo, pelicula, pais, ciudad, \
         idioma, prodotto, libri, articolo, categoria, paese, produto, livro, filme, boek, kraj, \
         kategoria, ksiazka, vara, varor, bok, 产品, 商品, 类别, 分类, 国家, 城市, chanpin, shangpin",
    ),
    (
        Event,
        "order, order item, order line, order detail, invoice, invoice line, invoice item, payment, \
         transaction, txn, rental, booking, reservation, sale, purchase, shipment, delivery, appointment, \
         visit, login, logon, sign in, log, audit, audit log, audit trail, event, activity, history, \
         view, page view, pageview, click, clickstream, download, subscription, enrollment, enrolment, \
         registration, loan, bill, claim, dispute, case, incident, service request, attendance, payroll, \
         salary, leave, absence, expense, cart, cart item, basket, wishlist, wish list, refund, return, \
         vote, like, follow, follower, favorite, favourite, bookmark, score, rating, risk score, report, \
         statistic, quote, quotation, offer, contract, policy, admission, encounter, treatment, \
         prescription, procedure, observation, lab result, test result, measurement, examination, grade, \
         exam, session log, interview, application, job application, timesheet, time entry, task, \
         assignment, consent, preference, newsletter, opt out, suppression, notification log, alert, \
         trip, ride, journey, ticket sale, check in, checkin, transfer, withdrawal, deposit, ledger, \
         journal, posting, movement, stock movement, reward, loyalty, loyalty point, points, badge, \
         achievement, survey, survey answer, survey response, answer, poll, response, donation, pledge, \
         membership, access log, web log, work order, requisition, receipt, credit note, debit, \
         phone call, call, call log, order payment, evidence, bestellung, bestellungen, bestellposition, \
         auftrag, auftraege, rechnung, rechnungen, rechnungsposition, zahlung, zahlungen, buchung, \
         buchungen, lieferung, lieferungen, vertrag, vertraege, termin, termine, besuch, protokoll, \
         commande, facture, paiement, livraison, contrat, rendez vous, pedido, factura, pago, entrega, \
         contrato, cita, reserva, venta, ordine, fattura, pagamento, consegna, contratto, appuntamento, \
         prenotazione, vendita, fatura, venda, compra, bestelling, factuur, betaling, levering, afspraak, \
         zamowienie, faktura, platnosc, dostawa, umowa, wizyta, bestallning, ordrar, betalning, leverans, \
         avtal, 订单, 支付, 发票, 日志, 记录, 预约, 交易, dingdan, zhifu, fapiao, rizhi, jiaoyi",
    ),
    (
        Message,
        "message, mail, email message, comment, note, ticket, support ticket, chat, chat message, thread, \
         conversation, reply, sms, text message, letter, complaint, inquiry, enquiry, correspondence, \
         feedback, customer feedback, support note, case note, internal note, memo, remark, inbox, \
         outbox, sent mail, private message, direct message, discussion, notification, support request, \
         communication, interaction, contact request, contact form, ticket comment, nachricht, \
         nachrichten, notiz, notizen, kommentar, kommentare, beschwerde, beschwerden, anfrage, anfragen, \
         commentaire, remarque, reclamation, mensaje, comentario, nota, notas, queja, reclamo, messaggio, \
         commento, mensagem, bericht, berichten, opmerking, klacht, wiadomosc, komentarz, notatka, \
         skarga, meddelande, anteckning, klagomal, 消息, 留言, 评论, 投诉, xiaoxi, liuyan, pinglun",
    ),
    (
        Publication,
        "review, product review, order review, post, blog post, forum post, tweet, status update, \
         testimonial, story, listing, advert, ad, classified, bewertung, bewertungen, beitrag, beitraege, \
         avis, publication, resena, publicacion, recensione, avaliacao, recenzja, upload, photo, video, \
         picture, image, live video, gallery, guestbook",
    ),
    (
        Address,
        "address, addr, customer address, user address, shipping address, billing address, \
         delivery address, postal address, adresse, adressen, anschrift, anschriften, lieferadresse, \
         rechnungsadresse, direccion, indirizzo, endereco, adres, adress, 地址, dizhi",
    ),
    (
        Instrument,
        "card, credit card, creditcard, debit card, payment card, payment method, payment instrument, \
         payment detail, payment info, bank account, bank detail, bank data, wallet, billing info, \
         billing detail, billing account, kreditkarte, bankverbindung, bankverbindungen, konto, konten, \
         carte bancaire, moyen paiement, compte bancaire, tarjeta, tarjeta credito, cuenta bancaria, \
         carta credito, conto bancario, cartao, cartao credito, conta bancaria, bankrekening, \
         konto bankowe, 银行卡, yinhangka, sepa mandate, iban",
    ),
    (
        Device,
        "device, cookie, session, user session, token, access token, refresh token, api key, push token, \
         fingerprint, login session, oauth token, geraet, geraete, sitzung, appareil, dispositivo, \
         sesion, sessione, sessao, apparaat, urzadzenie, enhet, 设备, 会话, shebei",
    ),
    (
        Proof,
        "passport, identity document, id document, id card, kyc, kyc document, identity proof, \
         identification, travel document, visa, driving licence, driver license, ausweis, ausweise, \
         ausweisdokument, piece identite, documento identidad, documento identita, 证件, zhengjian, \
         person identity, national id",
    ),
    (
        ContactPoint,
        "phone, telephone, phone number, telephone number, person phone, email, email address, \
         mail address, contact detail, contact info, contact point, contact mech, contact method, contact mechanism, \
         contact data, telefon, telefonnummer, telefono, fax, emailadresse, social account, social login, \
         social profile, federated identity, 电话, 邮箱",
    ),
    (
        KeyValue,
        "meta, metadata, attribute, property, user meta, usermeta, customer meta, user attribute, \
         customer attribute, user setting, user option, custom field, field value, eav, eigenschaft, \
         eigenschaften",
    ),
];

/// Words around a collection's name that say nothing about it.
const AROUND: &str = "tbl tab t tb dim fact stg src raw vw view wp app auth crm erp core base main data master mst info \
    entity ods dwh tmp old new copy export dump all record list db public dbo my the archive current ext \
    test django rails m f d v hr shop portal system sys";

static PHRASES: LazyLock<Phrases<CollectionKind>> =
    LazyLock::new(|| Phrases::new(NAMES.iter().flat_map(|(kind, names)| list(names).map(|name| (*kind, name)))));

pub(super) fn phrases() -> impl Iterator<Item = &'static str> {
    NAMES.iter().flat_map(|(_, names)| list(names)).chain(AROUND.split_whitespace())
}

/// The kind of the last thing the words name.
pub(super) fn of_words(words: &[String]) -> CollectionKind {
    let kept: Vec<String> =
        words.iter().filter(|w| !AROUND.split_whitespace().any(|a| a == w.as_str())).cloned().collect();
    let words = if kept.is_empty() { words } else { &kept };
    // The noun is the last phrase that ends the name; what stands before it only tells which.
    let last = (0..words.len())
        .find_map(|from| PHRASES.best(&words[from..]).filter(|f| f.to == words.len() - from && f.from == 0));
    last.or_else(|| PHRASES.best(words)).map_or(Unknown, |found| found.says)
}

/// Whether one of the words means a person.
pub(super) fn names_person(words: &[String]) -> bool {
    words.iter().any(|w| PHRASES.best(std::slice::from_ref(w)).is_some_and(|f| f.says == Person))
}
