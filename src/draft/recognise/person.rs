//! Who a person is: names, birth, gender, position.

use super::kind::Kind;
use super::rules::{Rule, Says};
use Says::{Is, Name, Perhaps, Picture, Title};

pub(super) const RULES: &[Rule] = &[
    (
        Is(Kind::FirstName),
        "first name, firstname, first nm, fname, f name, given name, givenname, given names, forename, \
         christian name, middle name, middlename, mname, middle initial, preferred name, called name, \
         vorname, vname, vornamen, rufname, prenom, prenoms, nombre de pila, primer nombre, segundo nombre, \
         nombre pila, nome proprio, primeiro nome, voornaam, voornamen, roepnaam, jmeno, keresztnev, imie, imiona, fornamn, \
         foernamn, fornavn, etunimi, 名, mingzi, initials, first initial",
    ),
    (
        Is(Kind::LastName),
        "last name, lastname, last nm, lname, l name, surname, sur name, family name, familyname, \
         maiden name, birth name, second name, nachname, nname, familienname, zuname, geburtsname, maedchenname, \
         nom de famille, nom famille, nom usage, nom naissance, nom jeune fille, apellido, apellidos, \
         primer apellido, segundo apellido, apellido paterno, apellido materno, cognome, sobrenome, soyad, soyadi, sei, myoji, vezeteknev, prijmeni, prezime, \
         apelido, ultimo nome, achternaam, familienaam, tussenvoegsel, nazwisko, efternamn, etternavn, \
         efternavn, sukunimi, 姓, xing, mothers maiden name",
    ),
    (
        Is(Kind::PersonName),
        "full name, fullname, full nm, person name, real name, realname, legal name, display name, \
         displayname, contact name, contact person, contactname, name on card, cardholder, card holder, \
         cardholder name, card holder name, holder name, account holder, account holder name, \
         account owner name, name surname, sender name, recipient name, receiver name, addressee, \
         consignee, from name, to name, author name, owner name, customer name, client name, \
         user full name, guest name, passenger name, patient name, buyer name, payer name, payee name, \
         attention of, attn, ship name, bill name, ship to name, bill to name, billing name, \
         shipping name, delivery name, invoice name, beneficiary name, vollstaendiger name, \
         ansprechpartner, ansprechperson, kontaktperson, empfaenger name, kontoinhaber, karteninhaber, \
         nom complet, nom prenom, nom et prenom, titulaire, nombre completo, nombre y apellidos, \
         nombre apellidos, titular, nome completo, nome cognome, cognome nome, nominativo, intestatario, \
         volledige naam, contactpersoon, shimei, shimei kana, kaiin mei, kokyaku mei, namae, onamae, ad soyad, adi soyadi, \
         teljes nev, nama lengkap, nume complet, ime i prezime, ho ten, imie nazwisko, imie i nazwisko, 姓名, 真实姓名, 联系人, 收货人, \
         收件人, 客户姓名, xingming, lianxiren, shouhuoren, reviewer name, commenter name, complainant, \
         complainant name, claimant, insured name, policyholder",
    ),
    (Perhaps(Kind::FirstName), "given, first, fore, middle"),
    (Perhaps(Kind::LastName), "family, last"),
    (Perhaps(Kind::DateOfBirth), "birth"),
    (
        Name,
        "name, nm, names, naam, namn, navn, nimi, nom, nombre, nome, nazwa, nazwa osoby, \
         bezeichnung name, 名称, 名字, mingcheng",
    ),
    (
        Is(Kind::Salutation),
        "salutation, honorific, name prefix, name suffix, name title, anrede, civilite, tratamiento, \
         aanhef, 称呼, prefix name, courtesy title, title of courtesy",
    ),
    (
        Is(Kind::Username),
        "username, user name, user nm, login name, loginname, login id, user login, login, nickname, \
         nick name, nick, nicename, nickname display, screen name, screenname, handle, user handle, \
         account login, benutzername, benutzer name, anmeldename, pseudo, identifiant, nom utilisateur, \
         nom d utilisateur, nome utilizador, nome de utilizador, nome de usuario, nazwa uzytkownika, anvandarnamn, \
         brukernavn, brugernavn, kullanici adi, gebruikersnaam, felhasznalonev, nombre usuario, nombre de usuario, nome utente, nome usuario, \
         nome de usuario, gebruikersnaam, nazwa uzytkownika, anvandarnamn, brukernavn, brugernavn, \
         用户名, 昵称, 账号, 帐号, 登录名, yonghuming, nicheng, zhanghao, logon, logon name, uname, \
         gamertag",
    ),
    (
        Is(Kind::AccountNumber),
        "customer number, customer no, customer nr, customer num, customer code, cust no, cust num, \
         cust number, client number, client no, client code, member number, member no, membership number, \
         membership no, membership id, member code, loyalty number, loyalty card, loyalty card number, \
         loyalty id, frequent flyer number, employee number, employee no, employee code, emp no, \
         emp number, staff number, personnel number, badge number, badge no, student number, student no, \
         matriculation number, matric number, patient number, patient no, user number, user no, \
         user code, kundennummer, kunden nummer, kundennr, kunden nr, kdnr, mitgliedsnummer, \
         mitglieds nummer, personalnummer, personal nummer, matrikelnummer, numero client, num client, \
         numero adherent, numero cliente, num cliente, codigo cliente, numero socio, codice cliente, \
         klantnummer, klant nummer, lidnummer, numer klienta, kundnummer, medlemsnummer, 客户编号, \
         会员号, 会员编号, 会员卡号, 工号, 学号, gonghao, xuehao, huiyuanhao, subscriber number, \
         policy holder number",
    ),
    (
        Is(Kind::DateOfBirth),
        "birth date, birthdate, birthday, birth day, birth dt, date of birth, date birth, dob, d o b, \
         bdate, bday, born, born on, born at, year of birth, birth year, birthyear, yob, birth month, \
         month of birth, geburtsdatum, geburtstag, geburtsjahr, geb datum, gebdatum, gebdat, geburts datum, \
         date naissance, date de naissance, annee naissance, annee de naissance, naissance, \
         fecha nacimiento, fecha de nacimiento, fec nac, fec nacimiento, fecha nac, ano nacimiento, \
         data nascita, data di nascita, anno nascita, data nascimento, data de nascimento, dt nascimento, \
         nascimento, geboortedatum, geboorte datum, data urodzenia, rok urodzenia, fodelsedatum, \
         foedselsdato, fodselsdato, syntymaaika, 出生日期, 生日, 出生年月, shengri, chushengriqi, \
         birth time",
    ),
    (
        Is(Kind::DateOfDeath),
        "date of death, death date, deceased date, deceased on, died on, died at, deceased, is deceased, dead, dod, todesdatum, \
         sterbedatum, fecha defuncion, date deces",
    ),
    (
        Perhaps(Kind::Age),
        "age, edad, idade, leeftijd, wiek, alder, 年龄, nianling, age years, age group, age range, \
         age band",
    ),
    (
        Is(Kind::Gender),
        "gender, sex, gender identity, gender code, sex code, geschlecht, sexe, genero, sexo, sesso, \
         genere, geslacht, plec, kon, koen, kjonn, sukupuoli, 性别, xingbie, pronouns, \
         preferred pronouns",
    ),
    (
        Is(Kind::BirthPlace),
        "birth place, birthplace, place of birth, birth city, birth country, country of birth, \
         city of birth, geburtsort, geburtsland, lieu naissance, lieu de naissance, lugar nacimiento, \
         lugar de nacimiento, luogo nascita, luogo di nascita, local nascimento, naturalidade, \
         geboorteplaats, miejsce urodzenia, fodelseort, 出生地, 籍贯",
    ),
    (
        Is(Kind::Nationality),
        "nationality, citizenship, nationalitaet, nationalitat, staatsangehoerigkeit, \
         staatsangehorigkeit, nationalite, nacionalidad, nazionalita, cittadinanza, nacionalidade, \
         nationaliteit, obywatelstwo, narodowosc, nationalitet, medborgarskap, kansalaisuus, 国籍, guoji",
    ),
    (
        Perhaps(Kind::Language),
        "language, lang, locale, preferred language, mother tongue, native language, sprache, langue, \
         idioma, lingua, taal, jezyk, sprak, 语言, communication language",
    ),
    (
        Is(Kind::MaritalStatus),
        "marital status, civil status, marriage status, familienstand, etat civil, situation familiale, \
         situation matrimoniale, estado civil, stato civile, burgerlijke staat, stan cywilny, civilstand, \
         婚姻状况, hunyin, married, spouse name, spouse, partner name, husband name, wife name",
    ),
    (
        Is(Kind::JobTitle),
        "job title, jobtitle, job role, job position, profession, occupation, contact title, beruf, \
         berufsbezeichnung, stellenbezeichnung, metier, fonction, poste occupe, puesto, cargo, ocupacion, \
         profesion, professione, mansione, profissao, beroep, functie, zawod, stanowisko, yrke, \
         befattning, 职位, 职业, 职务, zhiwei, zhiye, work title, employee title, job function, \
         seniority, job name",
    ),
    (Perhaps(Kind::JobTitle), "position, job, funktion, role title, rank, designation"),
    (
        Is(Kind::Workplace),
        "employer, employer name, workplace, work place, arbeitgeber, employeur, empleador, \
         datore lavoro, empregador, werkgever, pracodawca, arbetsgivare, 工作单位, place of work",
    ),
    (
        Perhaps(Kind::Workplace),
        "department, dept, department name, dept name, abteilung, service name, departamento, reparto, \
         ufficio, afdeling, dzial, avdelning, 部门, bumen, division, cost center, office location, team",
    ),
    (
        Perhaps(Kind::Company),
        "company, company name, organisation, organization, organisation name, organization name, \
         org name, firm, firm name, business name, firma, firmenname, firmen name, unternehmen, societe, \
         raison sociale, entreprise, empresa, razon social, azienda, ragione sociale, ditta, \
         razao social, bedrijf, bedrijfsnaam, bedrijf naam, nazwa firmy, foretag, foretagsnamn, 公司, \
         公司名称, 单位, gongsi, corporation, institution, school, school name, university, \
         university name, college",
    ),
    (
        Perhaps(Kind::Education),
        "education, education level, degree, qualification, qualifications, academic degree, ausbildung, \
         abschluss, bildung, formation, diplome, educacion, nivel estudios, titolo studio, escolaridade, \
         opleiding, wyksztalcenie, utbildning, 学历, xueli, gpa, grade point average, major, \
         curriculum vitae, cv, resume, lebenslauf, hobbies, hobby, interests, derived interests, \
         education background",
    ),
    (
        Is(Kind::Children),
        "children, kids, child name, children names, number of children, num children, child count, \
         kinder, kinderzahl, anzahl kinder, enfants, nombre enfants, hijos, numero hijos, figli, filhos, \
         kinderen, dzieci, 子女, dependents, dependants, number of dependents, total children, \
         num children at home, children at home",
    ),
    (
        Picture,
        "photo, picture, image, pic, foto, bild, imagen, imagem, immagine, zdjecie, photo url, \
         picture url, image url, photo path, image path, picture path, 照片, 图片, img, thumbnail",
    ),
    (
        Is(Kind::Picture),
        "avatar, avatar url, profile picture, profile photo, profile image, profile pic, selfie, \
         headshot, user photo, user picture, portrait, passbild, profilbild, photo profil, foto perfil, \
         头像, touxiang, gravatar, mugshot, face image",
    ),
    (Title, "title, titel, titre, titulo, titolo, tytul, 标题, 称谓, 职称"),
];

