# English, the master: what the person is told. The other languages have the same messages with the same variables.
# One message a line. <code> is the only markup, and only in messages of the page. Typographic quotes.

### How the language writes

months = January February March April May June July August September October November December
first-day = 1
date = { $day } { $month } { $year }
moment = { $date }, { $time }
# Two to twelve; what is not letters is written in digits.
spelled = two three four five six seven eight nine ten eleven twelve
period-years = { $n ->
        [one] one year
       *[other] { $words } years
    }
period-months = { $n ->
        [one] one month
       *[other] { $words } months
    }
period-weeks = { $n ->
        [one] one week
       *[other] { $words } weeks
    }
period-days = { $n ->
        [one] one day
       *[other] { $words } days
    }
list-between = ,{" "}
list-end = { $first } and { $last }
list-more = { $first } and { $more } more
parts-between = ,{" "}
series-between = ;{" "}
sentences-between = {" "}
pair = { $what }: { $said }
pair-link = <a href='#{ $anchor }'>{ $what }</a>: { $said }
aside = { $what } ({ $remark })
yes = yes
no = no
records = { $n ->
        [one] { $n } record
       *[other] { $n } records
    }
fields = { $n ->
        [one] { $n } field
       *[other] { $n } fields
    }

### The answer: its beginning

title-copy = Copy of your personal data
title-portable = Your data to take along
title-letter = Your personal data: the answer to your request
none-copy = No data about you were found in the systems searched.
none-portable = No data that you can take along were found in the systems searched.
first-copy-whole = This is the full answer to your request under Article 15 of the General Data Protection Regulation (GDPR).
first-copy-partial = This answer is partial: something of what Article 15 of the General Data Protection Regulation (GDPR) gives you a right to is still missing.
first-portable-whole = This is the full answer to your request under Article 20 of the General Data Protection Regulation (GDPR): the data you can take along, for yourself or for somebody else’s service.
first-portable-partial = This answer is partial: something of what Article 20 of the General Data Protection Regulation (GDPR) lets you take along is still missing.
asked-copy = You asked which personal data are held about you, and for a copy.
asked-portable = You asked for the data you gave us, to take them along.
searched-none = No system could be searched.
searched-systems = { $n ->
        [one] We searched { $n } system.
       *[other] We searched { $n } systems.
    }
found-nothing-copy = We found no data about you there.
found-nothing-portable = We found data about you there, but none that Article 20 covers.
found-copy = We found { $records ->
        [one] { $records } record
       *[other] { $records } records
    } about you, in { $collections ->
        [one] { $collections } collection
       *[other] { $collections } collections
    }. All of them are enclosed.
found-portable = We found { $records ->
        [one] { $records } record
       *[other] { $records } records
    } that you can take along, in { $collections ->
        [one] { $collections } collection
       *[other] { $collections } collections
    }. All of them are enclosed.
some-withheld = { $n ->
        [one] One single value in them is withheld or replaced; below it says why.
       *[other] { $n } single values in them are withheld or replaced; below it says why.
    }
some-unread = Not everything could be searched in full.
nav = On this page
nav-glance = Your contact details
nav-purposes = Why it is held
nav-rights-portable = Your other rights
fact-reference = Reference of your request
fact-received = Received on
fact-due = Answer due by
fact-as-of = The data are as they were on
fact-period = Period covered
fact-holder = Who holds the data
fact-officer = Data protection officer
fact-eu-representative = Representative in the European Union
fact-uk-representative = Representative in the United Kingdom
fact-asked = What you asked for
fact-asked-copy = which personal data are held about you, and a copy of them (Article 15 GDPR)
fact-asked-portable = the data you provided, to take them along (Article 20 GDPR)
fact-searched-with = Searched with
fact-verified = How we made sure it is you
not-stated = not stated
not-recorded = not recorded
period-all = everything held on that day, however old
period-dated = everything held on that day, however old; the dated records are from { $first } to { $last }
us = the organisation that sent you this
us-answering = The organisation that answers you

### What is missing

