# German. The master is en.ftl; the keys and variables are the same.

### How the language writes

months = Januar Februar März April Mai Juni Juli August September Oktober November Dezember
first-day = 1
date = { $day }. { $month } { $year }
moment = { $date }, { $time }
spelled = zwei drei vier fünf sechs sieben acht neun zehn elf zwölf
period-years = { $n ->
        [one] ein Jahr
       *[other] { $words } Jahre
    }
period-months = { $n ->
        [one] einen Monat
       *[other] { $words } Monate
    }
period-weeks = { $n ->
        [one] eine Woche
       *[other] { $words } Wochen
    }
period-days = { $n ->
        [one] einen Tag
       *[other] { $words } Tage
    }
list-between = ,{" "}
list-end = { $first } und { $last }
list-more = { $first } und noch { $more }
parts-between = ,{" "}
series-between = ;{" "}
sentences-between = {" "}
pair = { $what }: { $said }
pair-link = <a href='#{ $anchor }'>{ $what }</a>: { $said }
aside = { $what } ({ $remark })
yes = ja
no = nein
records = { $n ->
        [one] { $n } Datensatz
       *[other] { $n } Datensätze
    }
fields = { $n ->
        [one] { $n } Feld
       *[other] { $n } Felder
    }

### The answer: its beginning

title-copy = Kopie Ihrer personenbezogenen Daten
title-portable = Ihre Daten zum Mitnehmen
title-letter = Ihre personenbezogenen Daten: die Antwort auf Ihren Antrag
none-copy = In den durchsuchten Systemen wurden keine Daten über Sie gefunden.
none-portable = In den durchsuchten Systemen wurden keine Daten gefunden, die Sie mitnehmen können.
first-copy-whole = Dies ist die vollständige Antwort auf Ihren Antrag nach Artikel 15 der Datenschutz-Grundverordnung (DSGVO).
first-copy-partial = Diese Antwort ist unvollständig: Etwas von dem, worauf Sie nach Artikel 15 der Datenschutz-Grundverordnung (DSGVO) Anspruch haben, fehlt noch.
first-portable-whole = Dies ist die vollständige Antwort auf Ihren Antrag nach Artikel 20 der Datenschutz-Grundverordnung (DSGVO): die Daten, die Sie mitnehmen können, für sich selbst oder zu einem anderen Anbieter.
first-portable-partial = Diese Antwort ist unvollständig: Etwas von dem, was Sie nach Artikel 20 der Datenschutz-Grundverordnung (DSGVO) mitnehmen können, fehlt noch.
asked-copy = Sie haben gefragt, welche personenbezogenen Daten über Sie gespeichert sind, und eine Kopie verlangt.
asked-portable = Sie haben die Daten verlangt, die Sie uns gegeben haben, um sie mitzunehmen.
searched-none = Kein System konnte durchsucht werden.
searched-systems = { $n ->
        [one] Wir haben { $n } System durchsucht.
       *[other] Wir haben { $n } Systeme durchsucht.
    }
found-nothing-copy = Dort haben wir keine Daten über Sie gefunden.
found-nothing-portable = Dort haben wir Daten über Sie gefunden, aber keine, für die Artikel 20 gilt.
found-copy = Wir haben { $records ->
        [one] { $records } Datensatz
       *[other] { $records } Datensätze
    } über Sie gefunden, in { $collections ->
        [one] { $collections } Datensammlung
       *[other] { $collections } Datensammlungen
    }. Alle liegen bei.
found-portable = Wir haben { $records ->
        [one] { $records } Datensatz gefunden, den
       *[other] { $records } Datensätze gefunden, die
    } Sie mitnehmen können, in { $collections ->
        [one] { $collections } Datensammlung
       *[other] { $collections } Datensammlungen
    }. Alle liegen bei.
some-withheld = { $n ->
        [one] Ein einzelner Wert darin ist zurückgehalten oder ersetzt; warum, steht weiter unten.
       *[other] { $n } einzelne Werte darin sind zurückgehalten oder ersetzt; warum, steht weiter unten.
    }
some-unread = Nicht alles konnte vollständig durchsucht werden.
nav = Auf dieser Seite
nav-glance = Ihre Kontaktdaten
nav-purposes = Wozu wir sie haben
nav-rights-portable = Ihre weiteren Rechte
fact-reference = Aktenzeichen Ihres Antrags
fact-received = Eingegangen am
fact-due = Zu beantworten bis
fact-as-of = Stand der Daten
fact-period = Zeitraum
fact-holder = Verantwortlich für die Daten
fact-officer = Datenschutzbeauftragte Person
fact-eu-representative = Vertretung in der Europäischen Union
fact-uk-representative = Vertretung im Vereinigten Königreich
fact-asked = Was Sie verlangt haben
fact-asked-copy = Auskunft, welche personenbezogenen Daten über Sie gespeichert sind, und eine Kopie davon (Art. 15 DSGVO)
fact-asked-portable = die Daten, die Sie bereitgestellt haben, um sie mitzunehmen (Art. 20 DSGVO)
fact-searched-with = Gesucht mit
fact-verified = Wie wir Ihre Identität geprüft haben
not-stated = nicht angegeben
not-recorded = nicht festgehalten
period-all = alles, was an diesem Tag gespeichert war, gleich wie alt
period-dated = alles, was an diesem Tag gespeichert war, gleich wie alt; die datierten Datensätze reichen vom { $first } bis zum { $last }
us = die Organisation, die Ihnen dies geschickt hat
us-answering = Die Organisation, die Ihnen antwortet

