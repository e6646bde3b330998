# Spanish. The master is en.ftl; the keys and variables are the same.

### How the language writes

months = enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
first-day = 1
date = { $day } de { $month } de { $year }
moment = { $date }, { $time }
spelled = dos tres cuatro cinco seis siete ocho nueve diez once doce
period-years = { $n ->
        [one] un año
       *[other] { $words } años
    }
period-months = { $n ->
        [one] un mes
       *[other] { $words } meses
    }
period-weeks = { $n ->
        [one] una semana
       *[other] { $words } semanas
    }
period-days = { $n ->
        [one] un día
       *[other] { $words } días
    }
list-between = ,{" "}
list-end = { $first } y { $last }
list-more = { $first } y { $more } más
parts-between = ,{" "}
series-between = ;{" "}
sentences-between = {" "}
pair = { $what }: { $said }
pair-link = <a href='#{ $anchor }'>{ $what }</a>: { $said }
aside = { $what } ({ $remark })
yes = sí
no = no
records = { $n ->
        [one] { $n } registro
       *[other] { $n } registros
    }
fields = { $n ->
        [one] { $n } campo
       *[other] { $n } campos
    }

### The answer: its beginning

title-copy = Copia de sus datos personales
title-portable = Sus datos para llevar
title-letter = Sus datos personales: la respuesta a su solicitud
none-copy = No se han encontrado datos sobre usted en los sistemas consultados.
none-portable = No se han encontrado datos que pueda llevarse en los sistemas consultados.
first-copy-whole = Esta es la respuesta completa a su solicitud conforme al artículo 15 del Reglamento General de Protección de Datos (RGPD).
first-copy-partial = Esta respuesta es parcial: todavía falta algo de aquello a lo que le da derecho el artículo 15 del Reglamento General de Protección de Datos (RGPD).
first-portable-whole = Esta es la respuesta completa a su solicitud conforme al artículo 20 del Reglamento General de Protección de Datos (RGPD): los datos que puede llevarse, para usted o para otro servicio.
first-portable-partial = Esta respuesta es parcial: todavía falta algo de lo que el artículo 20 del Reglamento General de Protección de Datos (RGPD) le permite llevarse.
asked-copy = Usted preguntó qué datos personales se conservan sobre usted y pidió una copia.
asked-portable = Usted pidió los datos que nos facilitó, para llevárselos.
searched-none = No se ha podido consultar ningún sistema.
searched-systems = { $n ->
        [one] Hemos consultado { $n } sistema.
       *[other] Hemos consultado { $n } sistemas.
    }
found-nothing-copy = No hemos encontrado allí datos sobre usted.
found-nothing-portable = Hemos encontrado allí datos sobre usted, pero ninguno al que se aplique el artículo 20.
found-copy = Hemos encontrado { $records ->
        [one] { $records } registro
       *[other] { $records } registros
    } sobre usted, en { $collections ->
        [one] { $collections } conjunto de datos
       *[other] { $collections } conjuntos de datos
    }. Todo se adjunta.
found-portable = Hemos encontrado { $records ->
        [one] { $records } registro
       *[other] { $records } registros
    } que puede llevarse, en { $collections ->
        [one] { $collections } conjunto de datos
       *[other] { $collections } conjuntos de datos
    }. Todo se adjunta.
some-withheld = { $n ->
        [one] Un solo valor está retenido o sustituido; más abajo se explica por qué.
       *[other] { $n } valores están retenidos o sustituidos; más abajo se explica por qué.
    }
some-unread = No todo se ha podido consultar por completo.
nav = En esta página
nav-glance = Sus datos de contacto
nav-purposes = Para qué los tenemos
nav-rights-portable = Sus otros derechos
fact-reference = Referencia de su solicitud
fact-received = Recibida el
fact-due = Respuesta a más tardar el
fact-as-of = Datos a fecha de
fact-period = Período abarcado
fact-holder = Responsable de los datos
fact-officer = Delegado de protección de datos
fact-eu-representative = Representante en la Unión Europea
fact-uk-representative = Representante en el Reino Unido
fact-asked = Lo que usted pidió
fact-asked-copy = qué datos personales se conservan sobre usted, y una copia de ellos (artículo 15 del RGPD)
fact-asked-portable = los datos que usted facilitó, para llevárselos (artículo 20 del RGPD)
fact-searched-with = Buscado con
fact-verified = Cómo comprobamos su identidad
not-stated = no indicado
not-recorded = no consta
period-all = todo lo conservado ese día, por antiguo que sea
period-dated = todo lo conservado ese día, por antiguo que sea; los registros con fecha van del { $first } al { $last }
us = la organización que le ha enviado esto
us-answering = La organización que le responde