missing-title = What is missing
missing-ask = You can ask us for it; the reference is enough.
lack-no-purpose = what the data are used for, Article 15(1)(a), of: { $what }
lack-generic-purpose = what exactly the data are used for, Article 15(1)(a), of: { $what }
lack-no-label = plain words for some fields, Article 12(1), of: { $what }
lack-generic-recipient = the names of those who receive the data, Article 15(1)(c), of: { $what }
lack-no-retention = how long the data are kept, Article 15(1)(d), of: { $what }
lack-generic-retention = how long exactly the data are kept, Article 15(1)(d), of: { $what }
lack-no-origin = where some of the data came from, Article 15(1)(g), of: { $what }
lack-recipients = who receives your data, Article 15(1)(c)
lack-safeguard = what protects your data in other countries, Article 15(2): { $what }
lack-contact = how to reach us
lack-authority = which authority you can complain to, Article 15(1)(f)
lack-open-copy = { $n ->
        [one] { $n } value that nobody has looked at yet, Article 15(3)
       *[other] { $n } values that nobody has looked at yet, Article 15(3)
    }
lack-open-portable = { $n ->
        [one] { $n } value that nobody has looked at yet
       *[other] { $n } values that nobody has looked at yet
    }
lack-problems = what could not be read or is not settled: see where we searched
lack-undecided = { $n ->
        [one] { $n } part of which it is not settled whether you can take it along: see what is not here
       *[other] { $n } parts of which it is not settled whether you can take them along: see what is not here
    }

### What is here

enclosed-title = What is here
enclosed-title-letter = What is enclosed
enclosed-letter = The records themselves stand in START-HERE.html and the files beside it. If you have this letter on paper and cannot open them, ask us for a print.
enclosed-how = Each collection is here three times: on this page, or on pages that it links to; as a <code>.csv</code> file for a spreadsheet; and as a <code>.jsonl</code> file with the exact values for a program.
when-title = When they are from
glance-title = Names and contact details in your records
glance-how = Each as it is held. The links lead to the records it stands in.
glance-more = There are more; they stand in the records below.
glance-in = in: { $place }
glance-name = Name
glance-email = E-mail address
glance-phone = Telephone
glance-fax = Fax
glance-address = Postal address
glance-birth = Date of birth
years = Records by year
years-picture = Records by year, from { $first } to { $last }; the numbers stand in the table below
years-year = Year
years-records = Records
years-what = Of what
theme-contact = Who you are and how to reach you
theme-orders = Orders and deliveries
theme-payments = Payments and money
theme-messages = Messages, reviews, notes and disputes
theme-choices = Your choices and consents
theme-devices = Devices, logins and visits
theme-identity = Proof of identity
theme-sensitive = Health and other sensitive data
theme-other = Other data

### Article 15(1)(a) to (d), (g), (h) and (2)

