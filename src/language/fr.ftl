# French. The master is en.ftl; the keys and variables are the same. Spaces before : ; ? and inside « » are U+00A0.

### How the language writes

months = janvier février mars avril mai juin juillet août septembre octobre novembre décembre
first-day = 1er
date = { $day } { $month } { $year }
moment = { $date }, { $time }
spelled = deux trois quatre cinq six sept huit neuf dix onze douze
period-years = { $n ->
        [one] un an
       *[other] { $words } ans
    }
period-months = { $n ->
        [one] un mois
       *[other] { $words } mois
    }
period-weeks = { $n ->
        [one] une semaine
       *[other] { $words } semaines
    }
period-days = { $n ->
        [one] un jour
       *[other] { $words } jours
    }
list-between = ,{" "}
list-end = { $first } et { $last }
list-more = { $first } et { $more ->
        [one] { $more } autre
       *[other] { $more } autres
    }
parts-between = ,{" "}
series-between =  ;{" "}
sentences-between = {" "}
pair = { $what } : { $said }
pair-link = <a href='#{ $anchor }'>{ $what }</a> : { $said }
aside = { $what } ({ $remark })
yes = oui
no = non
records = { $n ->
        [one] { $n } enregistrement
       *[other] { $n } enregistrements
    }
fields = { $n ->
        [one] { $n } champ
       *[other] { $n } champs
    }

### The answer: its beginning

title-copy = Copie de vos données personnelles
title-portable = Vos données à emporter
title-letter = Vos données personnelles : la réponse à votre demande
none-copy = Aucune donnée vous concernant n’a été trouvée dans les systèmes consultés.
none-portable = Aucune donnée que vous puissiez emporter n’a été trouvée dans les systèmes consultés.
first-copy-whole = Ceci est la réponse complète à votre demande au titre de l’article 15 du règlement général sur la protection des données (RGPD).
first-copy-partial = Cette réponse est partielle : il y manque encore une partie de ce à quoi l’article 15 du règlement général sur la protection des données (RGPD) vous donne droit.
first-portable-whole = Ceci est la réponse complète à votre demande au titre de l’article 20 du règlement général sur la protection des données (RGPD) : les données que vous pouvez emporter, pour vous-même ou vers un autre service.
first-portable-partial = Cette réponse est partielle : il y manque encore une partie de ce que l’article 20 du règlement général sur la protection des données (RGPD) vous permet d’emporter.
asked-copy = Vous avez demandé quelles données personnelles sont détenues à votre sujet, et une copie.
asked-portable = Vous avez demandé les données que vous nous avez fournies, pour les emporter.
searched-none = Aucun système n’a pu être consulté.
searched-systems = { $n ->
        [one] Nous avons consulté { $n } système.
       *[other] Nous avons consulté { $n } systèmes.
    }
found-nothing-copy = Nous n’y avons trouvé aucune donnée vous concernant.
found-nothing-portable = Nous y avons trouvé des données vous concernant, mais aucune qui relève de l’article 20.
found-copy = Nous avons trouvé { $records ->
        [one] { $records } enregistrement
       *[other] { $records } enregistrements
    } à votre sujet, dans { $collections ->
        [one] { $collections } ensemble de données
       *[other] { $collections } ensembles de données
    }. Tout est joint.
found-portable = Nous avons trouvé { $records ->
        [one] { $records } enregistrement
       *[other] { $records } enregistrements
    } que vous pouvez emporter, dans { $collections ->
        [one] { $collections } ensemble de données
       *[other] { $collections } ensembles de données
    }. Tout est joint.
some-withheld = { $n ->
        [one] Une seule valeur y est retenue ou remplacée ; la raison est indiquée plus bas.
       *[other] { $n } valeurs y sont retenues ou remplacées ; la raison est indiquée plus bas.
    }
some-unread = Tout n’a pas pu être consulté entièrement.
nav = Sur cette page
nav-glance = Vos coordonnées
nav-purposes = Pourquoi nous les détenons
nav-rights-portable = Vos autres droits
fact-reference = Référence de votre demande
fact-received = Reçue le
fact-due = Réponse due au plus tard le
fact-as-of = État des données au
fact-period = Période couverte
fact-holder = Responsable des données
fact-officer = Délégué à la protection des données
fact-eu-representative = Représentant dans l’Union européenne
fact-uk-representative = Représentant au Royaume-Uni
fact-asked = Ce que vous avez demandé
fact-asked-copy = quelles données personnelles sont détenues à votre sujet, et une copie de celles-ci (article 15 du RGPD)
fact-asked-portable = les données que vous avez fournies, pour les emporter (article 20 du RGPD)
fact-searched-with = Recherche effectuée avec
fact-verified = Comment nous avons vérifié votre identité
not-stated = non indiqué
not-recorded = non consigné
period-all = tout ce qui était détenu ce jour-là, quelle qu’en soit l’ancienneté
period-dated = tout ce qui était détenu ce jour-là, quelle qu’en soit l’ancienneté ; les enregistrements datés vont du { $first } au { $last }
us = l’organisme qui vous a envoyé ceci
us-answering = L’organisme qui vous répond