### What is missing

missing-title = Lo que falta
missing-ask = Puede pedírnoslo; basta con la referencia.
lack-no-purpose = para qué se usan los datos (artículo 15, apartado 1, letra a), de: { $what }
lack-generic-purpose = para qué se usan exactamente los datos (artículo 15, apartado 1, letra a), de: { $what }
lack-no-label = palabras claras para algunos campos (artículo 12, apartado 1), de: { $what }
lack-generic-recipient = los nombres de quienes reciben los datos (artículo 15, apartado 1, letra c), de: { $what }
lack-no-retention = cuánto tiempo se conservan los datos (artículo 15, apartado 1, letra d), de: { $what }
lack-generic-retention = cuánto tiempo exactamente se conservan los datos (artículo 15, apartado 1, letra d), de: { $what }
lack-no-origin = de dónde proceden algunos de los datos (artículo 15, apartado 1, letra g), de: { $what }
lack-recipients = quién recibe sus datos (artículo 15, apartado 1, letra c)
lack-safeguard = qué protege sus datos en otros países (artículo 15, apartado 2): { $what }
lack-contact = cómo comunicarse con nosotros
lack-authority = ante qué autoridad puede presentar una reclamación (artículo 15, apartado 1, letra f)
lack-open-copy = { $n ->
        [one] { $n } valor que nadie ha revisado todavía (artículo 15, apartado 3)
       *[other] { $n } valores que nadie ha revisado todavía (artículo 15, apartado 3)
    }
lack-open-portable = { $n ->
        [one] { $n } valor que nadie ha revisado todavía
       *[other] { $n } valores que nadie ha revisado todavía
    }
lack-problems = lo que no se pudo leer o no está aclarado: véase «Dónde hemos buscado»
lack-undecided = { $n ->
        [one] { $n } parte de la que no está aclarado si puede llevársela: véase «Lo que no está aquí»
       *[other] { $n } partes de las que no está aclarado si puede llevárselas: véase «Lo que no está aquí»
    }

### What is here

enclosed-title = Qué hay aquí
enclosed-title-letter = Qué se adjunta
enclosed-letter = Los registros están en START-HERE.html y en los archivos que lo acompañan. Si tiene esta carta en papel y no puede abrirlos, pídanos una copia impresa.
enclosed-how = Cada conjunto de datos está aquí tres veces: en esta página o en páginas a las que enlaza; como archivo <code>.csv</code> para una hoja de cálculo; y como archivo <code>.jsonl</code> con los valores exactos para un programa.
when-title = De cuándo son
glance-title = Nombres y datos de contacto en sus registros
glance-how = Cada dato tal como se conserva. Los enlaces llevan a los registros en los que figura.
glance-more = Hay más; figuran en los registros de más abajo.
glance-in = en: { $place }
glance-name = Nombre
glance-email = Correo electrónico
glance-phone = Teléfono
glance-fax = Fax
glance-address = Dirección postal
glance-birth = Fecha de nacimiento
years = Registros por año
years-picture = Registros por año, de { $first } a { $last }; las cifras están en la tabla de abajo
years-year = Año
years-records = Registros
years-what = De qué
theme-contact = Quién es usted y cómo encontrarle
theme-orders = Pedidos y entregas
theme-payments = Pagos y dinero
theme-messages = Mensajes, valoraciones, notas y reclamaciones
theme-choices = Sus preferencias y consentimientos
theme-devices = Dispositivos, accesos y visitas
theme-identity = Documentos de identidad
theme-sensitive = Salud y otros datos sensibles
theme-other = Otros datos

### Article 15(1)(a) to (d), (g), (h) and (2)