### What is missing

missing-title = Was fehlt
missing-ask = Sie können es bei uns anfordern; das Aktenzeichen genügt.
lack-no-purpose = wozu die Daten verwendet werden (Art. 15 Abs. 1 Buchst. a), bei: { $what }
lack-generic-purpose = wozu genau die Daten verwendet werden (Art. 15 Abs. 1 Buchst. a), bei: { $what }
lack-no-label = verständliche Bezeichnungen für einige Felder (Art. 12 Abs. 1), bei: { $what }
lack-generic-recipient = die Namen derer, die die Daten erhalten (Art. 15 Abs. 1 Buchst. c), bei: { $what }
lack-no-retention = wie lange die Daten gespeichert werden (Art. 15 Abs. 1 Buchst. d), bei: { $what }
lack-generic-retention = wie lange genau die Daten gespeichert werden (Art. 15 Abs. 1 Buchst. d), bei: { $what }
lack-no-origin = woher einige der Daten stammen (Art. 15 Abs. 1 Buchst. g), bei: { $what }
lack-recipients = wer Ihre Daten erhält (Art. 15 Abs. 1 Buchst. c)
lack-safeguard = was Ihre Daten in anderen Ländern schützt (Art. 15 Abs. 2): { $what }
lack-contact = wie Sie uns erreichen
lack-authority = bei welcher Aufsichtsbehörde Sie sich beschweren können (Art. 15 Abs. 1 Buchst. f)
lack-open-copy = { $n ->
        [one] { $n } Wert, den noch niemand geprüft hat (Art. 15 Abs. 3)
       *[other] { $n } Werte, die noch niemand geprüft hat (Art. 15 Abs. 3)
    }
lack-open-portable = { $n ->
        [one] { $n } Wert, den noch niemand geprüft hat
       *[other] { $n } Werte, die noch niemand geprüft hat
    }
lack-problems = was nicht gelesen werden konnte oder noch nicht geklärt ist: siehe „Wo wir gesucht haben“
lack-undecided = { $n ->
        [one] { $n } Teil, bei dem noch nicht geklärt ist, ob Sie ihn mitnehmen können: siehe „Was nicht dabei ist“
       *[other] { $n } Teile, bei denen noch nicht geklärt ist, ob Sie sie mitnehmen können: siehe „Was nicht dabei ist“
    }

### What is here

enclosed-title = Was Sie hier finden
enclosed-title-letter = Was beiliegt
enclosed-letter = Die Datensätze selbst stehen in START-HERE.html und den Dateien daneben. Wenn Sie dieses Schreiben auf Papier haben und die Dateien nicht öffnen können, schicken wir Ihnen auf Wunsch einen Ausdruck.
enclosed-how = Jede Datensammlung ist dreimal enthalten: auf dieser Seite oder auf Seiten, zu denen sie führt; als <code>.csv</code>-Datei für eine Tabellenkalkulation; und als <code>.jsonl</code>-Datei mit den genauen Werten für ein Programm.
when-title = Aus welcher Zeit sie stammen
glance-title = Namen und Kontaktdaten in Ihren Datensätzen
glance-how = Jede Angabe so, wie sie gespeichert ist. Die Links führen zu den Datensätzen, in denen sie steht.
glance-more = Es gibt weitere; sie stehen unten in den Datensätzen.
glance-in = in: { $place }
glance-name = Name
glance-email = E-Mail-Adresse
glance-phone = Telefon
glance-fax = Fax
glance-address = Postanschrift
glance-birth = Geburtsdatum
years = Datensätze nach Jahr
years-picture = Datensätze nach Jahr, von { $first } bis { $last }; die Zahlen stehen in der Tabelle darunter
years-year = Jahr
years-records = Datensätze
years-what = Wovon
theme-contact = Wer Sie sind und wie Sie zu erreichen sind
theme-orders = Bestellungen und Lieferungen
theme-payments = Zahlungen und Geld
theme-messages = Nachrichten, Bewertungen, Notizen und Streitfälle
theme-choices = Ihre Einstellungen und Einwilligungen
theme-devices = Geräte, Anmeldungen und Besuche
theme-identity = Identitätsnachweise
theme-sensitive = Gesundheit und andere sensible Daten
theme-other = Weitere Daten

### Article 15(1)(a) to (d), (g), (h) and (2)

