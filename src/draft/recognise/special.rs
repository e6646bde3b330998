//! What the law calls special: health, belief, origin, orientation, biometrics, criminal records.

use super::kind::Kind;
use super::rules::{Rule, Says};
use Says::Is;

pub(super) const RULES: &[Rule] = &[
    (
        Is(Kind::Health),
        "health, health note, health notes, health status, health condition, health data, medical, \
         medical history, medical notes, medical condition, diagnosis, diagnoses, diagnosis code, \
         icd code, icd, disease, illness, symptom, symptoms, allergy, allergies, medication, medications, \
         prescription, prescriptions, treatment, therapy, disability, disabilities, blood type, \
         blood group, bloodtype, weight kg, height cm, bmi, blood pressure, heart rate, pulse, pregnancy, \
         pregnant, vaccination, vaccine, immunization, lab result, lab results, test result medical, \
         sick leave, sick days, sickness, dietary requirements, dietary restrictions, special needs, \
         accessibility needs, smoker, mental health, surgery, patient condition, clinical notes, \
         clinical note, chief complaint, reason for visit, cause of death, gesundheit, gesundheitsdaten, \
         diagnose, krankheit, allergien, medikament, medikamente, behinderung, blutgruppe, krankmeldung, \
         schwerbehinderung, sante, maladie, traitement, handicap, groupe sanguin, antecedents, salud, \
         diagnostico, enfermedad, alergias, medicacion, discapacidad, grupo sanguineo, salute, diagnosi, \
         malattia, allergie, disabilita, gruppo sanguigno, saude, doenca, gezondheid, ziekte, zdrowie, \
         diagnoza, choroba, halsa, 健康, 诊断, 病史, 过敏, 血型, 症状, zhenduan, bingshi, xuexing, \
         complaint medical, injury, injuries",
    ),
    (
        Is(Kind::HealthNumber),
        "health insurance, health insurance number, health insurance no, medical record number, mrn, \
         medical record no, health card, health card number, insurance number, insurance no, \
         insurance id, insurance policy number, medicare, medicare number, medicaid, medicaid number, \
         krankenkasse, krankenversicherung, krankenversicherungsnummer, versichertennummer, \
         versicherungsnummer, carte vitale, mutuelle, tarjeta sanitaria, tessera sanitaria, cartao sus, \
         sus number, 医保号, 病历号, 社保号, shebaohao",
    ),
    (Is(Kind::Genetic), "dna, genome, genetic, genetic data, genotype, gene sequence, 基因"),
    (
        Is(Kind::Biometric),
        "biometric, biometrics, biometric data, fingerprint template, finger print, fingerprint image, \
         face template, face embedding, face encoding, facial, face id, iris, iris scan, retina, \
         retina scan, voice print, voiceprint, voice sample, voice recording, palm print, \
         signature image, 指纹, zhiwen",
    ),
    (
        Is(Kind::Ethnicity),
        "ethnicity, ethnic, ethnic group, ethnic origin, race, race ethnicity, tribe, caste, skin color, \
         skin colour, ethnie, etnia, raza, razza, raca, ethnische herkunft, hautfarbe, etniciteit, 民族, \
         minzu, indigenous status",
    ),
    (
        Is(Kind::Religion),
        "religion, religious, religious belief, religious affiliation, faith, belief, denomination, \
         confession, konfession, religionszugehoerigkeit, kirchensteuer, religione, religiao, godsdienst, \
         religia, wyznanie, 宗教, 宗教信仰, zongjiao",
    ),
    (
        Is(Kind::Politics),
        "political, political party, political opinion, political affiliation, political view, \
         political views, party affiliation, trade union, union member, union membership, gewerkschaft, \
         partei, syndicat, sindicato, sindacato, vakbond, 政治面貌, zhengzhimianmao",
    ),
    (
        Is(Kind::Orientation),
        "sexual orientation, sexuality, sexual preference, sexuelle orientierung, orientation sexuelle, \
         orientacion sexual, orientamento sessuale, orientacao sexual, lgbt, lgbtq",
    ),
    (
        Is(Kind::Criminal),
        "criminal, criminal record, criminal history, conviction, convictions, offence, offences, \
         offense, offenses, arrest, arrests, arrest record, vorstrafen, fuehrungszeugnis, \
         casier judiciaire, antecedentes penales, casellario, antecedentes criminais, strafblad, \
         犯罪记录, background check",
    ),
];