### What is missing

missing-title = Ce qui manque
missing-ask = Vous pouvez nous le demander ; la référence suffit.
lack-no-purpose = à quoi servent les données (article 15, paragraphe 1, point a), pour : { $what }
lack-generic-purpose = à quoi servent exactement les données (article 15, paragraphe 1, point a), pour : { $what }
lack-no-label = des mots clairs pour certains champs (article 12, paragraphe 1), pour : { $what }
lack-generic-recipient = le nom de ceux qui reçoivent les données (article 15, paragraphe 1, point c), pour : { $what }
lack-no-retention = combien de temps les données sont conservées (article 15, paragraphe 1, point d), pour : { $what }
lack-generic-retention = combien de temps exactement les données sont conservées (article 15, paragraphe 1, point d), pour : { $what }
lack-no-origin = d’où viennent certaines données (article 15, paragraphe 1, point g), pour : { $what }
lack-recipients = qui reçoit vos données (article 15, paragraphe 1, point c)
lack-safeguard = ce qui protège vos données dans d’autres pays (article 15, paragraphe 2) : { $what }
lack-contact = comment nous joindre
lack-authority = auprès de quelle autorité vous pouvez introduire une réclamation (article 15, paragraphe 1, point f)
lack-open-copy = { $n ->
        [one] { $n } valeur que personne n’a encore examinée (article 15, paragraphe 3)
       *[other] { $n } valeurs que personne n’a encore examinées (article 15, paragraphe 3)
    }
lack-open-portable = { $n ->
        [one] { $n } valeur que personne n’a encore examinée
       *[other] { $n } valeurs que personne n’a encore examinées
    }
lack-problems = ce qui n’a pas pu être lu ou n’est pas encore tranché : voir « Où nous avons cherché »
lack-undecided = { $n ->
        [one] { $n } partie dont il n’est pas encore établi si vous pouvez l’emporter : voir « Ce qui n’est pas ici »
       *[other] { $n } parties dont il n’est pas encore établi si vous pouvez les emporter : voir « Ce qui n’est pas ici »
    }

### What is here

enclosed-title = Ce que vous trouvez ici
enclosed-title-letter = Ce qui est joint
enclosed-letter = Les enregistrements eux-mêmes se trouvent dans START-HERE.html et les fichiers qui l’accompagnent. Si vous avez cette lettre sur papier et ne pouvez pas les ouvrir, demandez-nous une impression.
enclosed-how = Chaque ensemble de données est fourni trois fois : sur cette page, ou sur des pages auxquelles elle renvoie ; en fichier <code>.csv</code> pour un tableur ; et en fichier <code>.jsonl</code> avec les valeurs exactes pour un programme.
when-title = De quand elles datent
glance-title = Noms et coordonnées dans vos enregistrements
glance-how = Chaque indication telle qu’elle est détenue. Les liens mènent aux enregistrements où elle figure.
glance-more = Il y en a d’autres ; elles figurent dans les enregistrements ci-dessous.
glance-in = dans : { $place }
glance-name = Nom
glance-email = Adresse électronique
glance-phone = Téléphone
glance-fax = Télécopie
glance-address = Adresse postale
glance-birth = Date de naissance
years = Enregistrements par année
years-picture = Enregistrements par année, de { $first } à { $last } ; les nombres figurent dans le tableau ci-dessous
years-year = Année
years-records = Enregistrements
years-what = De quoi
theme-contact = Qui vous êtes et comment vous joindre
theme-orders = Commandes et livraisons
theme-payments = Paiements et argent
theme-messages = Messages, avis, notes et litiges
theme-choices = Vos choix et consentements
theme-devices = Appareils, connexions et visites
theme-identity = Justificatifs d’identité
theme-sensitive = Santé et autres données sensibles
theme-other = Autres données

### Article 15(1)(a) to (d), (g), (h) and (2)