does-not-apply = Das entfällt: Es wurden keine Daten über Sie gefunden.
purposes-title = Wozu Ihre Daten verwendet werden
purposes-none = Wozu diese verwendet werden, ist nicht festgehalten: { $what }.
purposes-special = Für sensible Daten: { $special }
purposes-mandatory = Ohne diese Daten können wir das nicht für Sie tun.
purposes-used = Dafür verwendet: { $what }.
basis = Rechtsgrundlage: { $basis }
basis-interest = Rechtsgrundlage: { $basis }: { $interest }
basis-A6-1-a = Ihre Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO)
basis-A6-1-b = ein Vertrag mit Ihnen oder Schritte davor, um die Sie gebeten haben (Art. 6 Abs. 1 Buchst. b DSGVO)
basis-A6-1-c = eine rechtliche Verpflichtung (Art. 6 Abs. 1 Buchst. c DSGVO)
basis-A6-1-d = lebenswichtige Interessen (Art. 6 Abs. 1 Buchst. d DSGVO)
basis-A6-1-e = eine Aufgabe im öffentlichen Interesse (Art. 6 Abs. 1 Buchst. e DSGVO)
basis-A6-1-f = berechtigte Interessen (Art. 6 Abs. 1 Buchst. f DSGVO)
special-A9-2-a = Ihre ausdrückliche Einwilligung (Art. 9 Abs. 2 Buchst. a DSGVO)
special-A9-2-b = Arbeitsrecht und Recht der sozialen Sicherheit (Art. 9 Abs. 2 Buchst. b DSGVO)
special-A9-2-c = lebenswichtige Interessen (Art. 9 Abs. 2 Buchst. c DSGVO)
special-A9-2-d = die Tätigkeit einer Vereinigung für ihre Mitglieder (Art. 9 Abs. 2 Buchst. d DSGVO)
special-A9-2-e = Sie haben die Daten selbst öffentlich gemacht (Art. 9 Abs. 2 Buchst. e DSGVO)
special-A9-2-f = Rechtsansprüche (Art. 9 Abs. 2 Buchst. f DSGVO)
special-A9-2-g = erhebliches öffentliches Interesse (Art. 9 Abs. 2 Buchst. g DSGVO)
special-A9-2-h = Versorgung im Gesundheits- oder Sozialbereich (Art. 9 Abs. 2 Buchst. h DSGVO)
special-A9-2-i = öffentliche Gesundheit (Art. 9 Abs. 2 Buchst. i DSGVO)
special-A9-2-j = Archive, Forschung oder Statistik (Art. 9 Abs. 2 Buchst. j DSGVO)
categories-title = Welche Arten von Daten es sind
categories-none = Die beiliegenden Datensätze sind noch keinen Arten von Daten zugeordnet.
categories-special = { $what } (besonders geschützt, Art. 9 DSGVO)
category-other = Weitere personenbezogene Daten
category-user = Weitere Daten über Sie
category-user-account = Ihr Konto
category-user-authorization = Passwörter und andere Geheimnisse zur Anmeldung
category-user-behavior = Was Sie getan haben
category-user-behavior-browsing_history = Seiten, die Sie angesehen haben
category-user-behavior-media_consumption = Was Sie gelesen, gehört oder angesehen haben
category-user-behavior-purchase_history = Was Sie bestellt und gekauft haben
category-user-behavior-search_history = Wonach Sie gesucht haben
category-user-biometric = Biometrische Daten
category-user-childrens = Daten über Kinder
category-user-contact = Wie Sie zu erreichen sind
category-user-content = Was Sie geschrieben oder hochgeladen haben
category-user-content-self_image = Bilder von Ihnen
category-user-criminal_history = Strafrechtliche Verurteilungen und Straftaten
category-user-demographic = Alter, Geschlecht und Ähnliches
category-user-demographic-political_opinion = Politische Meinungen
category-user-demographic-race_ethnicity = Ethnische Herkunft
category-user-demographic-religious_belief = Religion oder Weltanschauung
category-user-demographic-sexual_orientation = Sexuelle Orientierung
category-user-device = Ihre Geräte
category-user-device-cookie_id = Cookies
category-user-device-ip_address = Internetadressen (IP)
category-user-financial = Geld und Bankverbindungen
category-user-genetic = Genetische Daten
category-user-government_id = Amtliche Nummern und Identitätsnachweise
category-user-health = Gesundheit
category-user-health_and_medical = Gesundheit
category-user-job_title = Ihre Arbeit
category-user-location = Wo Sie waren
category-user-name = Ihr Name
category-user-payment = Zahlungen
category-user-privacy_preferences = Ihre Einstellungen und Einwilligungen
category-user-sensor = Messwerte von Sensoren
category-user-social = Kontakte und soziale Netzwerke
category-user-telemetry = Wie Ihre Nutzung eines Dienstes gemessen wurde
category-user-unique_id = Nummern, die für Sie stehen
category-user-workplace = Ihre Arbeit
recipients-title = Wer sie erhält
recipients-none = Kein Empfänger ist festgehalten für: { $what }.
recipients-what = Erhält: { $what }.
recipient-processor = arbeitet für uns und nach unseren Weisungen
recipient-controller = entscheidet selbst, was damit geschieht
recipient-joint = entscheidet gemeinsam mit uns
recipient-authority = eine Behörde
recipient-users = andere Nutzerinnen und Nutzer
country = Land: { $country }
transfers-title = Ob sie den Europäischen Wirtschaftsraum verlassen
transfers-none = Kein Empfänger Ihrer Daten außerhalb des Europäischen Wirtschaftsraums ist festgehalten.
transfers-to = ({ $country }): { $safeguard }. Sie können bei uns eine Kopie davon anfordern.
transfers-unsafe = was Ihre Daten dort schützt, ist nicht festgehalten
safeguard-A45-3 = auf Grundlage eines Angemessenheitsbeschlusses der Europäischen Kommission (Art. 45 Abs. 3 DSGVO)
safeguard-A46-2-a = auf Grundlage eines Dokuments zwischen Behörden (Art. 46 Abs. 2 Buchst. a DSGVO)
safeguard-A46-2-b = auf Grundlage verbindlicher interner Datenschutzvorschriften (Art. 46 Abs. 2 Buchst. b DSGVO)
safeguard-A46-2-c = auf Grundlage von Standarddatenschutzklauseln der Europäischen Kommission (Art. 46 Abs. 2 Buchst. c DSGVO)
safeguard-A46-2-d = auf Grundlage von Standarddatenschutzklauseln einer Aufsichtsbehörde (Art. 46 Abs. 2 Buchst. d DSGVO)
safeguard-A46-2-e = auf Grundlage genehmigter Verhaltensregeln (Art. 46 Abs. 2 Buchst. e DSGVO)
safeguard-A46-2-f = auf Grundlage einer genehmigten Zertifizierung (Art. 46 Abs. 2 Buchst. f DSGVO)
safeguard-A49-1 = auf Grundlage einer Ausnahme für bestimmte Fälle (Art. 49 Abs. 1 DSGVO)
kept-title = Wie lange sie gespeichert werden
kept-none = Wie lange diese gespeichert werden, ist nicht festgehalten: { $what }.
kept-for = Für { $period }, gerechnet ab „{ $field }“.
kept-for-undated = Für { $period }; ab welchem Tag das zählt, ist nicht festgehalten.
kept-law = Gesetz: { $law }
kept-until = bis zum { $date }
kept-until-span = der erste bis zum { $first }, der letzte bis zum { $last }
origin-title = Woher sie stammen
origin-none = Woher diese stammen, ist nicht festgehalten: { $what }.
origin-provided = Sie haben sie uns gegeben
origin-observed = Sie stammen aus Ihrer Nutzung unserer Dienste
origin-derived = Wir haben sie aus anderen Daten abgeleitet
origin-received = Andere haben sie uns gegeben
origin-from = von { $whom }
automated-title = Was eine Maschine allein entscheidet
automated-none = Für die gefundenen Daten ist keine Entscheidung festgehalten, die eine Maschine allein trifft (Art. 22 DSGVO).
automated-how = So geschieht es: { $how }
automated-consequence = Was es für Sie bedeutet: { $consequence }
automated-what = Verwendete oder gespeicherte Daten: { $what }. Sie können die Entscheidung anfechten.
about-holder = Wer sie hat
about-purposes = Wozu sie dienen
about-recipients = Wer sie erhält
about-origin = Woher sie stammen
about-automated = Was eine Maschine entscheidet
about-kept = Wie lange sie gespeichert werden

