//! What the name of a reference says of the person it leads to: whose record it is, who wrote it, who handled it.
//!
//! A hint from two names, nothing else: `employee_id` is a clerk in an order and the owner in a payroll
//! ([`concerns_staff`] tells them apart by the collection's name). Whether the link holds is seen in the data.

use std::sync::LazyLock;

use super::collection::{self, CollectionKind};
use super::phrases::{Phrases, list};
use super::words;
use crate::map::Role;

/// What a reference's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoleHint {
    /// The person's own record: `customer_id`, `owner_id`, `buyer`.
    Owner,
    /// Written or sent by the person.
    Author,
    /// Sent to the person.
    Recipient,
    /// An employee or user who handled the record: `staff_id`, `approved_by`, `created_by`, `sales_rep`.
    Staff,
    /// The person above in a hierarchy: `reports_to`, `manager_id`.
    Superior,
    /// Who brought the person: `referred_by`.
    Referrer,
    /// The other side of a deal: `seller_id`, `driver_id`. Own together with the buyer, or only named.
    Counterparty,
    /// The record is on the person, by others: `about_user_id`, `reported_user`.
    About,
    /// The person acts for the record, a company: `primary_contact_id`.
    Representative,
    /// To an address or person the bill goes to.
    Billing,
    /// To an address or person the goods go to.
    Shipping,
    /// To an address: `address_id`.
    Address,
    /// The name says nothing of a person.
    Unknown,
}

use RoleHint::*;

const NAMES: &[(RoleHint, &str)] = &[
    (
        Author,
        "sender, from user, from, from account, from customer, author, written by, posted by, \
         submitted by, writer, poster, reviewer, commenter, reporter, reported by, uploader, uploaded by, \
         originator, initiator, requester, requestor, requested by, liker, rater, follower, caller, \
         inviter, sent by, absender, autor, verfasser, geschrieben von, expediteur, auteur, remitente, \
         autore, mittente, remetente, afzender, nadawca, avsandare, foerfattare, 发送者, 作者, 发件人, \
         发送人, creator, publisher user, commented by, liked by, asked by, answered by",
    ),
    (
        Recipient,
        "receiver, recipient, to user, to, to account, to customer, addressee, sent to, callee, invitee, \
         invited user, empfaenger, destinataire, destinatario, ontvanger, odbiorca, mottagare, 接收者, \
         收件人, 接收人, received by user, delivered to",
    ),
    (
        Staff,
        "employee, emp, staff, staff member, personnel, worker, handled by, handler, approved by, \
         approver, rejected by, created by, updated by, modified by, changed by, deleted by, \
         last modified by, created user, updated user, modified user, assigned to, assigned user, \
         assignee, assigned by, assigned agent, sales rep, sales representative, salesperson, \
         sales person, salesman, support rep, support representative, support agent, agent, rep, \
         processed by, operator, cashier, clerk, doctor, physician, attending physician, \
         primary physician, nurse, practitioner, provider, therapist, dentist, teacher, instructor, \
         professor, lecturer, tutor, trainer, coach, technician, inspector, auditor, account manager, \
         case manager, caseworker, moderator, reviewed by, verified by, checked by, closed by, \
         resolved by, served by, sold by, entered by, recorded by, issued by, signed by, prepared by, \
         authorized by, authorised by, editor, edited by, admin, administrator, advisor, adviser, \
         consultant, recruiter, interviewer, examiner, picked by, packed by, mitarbeiter, bearbeiter, \
         sachbearbeiter, betreuer, verkaeufer, erstellt von, geaendert von, angelegt von, zustaendig, \
         arzt, vendeur, employe, cree par, traite par, medecin, vendedor, empleado, atendido por, \
         creado por, medico, venditore, dipendente, funcionario, behandelaar, medewerker, verkoper, \
         pracownik, handlaggare, anstalld, 经办人, 操作人, 创建人, 员工, 负责人, yuangong",
    ),
    (
        Superior,
        "manager, reports to, report to, supervisor, supervised by, boss, superior, parent, parent user, \
         parent employee, team lead, lead employee, head, mentor, managed by, vorgesetzter, vorgesetzte, \
         leiter, superieur, responsable, jefe, capo, gerente, leidinggevende, przelozony, chef, 上级, \
         经理",
    ),
    (
        Referrer,
        "referred by, referrer, referral, invited by, introduced by, recommended by, sponsor, \
         sponsored by, geworben von, empfohlen von, parrain, referido por, referrer user, affiliate, \
         ref by, recruited by",
    ),
    (
        Counterparty,
        "seller, merchant, vendor, host, driver, landlord, courier, counterparty, counter party, \
         other party, other user, opponent, partner, respondent, matched user, peer, winner, second user, \
         verkaeufer partei, contraparte, vermieter, seller user, seller account, followee, followed, \
         followed user, friend, blocked user",
    ),
    (
        About,
        "about, about user, about customer, subject user, regarding, concerning, target user, \
         reported user, reviewed user, rated user, accused, suspect, betrifft, mentioned user, \
         tagged user, concerned, victim, viewed user, affected user, evaluated, appraisee",
    ),
    (
        Representative,
        "representative, primary contact, main contact, contact person, contact, primary account, \
         primary user, signatory, legal representative, placed by, ordered by employee, ansprechpartner, \
         kontakt, contacto principal, referente, acting for, responsible person, company contact, \
         account contact, administrator contact, director, ceo, chairman",
    ),
    (
        Billing,
        "billing, bill to, billing address, invoice address, rechnung, rechnungs, rechnungsadresse, \
         facturation, facturacion, fatturazione, faturacao, factuur, faktura",
    ),
    (
        Shipping,
        "shipping, ship to, delivery, shipping address, delivery address, liefer, lieferadresse, \
         livraison, envio, entrega, spedizione, levering, dostawa, leverans",
    ),
    (Address, "address, addr, adresse, anschrift, direccion, indirizzo, endereco, adres, home address, 地址"),
    (
        Owner,
        "owner, owned by, owner user, buyer, purchaser, payer, paid by, holder, cardholder, \
         account holder, policyholder, shopper, bought by, ordered by, booked by, customer, cust, client, \
         user, usr, account, member, person, patient, student, subscriber, passenger, guest, tenant, \
         borrower, applicant, candidate, donor, participant, attendee, visitor, player, rider, \
         contact owner, voter, winner user, bidder, renter, lessee, insured, claimant, beneficiary, \
         profile, lead, prospect, individual, entity person, created for, registered user, enrolled by, \
         kunde, kunden, kaeufer, besteller, benutzer, nutzer, mitglied, patienten, inhaber, utilisateur, \
         acheteur, proprietaire, membre, adherent, cliente, usuario, comprador, propietario, paciente, \
         utente, acquirente, proprietario, socio, klant, gebruiker, koper, eigenaar, lid, klient, \
         uzytkownik, wlasciciel, kund, anvandare, medlem, aegare, 用户, 客户, 会员, 买家, 患者, yonghu, \
         kehu, huiyuan",
    ),
];

