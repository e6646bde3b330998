//! How a person is reached: e-mail, telephone, postal address.

use super::kind::Kind;
use super::rules::{Rule, Says};
use Says::{Contact, Is, Perhaps, State};

pub(super) const RULES: &[Rule] = &[
    (
        Is(Kind::Email),
        "email, e mail, mail, email address, mail address, e mail address, email addr, mail addr, \
         email id, e mail id, email adresse, mail adresse, e mail adresse, adresse email, adresse mail, \
         adresse e mail, adresse electronique, courriel, mel, correo, correo electronico, \
         direccion de correo, indirizzo email, indirizzo mail, posta elettronica, pec, endereco email, \
         emailadres, email adres, mailadres, mail adres, poczta, adres email, epost, e post, epostadress, \
         sahkoposti, eposta, e posta, meru, user mail, user email, eml, email contact, contact email, email principal, \
         primary email, 邮箱, 电子邮箱, 电子邮件, 邮件地址, 邮箱地址, youxiang, dianziyoujian, \
         paypal email, alt email, from email, to email, from address email, emailid",
    ),
    (
        Is(Kind::Phone),
        "phone, telephone, tel, mobile, cell, cellphone, mob, phone number, phone no, phone num, \
         telephone number, telephone no, tel no, tel nr, tel num, tel number, mobile number, mobile no, \
         mobile phone, cell phone, cell number, mob no, home phone, work phone, office phone, landline, \
         whatsapp, whatsapp number, msisdn, sms number, phn, ph no, ph, telefon, telefonnummer, \
         telefon nummer, telefonnr, telefon nr, rufnummer, handy, handynummer, handy nummer, handy nr, \
         mobil, mobilnummer, mobil nummer, mobilfunk, mobiltelefon, festnetz, telephone portable, \
         portable, numero telephone, numero de telephone, numero tel, tel fixe, tel portable, telefono, \
         movil, celular, telefono movil, numero telefono, numero de telefono, cellulare, \
         telefono cellulare, telefone, numero telefone, numero de telefone, telemovel, telefoon, \
         telefoonnummer, telefoon nummer, mobiel, numer telefonu, telefon komorkowy, komorka, \
         telefonnumer, mobilnr, puhelin, denwa, denwa bango, keitai, keitai bango, kinkyu denwa, tel kont, tel wewn, cep telefonu, telefonszam, nomor telepon, hp, 手机, 手机号, 手机号码, 电话, 电话号码, 联系电话, 移动电话, \
         shouji, shoujihao, dianhua, lianxidianhua, contact phone, contact number, contact no, \
         phone contact, day phone, evening phone, caller id, caller number, callee number",
    ),
    (
        Is(Kind::Fax),
        "fax, fax number, fax no, fax nr, faxnummer, telefax, telefaxnummer, telecopie, numero fax, 传真, \
         chuanzhen, facsimile",
    ),
    (
        Is(Kind::Street),
        "street, street address, street name, street line, street number, street no, strt, address line, \
         addr line, address street, address number, addr street, house number, house no, house nr, \
         house name, apartment, apt, flat number, strasse, str, hausnummer, haus nummer, hausnr, haus nr, \
         adresszusatz, adress zusatz, rue, voie, numero voie, complement adresse, ligne adresse, \
         adresse ligne, calle, calle numero, domicilio, piso, via, indirizzo via, numero civico, civico, \
         rua, logradouro, linha, linha1, linha 1, morada linha, complemento, bairro, numero casa, straat, straatnaam, straat naam, huisnummer, \
         huis nummer, ulica, nr domu, numer domu, nr mieszkania, gata, gatuadress, gade, vej, gate, 街道, \
         门牌号, jiedao, colonia, address complement, po box, postfach",
    ),
    (
        Is(Kind::Address),
        "address, addr, adr, adresse, adress, anschrift, direccion, indirizzo, endereco, adres, osoite, \
         jusho, alamat, adresa, cim, lakcim, dia chi, 地址, 住址, 家庭住址, 收货地址, dizhi, zhuzhi, shouhuodizhi, home address, postal address, \
         mailing address, delivery address, shipping address, billing address, full address, \
         residential address, rechnungs adresse, rechnungsadresse, liefer adresse, lieferadresse, \
         wohn adresse, wohnadresse, adresse postale, adresse livraison, adresse facturation, \
         direccion envio, direccion postal, indirizzo spedizione, bill to address, ship to address, \
         residence",
    ),
    (
        Perhaps(Kind::City),
        "city, town, suburb, locality, city name, town name, stadt, ort, wohnort, gemeinde, ville, \
         commune, localite, nom ville, ciudad, localidad, poblacion, municipio, citta, comune, localita, \
         cidade, localidade, stad, plaats, woonplaats, miasto, miejscowosc, postort, by navn, 城市, 市, \
         chengshi, district, arrondissement, 区, 区县, neighborhood, neighbourhood, cidade nome",
    ),
    (
        Perhaps(Kind::PostalCode),
        "zip, zipcode, zip code, zip postal code, postal code, postalcode, postcode, post code, postal, \
         post zip, plz, postleitzahl, code postal, cp, codigo postal, cod postal, cap, codice postale, \
         cep, kod pocztowy, postnummer, postnr, post nummer, post nr, postinumero, pincode, pin code, \
         邮编, 邮政编码, youbian, eircode, zip plus, postal cd, zip cd",
    ),
    (
        Perhaps(Kind::Country),
        "country, country name, country code, country iso, country cd, land, landkod, land code, \
         laendercode, pays, code pays, pais, codigo pais, paese, nazione, kraj, maa, 国家, guojia, ctry, \
         country region, nation, land name, landcode",
    ),
    (
        Perhaps(Kind::State),
        "province, county, prefecture, bundesland, kanton, canton, departement, provincia, \
         comunidad autonoma, regione, estado uf, uf, provincie, wojewodztwo, powiat, lan, fylke, 省, \
         省份, shengfen, state province, state code, state name, state prov, stateprovince, region state, \
         state region, address state",
    ),
    (Perhaps(Kind::Street), "house, building, floor, block, suite, staircase, door"),
    (State, "state, st, region, estado, stato, etat, prov"),
    (
        Contact,
        "value, contact, contact info, contact details, contact detail, contact value, kontakt, kontaktdaten, \
         contacto, contatto, contato, 联系方式, lianxifangshi, reply to, sent to, sent from, \
         recipient address, sender address, recipients, mail to, mail from, mail cc, mail bcc, cc, bcc, \
         email to, email cc, email bcc, envelope from, envelope to",
    ),
    (
        Perhaps(Kind::WebPage),
        "website, web site, homepage, home page, web page, webpage, personal url, site web, sitio web, \
         sito web, web, blog, blog url, blog address, user url",
    ),
    (
        Is(Kind::Social),
        "facebook, facebook id, facebook url, twitter, twitter handle, twitter id, instagram, linkedin, \
         linkedin url, tiktok, snapchat, telegram, telegram id, telegram handle, skype, skype id, \
         skype name, wechat, wechat id, weixin, 微信, 微信号, qq, qq number, qq号, weibo, 微博, openid, \
         unionid, wechat openid, github, github username, github login, google id, apple id, social id, \
         social handle, social media, social profile, social login, social account, oauth id, oauth uid, \
         social url, discord, discord id, mastodon, icq, aim, msn, yim, jabber, \
         reddit username",
    ),
];