### Article 20

within-title = Was Sie mitnehmen können
within-text = Was Sie uns gegeben haben und was aus Ihrer Nutzung stammt, soweit es aufgrund Ihrer Einwilligung oder für einen Vertrag mit Ihnen verarbeitet wird. Jede Datensammlung liegt als Datei für Programme bei (JSON Lines, mit einem JSON Schema, das sie beschreibt) und als Datei für Tabellenkalkulationen (CSV); datapackage.json führt alle auf. Sie dürfen sie weitergeben, an wen Sie wollen.
outside-title = Was nicht dabei ist, und warum
outside-text = Auch diese Daten sind gespeichert, aber nicht in diesem Archiv:
outside-nothing = Alles, was gefunden wurde, ist hier.
outside-copy = So erhalten Sie alles
    .text = Sie haben das Recht auf eine Kopie von allem, was über Sie gespeichert ist, und auf Auskunft, warum, wie lange und wer es erhält (Art. 15 DSGVO). Schreiben Sie an { $whom }, nennen Sie das Aktenzeichen { $reference } und verlangen Sie eine Kopie. Das kostet nichts. Dass Sie Daten mitnehmen, löscht hier nichts.
outside-other-basis = Aus anderen Gründen gespeichert als Ihrer Einwilligung oder einem Vertrag mit Ihnen
    .text = Artikel 20 gilt für das, was aufgrund Ihrer Einwilligung oder für einen Vertrag mit Ihnen verarbeitet wird. Diese Daten sind wegen eines Gesetzes, einer Aufgabe im öffentlichen Interesse oder eines Interesses von uns oder anderen gespeichert.
outside-derived = Abgeleitet, nicht von Ihnen gegeben
    .text = Artikel 20 gilt für das, was Sie uns gegeben haben und was aus Ihrer Nutzung stammt. Diese Daten wurden aus anderen abgeleitet.
outside-received = Von anderen erhalten
    .text = Artikel 20 gilt für das, was Sie uns gegeben haben und was aus Ihrer Nutzung stammt. Diese Daten kamen von anderen.