static PHRASES: LazyLock<Phrases<RoleHint>> =
    LazyLock::new(|| Phrases::new(NAMES.iter().flat_map(|(hint, names)| list(names).map(|name| (*hint, name)))));

pub(super) fn phrases() -> impl Iterator<Item = &'static str> {
    NAMES.iter().flat_map(|(_, names)| list(names))
}

/// Words that end the name of a reference.
const ENDS: [&str; 14] =
    ["id", "key", "fk", "uuid", "guid", "no", "number", "nr", "num", "code", "ref", "pk", "sk", "oid"];

/// What the name of a reference says of the records' relation to `target`, the collection it leads to.
pub fn role_hint(column: &str, target: &str) -> RoleHint {
    let column = words::split(leaf(column));
    let target_words = words::split(target);
    let ends = |w: &String| ENDS.contains(&w.as_str());
    let said: Vec<String> = column.iter().filter(|w| !ends(w)).cloned().collect();
    let to = collection::of_words(&target_words);
    // What stands before the target's own name tells most: `sender_user_id`, `billing_address_id`.
    let beside: Vec<String> = said.iter().filter(|w| !target_words.contains(w)).cloned().collect();
    let hint = PHRASES
        .best(&said)
        .filter(|f| f.to - f.from > 1)
        .or_else(|| PHRASES.best(&beside))
        .or_else(|| PHRASES.best(&said));
    match hint.map(|f| f.says) {
        Some(Owner) | None if to == CollectionKind::Person && beside.is_empty() => plain(&target_words),
        // `parent_id` of a category, `created_by` of nobody: no person is meant.
        Some(Superior | About | Owner) if !leads_to_people(to) => Unknown,
        Some(hint) => hint,
        None => Unknown,
    }
}