does-not-apply = No procede: no se han encontrado datos sobre usted.
purposes-title = Para qué se usan sus datos
purposes-none = No consta para qué se usan estos: { $what }.
purposes-special = Para los datos sensibles: { $special }
purposes-mandatory = Sin estos datos no podemos hacerlo por usted.
purposes-used = Se usa para ello: { $what }.
basis = Base jurídica: { $basis }
basis-interest = Base jurídica: { $basis }: { $interest }
basis-A6-1-a = su consentimiento (artículo 6, apartado 1, letra a, del RGPD)
basis-A6-1-b = un contrato con usted, o medidas previas que usted pidió (artículo 6, apartado 1, letra b, del RGPD)
basis-A6-1-c = una obligación legal (artículo 6, apartado 1, letra c, del RGPD)
basis-A6-1-d = intereses vitales de una persona (artículo 6, apartado 1, letra d, del RGPD)
basis-A6-1-e = una misión de interés público (artículo 6, apartado 1, letra e, del RGPD)
basis-A6-1-f = intereses legítimos (artículo 6, apartado 1, letra f, del RGPD)
special-A9-2-a = su consentimiento explícito (artículo 9, apartado 2, letra a, del RGPD)
special-A9-2-b = el derecho laboral y de la seguridad social (artículo 9, apartado 2, letra b, del RGPD)
special-A9-2-c = intereses vitales (artículo 9, apartado 2, letra c, del RGPD)
special-A9-2-d = las actividades de una asociación con sus miembros (artículo 9, apartado 2, letra d, del RGPD)
special-A9-2-e = los datos los hizo públicos usted (artículo 9, apartado 2, letra e, del RGPD)
special-A9-2-f = reclamaciones jurídicas (artículo 9, apartado 2, letra f, del RGPD)
special-A9-2-g = un interés público esencial (artículo 9, apartado 2, letra g, del RGPD)
special-A9-2-h = la asistencia sanitaria o social (artículo 9, apartado 2, letra h, del RGPD)
special-A9-2-i = la salud pública (artículo 9, apartado 2, letra i, del RGPD)
special-A9-2-j = archivo, investigación o estadística (artículo 9, apartado 2, letra j, del RGPD)
categories-title = Qué clases de datos son
categories-none = Los registros adjuntos todavía no están clasificados por categorías.
categories-special = { $what } (protección especial, artículo 9 del RGPD)
category-other = Otros datos personales
category-user = Otros datos sobre usted
category-user-account = Su cuenta
category-user-authorization = Contraseñas y otros secretos de acceso
category-user-behavior = Lo que usted hizo
category-user-behavior-browsing_history = Páginas que usted vio
category-user-behavior-media_consumption = Lo que usted leyó, escuchó o vio
category-user-behavior-purchase_history = Lo que usted pidió y compró
category-user-behavior-search_history = Lo que usted buscó
category-user-biometric = Datos biométricos
category-user-childrens = Datos sobre menores
category-user-contact = Cómo comunicarse con usted
category-user-content = Lo que usted escribió o subió
category-user-content-self_image = Imágenes de usted
category-user-criminal_history = Condenas e infracciones penales
category-user-demographic = Edad, sexo y similares
category-user-demographic-political_opinion = Opiniones políticas
category-user-demographic-race_ethnicity = Origen étnico
category-user-demographic-religious_belief = Religión o creencias
category-user-demographic-sexual_orientation = Orientación sexual
category-user-device = Sus dispositivos
category-user-device-cookie_id = Cookies
category-user-device-ip_address = Direcciones de internet (IP)
category-user-financial = Dinero y datos bancarios
category-user-genetic = Datos genéticos
category-user-government_id = Números oficiales y documentos de identidad
category-user-health = Salud
category-user-health_and_medical = Salud
category-user-job_title = Su trabajo
category-user-location = Dónde estuvo usted
category-user-name = Su nombre
category-user-payment = Pagos
category-user-privacy_preferences = Sus preferencias y consentimientos
category-user-sensor = Mediciones de sensores
category-user-social = Contactos y redes sociales
category-user-telemetry = Cómo se midió su uso de un servicio
category-user-unique_id = Números que le identifican
category-user-workplace = Su trabajo
recipients-title = Quién los recibe
recipients-none = No consta ningún destinatario de: { $what }.
recipients-what = Recibe: { $what }.
recipient-processor = trabaja para nosotros y según nuestras instrucciones
recipient-controller = decide por sí mismo qué hace con ellos
recipient-joint = decide junto con nosotros
recipient-authority = una autoridad pública
recipient-users = otros usuarios
country = país: { $country }
transfers-title = Si salen del Espacio Económico Europeo
transfers-none = No consta ningún destinatario de sus datos fuera del Espacio Económico Europeo.
transfers-to = ({ $country }): { $safeguard }. Puede pedirnos una copia.
transfers-unsafe = no consta qué protege allí sus datos
safeguard-A45-3 = con arreglo a una decisión de adecuación de la Comisión Europea (artículo 45, apartado 3, del RGPD)
safeguard-A46-2-a = con arreglo a un instrumento entre autoridades públicas (artículo 46, apartado 2, letra a, del RGPD)
safeguard-A46-2-b = con arreglo a normas corporativas vinculantes (artículo 46, apartado 2, letra b, del RGPD)
safeguard-A46-2-c = con arreglo a cláusulas tipo de protección de datos de la Comisión Europea (artículo 46, apartado 2, letra c, del RGPD)
safeguard-A46-2-d = con arreglo a cláusulas tipo de protección de datos de una autoridad de control (artículo 46, apartado 2, letra d, del RGPD)
safeguard-A46-2-e = con arreglo a un código de conducta aprobado (artículo 46, apartado 2, letra e, del RGPD)
safeguard-A46-2-f = con arreglo a una certificación aprobada (artículo 46, apartado 2, letra f, del RGPD)
safeguard-A49-1 = con arreglo a una excepción para una situación específica (artículo 49, apartado 1, del RGPD)
kept-title = Cuánto tiempo se conservan
kept-none = No consta cuánto tiempo se conservan estos: { $what }.
kept-for = Durante { $period }, a contar desde «{ $field }».
kept-for-undated = Durante { $period }; no consta la fecha desde la que se cuenta.
kept-law = Ley: { $law }
kept-until = hasta el { $date }
kept-until-span = el primero hasta el { $first }, el último hasta el { $last }
origin-title = De dónde proceden
origin-none = No consta de dónde proceden estos: { $what }.
origin-provided = Usted nos los dio
origin-observed = Proceden de su uso de nuestros servicios
origin-derived = Los hemos deducido de otros datos
origin-received = Otros nos los dieron
origin-from = de: { $whom }
automated-title = Qué decide una máquina por sí sola
automated-none = Para los datos encontrados no consta ninguna decisión que una máquina tome por sí sola (artículo 22 del RGPD).
automated-how = Cómo: { $how }
automated-consequence = Qué significa para usted: { $consequence }
automated-what = Datos usados o conservados: { $what }. Puede impugnar la decisión.
about-holder = Quién los tiene
about-purposes = Para qué sirven
about-recipients = Quién los recibe
about-origin = De dónde proceden
about-automated = Qué decide una máquina
about-kept = Cuánto tiempo se conservan