outside-by-others = Von anderen über Sie geschrieben
    .text = Andere haben das geschrieben; Sie haben es nicht bereitgestellt.
outside-about-nobody = Nicht über Sie
    .text = Nummern und Kennzeichen, die ein System zum Arbeiten braucht. Sie sagen nichts über Sie.
outside-no-purpose = Noch nicht entschieden: wozu wir es haben
    .text = Ob dies zu dem gehört, was Sie mitnehmen können, ist noch nicht geklärt. Es bleibt weg, bis jemand entschieden hat; fragen Sie uns.
outside-no-origin = Noch nicht entschieden: woher es stammt
    .text = Ob dies zu dem gehört, was Sie mitnehmen können, ist noch nicht geklärt. Es bleibt weg, bis jemand entschieden hat; fragen Sie uns.

### What is withheld

withheld-title = Was zurückgehalten ist, und warum
withheld-nothing = In den beiliegenden Datensätzen ist kein Wert zurückgehalten.
withheld-marked = In den Daten ist ein zurückgehaltener Wert als solcher gekennzeichnet.
withheld-value = zurückgehalten: { $why }
reason-review = Muss erst von einem Menschen gelesen werden
    .text = Freie Texte, Nachrichten und Ähnliches können auch von anderen Menschen handeln. Diese hat noch niemand gelesen. Bis dahin bleiben sie zurückgehalten.
reason-about-another-person = Über eine andere Person
    .text = Das sagt etwas über jemand anderen, dessen Rechte eine Kopie nicht beeinträchtigen darf (Art. 15 Abs. 4 DSGVO).
reason-never = Gespeichert, aber nie herausgegeben
    .text = Passwörter in gespeicherter Form, Sicherheitscodes und Ähnliches. Sie herauszugeben würde Sie oder andere gefährden. Sie erfahren, dass sie gespeichert sind; ihr Inhalt wird nie herausgegeben.
reason-unknown-column = Noch nicht beschrieben
    .text = Die Beschreibung unserer Systeme erfasst diese Felder noch nicht. Sie sind hier genannt und zurückgehalten, bis jemand entschieden hat, was sie sind.
reason-after-review = Gelesen und zurückgehalten
    .text = Jemand hat das gelesen und entschieden, dass es nicht herausgegeben werden kann, weil das die Rechte anderer beeinträchtigen würde (Art. 15 Abs. 4 DSGVO). Sie können nach dem Grund fragen und es noch einmal prüfen lassen.
reason-legal-privilege = Rechtsberatung oder unter Schweigepflicht
    .text = Das enthält Rechtsberatung, oder jemand ist verpflichtet, es geheim zu halten, wie eine Anwältin oder ein Arzt. Diese Pflicht steht der Herausgabe entgegen. Sie können nach dem Grund fragen und es noch einmal prüfen lassen.
reason-trade-secret = Ein Geschäftsgeheimnis
    .text = Das würde verraten, was ein Unternehmen geheim halten muss (Erwägungsgrund 63 DSGVO). Nur was geheim ist, bleibt zurückgehalten. Sie können nach dem Grund fragen und es noch einmal prüfen lassen.
reason-crime-prevention = Zurückgehalten, um Straftaten zu verhindern oder aufzudecken
    .text = Wer das wüsste, könnte umgehen, was Straftaten wie Betrug verhindert oder aufdeckt. Sie können nach dem Grund fragen und es noch einmal prüfen lassen.
reason-legal-claims = Zurückgehalten wegen Rechtsansprüchen
    .text = Das wird gebraucht, um Rechtsansprüche geltend zu machen oder abzuwehren, und die Herausgabe würde das beeinträchtigen. Sie können nach dem Grund fragen und es noch einmal prüfen lassen.
reason-security = Zurückgehalten aus Gründen der Sicherheit
    .text = Das würde Systeme oder Menschen in Gefahr bringen. Sie können nach dem Grund fragen und es noch einmal prüfen lassen.
reason-exempt-by-law = Zurückgehalten, weil ein Gesetz es so bestimmt
    .text = Ein Gesetz bestimmt, dass dies nicht herausgegeben werden muss oder darf. Sie können fragen, welches, und es noch einmal prüfen lassen.
reason-redacted = Herausgegeben, andere Menschen darin ersetzt
    .text = Das ist herausgegeben. Woran andere Menschen zu erkennen wären, ist ersetzt: Dieselbe Person heißt immer gleich, zum Beispiel Person 2.
cleaned = Bilder ohne das, was daneben vermerkt war
    .text = { $n ->
            [one] Aus { $n } Bild ist entfernt, was eine Kamera oder ein Programm neben dem Sichtbaren in der Datei vermerkt hatte: Orte, Zeiten, Geräte, Namen, Kommentare. Was zu sehen ist, blieb, wie es war. Sie können das Entfernte anfordern.
           *[other] Aus { $n } Bildern ist entfernt, was eine Kamera oder ein Programm neben dem Sichtbaren in der Datei vermerkt hatte: Orte, Zeiten, Geräte, Namen, Kommentare. Was zu sehen ist, blieb, wie es war. Sie können das Entfernte anfordern.
        }