does-not-apply = This does not apply: no data about you were found.
purposes-title = What your data are used for
purposes-none = What these are used for is not recorded: { $what }.
purposes-special = For sensitive data: { $special }
purposes-mandatory = Without these data we cannot do this for you.
purposes-used = Used for it: { $what }.
basis = Basis: { $basis }
basis-interest = Basis: { $basis }: { $interest }
basis-A6-1-a = your consent (Art. 6(1)(a))
basis-A6-1-b = a contract with you, or steps you asked for before one (Art. 6(1)(b))
basis-A6-1-c = a legal obligation (Art. 6(1)(c))
basis-A6-1-d = somebody’s vital interests (Art. 6(1)(d))
basis-A6-1-e = a task in the public interest (Art. 6(1)(e))
basis-A6-1-f = legitimate interests (Art. 6(1)(f))
special-A9-2-a = your explicit consent (Art. 9(2)(a))
special-A9-2-b = employment and social security law (Art. 9(2)(b))
special-A9-2-c = vital interests (Art. 9(2)(c))
special-A9-2-d = an association’s dealings with its members (Art. 9(2)(d))
special-A9-2-e = you have made the data public yourself (Art. 9(2)(e))
special-A9-2-f = legal claims (Art. 9(2)(f))
special-A9-2-g = substantial public interest (Art. 9(2)(g))
special-A9-2-h = health or social care (Art. 9(2)(h))
special-A9-2-i = public health (Art. 9(2)(i))
special-A9-2-j = archiving, research or statistics (Art. 9(2)(j))
categories-title = Which kinds of data they are
categories-none = The records enclosed are not yet described by category.
categories-special = { $what } (specially protected, Article 9)
category-other = Other personal data
category-user = Other data about you
category-user-account = Your account
category-user-authorization = Passwords and other secrets to sign in
category-user-behavior = What you did
category-user-behavior-browsing_history = Pages you looked at
category-user-behavior-media_consumption = What you read, heard or watched
category-user-behavior-purchase_history = What you ordered and bought
category-user-behavior-search_history = What you searched for
category-user-biometric = Biometric data
category-user-childrens = Data about children
category-user-contact = How to reach you
category-user-content = What you wrote or uploaded
category-user-content-self_image = Pictures of you
category-user-criminal_history = Criminal convictions and offences
category-user-demographic = Age, gender and the like
category-user-demographic-political_opinion = Political opinions
category-user-demographic-race_ethnicity = Ethnic origin
category-user-demographic-religious_belief = Religion or belief
category-user-demographic-sexual_orientation = Sexual orientation
category-user-device = Your devices
category-user-device-cookie_id = Cookies
category-user-device-ip_address = Addresses on the internet (IP)
category-user-financial = Money and bank details
category-user-genetic = Genetic data
category-user-government_id = Official numbers and proof of identity
category-user-health = Health
category-user-health_and_medical = Health
category-user-job_title = Your work
category-user-location = Where you were
category-user-name = Your name
category-user-payment = Payments
category-user-privacy_preferences = Your choices and consents
category-user-sensor = Measurements of sensors
category-user-social = Contacts and social networks
category-user-telemetry = How your use of a service was measured
category-user-unique_id = Numbers that stand for you
category-user-workplace = Your work
recipients-title = Who receives them
recipients-none = No recipient is recorded for: { $what }.
recipients-what = Receives: { $what }.
recipient-processor = works for us and on our instructions
recipient-controller = decides itself what it does with them
recipient-joint = decides together with us
recipient-authority = a public authority
recipient-users = other users
country = country: { $country }
transfers-title = Whether they leave the European Economic Area
transfers-none = No recipient of your data outside the European Economic Area is recorded.
transfers-to = ({ $country }): { $safeguard }. You can ask us for a copy of it.
transfers-unsafe = what protects your data there is not recorded
safeguard-A45-3 = under an adequacy decision of the European Commission (Art. 45(3))
safeguard-A46-2-a = under an instrument between public authorities (Art. 46(2)(a))
safeguard-A46-2-b = under binding corporate rules (Art. 46(2)(b))
safeguard-A46-2-c = under standard contractual clauses of the European Commission (Art. 46(2)(c))
safeguard-A46-2-d = under standard contractual clauses of a supervisory authority (Art. 46(2)(d))
safeguard-A46-2-e = under an approved code of conduct (Art. 46(2)(e))
safeguard-A46-2-f = under an approved certification (Art. 46(2)(f))
safeguard-A49-1 = under a derogation for a specific situation (Art. 49(1))
kept-title = How long they are kept
kept-none = How long these are kept is not recorded: { $what }.
kept-for = For { $period }, counted from “{ $field }”.
kept-for-undated = For { $period }, the date it counts from is not recorded.
kept-law = Law: { $law }
kept-until = until { $date }
kept-until-span = the first until { $first }, the last until { $last }
origin-title = Where they came from
origin-none = Where these came from is not recorded: { $what }.
origin-provided = You gave them
origin-observed = They come from your use of our services
origin-derived = We worked them out from other data
origin-received = Others gave them to us
origin-from = from { $whom }
automated-title = What a machine decides alone
automated-none = For the data found no decision that a machine takes alone (Article 22) is recorded.
automated-how = How: { $how }
automated-consequence = What it means for you: { $consequence }
automated-what = Data used or held: { $what }. You can contest it.
about-holder = Who holds them
about-purposes = What they are for
about-recipients = Who receives them
about-origin = Where they came from
about-automated = What is decided by machine
about-kept = How long they are kept

### Article 20

within-title = What you can take along
within-text = What you gave us and what comes from your use, where it is processed on your consent or for a contract with you. Every collection is a file for programs (JSON Lines, with a JSON Schema that describes it) and one for spreadsheets (CSV); datapackage.json lists them all. You may hand them on to whom you like.
outside-title = What is not here, and why
outside-text = These are held too, and are not in this archive:
outside-nothing = Everything that was found is here.
outside-copy = Where to get all of it
    .text = You have a right to a copy of everything that is held about you, and to be told why, for how long and who receives it (Article 15). Write to { $whom }, name the reference { $reference }, and ask for a copy. It costs nothing. That you take data along deletes nothing here.
outside-other-basis = Held for other reasons than your consent or a contract with you
    .text = Article 20 covers what is processed on your consent or for a contract with you. These are held because of a law, a task in the public interest, or an interest of ours or of others.
