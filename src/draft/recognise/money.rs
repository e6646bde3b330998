//! Cards, bank accounts, and what says how somebody stands financially.

use super::kind::Kind;
use super::rules::{Rule, Says};
use Says::{Is, Perhaps};

pub(super) const RULES: &[Rule] = &[
    (
        Is(Kind::CardNumber),
        "card number, card no, card num, card nr, cardnumber, card nbr, credit card, credit card number, \
         credit card no, credit card num, creditcard, creditcard number, cc number, cc num, cc no, ccn, \
         ccnumber, pan, card pan, primary account number, debit card, debit card number, \
         payment card number, masked card, masked pan, masked card number, card last4, card last four, \
         last four, last4, last four digits, card last digits, cc last4, kreditkarte, kreditkartennummer, \
         kreditkarten nummer, kartennummer, karten nummer, numero carte, numero de carte, carte bancaire, \
         carte credit, numero tarjeta, numero de tarjeta, tarjeta credito, tarjeta, numero carta, \
         carta credito, numero cartao, cartao credito, creditcardnummer, numer karty, kortnummer, 卡号, \
         信用卡号, 信用卡, xinyongka, card num masked, card hash, card fingerprint, card bin",
    ),
    (
        Is(Kind::CardExpiry),
        "card expiry, card expiration, card expiry date, card expires, cc expiry, cc exp, cc expires, \
         card exp, card exp month, card exp year, exp month, exp year, expiry month, expiry year, \
         expiration month, expiration year, card expiration date, card valid until, card expiry month, \
         card expiry year, cc exp month, cc exp year, date expiration carte, ccexpires",
    ),
    (
        Is(Kind::BankAccount),
        "iban, iban number, iban code, bank account, bank account number, bank account no, bank acct, \
         bank acct no, account iban, bic, swift, bic swift, swift code, swift bic, bic code, \
         routing number, aba number, sort code, bank routing number, bsb, bsb number, ifsc, ifsc code, \
         bankverbindung, kontonummer, konto nummer, kontonr, konto nr, bankleitzahl, blz, \
         compte bancaire, numero compte, rib, cuenta bancaria, numero cuenta, numero de cuenta, clabe, \
         ccc cuenta, conto bancario, coordinate bancarie, conta bancaria, numero conta, rekeningnummer, \
         bankrekening, numer konta, bankkonto, kontonummer bank, bankgiro, 银行账号, 银行卡号, 银行账户, \
         yinhangka, direct debit mandate, sepa mandate, mandate reference, checking account, \
         savings account number, paypal account, paypal id, wallet address, bitcoin address, \
         crypto address, upi id, pix key",
    ),
    (
        Is(Kind::Financial),
        "salary, wage, wages, income, annual income, yearly income, household income, monthly income, \
         net worth, credit score, credit rating, creditworthiness, credit limit, creditlimit, risk score, \
         fico, schufa, pay rate, hourly rate, hourly wage, base pay, gehalt, lohn, einkommen, \
         kreditlimit, bonitaet, salaire, revenu, revenus, sueldo, salario, ingresos, nomina, stipendio, \
         reddito, renda, salaris, inkomen, wynagrodzenie, dochod, pensja, inkomst, 工资, 薪水, 收入, \
         gongzi, bankruptcy, debt, debts, compensation, yearly salary, stock options",
    ),
    (Perhaps(Kind::Financial), "balance, account balance, kontostand, solde, saldo, outstanding balance"),
    (
        Perhaps(Kind::BankAccount),
        "acct no, acct num, acct number, account number, account no, account nr, bank name, bank, \
         bank code",
    ),
];

/// Whether a text is a payment card's number: prefix and length of a known kind, and its check digit.
pub(super) fn is_card(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let number = digits.bytes().all(|b| b.is_ascii_digit());
    number && is_issued(&digits) && luhn::valid(&digits)
}

/// Whether prefix and length are those of a kind of card in use.
fn is_issued(digits: &str) -> bool {
    let prefix = |n: usize| digits.get(..n).and_then(|p| p.parse::<u32>().ok()).unwrap_or(0);
    match digits.len() {
        13 | 19 => prefix(1) == 4 || digits.len() == 19 && (prefix(2) == 62 || prefix(2) == 60),
        14 => matches!(prefix(2), 36 | 38 | 39) || (300..=305).contains(&prefix(3)),
        15 => matches!(prefix(2), 34 | 37),
        16 => {
            prefix(1) == 4
                || (51..=55).contains(&prefix(2))
                || (2221..=2720).contains(&prefix(4))
                || matches!(prefix(2), 60 | 62 | 64 | 65 | 50 | 56 | 57 | 58 | 67)
                || (3528..=3589).contains(&prefix(4))
        }
        _ => false,
    }
}

/// Whether a text is a card's number with most digits hidden: `**** **** **** 1234`.
pub(super) fn is_masked_card(text: &str) -> bool {
    let hidden = text.chars().filter(|c| matches!(c, '*' | 'x' | 'X' | '•' | '#')).count();
    let shown = text.bytes().filter(u8::is_ascii_digit).count();
    hidden >= 6 && (2..=10).contains(&shown) && hidden + shown <= 19 && text.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a text is an international bank account number.
pub(super) fn is_iban(text: &str) -> bool {
    text.len() >= 15 && text.parse::<iban::Iban>().is_ok()
}

/// Whether a text is a month and year, as cards carry them.
pub(super) fn is_expiry(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let month = |t: &str| t.parse::<u8>().is_ok_and(|m| (1..=12).contains(&m));
    let year = |t: &str| matches!(t.len(), 2 | 4) && t.bytes().all(|b| b.is_ascii_digit());
    matches!(parts[..], [a, b] if month(a) && year(b) || year(a) && a.len() == 4 && month(b))
        || text.len() == 4 && text.get(..2).is_some_and(month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_and_accounts() {
        let cards =
            ["4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005", "30569309025904", "6011111111111117"];
        cards.iter().for_each(|t| assert!(is_card(t), "{t}"));
        let others = ["4111111111111112", "1234567812345670", "0000000000000000", "978020137962", "", "4111"];
        others.iter().for_each(|t| assert!(!is_card(t), "{t}"));
        assert!(
            is_iban("DE44 5001 0517 5407 3249 31")
                && is_iban("GB82WEST12345698765432")
                && !is_iban("DE44500105175407324930")
        );
        assert!(is_masked_card("**** **** **** 1234") && is_masked_card("411111xxxxxx1111") && !is_masked_card("1234"));
        assert!(
            is_expiry("12/27")
                && is_expiry("2027-01")
                && is_expiry("0127")
                && !is_expiry("13/27")
                && !is_expiry("1999")
        );
    }
}