### Rights and complaints

rights-title = Berichtigen, löschen, widersprechen
rights-how = Schreiben Sie an { $whom } und nennen Sie das Aktenzeichen { $reference }. Das kostet nichts. Sie haben ein Recht auf
right-copy = eine Kopie
    .text = von allem, was über Sie gespeichert ist (Art. 15 DSGVO).
right-correct = Berichtigung
    .text = dessen, was falsch ist, und Ergänzung dessen, was fehlt (Art. 16 DSGVO).
right-erase = Löschung
    .text = von Daten (Art. 17 DSGVO); wo ein Gesetz uns zwingt, etwas zu behalten, sagen wir Ihnen, was und bis wann.
right-restrict = Einschränkung
    .text = der Verarbeitung, solange etwas geklärt wird (Art. 18 DSGVO).
right-object = Widerspruch
    .text = gegen eine Verwendung, die auf unseren Interessen oder denen anderer beruht (Art. 21 Abs. 1 DSGVO), und jederzeit gegen Werbung (Art. 21 Abs. 2 DSGVO).
    .marketing = gegen Werbung, jederzeit (Art. 21 Abs. 2 DSGVO).
right-withdraw = Widerruf
    .text = einer Einwilligung, jederzeit; was vorher geschah, bleibt rechtmäßig (Art. 7 Abs. 3 DSGVO).
right-take = Mitnahme
    .text = der Daten, die Sie uns gegeben haben oder die aus Ihrer Nutzung stammen, als Dateien für ein Programm (Art. 20 DSGVO).
right-contest = Überprüfung
    .text = einer Entscheidung, die eine Maschine getroffen hat: Sie können sie anfechten, Ihren Standpunkt darlegen und verlangen, dass ein Mensch sie prüft (Art. 22 Abs. 3 DSGVO).
right-ask = Erneute Prüfung
    .text = von allem, was zurückgehalten ist.
complain-title = Sich beschweren
complain-to = Sie können sich bei einer Aufsichtsbehörde beschweren (Art. 77 DSGVO): { $authority }. Und Sie können vor Gericht gehen (Art. 79 DSGVO). Sie müssen uns nicht vorher schreiben.
complain-any = Sie können sich bei der Datenschutz-Aufsichtsbehörde beschweren, dort, wo Sie wohnen, wo Sie arbeiten oder wo nach Ihrer Ansicht das Recht verletzt wurde (Art. 77 DSGVO). Und Sie können vor Gericht gehen (Art. 79 DSGVO). Sie müssen uns nicht vorher schreiben.
complain-countries = Aufsichtsbehörden in Ländern, in denen wir tätig sind:

### Where was searched

searched-title = Wo wir gesucht haben
searched-kind-sqlite = SQLite-Datenbank
searched-kind-postgres = PostgreSQL-Datenbank
searched-kind-mysql = MySQL-Datenbank
searched-kind-csv = CSV-Dateien
searched-kind-json = JSON-Dateien
searched-in = ({ $kind }): { $what }. { $read }
searched-whole = Vollständig gelesen.
searched-partly = Nicht alles konnte gelesen werden oder ist geklärt: siehe unten.
not-searched-title = Nicht durchsucht
problems-title = Was nicht gelesen werden konnte oder noch nicht geklärt ist
problem-other = hier konnte etwas nicht gelesen werden oder ist noch nicht geklärt
problem-malformed-line = eine Zeile konnte nicht gelesen werden
problem-unclosed-quote = ein Teil der Datei konnte nicht gelesen werden
problem-unreadable-file = die Datei konnte nicht gelesen werden
problem-unreadable-source = das System konnte nicht gelesen werden
problem-unreadable-collection = konnte nicht gelesen werden
problem-missing-collection = ist nicht mehr da oder heißt anders
problem-unknown-collection = ist noch nicht beschrieben und wurde nicht durchsucht
problem-unknown-column = enthält Felder, die noch nicht beschrieben sind
problem-changed-while-read = hat sich beim Lesen geändert; etwas kann fehlen

### Records, on the page

record = Datensatz { $n }
record-identical = Datensätze { $first } bis { $last } (gleich)
range-identical = { $first } bis { $last } (gleich)
role-owner = Das gehört zu Ihnen.
role-author = Das haben Sie geschrieben oder angelegt.
role-recipient = Das wurde Ihnen geschickt.
role-about = Das haben andere über Sie geschrieben.
role-shared = Das teilen Sie mit anderen.
role-other = Das verweist auf Sie.
found-by = So wurde es gefunden: { $way }
found-by-link = So wurde es gefunden: Das Feld „{ $field }“ verweist auf { $to }
value-empty = (leer)
value-empty-list = (eine leere Liste)
value-withheld = (zurückgehalten: { $why })
value-more = … { $n } insgesamt; der Rest steht in den Dateien
value-long = { $text } … (alles steht in den Dateien)
section-from = { $n ->
        [one] { $n } Datensatz, aus der Datensammlung <code>{ $collection }</code> des Systems <code>{ $system }</code>.
       *[other] { $n } Datensätze, aus der Datensammlung <code>{ $collection }</code> des Systems <code>{ $system }</code>.
    }