### Article 20

within-title = Lo que puede llevarse
within-text = Lo que usted nos facilitó y lo que procede de su uso, cuando se trata con su consentimiento o para un contrato con usted. Cada conjunto de datos es un archivo para programas (JSON Lines, con un esquema JSON que lo describe) y otro para hojas de cálculo (CSV); datapackage.json los enumera todos. Puede entregarlos a quien quiera.
outside-title = Lo que no está aquí, y por qué
outside-text = Estos datos también se conservan, pero no están en este archivo:
outside-nothing = Todo lo que se encontró está aquí.
outside-copy = Cómo obtenerlo todo
    .text = Tiene derecho a una copia de todo lo que se conserva sobre usted, y a saber por qué, cuánto tiempo y quién lo recibe (artículo 15 del RGPD). Escriba a { $whom }, indique la referencia { $reference } y pida una copia. Es gratuito. Llevarse datos no borra nada aquí.
outside-other-basis = Se conserva por otras razones que su consentimiento o un contrato con usted
    .text = El artículo 20 se aplica a lo que se trata con su consentimiento o para un contrato con usted. Estos datos se conservan por una ley, una misión de interés público o un interés nuestro o de otros.
outside-derived = Deducido, no facilitado por usted
    .text = El artículo 20 se aplica a lo que usted nos facilitó y a lo que procede de su uso. Esto se dedujo de otros datos.
