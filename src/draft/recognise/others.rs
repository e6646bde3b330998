//! Names of fields about somebody else than the record's owner.

use std::sync::LazyLock;

use super::phrases::Phrases;

/// Relatives and contacts of the owner, and people who did something with the record.
const OTHERS: &str = "emergency, emergency contact, next of kin, kin, spouse, husband, wife, mother, father, parent, \
         guardian, sibling, relative, beneficiary, referee, witness, neighbour, neighbor, notfallkontakt, \
         notfall, angehoerige, ehepartner, ehegatte, mutter, vater, contact urgence, urgence, conjoint, \
         contacto emergencia, emergencia, conyuge, madre, padre, emergenza, coniuge, emergencia contato, \
         noodcontact, 紧急联系人, 配偶, created by, updated by, modified by, changed by, deleted by, \
         approved by, rejected by, reviewed by, handled by, assigned to, assignee, processed by, \
         verified by, checked by, signed by, issued by, closed by, entered by, recorded by, served by, \
         sold by, prepared by, authorized by, authorised by, received by, accepted by, agent, sales rep, \
         sales representative, sales person, salesperson, salesman, account manager, case worker, \
         caseworker, handler, operator, cashier, clerk, technician, inspector, supervisor, manager, \
         instructor, teacher, doctor, physician, nurse, therapist, dentist, consultant, advisor, adviser, \
         last modified by, bearbeiter, sachbearbeiter, betreuer, verkaeufer, vendeur, medecin, vendedor, \
         medico, venditore, behandelaar, handlaggare, 操作人, 经办人, 负责人, direct report, \
         reporting manager, staff name, employee name, reference name, reference phone";

static PHRASES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::new(phrases().map(|p| ((), p))));

pub(super) fn phrases() -> impl Iterator<Item = &'static str> {
    super::phrases::list(OTHERS)
}

/// Whether the words of a name say that it is about somebody else.
pub(super) fn is_about_other(words: &[String]) -> bool {
    PHRASES.best(words).is_some()
}
