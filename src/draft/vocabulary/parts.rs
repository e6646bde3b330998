//! Words for what somebody in a column is to the record.

/// Who does something to other people's records: approves, serves, manages.
pub(super) const HANDLERS: &str = "support manager supervisor boss report reporting mentor approver approved handler handled assigned \
    assignee processed processor verified verifier checked checker moderated moderator closed closer \
    resolved resolver updated updater modified modifier edited editor changed deleted cancelled canceled \
    sale salesman salesperson agent operator responsible invited inviter referred referrer referral \
    sponsor introduced last locked granted grantor revoked issued issuer signed recorded entered served \
    serving picked packed shipped delivered driver courier technician attending doctor physician \
    provider teacher instructor tutor coach advisor adviser trainer examiner judge lawyer rep \
    representative staff employee emp admin administrator clerk cashier head lead director chair captain \
    handling handle reviewed banned blocked supplier vendor manufacturer producer publisher brand artist \
    performer assistant consultant worker vet nurse mitarbeiter bearbeiter betreuer vorgesetzter \
    empleado vendedor employe vendeur dipendente impersonator assigner merged bot dispatcher handed \
    reply replied hidden featured hired pilot crew therapist dentist faculty lecturer professor salesrep \
    accountmanager closing opening valid validated validator validation valideur modif modification maj \
    acting validador jefe chef leiter sachbearbeiter vertreter sb 客服 审核 处理 负责 操作 经办 agente gestor \
    merge close resolve approve cancel lock edit publish moderate void voided update insert insertion modify change jrn journal processing perito gestor avaliado aprovado escrito \
    encargado responsable counsellor counselor librarian grader graded checkin approv valut selez resp \
    mod aggiornato ute elab liq zm zmienil modyf zatw zatwierdzil obslug prow prowadzacy rozp \
    wyd wydal wyst wystawil kier kierownik przel przelozony opiekun sprzed sprzedal odpow odpowiedzialny \
    gewijzigd goedgekeurd behandeld behandelaar verantwoordelijke aprovado alterado atualizado atendido \
    revisado validado godkand handlaggare ansvarlig onaylayan sorumlu shenhe chuli fuze tantou shounin koushin";

/// Who put the record in.
pub(super) const CREATORS: &str = "created added inserted registered create creator add insert made imported started scheduled opened creat \
    crea creation cre erfasst angelegt creado cree creato ins inserito dod dodal utworzyl vytvoril aangemaakt \
    criado cadastrado skapad oprettet olusturan chuangjian touroku 创建";

/// Whom the record is on.
pub(super) const SUBJECTS: &str = "subject about regarding target accused reviewee rated reported followee followed viewed friend \
    concerned mentioned liked matched affected related concerne betroffen afectado";

/// Who receives it.
pub(super) const RECIPIENTS: &str = "recipient receiver to addressee dest destination callee empfaenger empfanger destinatario \
    destinataire ontvanger payee beneficiary invitee 收件 接收";

/// Who wrote it.
pub(super) const AUTHORS: &str = "author sender from writer poster commenter commentor uploader submitter reviewer reporter \
    requester requestor originator caller sent posted written submitted uploaded authored commented \
    published requested raised filed absender verfasser autor remitente auteur expediteur autore \
    mittente afzender payer follower liker rater voter 发送 作者";