outside-received = Recibido de otra persona
    .text = El artículo 20 se aplica a lo que usted nos facilitó y a lo que procede de su uso. Esto vino de otros.
outside-by-others = Escrito sobre usted por otros
    .text = Lo escribieron otras personas; usted no lo facilitó.
outside-about-nobody = No es sobre usted
    .text = Números y marcas que un sistema necesita para funcionar. No dicen nada sobre usted.
outside-no-purpose = Todavía sin decidir: para qué lo tenemos
    .text = No está aclarado si esto forma parte de lo que puede llevarse. Queda fuera hasta que alguien lo decida; pregúntenos.
outside-no-origin = Todavía sin decidir: de dónde procede
    .text = No está aclarado si esto forma parte de lo que puede llevarse. Queda fuera hasta que alguien lo decida; pregúntenos.

### What is withheld

withheld-title = Qué se retiene, y por qué
withheld-nothing = No se retiene ningún valor de los registros adjuntos.
withheld-marked = En los datos, un valor retenido está marcado como tal.
withheld-value = retenido: { $why }
reason-review = Debe leerlo antes una persona
    .text = Los textos libres, los mensajes y similares también pueden hablar de otras personas. Nadie ha leído todavía estos. Se retienen hasta que alguien lo haga.
reason-about-another-person = Sobre otra persona
    .text = Esto dice algo de otra persona, a cuyos derechos no debe afectar negativamente una copia (artículo 15, apartado 4, del RGPD).
reason-never = Se conserva, pero nunca se entrega
    .text = Contraseñas en la forma en que se guardan, códigos de seguridad y similares. Entregarlos le pondría en peligro a usted o a otros. Se le informa de que se conservan; su contenido nunca se entrega.
reason-unknown-column = Todavía sin describir
    .text = La descripción de nuestros sistemas todavía no incluye estos campos. Aquí se nombran y se retienen hasta que alguien decida qué son.
reason-after-review = Leído y retenido
    .text = Alguien ha leído esto y ha decidido que no se puede entregar, porque afectaría a los derechos de otros (artículo 15, apartado 4, del RGPD). Puede preguntar por qué y pedir que se revise de nuevo.
reason-legal-privilege = Asesoramiento jurídico, o bajo deber de secreto
    .text = Esto contiene asesoramiento jurídico, o alguien está obligado a guardarlo en secreto, como un abogado o un médico. Ese deber impide entregarlo. Puede preguntar por qué y pedir que se revise de nuevo.
reason-trade-secret = Un secreto comercial
    .text = Esto revelaría lo que una empresa debe mantener en secreto (considerando 63 del RGPD). Solo se retiene lo que es secreto. Puede preguntar por qué y pedir que se revise de nuevo.
reason-crime-prevention = Retenido para prevenir o descubrir delitos
    .text = Quien supiera esto podría eludir lo que previene o descubre delitos, como el fraude. Puede preguntar por qué y pedir que se revise de nuevo.
reason-legal-claims = Retenido por reclamaciones jurídicas
    .text = Esto es necesario para formular o defender reclamaciones jurídicas, y entregarlo las perjudicaría. Puede preguntar por qué y pedir que se revise de nuevo.
reason-security = Retenido por seguridad
    .text = Esto pondría en peligro sistemas o personas. Puede preguntar por qué y pedir que se revise de nuevo.
reason-exempt-by-law = Retenido porque una ley lo dispone
    .text = Una ley dispone que esto no tiene que entregarse o no puede entregarse. Puede preguntar cuál y pedir que se revise de nuevo.
reason-redacted = Entregado, con otras personas sustituidas
    .text = Esto se entrega. Lo que revela quiénes son otras personas se ha sustituido: la misma persona se llama siempre igual, por ejemplo Person 2.
cleaned = Imágenes sin lo que estaba anotado junto a ellas
    .text = { $n ->
            [one] De { $n } imagen se ha quitado lo que una cámara o un programa había anotado en el archivo junto a lo que se ve: lugares, horas, dispositivos, nombres, comentarios. Lo que se ve sigue igual. Puede pedir lo que se ha quitado.
           *[other] De { $n } imágenes se ha quitado lo que una cámara o un programa había anotado en el archivo junto a lo que se ve: lugares, horas, dispositivos, nombres, comentarios. Lo que se ve sigue igual. Puede pedir lo que se ha quitado.
        }

