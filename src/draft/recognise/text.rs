//! Free text, which may say anything about anybody, and what people published.

use super::kind::Kind;
use super::rules::{Rule, Says};
use Says::{Is, Perhaps, Text};

pub(super) const RULES: &[Rule] = &[
    (
        Is(Kind::FreeText),
        "note, notes, comment, comments, remark, remarks, message, message text, message body, \
         message content, body, body text, body html, body plain, mail body, email body, email text, \
         feedback, feedback text, complaint, complaint text, conversation, transcript, chat, chat text, \
         chat message, reply, reply text, statement, narrative, memo, annotation, annotations, free text, \
         freetext, bio, biography, about me, self description, observation, observations, case notes, \
         internal notes, internal note, private note, private notes, admin notes, staff notes, \
         customer notes, user notes, delivery notes, delivery instructions, special instructions, \
         gift message, personal message, cover letter, motivation letter, justification, notiz, notizen, \
         bemerkung, bemerkungen, kommentar, kommentare, nachricht, nachrichtentext, anmerkung, \
         anmerkungen, mitteilung, freitext, beschwerde, remarque, remarques, commentaire, commentaires, \
         notes internes, messages, texte libre, mensaje, mensajes, comentario, comentarios, nota, notas, \
         observaciones, observacion, messaggio, commento, commenti, messaggi, osservazioni, mensagem, \
         observacao, observacoes, opmerking, opmerkingen, notitie, notities, bericht, berichten, reactie, \
         uwagi, notatka, notatki, wiadomosc, komentarz, anteckning, anteckningar, meddelande, \
         kommentarer, besked, 备注, 留言, 消息, 评论, 内容, 说明备注, beizhu, liuyan, xiaoxi, pinglun, \
         neirong, dispute text, claim, claim text, claim description, incident description, \
         resolution notes, resolution, call notes, visit notes, interview notes, minutes, answer, \
         answer text, reason text, question, question text, response text, inquiry, enquiry, \
         request text, issue description, problem description, status message, commentary",
    ),
    (
        Perhaps(Kind::FreeText),
        "subject, subject line, betreff, objet, asunto, oggetto, assunto, onderwerp, temat, amne, 主题, \
         reason, grund, motif, motivo, comment title, topic, headline, explanation, instructions, \
         details, detail, special requests, special request",
    ),
    (
        Text,
        "description, descr, desc, text, content, contents, summary, abstract, story, caption, excerpt, \
         about, beschreibung, inhalt, descripcion, contenido, texto, descrizione, contenuto, testo, \
         descricao, conteudo, omschrijving, beschrijving, inhoud, tekst, opis, tresc, beskrivning, \
         innehall, beskrivelse, contenu, texte, libelle, 描述, 简介, 正文, miaoshu, jianjie, \
         profile text, html, markdown, raw text, full text, long text, long description, \
         short description, information, info, article, essay",
    ),
    (
        Is(Kind::PublicText),
        "review, review text, review body, review comment, review content, review comment message, \
         review title, review comment title, rating comment, testimonial, post text, post content, \
         post body, tweet, tweet text, bewertung, bewertungstext, avis, resena, recensione, avaliacao, \
         comment content",
    ),
    (
        Is(Kind::Preference),
        "newsletter, newsletter opt in, newsletter subscribed, opt in, opt out, optin, optout, \
         email opt in, email opt out, sms opt in, sms opt out, marketing opt in, marketing opt out, \
         marketing consent, marketing, marketing allowed, marketing preferences, consent, consents, \
         consent given, consent text, gdpr consent, cookie consent, terms accepted, privacy accepted, \
         do not call, do not contact, do not email, do not track, unsubscribed, unsubscribe, subscribed, \
         email notifications, notification preferences, notification settings, email preferences, \
         communication preference, communication preferences, preferred contact method, \
         preferred channel, contact preference, privacy settings, accepts marketing, receive newsletter, \
         receive email, receive emails, send newsletter, einwilligung, werbung erlaubt, consentement, \
         consentimiento, consenso, consentimento, toestemming, zgoda, samtycke, 同意, preferences, \
         user preferences, settings, user settings, is subscribed, email consent, sms consent, \
         phone consent, email subscribed, mailing list",
    ),
];

/// How many words a text has; in Chinese two characters count as one.
pub(super) fn words(text: &str) -> usize {
    let chinese = text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    text.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count() + chinese / 2
}

/// Whether a text reads like sentences somebody wrote.
pub(super) fn is_prose(text: &str) -> bool {
    words(text) >= 7
}