outside-derived = Concluded, not given by you
    .text = Article 20 covers what you gave us and what comes from your use. These were worked out from other data.
outside-received = Received from somebody else
    .text = Article 20 covers what you gave us and what comes from your use. These came from others.
outside-by-others = Written about you by others
    .text = Other people wrote these; you did not provide them.
outside-about-nobody = Not about you
    .text = Numbers and marks that a system needs to run. They say nothing about you.
outside-no-purpose = Not decided yet: why it is held
    .text = Whether these belong to what you may take along is not settled. They are left out until somebody has decided; ask us.
outside-no-origin = Not decided yet: where it came from
    .text = Whether these belong to what you may take along is not settled. They are left out until somebody has decided; ask us.

### What is withheld

withheld-title = What is withheld, and why
withheld-nothing = No value in the records enclosed is withheld.
withheld-marked = In the data a value that is withheld is marked as such.
withheld-value = withheld: { $why }
reason-review = Must be read by a person first
    .text = Free text, messages and the like can speak of other people too. Nobody has read these yet. They are withheld until somebody has.
reason-about-another-person = About another person
    .text = These say something about somebody else, whose rights a copy must not harm (GDPR Article 15(4)).
reason-never = Held, but never handed out
    .text = Passwords in stored form, security codes and the like. To hand them out would put you or others at risk. You are told that they are held; their content is never given.
reason-unknown-column = Not yet described
    .text = The description of our systems does not yet cover these fields. They are named here and withheld until somebody has decided what they are.
reason-after-review = Read, and withheld
    .text = Somebody has read these and decided that they cannot be given, because that would harm the rights of others (GDPR Article 15(4)). You can ask why, and have it looked at again.
reason-legal-privilege = Legal advice, or under a duty of secrecy
    .text = These hold legal advice, or somebody is bound to keep them secret, as a lawyer or a doctor is. That duty stands in the way of giving them. You can ask why, and have it looked at again.
reason-trade-secret = A trade secret
    .text = These would tell what a business must keep secret (GDPR recital 63). Only what is secret is withheld. You can ask why, and have it looked at again.
reason-crime-prevention = Withheld to prevent or find crime
    .text = Whoever knew these could get around what prevents or finds crime, such as fraud. You can ask why, and have it looked at again.
reason-legal-claims = Withheld because of legal claims
    .text = These are needed to make or to meet legal claims, and giving them would harm that. You can ask why, and have it looked at again.
reason-security = Withheld for security
    .text = These would put systems or people in danger. You can ask why, and have it looked at again.
reason-exempt-by-law = Withheld because a law says so
    .text = A law says that these need not or must not be given. You can ask which, and have it looked at again.
reason-redacted = Given, with other people replaced
    .text = These are given. What tells who other people are was replaced: the same person is always called by the same words, such as Person 2.
cleaned = Pictures without what was noted beside them
    .text = { $n ->
            [one] From { $n } picture was left out what a camera or a program had noted in the file beside what is to be seen: places, times, devices, names, comments. What is to be seen is as it was. You can ask for what is left out.
           *[other] From { $n } pictures was left out what a camera or a program had noted in the file beside what is to be seen: places, times, devices, names, comments. What is to be seen is as it was. You can ask for what is left out.
        }

### Rights and complaints

rights-title = Correct, erase, object
rights-how = Write to { $whom } and name the reference { $reference }. It costs nothing. You can
right-copy = Get a copy
    .text = of everything that is held about you (Article 15).
right-correct = Correct
    .text = what is wrong, or complete what is missing (Article 16).
right-erase = Erase
    .text = data (Article 17); where a law makes us keep some, we tell you which and until when.
right-restrict = Restrict
    .text = their use while something is being settled (Article 18).
right-object = Object
    .text = to a use that rests on our or others’ interests (Article 21(1)), and always to marketing (Article 21(2)).
    .marketing = to marketing, always (Article 21(2)).
right-withdraw = Withdraw
    .text = a consent, at any time; what was done before stays lawful (Article 7(3)).
right-take = Take along
    .text = the data you gave us or that come from your use, as files for a program (Article 20).
right-contest = Contest
    .text = a decision that a machine took, say what you think of it, and have a person look at it (Article 22(3)).
right-ask = Ask again
    .text = about anything that is withheld.