### Rights and complaints

rights-title = Rectificar, suprimir, oponerse
rights-how = Escriba a { $whom } e indique la referencia { $reference }. Es gratuito. Puede
right-copy = Obtener una copia
    .text = de todo lo que se conserva sobre usted (artículo 15 del RGPD).
right-correct = Hacer rectificar
    .text = lo que es incorrecto o completar lo que falta (artículo 16 del RGPD).
right-erase = Hacer suprimir
    .text = datos (artículo 17 del RGPD); cuando una ley nos obliga a conservar algunos, le decimos cuáles y hasta cuándo.
right-restrict = Hacer limitar
    .text = su uso mientras se aclara algo (artículo 18 del RGPD).
right-object = Oponerse
    .text = a un uso basado en nuestros intereses o en los de otros (artículo 21, apartado 1, del RGPD), y siempre a la publicidad (artículo 21, apartado 2, del RGPD).
    .marketing = a la publicidad, siempre (artículo 21, apartado 2, del RGPD).
right-withdraw = Retirar
    .text = un consentimiento, en cualquier momento; lo hecho antes sigue siendo lícito (artículo 7, apartado 3, del RGPD).
right-take = Llevarse
    .text = los datos que nos facilitó o que proceden de su uso, como archivos para un programa (artículo 20 del RGPD).
right-contest = Impugnar
    .text = una decisión tomada por una máquina, decir lo que piensa de ella y hacer que la revise una persona (artículo 22, apartado 3, del RGPD).
right-ask = Pedir que se revise de nuevo
    .text = todo lo que se retiene.
complain-title = Reclamar
complain-to = Puede presentar una reclamación ante una autoridad de control (artículo 77 del RGPD): { $authority }. También puede acudir a los tribunales (artículo 79 del RGPD). No tiene que escribirnos antes.
complain-any = Puede presentar una reclamación ante la autoridad de protección de datos del lugar donde vive, donde trabaja o donde cree que se ha infringido la ley (artículo 77 del RGPD). También puede acudir a los tribunales (artículo 79 del RGPD). No tiene que escribirnos antes.
complain-countries = Autoridades de los países en los que operamos:

### Where was searched

searched-title = Dónde hemos buscado
searched-kind-sqlite = base de datos SQLite
searched-kind-postgres = base de datos PostgreSQL
searched-kind-mysql = base de datos MySQL
searched-kind-csv = archivos CSV
searched-kind-json = archivos JSON
searched-in = ({ $kind }): { $what }. { $read }
searched-whole = Leído por completo.
searched-partly = No todo se pudo leer o está aclarado: véase más abajo.
not-searched-title = No consultado
problems-title = Lo que no se pudo leer o no está aclarado
problem-other = aquí algo no se pudo leer o no está aclarado todavía
problem-malformed-line = no se pudo leer una línea
problem-unclosed-quote = no se pudo leer una parte del archivo
problem-unreadable-file = no se pudo leer el archivo
problem-unreadable-source = no se pudo leer el sistema
problem-unreadable-collection = no se pudo leer
problem-missing-collection = ya no está, o tiene otro nombre
problem-unknown-collection = todavía no está descrito y no se consultó
problem-unknown-column = contiene campos que todavía no están descritos
problem-changed-while-read = cambió mientras se leía; puede faltar algo

### Records, on the page

record = Registro { $n }
record-identical = Registros { $first } a { $last } (idénticos)
range-identical = { $first } a { $last } (idénticos)
role-owner = Es suyo.
role-author = Usted lo escribió o lo creó.
role-recipient = Se le envió a usted.
role-about = Otros lo escribieron sobre usted.
role-shared = Lo comparte con otros.
role-other = Remite a usted.
found-by = Cómo se encontró: { $way }
found-by-link = Cómo se encontró: su campo «{ $field }» remite a { $to }
value-empty = (vacío)
value-empty-list = (una lista vacía)
value-withheld = (retenido: { $why })
value-more = … { $n } en total; el resto está en los archivos
value-long = { $text } … (todo está en los archivos)
section-from = { $n ->
        [one] { $n } registro, del conjunto de datos <code>{ $collection }</code> del sistema <code>{ $system }</code>.
       *[other] { $n } registros, del conjunto de datos <code>{ $collection }</code> del sistema <code>{ $system }</code>.
    }