does-not-apply = Sans objet : aucune donnée vous concernant n’a été trouvée.
purposes-title = À quoi servent vos données
purposes-none = À quoi servent celles-ci n’est pas consigné : { $what }.
purposes-special = Pour les données sensibles : { $special }
purposes-mandatory = Sans ces données, nous ne pouvons pas le faire pour vous.
purposes-used = Utilisé pour cela : { $what }.
basis = Base juridique : { $basis }
basis-interest = Base juridique : { $basis } : { $interest }
basis-A6-1-a = votre consentement (article 6, paragraphe 1, point a, du RGPD)
basis-A6-1-b = un contrat avec vous, ou des mesures que vous avez demandées avant un contrat (article 6, paragraphe 1, point b, du RGPD)
basis-A6-1-c = une obligation légale (article 6, paragraphe 1, point c, du RGPD)
basis-A6-1-d = les intérêts vitaux d’une personne (article 6, paragraphe 1, point d, du RGPD)
basis-A6-1-e = une mission d’intérêt public (article 6, paragraphe 1, point e, du RGPD)
basis-A6-1-f = des intérêts légitimes (article 6, paragraphe 1, point f, du RGPD)
special-A9-2-a = votre consentement explicite (article 9, paragraphe 2, point a, du RGPD)
special-A9-2-b = le droit du travail et de la sécurité sociale (article 9, paragraphe 2, point b, du RGPD)
special-A9-2-c = des intérêts vitaux (article 9, paragraphe 2, point c, du RGPD)
special-A9-2-d = les activités d’une association envers ses membres (article 9, paragraphe 2, point d, du RGPD)
special-A9-2-e = vous avez vous-même rendu les données publiques (article 9, paragraphe 2, point e, du RGPD)
special-A9-2-f = des droits en justice (article 9, paragraphe 2, point f, du RGPD)
special-A9-2-g = un intérêt public important (article 9, paragraphe 2, point g, du RGPD)
special-A9-2-h = les soins de santé ou la protection sociale (article 9, paragraphe 2, point h, du RGPD)
special-A9-2-i = la santé publique (article 9, paragraphe 2, point i, du RGPD)
special-A9-2-j = les archives, la recherche ou les statistiques (article 9, paragraphe 2, point j, du RGPD)
categories-title = De quelles sortes de données il s’agit
categories-none = Les enregistrements joints ne sont pas encore classés par catégorie.
categories-special = { $what } (protection particulière, article 9 du RGPD)
category-other = Autres données personnelles
category-user = Autres données à votre sujet
category-user-account = Votre compte
category-user-authorization = Mots de passe et autres secrets de connexion
category-user-behavior = Ce que vous avez fait
category-user-behavior-browsing_history = Pages que vous avez consultées
category-user-behavior-media_consumption = Ce que vous avez lu, écouté ou regardé
category-user-behavior-purchase_history = Ce que vous avez commandé et acheté
category-user-behavior-search_history = Ce que vous avez recherché
category-user-biometric = Données biométriques
category-user-childrens = Données sur des enfants
category-user-contact = Comment vous joindre
category-user-content = Ce que vous avez écrit ou mis en ligne
category-user-content-self_image = Images de vous
category-user-criminal_history = Condamnations pénales et infractions
category-user-demographic = Âge, sexe et informations semblables
category-user-demographic-political_opinion = Opinions politiques
category-user-demographic-race_ethnicity = Origine ethnique
category-user-demographic-religious_belief = Religion ou convictions
category-user-demographic-sexual_orientation = Orientation sexuelle
category-user-device = Vos appareils
category-user-device-cookie_id = Cookies
category-user-device-ip_address = Adresses internet (IP)
category-user-financial = Argent et coordonnées bancaires
category-user-genetic = Données génétiques
category-user-government_id = Numéros officiels et justificatifs d’identité
category-user-health = Santé
category-user-health_and_medical = Santé
category-user-job_title = Votre travail
category-user-location = Où vous étiez
category-user-name = Votre nom
category-user-payment = Paiements
category-user-privacy_preferences = Vos choix et consentements
category-user-sensor = Mesures de capteurs
category-user-social = Contacts et réseaux sociaux
category-user-telemetry = Mesures de votre utilisation d’un service
category-user-unique_id = Numéros qui vous désignent
category-user-workplace = Votre travail
recipients-title = Qui les reçoit
recipients-none = Aucun destinataire n’est consigné pour : { $what }.
recipients-what = Reçoit : { $what }.
recipient-processor = travaille pour nous et selon nos instructions
recipient-controller = décide lui-même de ce qu’il en fait
recipient-joint = décide avec nous
recipient-authority = une autorité publique
recipient-users = d’autres utilisateurs
country = pays : { $country }
transfers-title = Si elles quittent l’Espace économique européen
transfers-none = Aucun destinataire de vos données hors de l’Espace économique européen n’est consigné.
transfers-to = ({ $country }) : { $safeguard }. Vous pouvez nous en demander une copie.
transfers-unsafe = ce qui y protège vos données n’est pas consigné
safeguard-A45-3 = sur la base d’une décision d’adéquation de la Commission européenne (article 45, paragraphe 3, du RGPD)
safeguard-A46-2-a = sur la base d’un instrument entre autorités publiques (article 46, paragraphe 2, point a, du RGPD)
safeguard-A46-2-b = sur la base de règles d’entreprise contraignantes (article 46, paragraphe 2, point b, du RGPD)
safeguard-A46-2-c = sur la base de clauses types de protection des données de la Commission européenne (article 46, paragraphe 2, point c, du RGPD)
safeguard-A46-2-d = sur la base de clauses types de protection des données d’une autorité de contrôle (article 46, paragraphe 2, point d, du RGPD)
safeguard-A46-2-e = sur la base d’un code de conduite approuvé (article 46, paragraphe 2, point e, du RGPD)
safeguard-A46-2-f = sur la base d’une certification approuvée (article 46, paragraphe 2, point f, du RGPD)
safeguard-A49-1 = sur la base d’une dérogation pour une situation particulière (article 49, paragraphe 1, du RGPD)
kept-title = Combien de temps elles sont conservées
kept-none = La durée de conservation n’est pas consignée pour : { $what }.
kept-for = Pendant { $period }, à compter de « { $field } ».
kept-for-undated = Pendant { $period } ; la date à partir de laquelle ce délai court n’est pas consignée.
kept-law = Loi : { $law }
kept-until = jusqu’au { $date }
kept-until-span = le premier jusqu’au { $first }, le dernier jusqu’au { $last }
origin-title = D’où elles viennent
origin-none = L’origine de celles-ci n’est pas consignée : { $what }.
origin-provided = Vous nous les avez données
origin-observed = Elles proviennent de votre utilisation de nos services
origin-derived = Nous les avons déduites d’autres données
origin-received = D’autres nous les ont données
origin-from = de : { $whom }
automated-title = Ce qu’une machine décide seule
automated-none = Pour les données trouvées, aucune décision prise par une machine seule (article 22 du RGPD) n’est consignée.
automated-how = Comment : { $how }
automated-consequence = Ce que cela signifie pour vous : { $consequence }
automated-what = Données utilisées ou détenues : { $what }. Vous pouvez contester la décision.
about-holder = Qui les détient
about-purposes = À quoi elles servent
about-recipients = Qui les reçoit
about-origin = D’où elles viennent
about-automated = Ce qui est décidé par une machine
about-kept = Combien de temps elles sont conservées