section-withheld = { $n ->
        [one] { $n } Wert ist zurückgehalten.
       *[other] { $n } Werte sind zurückgehalten.
    }
section-files = Dateien:
section-file = { $label } als { $ending }
section-one-page = Alle { $n } Datensätze, auf einer Seite:
section-pages = Alle { $n } Datensätze, auf mehreren Seiten:
section-page = Datensätze { $first } bis { $last }<span class='hidden'> aus { $label }</span>
section-first = Die ersten { $n }:
section-empty = Nichts ist gespeichert in: { $what }
top = Zum Seitenanfang
foot = Aktenzeichen { $reference }. Stand der Daten: { $at }. Diese Seite braucht keine Verbindung und lädt nichts.
foot-check = Ob dieses Archiv unverändert ist und wer es unterschrieben hat, lässt sich mit dem Programm <code>redress</code> prüfen (<code>redress check-archive FILE</code>) oder allein mit <code>minisign</code> und <code>sha256sum</code>: Die Datei <code>tagmanifest-sha256.txt</code> ist unterschrieben und führt die übrigen auf.
leaf-title = { $label }, Datensätze { $first } bis { $last }: Ihre personenbezogenen Daten ({ $reference })
leaf-head = { $controller } · Aktenzeichen { $reference }
leaf-where = Seite { $number }: Datensätze { $first } bis { $last } von { $records }.
leaf-caption = { $label }, Datensätze { $first } bis { $last }
leaf-record = Datensatz
leaf-pages = Seiten
leaf-back = Zurück zur ersten Seite
leaf-previous = Vorige Seite
leaf-next = Nächste Seite
leaf-ten-back = 10 Seiten zurück
leaf-hundred-back = 100 Seiten zurück
leaf-search = Auf dieser Seite suchen
leaf-found = # von { $n } Datensätzen
letter-foot = Aktenzeichen { $reference } · Seite { $page } von { $pages }

### The files' own description