section-withheld = { $n ->
        [one] { $n } valor está retenido.
       *[other] { $n } valores están retenidos.
    }
section-files = Archivos:
section-file = { $label } en { $ending }
section-one-page = Los { $n } registros, en una página:
section-pages = Los { $n } registros, en varias páginas:
section-page = Registros { $first } a { $last }<span class='hidden'> de { $label }</span>
section-first = Los primeros { $n }:
section-empty = No se conserva nada en: { $what }
top = Volver arriba
foot = Referencia { $reference }. Datos a fecha de { $at }. Esta página funciona sin conexión y no carga nada.
foot-check = Si este archivo no ha cambiado y quién lo firmó puede comprobarse con el programa <code>redress</code> (<code>redress check-archive FILE</code>), o solo con <code>minisign</code> y <code>sha256sum</code>: el archivo <code>tagmanifest-sha256.txt</code> está firmado y enumera los demás.
leaf-title = { $label }, registros { $first } a { $last }: sus datos personales ({ $reference })
leaf-head = { $controller } · referencia { $reference }
leaf-where = Página { $number }: registros { $first } a { $last } de { $records }.
leaf-caption = { $label }, registros { $first } a { $last }
leaf-record = Registro
leaf-pages = Páginas
leaf-back = Volver a la primera página
leaf-previous = Página anterior
leaf-next = Página siguiente
leaf-ten-back = 10 páginas atrás
leaf-hundred-back = 100 páginas atrás
leaf-search = Buscar en esta página
leaf-found = # de { $n } registros
letter-foot = Referencia { $reference } · página { $page } de { $pages }

### The files' own description