### Article 20

within-title = Ce que vous pouvez emporter
within-text = Ce que vous nous avez fourni et ce qui provient de votre utilisation, lorsque le traitement repose sur votre consentement ou sur un contrat avec vous. Chaque ensemble de données est un fichier pour des programmes (JSON Lines, avec un schéma JSON qui le décrit) et un fichier pour tableurs (CSV) ; datapackage.json en donne la liste. Vous pouvez les transmettre à qui vous voulez.
outside-title = Ce qui n’est pas ici, et pourquoi
outside-text = Ces données sont aussi détenues, mais ne sont pas dans cette archive :
outside-nothing = Tout ce qui a été trouvé est ici.
outside-copy = Comment tout obtenir
    .text = Vous avez le droit d’obtenir une copie de tout ce qui est détenu à votre sujet, et de savoir pourquoi, pendant combien de temps et qui le reçoit (article 15 du RGPD). Écrivez à { $whom }, indiquez la référence { $reference } et demandez une copie. C’est gratuit. Emporter des données n’efface rien ici.
outside-other-basis = Détenu pour d’autres raisons que votre consentement ou un contrat avec vous
    .text = L’article 20 couvre ce qui est traité sur la base de votre consentement ou d’un contrat avec vous. Ces données sont détenues en raison d’une loi, d’une mission d’intérêt public, ou d’un intérêt de notre part ou de tiers.
outside-derived = Déduit, non fourni par vous
    .text = L’article 20 couvre ce que vous nous avez fourni et ce qui provient de votre utilisation. Ceci a été déduit d’autres données.
outside-received = Reçu de quelqu’un d’autre
    .text = L’article 20 couvre ce que vous nous avez fourni et ce qui provient de votre utilisation. Ceci vient d’autres personnes.
