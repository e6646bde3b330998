//! Numbers that states give to people. Their check digits are in `check_digits`.

use super::kind::Kind;
use super::rules::{Rule, Says};
use Says::Is;

pub(super) const RULES: &[Rule] = &[
    (
        Is(Kind::NationalId),
        "ssn, social security, social security number, social security no, social insurance number, \
         sin number, nino, ni number, national insurance, national insurance number, \
         national insurance no, nhs number, nhs no, national id, national id number, \
         national identity number, national identification number, nat id, id number, id no, id card, \
         id card number, id card no, identity card, identity number, identity no, identity card number, \
         identification number, identification no, citizen id, citizen number, resident id, \
         government id, govt id, gov id, nric, fin number, aadhaar, aadhar, aadhaar number, \
         personalausweis, personalausweisnummer, ausweisnummer, ausweis nummer, ausweisnr, \
         sozialversicherungsnummer, sv nummer, svnr, svnummer, rentenversicherungsnummer, ahv nummer, \
         ahv, numero avs, insee, nir, numero securite sociale, securite sociale, no secu, num secu, numero secu, \
         carte identite, cni, dni, nie, dni nie, nif nie, documento identidad, numero documento, cedula, \
         cedula identidad, curp, rut, run, codice fiscale, codicefiscale, cod fiscale, carta identita, \
         cf codice, cpf, cpf cnpj, rg, bsn, burgerservicenummer, rijksregisternummer, pesel, nr dowodu, \
         dowod osobisty, personnummer, person nummer, fodselsnummer, cpr, cpr nummer, henkilotunnus, \
         hetu, 身份证, 身份证号, 身份证号码, 证件号, 证件号码, shenfenzheng, shenfenzhenghao, \
         zhengjianhao, sfzh, egn, cnp, rodne cislo, oib, jmbg, isikukood, emirates id, tc kimlik no, \
         kimlik no, teudat zehut, my number",
    ),
    (
        Is(Kind::Passport),
        "passport, passport number, passport no, passport nr, passport num, passport id, reisepass, \
         reisepassnummer, passnummer, pass nummer, passeport, numero passeport, pasaporte, \
         numero pasaporte, passaporto, numero passaporto, passaporte, paspoort, paspoortnummer, paszport, \
         passnr, 护照, 护照号, 护照号码, huzhao",
    ),
    (
        Is(Kind::DrivingLicence),
        "driving licence, driving license, drivers licence, drivers license, driver licence, \
         driver license, driving licence number, drivers license number, driver license number, \
         driver licence number, dl number, dl no, fuehrerschein, fuehrerscheinnummer, permis conduire, \
         permis de conduire, licencia conducir, patente guida, patente di guida, carta conducao, cnh, \
         rijbewijs, prawo jazdy, korkort, 驾驶证, 驾照, jiazhao",
    ),
    (
        Is(Kind::Immigration),
        "visa number, visa no, visa status, residence permit, residence permit number, work permit, \
         work permit number, immigration status, alien number, aufenthaltstitel, titre sejour, \
         permiso residencia, permesso soggiorno, 签证",
    ),
    (
        Is(Kind::Vehicle),
        "number plate, license plate, licence plate, plate number, plate no, registration plate, \
         vehicle registration, vin, vin number, vehicle identification number, kennzeichen, \
         kfz kennzeichen, immatriculation, matricula vehiculo, targa, placa, kenteken, \
         tablica rejestracyjna, 车牌, 车牌号, chepai, car registration",
    ),
    (
        Is(Kind::OfficialNumber),
        "tax id, tax number, tax no, tax identification number, taxpayer id, taxpayer number, tin, itin, \
         ein, vat number, vat no, vat id, vat nr, vatnumber, steuernummer, steuer nummer, steuer id, \
         steuerid, steueridentifikationsnummer, ust id, ustid, ustidnr, umsatzsteuer id, numero fiscal, \
         numero fiscale, numero tva, tva intracommunautaire, nif, cif, rfc, nit, partita iva, piva, \
         p iva, cnpj, inscricao estadual, btw nummer, nip, regon, siret, siren, abn, gst number, gstin, \
         pan number, pan card, utr, 税号, 纳税人识别号, voter id, voter number, professional license, \
         medical license, npi, birth certificate, company registration number, \
         registration number company, trade license",
    ),
];