/// Given names that are common in one of the languages read here: enough to tell a list of people from a list of things.
const GIVEN: &str = "james mary john patricia robert jennifer michael linda william elizabeth david barbara richard susan \
    joseph jessica thomas sarah charles karen christopher nancy daniel lisa matthew betty anthony \
    margaret mark sandra donald ashley steven kimberly paul emily andrew donna joshua michelle kenneth \
    carol kevin amanda brian dorothy george melissa edward deborah ronald stephanie timothy rebecca \
    jason sharon jeffrey laura ryan cynthia jacob kathleen gary amy nicholas angela eric shirley \
    jonathan anna stephen brenda larry pamela justin emma scott nicole brandon helen benjamin samantha \
    samuel katherine gregory christine frank debra alexander rachel raymond catherine patrick carolyn \
    jack janet dennis ruth jerry maria tyler heather aaron diane jose virginia adam julie nathan joyce \
    henry victoria douglas olivia zachary kelly peter christina kyle lauren walter joan ethan evelyn \
    jeremy judith harold megan keith cheryl christian andrea roger hannah noah martha gerald jacqueline \
    carl frances terry gloria sean ann austin teresa arthur kathryn lawrence sara jesse janice dylan \
    jean bryan alice joe madison jordan doris billy julia bruce abigail albert judy willie grace gabriel \
    denise logan amber alan marilyn juan beverly wayne danielle roy theresa ralph sophia randy marie \
    eugene diana vincent brittany russell natalie elijah isabella louis charlotte bobby rose philip \
    alexis johnny kayla luke mia ian zoe simon nigel fiona graham imogen oliver harry charlie oscar leo \
    ella lily ava isla poppy freya hans klaus jurgen jorg dieter wolfgang uwe stefan andreas frank \
    torsten matthias markus tobias lukas felix jonas finn paul ben ursula monika petra sabine renate \
    brigitte karin ingrid heike susanne claudia katrin anja sandra lena leonie johanna greta heidi \
    pierre philippe alain michel bernard jacques francois christophe laurent nicolas julien antoine \
    camille leon hugo louise chloe manon lea isabelle sylvie nathalie catherine monique valerie celine \
    aurelie amelie juliette jeanne antonio manuel francisco javier carlos jesus alejandro miguel rafael \
    pedro angel pablo sergio fernando jorge luis alberto alvaro diego carmen josefa isabel dolores pilar \
    ana lucia paula elena cristina marta rosa mercedes beatriz rocio ines giuseppe giovanni antonio \
    mario luigi francesco angelo vincenzo pietro salvatore franco domenico paolo marco andrea luca \
    matteo lorenzo giulia chiara francesca federica valentina alessandra silvia elisa martina sofia \
    giorgia joao rui nuno tiago ricardo goncalo bruno eduardo leonardo fernanda adriana patricia juliana \
    mariana beatriz larissa leticia luiza jan piet kees henk willem johannes pieter hendrik daan sem \
    lotte sanne femke anouk marieke eva fleur andrzej piotr krzysztof stanislaw tomasz pawel jozef \
    marcin marek michal grzegorz jerzy tadeusz adam katarzyna malgorzata agnieszka barbara ewa krystyna \
    elzbieta magdalena joanna zofia hanna jadwiga lars anders per erik karl mikael johan nils bjorn sven \
    gustav astrid ingrid birgitta kristina margareta eva elin maja linnea mohammed muhammad ahmed ali \
    hassan hussein omar ibrahim yusuf khalid fatima aisha maryam zainab khadija layla noor raj rahul \
    amit sanjay vijay anil sunil arjun ravi suresh priya anjali sunita neha pooja deepa kavita lakshmi \
    asha wei ming jing lei hui ping xiao chen hong yan mei hiroshi takashi kenji yuki haruto sakura yoko \
    akiko min-jun ji-woo seo-yeon ivan dmitri sergei alexei vladimir nikolai olga tatiana natalia \
    svetlana irina anastasia ekaterina mehmet mustafa ayse emine zeynep kwame kofi ama chidi ngozi amina \
    thabo sipho nomsa tan siti nurul hafiz wayan ketut putu";