outside-by-others = Écrit à votre sujet par d’autres
    .text = D’autres personnes l’ont écrit ; vous ne l’avez pas fourni.
outside-about-nobody = Pas à votre sujet
    .text = Des numéros et des marques dont un système a besoin pour fonctionner. Ils ne disent rien de vous.
outside-no-purpose = Pas encore décidé : pourquoi nous le détenons
    .text = Il n’est pas encore établi si ceci fait partie de ce que vous pouvez emporter. C’est laissé de côté jusqu’à ce que quelqu’un ait décidé ; demandez-nous.
outside-no-origin = Pas encore décidé : d’où cela vient
    .text = Il n’est pas encore établi si ceci fait partie de ce que vous pouvez emporter. C’est laissé de côté jusqu’à ce que quelqu’un ait décidé ; demandez-nous.

### What is withheld

withheld-title = Ce qui est retenu, et pourquoi
withheld-nothing = Aucune valeur des enregistrements joints n’est retenue.
withheld-marked = Dans les données, une valeur retenue est signalée comme telle.
withheld-value = retenu : { $why }
reason-review = Doit d’abord être lu par une personne
    .text = Les textes libres, les messages et contenus semblables peuvent aussi parler d’autres personnes. Personne n’a encore lu ceux-ci. Ils sont retenus jusque-là.
reason-about-another-person = Au sujet d’une autre personne
    .text = Ceci dit quelque chose d’une autre personne, aux droits de laquelle une copie ne doit pas porter atteinte (article 15, paragraphe 4, du RGPD).
reason-never = Détenu, mais jamais communiqué
    .text = Mots de passe sous forme enregistrée, codes de sécurité et contenus semblables. Les communiquer vous mettrait en danger, vous ou d’autres. Vous savez qu’ils sont détenus ; leur contenu n’est jamais communiqué.
reason-unknown-column = Pas encore décrit
    .text = La description de nos systèmes ne couvre pas encore ces champs. Ils sont nommés ici et retenus jusqu’à ce que quelqu’un ait décidé ce qu’ils sont.
reason-after-review = Lu, et retenu
    .text = Quelqu’un a lu ces valeurs et a décidé qu’elles ne peuvent pas être communiquées, car cela porterait atteinte aux droits d’autres personnes (article 15, paragraphe 4, du RGPD). Vous pouvez demander pourquoi, et demander un nouvel examen.
reason-legal-privilege = Conseil juridique, ou soumis au secret
    .text = Ceci contient un conseil juridique, ou quelqu’un est tenu d’en garder le secret, comme un avocat ou un médecin. Ce devoir empêche de le communiquer. Vous pouvez demander pourquoi, et demander un nouvel examen.
reason-trade-secret = Un secret d’affaires
    .text = Ceci révélerait ce qu’une entreprise doit garder secret (considérant 63 du RGPD). Seul ce qui est secret est retenu. Vous pouvez demander pourquoi, et demander un nouvel examen.
reason-crime-prevention = Retenu pour prévenir ou détecter des infractions
    .text = Qui connaîtrait ceci pourrait contourner ce qui prévient ou détecte des infractions, comme la fraude. Vous pouvez demander pourquoi, et demander un nouvel examen.
reason-legal-claims = Retenu en raison de droits en justice
    .text = Ceci est nécessaire pour exercer ou défendre des droits en justice, et le communiquer y nuirait. Vous pouvez demander pourquoi, et demander un nouvel examen.
reason-security = Retenu pour des raisons de sécurité
    .text = Ceci mettrait en danger des systèmes ou des personnes. Vous pouvez demander pourquoi, et demander un nouvel examen.
reason-exempt-by-law = Retenu parce qu’une loi le prévoit
    .text = Une loi prévoit que ceci ne doit pas ou n’a pas à être communiqué. Vous pouvez demander laquelle, et demander un nouvel examen.
reason-redacted = Communiqué, les autres personnes remplacées
    .text = Ces valeurs sont communiquées. Ce qui révèle qui sont d’autres personnes a été remplacé : la même personne porte toujours le même nom, par exemple Person 2.
cleaned = Images sans ce qui était noté à côté
    .text = { $n ->
            [one] De { $n } image a été retiré ce qu’un appareil photo ou un programme avait noté dans le fichier à côté de ce que l’on voit : lieux, heures, appareils, noms, commentaires. Ce que l’on voit est inchangé. Vous pouvez demander ce qui a été retiré.
           *[other] De { $n } images a été retiré ce qu’un appareil photo ou un programme avait noté dans le fichier à côté de ce que l’on voit : lieux, heures, appareils, noms, commentaires. Ce que l’on voit est inchangé. Vous pouvez demander ce qui a été retiré.
        }