complain-title = Complain
complain-to = You can complain to { $authority } (Article 77), and you can go to court (Article 79). You need not write to us first.
complain-any = You can complain to the data protection authority where you live, where you work, or where you think the law was broken (Article 77), and you can go to court (Article 79). You need not write to us first.
complain-countries = Authorities in countries where we are active:

### Where was searched

searched-title = Where we searched
searched-kind-sqlite = SQLite database
searched-kind-postgres = PostgreSQL database
searched-kind-mysql = MySQL database
searched-kind-csv = CSV files
searched-kind-json = JSON files
searched-in = ({ $kind }): { $what }. { $read }
searched-whole = Read in full.
searched-partly = Not all of it could be read or is settled: see below.
not-searched-title = Not searched
problems-title = What could not be read or is not settled
problem-other = something here could not be read, or is not settled yet
problem-malformed-line = a line could not be read
problem-unclosed-quote = part of the file could not be read
problem-unreadable-file = the file could not be read
problem-unreadable-source = the system could not be read
problem-unreadable-collection = could not be read
problem-missing-collection = is no longer there, or has another name
problem-unknown-collection = is not yet described, and was not searched
problem-unknown-column = holds fields that are not yet described
problem-changed-while-read = changed while it was read; something may be missing

### Records, on the page

record = Record { $n }
record-identical = Records { $first } to { $last } (identical)
range-identical = { $first } to { $last } (identical)
role-owner = It is yours.
role-author = You wrote or made it.
role-recipient = It was sent to you.
role-about = Others wrote it about you.
role-shared = You share it with others.
role-other = It points to you.
found-by = How it was found: { $way }
found-by-link = How it was found: its field “{ $field }” refers to { $to }
value-empty = (empty)
value-empty-list = (an empty list)
value-withheld = (withheld: { $why })
value-more = … { $n } in all; the rest is in the files
value-long = { $text } … (all of it is in the files)
section-from = { $n ->
        [one] { $n } record, from the collection <code>{ $collection }</code> of the system <code>{ $system }</code>.
       *[other] { $n } records, from the collection <code>{ $collection }</code> of the system <code>{ $system }</code>.
    }
section-withheld = { $n ->
        [one] { $n } value is withheld.
       *[other] { $n } values are withheld.
    }
section-files = Files:
section-file = { $label } as { $ending }
section-one-page = All { $n } records, on one page:
section-pages = All { $n } records, on pages:
section-page = Records { $first } to { $last }<span class='hidden'> of { $label }</span>
section-first = The first { $n }:
section-empty = Nothing is held in: { $what }
top = Back to the top
foot = Reference { $reference }. Data as of { $at }. This page works without a connection and loads nothing.
foot-check = Whether this archive is unchanged and who signed it can be checked with the program <code>redress</code> (<code>redress check-archive FILE</code>), or with <code>minisign</code> and <code>sha256sum</code> alone: the file <code>tagmanifest-sha256.txt</code> is signed, and lists the rest.
leaf-title = { $label }, records { $first } to { $last }: your personal data ({ $reference })
leaf-head = { $controller } · reference { $reference }
leaf-where = Page { $number }: records { $first } to { $last } of { $records }.
leaf-caption = { $label }, records { $first } to { $last }
leaf-record = Record
leaf-pages = Pages
leaf-back = Back to the first page
leaf-previous = Previous page
leaf-next = Next page
leaf-ten-back = 10 pages back
leaf-hundred-back = 100 pages back
leaf-search = Search on this page
leaf-found = # of { $n } records
letter-foot = Reference { $reference } · page { $page } of { $pages }

### The files' own description