package-title-copy = Copia de datos personales
package-title-portable = Datos personales para llevar
package-text = Abra primero START-HERE.html. Cada conjunto de datos está aquí dos veces: como JSON Lines con los valores exactos y como CSV para una hoja de cálculo.
package-jsonl = los valores exactos
package-schema = un esquema JSON de los valores exactos
package-csv = para una hoja de cálculo
package-neutralised = El texto que una hoja de cálculo podría ejecutar como fórmula (empieza por = + - @, un tabulador o un fin de línea, o sus formas de ancho completo) lleva delante un apóstrofo ('); también el texto en que solo hay apóstrofos delante de uno de esos signos. Quite un apóstrofo de esa celda para tener el original. Los números simples están como son. El archivo .jsonl contiene los valores exactos.
package-redacted = { $n } con sustituciones
package-withheld = retenido { $n } veces ({ $why })
package-searched = Qué se consultó y cuántos registros se encontraron
package-searched-system = Sistema
package-searched-collection = Conjunto de datos
package-searched-label = Denominación
package-searched-records-copy = Registros sobre la persona
package-searched-records-portable = Registros en este archivo
package-searched-whole = Si se pudo leer todo el sistema
schema-text = Una línea de { $file }
schema-withheld = Se conserva, pero no se entrega: por qué
schema-redacted = Entregado, con otras personas sustituidas
schema-file = Un archivo propio, en esta ruta
schema-bytes = Bytes, en base64
schema-number = Un número que JSON no puede escribir
schema-native = Un valor de un tipo de su base de datos, como texto

### The record of erasure

erased-title = Sus datos han sido suprimidos
erased-title-open = Sus datos se están suprimiendo
erased-lead = El { $date } volvimos a buscar en todas partes: no queda nada más que lo que figura abajo.
erased-lead-open = No hemos terminado: queda algo que todavía estamos examinando. Volverá a tener noticias nuestras.
erased-reference = Su referencia
erased-received = Su solicitud del
erased-ground = Por qué los suprimimos
erased-deleted = Suprimido
    .text = Estos registros han desaparecido para siempre.
erased-anonymised = Anonimizado
    .text = Estos registros permanecen, pero ya nada en ellos dice de quién eran.
erased-pseudonymised = Seudonimizado
    .text = Estos registros permanecen sin su nombre. Con lo que se guarda en otro lugar aún podría saberse de quién eran.
erased-masked = Quitado en parte
    .text = Estos registros permanecen. Una parte de sus datos en ellos ha desaparecido; algo dice todavía de quién eran.
erased-isolated = Bloqueado
    .text = Estos registros no se usan para nada hasta que puedan suprimirse.
erased-detached = Quitado de los registros de otros
    .text = Se ha quitado lo que allí remitía a usted.
erased-kept = Lo que debemos conservar, y por qué
erased-why = { $line }. { $why }
erased-until = { $line }, hasta el { $date }
erased-accepted = Lo que queda en otros lugares, y por qué
    .text = Algo que puede hablar de usted está en lugares que no son registros sobre usted. Allí permanece:
erased-not-covered = Lo que esto no abarca
erased-recipient = { $name } recibió datos de nosotros: le comunicamos que usted pidió la supresión.
erased-backups = Copias de seguridad: lo que hemos suprimido permanece en ellas hasta que se sustituyen, y se suprime de nuevo si se restaura una.
erased-elsewhere = Los sistemas que no están conectados al programa que hizo este documento.
erased-disagree = Si no está de acuerdo
erased-officer = Escriba a nuestro delegado de protección de datos: { $officer }.
erased-contact = Escríbanos: { $contact }.
erased-complain = Puede presentar una reclamación ante una autoridad de control y acudir a los tribunales.
erased-complain-to = Puede presentar una reclamación ante una autoridad de control ({ $authority }) y acudir a los tribunales.
erased-log = Posición en nuestro registro de actuaciones: { $head }. El final de este archivo contiene nuestra firma.
ground-A17-1-a = sus datos ya no son necesarios para aquello para lo que se recogieron
    .law = artículo 17, apartado 1, letra a, del RGPD
ground-A17-1-b = usted ha retirado su consentimiento y nada más nos permite continuar
    .law = artículo 17, apartado 1, letra b, del RGPD
ground-A17-1-c = usted se ha opuesto y no prevalecen otros motivos para continuar
    .law = artículo 17, apartado 1, letra c, del RGPD
ground-A17-1-d = sus datos se trataron ilícitamente
    .law = artículo 17, apartado 1, letra d, del RGPD
ground-A17-1-e = una ley nos exige suprimirlos
    .law = artículo 17, apartado 1, letra e, del RGPD
ground-A17-1-f = un servicio en línea los recogió de un menor
    .law = artículo 17, apartado 1, letra f, del RGPD
ground-UK-A17-1-a = { ground-A17-1-a }
    .law = artículo 17, apartado 1, letra a, del UK GDPR
ground-UK-A17-1-b = { ground-A17-1-b }
    .law = artículo 17, apartado 1, letra b, del UK GDPR
ground-UK-A17-1-c = { ground-A17-1-c }
    .law = artículo 17, apartado 1, letra c, del UK GDPR
ground-UK-A17-1-d = { ground-A17-1-d }
    .law = artículo 17, apartado 1, letra d, del UK GDPR
ground-UK-A17-1-e = { ground-A17-1-e }
    .law = artículo 17, apartado 1, letra e, del UK GDPR
ground-UK-A17-1-f = { ground-A17-1-f }
    .law = artículo 17, apartado 1, letra f, del UK GDPR
ground-CCPA-105 = usted nos ha pedido que suprimamos lo que recogimos de usted
    .law = California Civil Code, § 1798.105
ground-PDPA-25 = conservar sus datos ya no sirve para aquello para lo que se recogieron
    .law = PDPA (Singapur), sección 25
ground-PIPL-47 = la finalidad se ha cumplido o ha terminado, o usted ha retirado su consentimiento
    .law = PIPL (China), artículo 47
ground-LGPD-18 = usted nos ha pedido que suprimamos datos tratados con su consentimiento
    .law = LGPD (Brasil), artículo 18
ground-FADP-32 = sus datos ya no son necesarios, o su tratamiento era ilícito
    .law = LPD (Suiza), artículo 32
stays-shared = otros los tienen junto con usted
stays-emptied = nada en ellos trata ya de usted; otros registros remiten a ellos
stays-came-back = usted volvió después de la supresión; se está decidiendo qué es de antes
stays-hold = debe conservarse por un asunto legal
stays-undecided = todavía se está decidiendo si trata de usted
stays-referred-to = otros registros que deben permanecer remiten a ello
stays-other = todavía no se puede suprimir