### Rights and complaints

rights-title = Rectifier, effacer, s’opposer
rights-how = Écrivez à { $whom } et indiquez la référence { $reference }. C’est gratuit. Vous pouvez
right-copy = Obtenir une copie
    .text = de tout ce qui est détenu à votre sujet (article 15 du RGPD).
right-correct = Faire rectifier
    .text = ce qui est faux, ou compléter ce qui manque (article 16 du RGPD).
right-erase = Faire effacer
    .text = des données (article 17 du RGPD) ; lorsqu’une loi nous oblige à en conserver, nous vous disons lesquelles et jusqu’à quand.
right-restrict = Faire limiter
    .text = leur utilisation pendant qu’un point est examiné (article 18 du RGPD).
right-object = Vous opposer
    .text = à une utilisation fondée sur nos intérêts ou ceux d’autres (article 21, paragraphe 1, du RGPD), et à tout moment à la prospection commerciale (article 21, paragraphe 2, du RGPD).
    .marketing = à la prospection commerciale, à tout moment (article 21, paragraphe 2, du RGPD).
right-withdraw = Retirer
    .text = un consentement, à tout moment ; ce qui a été fait avant reste licite (article 7, paragraphe 3, du RGPD).
right-take = Emporter
    .text = les données que vous nous avez fournies ou qui proviennent de votre utilisation, en fichiers pour un programme (article 20 du RGPD).
right-contest = Contester
    .text = une décision prise par une machine, dire ce que vous en pensez et la faire examiner par une personne (article 22, paragraphe 3, du RGPD).
right-ask = Demander un nouvel examen
    .text = de tout ce qui est retenu.
complain-title = Introduire une réclamation
complain-to = Vous pouvez introduire une réclamation auprès d’une autorité de contrôle (article 77 du RGPD) : { $authority }. Vous pouvez aussi saisir la justice (article 79 du RGPD). Vous n’avez pas besoin de nous écrire d’abord.
complain-any = Vous pouvez introduire une réclamation auprès de l’autorité de protection des données du lieu où vous habitez, où vous travaillez ou où, selon vous, la loi n’a pas été respectée (article 77 du RGPD). Vous pouvez aussi saisir la justice (article 79 du RGPD). Vous n’avez pas besoin de nous écrire d’abord.
complain-countries = Autorités des pays où nous sommes actifs :

### Where was searched

searched-title = Où nous avons cherché
searched-kind-sqlite = base de données SQLite
searched-kind-postgres = base de données PostgreSQL
searched-kind-mysql = base de données MySQL
searched-kind-csv = fichiers CSV
searched-kind-json = fichiers JSON
searched-in = ({ $kind }) : { $what }. { $read }
searched-whole = Lu en entier.
searched-partly = Tout n’a pas pu être lu ou n’est pas tranché : voir ci-dessous.
not-searched-title = Non consulté
problems-title = Ce qui n’a pas pu être lu ou n’est pas encore tranché
problem-other = quelque chose n’a pas pu être lu ici, ou n’est pas encore tranché
problem-malformed-line = une ligne n’a pas pu être lue
problem-unclosed-quote = une partie du fichier n’a pas pu être lue
problem-unreadable-file = le fichier n’a pas pu être lu
problem-unreadable-source = le système n’a pas pu être lu
problem-unreadable-collection = n’a pas pu être lu
problem-missing-collection = n’existe plus, ou porte un autre nom
problem-unknown-collection = n’est pas encore décrit et n’a pas été consulté
problem-unknown-column = contient des champs qui ne sont pas encore décrits
problem-changed-while-read = a changé pendant la lecture ; il peut manquer quelque chose

### Records, on the page

record = Enregistrement { $n }
record-identical = Enregistrements { $first } à { $last } (identiques)
range-identical = { $first } à { $last } (identiques)
role-owner = C’est à vous.
role-author = Vous l’avez écrit ou créé.
role-recipient = Cela vous a été envoyé.
role-about = D’autres l’ont écrit à votre sujet.
role-shared = Vous le partagez avec d’autres.
role-other = Cela renvoie à vous.
found-by = Comment cela a été trouvé : { $way }
found-by-link = Comment cela a été trouvé : son champ « { $field } » renvoie à { $to }
value-empty = (vide)
value-empty-list = (une liste vide)
value-withheld = (retenu : { $why })
value-more = … { $n } en tout ; le reste est dans les fichiers
value-long = { $text } … (le tout est dans les fichiers)
section-from = { $n ->
        [one] { $n } enregistrement, de l’ensemble de données <code>{ $collection }</code> du système <code>{ $system }</code>.
       *[other] { $n } enregistrements, de l’ensemble de données <code>{ $collection }</code> du système <code>{ $system }</code>.
    }