/// Whether a text looks like the name of a person: two to five words, one of them a common given name; or two to four
/// Chinese characters that begin with a common family name.
pub(super) fn is_person_name(text: &str) -> bool {
    if is_chinese_name(text) {
        return true;
    }
    let parts: Vec<&str> = text.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let written = |w: &str| w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'));
    (2..=5).contains(&parts.len()) && parts.iter().all(|w| written(w)) && parts.iter().any(|w| is_given_name(w))
}

/// Whether a word is a common given name.
pub(super) fn is_given_name(word: &str) -> bool {
    let plain = super::words::fold(word);
    !plain.is_empty() && GIVEN.split_whitespace().any(|name| name == plain)
}

fn is_chinese_name(text: &str) -> bool {
    const FAMILY: &str = " \
    王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
    let count = text.chars().count();
    (2..=4).contains(&count)
        && text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && text.chars().next().is_some_and(|c| FAMILY.contains(c))
}

/// Whether a text is a form of address.
pub(super) fn is_salutation(text: &str) -> bool {
    const FORMS: &str = "mr mrs ms miss mx dr prof sir madam mister herr frau hr fr monsieur madame m mme mlle sr sra srta \
    senor senora sig signor signora dott dhr mevr pan pani 先生 女士 小姐";
    let plain = text.trim_end_matches('.').to_lowercase();
    FORMS.split_whitespace().any(|form| form == plain)
}

/// Whether a text is a gender as it is usually coded.
pub(super) fn is_gender(text: &str) -> bool {
    const GENDERS: &str = "m f male female man woman w mann frau maennlich weiblich männlich divers x d homme femme masculin \
    feminin h hombre mujer masculino femenino maschio femmina masculino feminino vrouw mezczyzna kobieta \
    kvinna 男 女 other unknown u nonbinary non-binary";
    GENDERS.split_whitespace().any(|g| g == text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_things() {
        let yes = [
            "Ana Lima",
            "Stanisław Wójcik",
            "Luís Gonçalves",
            "O'Brien, Mary",
            "Jörg Müller",
            "王伟",
            "Dr. Hans Meier",
        ];
        let no = [
            "Academy Dinosaur",
            "Trade GmbH",
            "Widget 3000",
            "London",
            "AC/DC",
            "Balls to the Wall",
            "",
            "红色",
            "Acme Corporation Ltd",
        ];
        yes.iter().for_each(|t| assert!(is_person_name(t), "{t}"));
        no.iter().for_each(|t| assert!(!is_person_name(t), "{t}"));
        assert!(is_salutation("Mrs.") && !is_salutation("General Manager"));
        assert!(is_gender("F") && !is_gender("Rock"));
    }
}