package-title-copy = Kopie personenbezogener Daten
package-title-portable = Personenbezogene Daten zum Mitnehmen
package-text = Öffnen Sie zuerst START-HERE.html. Jede Datensammlung liegt zweimal bei: als JSON Lines mit den genauen Werten und als CSV für eine Tabellenkalkulation.
package-jsonl = die genauen Werte
package-schema = ein JSON Schema der genauen Werte
package-csv = für eine Tabellenkalkulation
package-neutralised = Vor Text, den eine Tabellenkalkulation als Formel ausführen könnte (er beginnt mit = + - @, einem Tabulator oder Zeilenende oder deren vollbreiten Formen), steht ein Apostroph ('); ebenso vor Text, in dem vor einem solchen Zeichen nur Apostrophe stehen. Nehmen Sie aus einer solchen Zelle einen Apostroph weg, dann haben Sie das Original. Reine Zahlen sind, wie sie sind. Die .jsonl-Datei enthält die genauen Werte.
package-redacted = { $n } mit Ersetzungen
package-withheld = { $n } zurückgehalten ({ $why })
package-searched = Was durchsucht wurde und wie viele Datensätze gefunden wurden
package-searched-system = System
package-searched-collection = Datensammlung
package-searched-label = Bezeichnung
package-searched-records-copy = Datensätze über die Person
package-searched-records-portable = Datensätze in diesem Archiv
package-searched-whole = Ob das ganze System gelesen werden konnte
schema-text = Eine Zeile von { $file }
schema-withheld = Gespeichert, aber nicht herausgegeben: warum
schema-redacted = Herausgegeben, andere Menschen darin ersetzt
schema-file = Eine eigene Datei, unter diesem Pfad im Archiv
schema-bytes = Bytes, in Base64
schema-number = Eine Zahl, die JSON nicht schreiben kann
schema-native = Ein Wert eines Typs seiner Datenbank, als Text

### The record of erasure

erased-title = Ihre Daten wurden gelöscht
erased-title-open = Ihre Daten werden gelöscht
erased-lead = Am { $date } haben wir überall noch einmal gesucht: Nichts ist übrig außer dem, was unten aufgeführt ist.
erased-lead-open = Wir sind noch nicht fertig: Etwas ist übrig, das wir noch prüfen. Sie hören wieder von uns.
erased-reference = Ihr Aktenzeichen
erased-received = Ihr Antrag vom
erased-ground = Warum wir löschen
erased-deleted = Gelöscht
    .text = Diese Datensätze sind endgültig weg.
erased-anonymised = Anonymisiert
    .text = Diese Datensätze bleiben, aber nichts darin sagt mehr, zu wem sie gehörten.
erased-pseudonymised = Pseudonymisiert
    .text = Diese Datensätze bleiben ohne Ihren Namen. Mit dem, was an anderer Stelle aufbewahrt wird, ließe sich noch sagen, zu wem sie gehörten.
erased-masked = Zum Teil entfernt
    .text = Diese Datensätze bleiben. Ein Teil Ihrer Daten darin ist weg; etwas sagt noch, zu wem sie gehörten.
erased-isolated = Gesperrt
    .text = Diese Datensätze werden für nichts verwendet, bis sie gelöscht werden können.
erased-detached = Aus Datensätzen anderer entfernt
    .text = Was dort auf Sie verwies, ist entfernt.
erased-kept = Was wir aufbewahren müssen, und warum
erased-why = { $line }. { $why }
erased-until = { $line }, bis zum { $date }
erased-accepted = Was an anderer Stelle bleibt, und warum
    .text = Etwas, das von Ihnen handeln kann, steht an Stellen, die keine Datensätze über Sie sind. Dort bleibt es:
erased-not-covered = Was dies nicht umfasst
erased-recipient = { $name } hat Daten von uns erhalten: Wir teilen dort mit, dass Sie die Löschung verlangt haben.
erased-backups = Sicherungskopien: Was wir gelöscht haben, bleibt darin, bis sie ersetzt werden, und wird erneut gelöscht, wenn eine davon zurückgespielt wird.
erased-elsewhere = Systeme, die nicht mit dem Programm verbunden sind, das diesen Nachweis erstellt hat.
erased-disagree = Wenn Sie nicht einverstanden sind
erased-officer = Schreiben Sie an unsere datenschutzbeauftragte Person: { $officer }.
erased-contact = Schreiben Sie uns: { $contact }.
erased-complain = Sie können sich bei einer Aufsichtsbehörde beschweren und vor Gericht gehen.
erased-complain-to = Sie können sich bei einer Aufsichtsbehörde beschweren ({ $authority }) und vor Gericht gehen.
erased-log = Stelle in unserem Protokoll: { $head }. Das Ende dieser Datei enthält unsere Unterschrift darüber.
ground-A17-1-a = Ihre Daten werden für das, wofür sie erhoben wurden, nicht mehr gebraucht
    .law = Art. 17 Abs. 1 Buchst. a DSGVO
ground-A17-1-b = Sie haben Ihre Einwilligung widerrufen, und nichts anderes erlaubt uns, die Daten weiter zu verarbeiten
    .law = Art. 17 Abs. 1 Buchst. b DSGVO
ground-A17-1-c = Sie haben widersprochen, und keine vorrangigen Gründe sprechen für die weitere Verarbeitung
    .law = Art. 17 Abs. 1 Buchst. c DSGVO
ground-A17-1-d = Ihre Daten wurden unrechtmäßig verarbeitet
    .law = Art. 17 Abs. 1 Buchst. d DSGVO
ground-A17-1-e = ein Gesetz verlangt von uns, sie zu löschen
    .law = Art. 17 Abs. 1 Buchst. e DSGVO
ground-A17-1-f = ein Onlinedienst hat sie bei einem Kind erhoben
    .law = Art. 17 Abs. 1 Buchst. f DSGVO
ground-UK-A17-1-a = { ground-A17-1-a }
    .law = Art. 17 Abs. 1 Buchst. a UK GDPR
ground-UK-A17-1-b = { ground-A17-1-b }
    .law = Art. 17 Abs. 1 Buchst. b UK GDPR
ground-UK-A17-1-c = { ground-A17-1-c }
    .law = Art. 17 Abs. 1 Buchst. c UK GDPR
ground-UK-A17-1-d = { ground-A17-1-d }
    .law = Art. 17 Abs. 1 Buchst. d UK GDPR
ground-UK-A17-1-e = { ground-A17-1-e }
    .law = Art. 17 Abs. 1 Buchst. e UK GDPR
ground-UK-A17-1-f = { ground-A17-1-f }
    .law = Art. 17 Abs. 1 Buchst. f UK GDPR
ground-CCPA-105 = Sie haben verlangt, dass wir löschen, was wir bei Ihnen erhoben haben
    .law = § 1798.105 California Civil Code
ground-PDPA-25 = Ihre Daten aufzubewahren dient nicht mehr dem, wofür sie erhoben wurden
    .law = § 25 PDPA (Singapur)
ground-PIPL-47 = der Zweck ist erreicht oder entfallen, oder Sie haben Ihre Einwilligung widerrufen
    .law = Art. 47 PIPL (China)
ground-LGPD-18 = Sie haben verlangt, dass wir Daten löschen, die mit Ihrer Einwilligung verarbeitet wurden
    .law = Art. 18 LGPD (Brasilien)
ground-FADP-32 = Ihre Daten werden nicht mehr gebraucht, oder ihre Bearbeitung war widerrechtlich
    .law = Art. 32 DSG (Schweiz)
stays-shared = andere haben sie gemeinsam mit Ihnen
stays-emptied = nichts darin handelt mehr von Ihnen; andere Datensätze verweisen darauf
stays-came-back = Sie sind nach der Löschung zurückgekommen; es wird entschieden, was von vorher stammt
stays-hold = es muss wegen eines Rechtsstreits oder Verfahrens aufbewahrt werden
stays-undecided = es wird noch entschieden, ob es von Ihnen handelt
stays-referred-to = andere Datensätze, die bleiben müssen, verweisen darauf
stays-other = es kann noch nicht gelöscht werden