section-withheld = { $n ->
        [one] { $n } valeur est retenue.
       *[other] { $n } valeurs sont retenues.
    }
section-files = Fichiers :
section-file = { $label } en { $ending }
section-one-page = Les { $n } enregistrements, sur une page :
section-pages = Les { $n } enregistrements, sur plusieurs pages :
section-page = Enregistrements { $first } à { $last }<span class='hidden'> de { $label }</span>
section-first = Les { $n } premiers :
section-empty = Rien n’est détenu dans : { $what }
top = Retour en haut
foot = Référence { $reference }. État des données au { $at }. Cette page fonctionne sans connexion et ne charge rien.
foot-check = Le programme <code>redress</code> (<code>redress check-archive FILE</code>), ou <code>minisign</code> et <code>sha256sum</code> seuls, permettent de vérifier que cette archive est inchangée et qui l’a signée : le fichier <code>tagmanifest-sha256.txt</code> est signé et donne la liste des autres.
leaf-title = { $label }, enregistrements { $first } à { $last } : vos données personnelles ({ $reference })
leaf-head = { $controller } · référence { $reference }
leaf-where = Page { $number } : enregistrements { $first } à { $last } sur { $records }.
leaf-caption = { $label }, enregistrements { $first } à { $last }
leaf-record = Enregistrement
leaf-pages = Pages
leaf-back = Retour à la première page
leaf-previous = Page précédente
leaf-next = Page suivante
leaf-ten-back = 10 pages en arrière
leaf-hundred-back = 100 pages en arrière
leaf-search = Rechercher sur cette page
leaf-found = # enregistrements sur { $n }
letter-foot = Référence { $reference } · page { $page } sur { $pages }

### The files' own description