/// What a reference that only repeats its target's name says.
fn plain(target: &[String]) -> RoleHint {
    match PHRASES.best(target).map(|f| f.says) {
        Some(Staff) => Staff,
        _ => Owner,
    }
}

fn leads_to_people(kind: CollectionKind) -> bool {
    matches!(kind, CollectionKind::Person | CollectionKind::Unknown | CollectionKind::Organisation)
}

/// The last part of a path into a document.
fn leaf(column: &str) -> &str {
    let column = column.trim_end_matches("[]");
    column.rsplit(['.']).find(|part| !part.is_empty()).unwrap_or(column)
}

/// Whether a collection's records concern employees as such, so that a reference to an employee is to their owner.
pub fn concerns_staff(collection: &str) -> bool {
    const WORDS: &str = "payroll salary salaries wage pay payslip leave absence vacation timesheet attendance shift personnel \
    employee emp staff hr employment appraisal training skill review gehalt lohn urlaub fehlzeit \
    arbeitszeit mitarbeiter personal paie conge nomina ausencia stipendio ferie salario empleado employe \
    dipendente funcionario 工资 考勤 员工 benefit dependent job history qualification title history assignment \
    dept manager";
    words::split(collection).iter().any(|w| WORDS.split_whitespace().any(|known| known == w))
}

impl RoleHint {
    /// The role it proposes; none where the name says nothing of a person. An address is shared by whoever refers to it.
    pub fn role(self) -> Option<Role> {
        Some(match self {
            Owner => Role::Owner,
            Author => Role::Author,
            Recipient => Role::Recipient,
            About => Role::About,
            Representative => Role::Representative,
            Staff | Superior | Referrer | Counterparty => Role::Reference,
            Billing | Shipping | Address => Role::Shared,
            Unknown => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn references_say_what_the_person_is() {
        let cases = [
            ("customer_id", "customers", Owner),
            ("CustomerId", "Customer", Owner),
            ("user_id", "users", Owner),
            ("owner_id", "accounts", Owner),
            ("buyer_id", "accounts", Owner),
            ("buyer", "users", Owner),
            ("KundenNr", "Kunden", Owner),
            ("person_id", "person", Owner),
            ("用户id", "用户", Owner),
            ("sender_id", "accounts", Author),
            ("sender_user_id", "users", Author),
            ("author_id", "users", Author),
            ("from_user", "users", Author),
            ("from_user_id", "users", Author),
            ("written_by", "staff", Author),
            ("receiver_id", "users", Recipient),
            ("to_user", "users", Recipient),
            ("recipient_id", "accounts", Recipient),
            ("employee_id", "employee", Staff),
            ("EmployeeID", "Employees", Staff),
            ("emp_no", "employees", Staff),
            ("staff_id", "staff", Staff),
            ("handled_by", "staff", Staff),
            ("approved_by", "users", Staff),
            ("created_by", "users", Staff),
            ("sales_rep", "employees", Staff),
            ("SupportRepId", "Employee", Staff),
            ("salesRepEmployeeNumber", "employees", Staff),
            ("manager_id", "employees", Superior),
            ("ReportsTo", "Employee", Superior),
            ("reports_to", "employees", Superior),
            ("referred_by", "customers", Referrer),
            ("seller_id", "accounts", Counterparty),
            ("about_user_id", "users", About),
            ("end_user_id", "end_users", Owner),
            ("primary_contact_id", "contacts", Representative),
            ("billing_address_id", "addresses", Billing),
            ("shipping_address_id", "address", Shipping),
            ("address_id", "address", Address),
            ("parent_id", "categories", Unknown),
            ("product_id", "products", Unknown),
            ("order_id", "orders", Unknown),
            ("passenger_information.passenger_ids[]", "passengers", Owner),
        ];
        let wrong = cases.iter().filter(|(column, target, hint)| role_hint(column, target) != *hint);
        let wrong: Vec<String> = wrong.map(|(c, t, _)| format!("{c} -> {t}: {:?}", role_hint(c, t))).collect();
        assert_eq!(wrong, [""; 0]);
        assert!(concerns_staff("salaries") && concerns_staff("employee_leave") && !concerns_staff("orders"));
    }

    proptest! {
        #[test]
        fn any_two_names_are_judged(column in "\\PC{0,40}", target in "\\PC{0,40}") {
            let _ = role_hint(&column, &target).role();
        }
    }
}