/// Whether a text is an e-mail address, or a list of some.
pub(super) fn is_email(text: &str) -> bool {
    let parts = || text.split([',', ';']).map(str::trim).filter(|p| !p.is_empty());
    parts().count() > 0 && parts().all(is_one_email)
}

/// Whether a text is one e-mail address, bare or as `Name <address>`.
fn is_one_email(text: &str) -> bool {
    let bare = text.strip_suffix('>').and_then(|t| t.rsplit_once('<')).map_or(text, |(_, address)| address);
    let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
    let Some((local, domain)) = bare.rsplit_once('@') else { return false };
    let word =
        |t: &str| !t.is_empty() && !t.contains(|c: char| c.is_whitespace() || matches!(c, '/' | '<' | '>' | ':' | '@'));
    let labels = || domain.split('.');
    word(local) && word(domain) && labels().count() > 1 && labels().all(|l| !l.is_empty()) && !is_number(domain)
}

fn is_number(domain: &str) -> bool {
    domain.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Whether an e-mail address is that of an office rather than of a person.
pub(super) fn is_mailbox(text: &str) -> bool {
    const OFFICES: &str = "info office sales support contact hello admin billing accounts accounting service team help helpdesk \
    kontakt buero vertrieb einkauf contacto ventas comercial contatto kontor reception orders invoice \
    invoices hr jobs marketing press post mail purchasing";
    let Some((local, _)) = text.split_once('@') else { return false };
    OFFICES.split_whitespace().any(|office| local.eq_ignore_ascii_case(office))
}

/// Whether a text is written as only telephone numbers are: international, or in groups.
pub(super) fn is_phone(text: &str) -> bool {
    could_be_phone(text)
        && !text.starts_with("000")
        && (text.starts_with('+') || text.starts_with("00") || text.contains(['(', ' ', '-', '/', '.']))
        && !is_dated(text)
        && (!text.starts_with('+') || crate::map::phone::is_international(text) || text.contains([' ', '-', '(']))
}

/// Whether a text could be a telephone number, if its column says so.
pub(super) fn could_be_phone(text: &str) -> bool {
    let bare = ["ext", "x", "#", "poste"]
        .iter()
        .find_map(|e| text.to_ascii_lowercase().find(e))
        .map_or(text, |at| &text[..at]);
    let bare = bare.strip_prefix("tel:").unwrap_or(bare).trim();
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    let only =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '(' | ')' | '-' | '/' | '.' | '\u{2011}' | '\u{a0}');
    (5..=17).contains(&digits) && bare.chars().all(only)
}