package-title-copy = Copie de données personnelles
package-title-portable = Données personnelles à emporter
package-text = Ouvrez d’abord START-HERE.html. Chaque ensemble de données est fourni deux fois : en JSON Lines avec les valeurs exactes, et en CSV pour un tableur.
package-jsonl = les valeurs exactes
package-schema = un schéma JSON des valeurs exactes
package-csv = pour un tableur
package-neutralised = Un texte qu’un tableur pourrait exécuter comme formule (il commence par = + - @, une tabulation ou une fin de ligne, ou leurs formes pleine chasse) est précédé d’une apostrophe (') ; de même un texte où seules des apostrophes précèdent un tel signe. Retirez une apostrophe d’une telle cellule pour retrouver l’original. Les nombres simples sont inchangés. Le fichier .jsonl contient les valeurs exactes.
package-redacted = { $n } avec remplacements
package-withheld = retenu { $n } fois ({ $why })
package-searched = Ce qui a été consulté, et combien d’enregistrements ont été trouvés
package-searched-system = Système
package-searched-collection = Ensemble de données
package-searched-label = Désignation
package-searched-records-copy = Enregistrements au sujet de la personne
package-searched-records-portable = Enregistrements dans cette archive
package-searched-whole = Si tout le système a pu être lu
schema-text = Une ligne de { $file }
schema-withheld = Détenu, mais non communiqué : pourquoi
schema-redacted = Communiqué, les autres personnes remplacées
schema-file = Un fichier à part, à ce chemin dans l’archive
schema-bytes = Des octets, en base64
schema-number = Un nombre que JSON ne peut pas écrire
schema-native = Une valeur d’un type de sa base de données, en texte

### The record of erasure

erased-title = Vos données ont été effacées
erased-title-open = Vos données sont en cours d’effacement
erased-lead = Le { $date }, nous avons cherché de nouveau partout : il ne reste rien d’autre que ce qui est indiqué plus bas.
erased-lead-open = Nous n’avons pas terminé : il reste quelque chose que nous examinons encore. Nous reviendrons vers vous.
erased-reference = Votre référence
erased-received = Votre demande du
erased-ground = Pourquoi nous effaçons
erased-deleted = Effacé
    .text = Ces enregistrements ont disparu définitivement.
erased-anonymised = Rendu anonyme
    .text = Ces enregistrements restent, mais rien n’y dit plus à qui ils étaient.
erased-pseudonymised = Rendu pseudonyme
    .text = Ces enregistrements restent, sans votre nom. Avec ce qui est conservé ailleurs, on pourrait encore dire à qui ils étaient.
erased-masked = Retiré en partie
    .text = Ces enregistrements restent. Une partie de vos données y a disparu ; quelque chose dit encore à qui ils étaient.
erased-isolated = Mis sous clé
    .text = Ces enregistrements ne servent à rien jusqu’à ce qu’ils puissent être effacés.
erased-detached = Retiré des enregistrements d’autres personnes
    .text = Ce qui renvoyait à vous y a été retiré.
erased-kept = Ce que nous devons conserver, et pourquoi
erased-why = { $line }. { $why }
erased-until = { $line }, jusqu’au { $date }
erased-accepted = Ce qui reste ailleurs, et pourquoi
    .text = Quelque chose qui peut parler de vous figure à des endroits qui ne sont pas des enregistrements à votre sujet. Cela y reste :
erased-not-covered = Ce que ceci ne couvre pas
erased-recipient = { $name } a reçu des données de notre part : nous l’informons que vous avez demandé l’effacement.
erased-backups = Sauvegardes : ce que nous avons effacé y reste jusqu’à leur remplacement, et est effacé de nouveau si l’une d’elles est restaurée.
erased-elsewhere = Les systèmes qui ne sont pas reliés au programme qui a établi ce document.
erased-disagree = Si vous n’êtes pas d’accord
erased-officer = Écrivez à notre délégué à la protection des données : { $officer }.
erased-contact = Écrivez-nous : { $contact }.
erased-complain = Vous pouvez introduire une réclamation auprès d’une autorité de contrôle et saisir la justice.
erased-complain-to = Vous pouvez introduire une réclamation auprès d’une autorité de contrôle ({ $authority }) et saisir la justice.
erased-log = Position dans notre journal : { $head }. La fin de ce fichier contient notre signature.
ground-A17-1-a = vos données ne sont plus nécessaires à ce pour quoi elles ont été collectées
    .law = article 17, paragraphe 1, point a, du RGPD
ground-A17-1-b = vous avez retiré votre consentement, et rien d’autre ne nous permet de continuer
    .law = article 17, paragraphe 1, point b, du RGPD
ground-A17-1-c = vous avez exercé votre droit d’opposition, et aucun motif plus fort ne justifie de continuer
    .law = article 17, paragraphe 1, point c, du RGPD
ground-A17-1-d = vos données ont été traitées de manière illicite
    .law = article 17, paragraphe 1, point d, du RGPD
ground-A17-1-e = une loi nous demande de les effacer
    .law = article 17, paragraphe 1, point e, du RGPD
ground-A17-1-f = elles ont été collectées auprès d’un enfant par un service en ligne
    .law = article 17, paragraphe 1, point f, du RGPD
ground-UK-A17-1-a = { ground-A17-1-a }
    .law = article 17, paragraphe 1, point a, du UK GDPR
ground-UK-A17-1-b = { ground-A17-1-b }
    .law = article 17, paragraphe 1, point b, du UK GDPR
ground-UK-A17-1-c = { ground-A17-1-c }
    .law = article 17, paragraphe 1, point c, du UK GDPR
ground-UK-A17-1-d = { ground-A17-1-d }
    .law = article 17, paragraphe 1, point d, du UK GDPR
ground-UK-A17-1-e = { ground-A17-1-e }
    .law = article 17, paragraphe 1, point e, du UK GDPR
ground-UK-A17-1-f = { ground-A17-1-f }
    .law = article 17, paragraphe 1, point f, du UK GDPR
ground-CCPA-105 = vous nous avez demandé d’effacer ce que nous avons recueilli auprès de vous
    .law = California Civil Code, § 1798.105
ground-PDPA-25 = conserver vos données ne sert plus ce pour quoi elles ont été collectées
    .law = PDPA (Singapour), section 25
ground-PIPL-47 = la finalité est atteinte ou a disparu, ou vous avez retiré votre consentement
    .law = PIPL (Chine), article 47
ground-LGPD-18 = vous nous avez demandé d’effacer des données traitées avec votre consentement
    .law = LGPD (Brésil), article 18
ground-FADP-32 = vos données ne sont plus nécessaires, ou leur traitement était illicite
    .law = LPD (Suisse), article 32
stays-shared = d’autres les détiennent avec vous
stays-emptied = rien n’y parle plus de vous ; d’autres enregistrements y renvoient
stays-came-back = vous êtes de retour depuis l’effacement ; il reste à décider ce qui date d’avant
stays-hold = cela doit être conservé pour une procédure ou un litige
stays-undecided = il reste à décider si cela vous concerne
stays-referred-to = d’autres enregistrements qui doivent rester y renvoient
stays-other = cela ne peut pas encore être effacé