package-title-copy = Copy of personal data
package-title-portable = Personal data to take along
package-text = Open START-HERE.html first. Each collection is here twice: as JSON Lines with the true values, and as CSV for a spreadsheet.
package-jsonl = the true values
package-schema = a JSON Schema of the true values
package-csv = for a spreadsheet
package-neutralised = Text that a spreadsheet could run as a formula (it starts with = + - @, a tab or a line end, or their full-width forms) has one apostrophe (') put before it; so has text where only apostrophes stand before such a sign. Take one apostrophe away from such a cell to have the original. Plain numbers are as they are. The .jsonl file holds the original values.
package-redacted = { $n } redacted
package-withheld = { $n } withheld ({ $why })
package-searched = What was searched, and how many records were found
package-searched-system = System
package-searched-collection = Collection
package-searched-label = What it is called
package-searched-records-copy = Records about the person
package-searched-records-portable = Records in this archive
package-searched-whole = Whether all of the system could be read
schema-text = One line of { $file }
schema-withheld = Held, but not given: why
schema-redacted = Given, with other people replaced
schema-file = A file of its own, at this path in the archive
schema-bytes = Bytes, in base64
schema-number = A number JSON cannot write
schema-native = A value of a type of its database, as text

### The record of erasure

erased-title = Your data were erased
erased-title-open = Your data are being erased
erased-lead = On { $date } we looked again everywhere: nothing is left but what is listed below.
erased-lead-open = We have not finished: something is left that we are still looking into. You will hear from us again.
erased-reference = Your reference
erased-received = You asked us on
erased-ground = Why we erase them
erased-deleted = Deleted
    .text = These are gone for good.
erased-anonymised = Made anonymous
    .text = These records stay, but nothing in them says any more whose they were.
erased-pseudonymised = Made pseudonymous
    .text = These records stay without your name. With what is kept elsewhere it could still be told whose they were.
erased-masked = Taken out in part
    .text = These records stay. Some of your data in them is gone; something still tells whose they were.
erased-isolated = Locked away
    .text = These are used for nothing until they can be deleted.
erased-detached = Taken out of others’ records
    .text = What pointed at you there was removed.
erased-kept = What we must keep, and why
erased-why = { $line }. { $why }
erased-until = { $line }, until { $date }
erased-accepted = What stays elsewhere, and why
    .text = Something that may tell of you stands in places that are not records about you. It stays there:
erased-not-covered = What this does not cover
erased-recipient = { $name }, who received data from us: we tell them that you asked for erasure.
erased-backups = Backups: what we erased stays in them until they are replaced, and is erased again if one is restored.
erased-elsewhere = Systems that are not connected to the program that made this record.
erased-disagree = If you do not agree
erased-officer = Write to our data protection officer: { $officer }.
erased-contact = Write to us: { $contact }.
erased-complain = You may complain to a supervisory authority, and go to court.
erased-complain-to = You may complain to a supervisory authority: { $authority }, and go to court.
erased-log = Position in our log: { $head }. The end of this file holds our signature over it.
ground-A17-1-a = your data are no longer needed for what they were collected for
    .law = GDPR Art. 17(1)(a)
ground-A17-1-b = you have withdrawn your consent, and nothing else allows us to go on
    .law = GDPR Art. 17(1)(b)
ground-A17-1-c = you have objected, and no stronger reasons speak for going on
    .law = GDPR Art. 17(1)(c)
ground-A17-1-d = your data were processed unlawfully
    .law = GDPR Art. 17(1)(d)
ground-A17-1-e = a law asks us to erase them
    .law = GDPR Art. 17(1)(e)
ground-A17-1-f = they were collected from a child by an online service
    .law = GDPR Art. 17(1)(f)
ground-UK-A17-1-a = { ground-A17-1-a }
    .law = UK { ground-A17-1-a.law }
ground-UK-A17-1-b = { ground-A17-1-b }
    .law = UK { ground-A17-1-b.law }
ground-UK-A17-1-c = { ground-A17-1-c }
    .law = UK { ground-A17-1-c.law }
ground-UK-A17-1-d = { ground-A17-1-d }
    .law = UK { ground-A17-1-d.law }
ground-UK-A17-1-e = { ground-A17-1-e }
    .law = UK { ground-A17-1-e.law }
ground-UK-A17-1-f = { ground-A17-1-f }
    .law = UK { ground-A17-1-f.law }
ground-CCPA-105 = you have asked us to delete what we collected from you
    .law = California Civil Code § 1798.105
ground-PDPA-25 = keeping your data no longer serves what they were collected for
    .law = Singapore PDPA s. 25
ground-PIPL-47 = the purpose is achieved or ended, or you have withdrawn your consent
    .law = China PIPL Art. 47
ground-LGPD-18 = you have asked us to delete data that were processed with your consent
    .law = Brazil LGPD Art. 18
ground-FADP-32 = your data are no longer needed, or their processing was unlawful
    .law = Swiss FADP Art. 32
stays-shared = others hold it together with you
stays-emptied = nothing in it is about you any more; other records refer to it
stays-came-back = you came back after the erasure; it is being decided what is from before
stays-hold = it must be preserved for a legal matter
stays-undecided = it is still being decided whether it is about you
stays-referred-to = other records that must stay refer to it
stays-other = it cannot be erased yet