/// Whether a text looks like a date, a decimal number or an IP address rather than a telephone number.
fn is_dated(text: &str) -> bool {
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    let year = |g: &&str| g.len() == 4 && (g.starts_with("19") || g.starts_with("20"));
    let short = |g: &&str| g.len() <= 2;
    let date = groups.len() >= 3
        && (year(&groups[0]) && short(&groups[1]) && short(&groups[2])
            || short(&groups[0]) && short(&groups[1]) && year(&groups[2]));
    let decimal = groups.len() <= 2 && text.contains('.') && !text.contains(['(', ' ', '-', '/', '+']);
    let range = groups.len() == 2 && !text.contains(['(', '+']) && text.contains('-');
    date || decimal || range || text.parse::<std::net::IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails() {
        let yes = [
            "ana@example.com",
            "Ana Lima <ana@example.com>",
            "a@b.co, c@d.org",
            "mailto:x@y.org",
            "ana+shop@mail.example.co.uk",
            "jörg@bücher.example",
        ];
        let no = [
            "",
            "@home",
            "ana@",
            "ana@localhost",
            "http://u@h.example/x",
            "a b@example.com",
            "git@1.2.3.4",
            "3 @ 4.50",
        ];
        yes.iter().for_each(|t| assert!(is_email(t), "{t}"));
        no.iter().for_each(|t| assert!(!is_email(t), "{t}"));
        assert!(is_mailbox("Info@example.com") && !is_mailbox("ana@example.com"));
    }

    #[test]
    fn phones() {
        let yes = [
            "+65 6123 4567",
            "+6561234567",
            "(030) 901820",
            "+1 (780) 428-9482",
            "555-123-4567",
            "0049 30 901820",
            "030 901820",
        ];
        let no = [
            "6123456",
            "2024-01-31",
            "31.12.1999",
            "10.0.0.1",
            "12.50",
            "1-2",
            "1000-2000",
            "abc",
            "+",
            "2024-01-31 10:00",
        ];
        yes.iter().for_each(|t| assert!(is_phone(t), "{t}"));
        no.iter().for_each(|t| assert!(!is_phone(t), "{t}"));
        assert!(could_be_phone("61234567") && could_be_phone("555-1234 ext. 12") && !could_be_phone("iPhone 12"));
    }
}
