//! Words for people, the firm's own people, and organisations, in English, the common European languages and Chinese.

/// Words for people who deal with a firm, one of whom a record describes.
pub(super) const CLIENTS: &str = "customer client user member account person subscriber buyer seller guest patient student pupil \
    applicant candidate contact lead prospect visitor passenger player donor voter citizen resident \
    borrower tenant participant attendee individual consumer cardholder policyholder kunde kunden \
    benutzer nutzer mitglied mitglieder patienten teilnehmer klient cliente usuario persona miembro \
    paciente alumno utilisateur membre personne abonne utente socio paziente studente klant gebruiker \
    lid kund anvandare uzytkownik klienci gast gaeste party partner traveller traveler shopper adopter \
    owner author profile reader friend parent child rider fan guardian householder 用户 客户 会员 顾客 学生 患者 病人 \
    买家 卖家 联系人 乘客 人员 成员 居民 顧客 会員 고객 회원 klienten versicherter versicherte mieter bewohner schueler eleve \
    etudiant estudiante locataire inquilino assure adherent abonnent interessent debitor kd \
    pessoa individuo pessoas utilizador utente pasazer uzytk uczen pacjent abonent czlonek osoba najemca kontrahent odbiorca zakaznik uzivatel pacient \
    gebruikers klanten huurder leerling verzekerde deelnemer inwoner aluno usuaria morador inquilina \
    associado hospede passageiro beneficiario anvandare medlem brukere kunder bruker elev patientti asiakas \
    kayttaja musteri kullanici uye hasta ogrenci ugyfel felhasznalo beteg pelanggan pengguna anggota pasien \
    khachhang nguoidung utilizator membru yonghu kehu huiyuan guke xuesheng huanzhe kokyaku kaiin \
    riyousha kanja okyakusama seito gakusei backer donator fundraiser registrant enrollee insured \
    contactperson occupant learner trainee cursist renter lessee";

/// Words for people who work for the firm.
pub(super) const STAFF: &str = "employee staff worker personnel agent operator clerk cashier mitarbeiter angestellter angestellte \
    empleado empleada employe dipendente medewerker salesperson salesman rep representative manager \
    supervisor doctor physician nurse teacher instructor professor tutor coach trainer driver courier \
    technician therapist dentist vet veterinarian moderator admin administrator advisor adviser lecturer \
    arzt lehrer fahrer medecin medico provider practitioner pilot crew emp faculty 员工 职员 雇员 教师 老师 医生 客服 \
    经理 司机 护士 从业员 社員 직원 sachbearbeiter vertreter berater enseignant professeur profesor maestro vendedor \
    vendeur comercial chofer conducteur salarie pracownik pracownicy pracow sprzedawca kierownik lekarz nauczyciel \
    konsultant handlowiec kurier zamestnanec lekar ucitel medewerkers personeel docent verkoper leraar \
    funcionario colaborador motorista atendente anstalld ansatt medarbejder laerer tyontekija \
    mediador broker intermediario corredor makler courtier underwriter personel calisan doktor ogretmen alkalmazott dolgozo karyawan pegawai guru dokter nhanvien angajat yuangong \
    zhiyuan yisheng laoshi shain tantousha tantou ishi kyoushi kangoshi staffmember associate";

/// Words for what is not a person, whatever columns it has.
pub(super) const ORGANISATIONS: &str = "company organisation organization firm vendor supplier store shop branch office department dept team \
    school hospital clinic bank warehouse airport station airline hotel publisher manufacturer brand \
    merchant franchise site location plant institution agency group club workspace firma unternehmen \
    lieferant filiale abteilung empresa proveedor tienda sucursal departamento entreprise societe \
    fournisseur magasin azienda fornitore negozio bedrijf leverancier winkel carrier shipper library \
    restaurant facility region territory division outlet studio label 公司 部门 供应商 商店 门店 学校 医院 银行 机构 会社 \
    schule krankenhaus banque banco ecole escuela hopital tiers mandant sede ufficio ditta societa scuola ospedale \
    reparto oddzial sklep dostawca szkola szpital dzial punkt placowka magazyn spolka pobocka obchod \
    dodavatel kantoor filiaal vestiging afdeling winkels leveranciers ziekenhuis loja filial fornecedor \
    escritorio escola foretag avdelning butik leverantor virksomhed leverandor yritys toimisto \
    sirket sube magaza tedarikci okul hastane ceg iroda bolt gongsi bumen shangdian xuexiao yiyuan gongyingshang \
    kaisha busho tenpo gakkou byouin torihikisaki perusahaan cabang toko";

/// Words for who is named beside a person because of her: they are others, tied to her record.
pub(super) const RELATIVES: &str = "related relative dependent dependant emergency kin spouse family angehoeriger \
    angehoerige notfall familiar allegato beneficiary 亲属 家属 紧急";

/// Words for clients that also mean a thing a client has: without a name or a login in it, it is the thing.
pub(super) const THINGS_OF_CLIENTS: &str = "account konto compte cuenta conto";
