//! What must never be handed out: passwords and their hashes, tokens, keys, security answers.

use super::kind::Kind;
use super::rules::{Rule, Says};
use Says::{Is, Perhaps};

pub(super) const RULES: &[Rule] = &[
    (
        Is(Kind::Password),
        "password, passwd, pass wd, pwd, passw, passwort, passphrase, pass phrase, pass word, pass, psw, \
         pswd, userpass, user pass, password hash, passwd hash, pwd hash, pass hash, hashed password, \
         password digest, encrypted password, encrypted pwd, crypted password, password salt, pass salt, \
         pwd salt, kennwort, mot de passe, mot passe, motdepasse, mdp, contrasena, contrasenia, \
         clave acceso, parola chiave, senha, palavra passe, wachtwoord, haslo, losenord, passord, \
         adgangskode, salasana, 密码, mima, 口令, user password, login password, old password, \
         password history, last password, previous password, pw, pw hash, passcode, pass code, \
         shadow password, password encrypted, password enc",
    ),
    (
        Is(Kind::Secret),
        "token, auth token, access token, refresh token, session token, reset token, \
         password reset token, remember token, confirmation token, activation token, verification token, \
         api token, api key, apikey, secret, secret key, client secret, private key, totp secret, \
         otp secret, otp, mfa secret, two factor secret, two factor recovery codes, recovery code, \
         recovery codes, backup codes, activation key, activation code, confirmation code, \
         verification code, user activation key, auth key, auth secret, login token, login key, \
         oauth token, id token, bearer token, salt, security answer, secret answer, \
         secret question answer, security question, secret question, sicherheitsantwort, reponse secrete, \
         respuesta secreta, perishable token, single access token, persistence token, ssh key, \
         encryption key, device token, push token, fcm token, registration token, web push token, nonce, \
         magic link, unlock token, invitation token, csrf token, webhook secret, signing key, \
         credentials, credential, reset key, reset code, pin hash, two fa secret, mfa, tfa secret, \
         google auth secret, payment token secret",
    ),
    (Perhaps(Kind::Secret), "pin, pin number, access code, key hash, digest"),
    (
        Is(Kind::SecurityCode),
        "cvv, cvc, cvn, csc, cvv code, cvc code, cvv number, card security code, security code, \
         card verification code, card verification value, card cvv, card cvc, card code, cc cvv, cc cvc, \
         cvv cvc, cid code, kartenpruefnummer, cryptogramme, codigo seguridad, codigo de seguridad, \
         codice sicurezza, codigo seguranca, card validation code, verification value, 安全码, card pin, \
         cc cid, cc code, cccode",
    ),
];

/// Whether a text is a password hash by its form alone.
pub(super) fn is_password_hash(text: &str) -> bool {
    const SCHEMES: [&str; 19] = [
        "$1$",
        "$2a$",
        "$2b$",
        "$2x$",
        "$2y$",
        "$5$",
        "$6$",
        "$y$",
        "$7$",
        "$argon2",
        "$scrypt$",
        "$pbkdf2",
        "pbkdf2_sha",
        "pbkdf2:sha",
        "scrypt:",
        "bcrypt",
        "{SSHA",
        "{SHA",
        "$P$",
    ];
    text.len() >= 20 && !text.contains(' ') && SCHEMES.iter().any(|scheme| text.starts_with(scheme))
}

/// Whether a text is a JSON web token, or a key with a known prefix.
pub(super) fn is_token(text: &str) -> bool {
    const PREFIXES: [&str; 9] =
        ["ghp_", "gho_", "sk_live_", "sk_test_", "rk_live_", "xoxb-", "xoxp-", "AKIA", "glpat-"];
    let jwt = text.starts_with("eyJ") && text.split('.').count() == 3;
    let pem = text.starts_with("-----BEGIN ") && text.contains("PRIVATE KEY");
    jwt && text.len() > 40 || pem || text.len() >= 16 && PREFIXES.iter().any(|p| text.starts_with(p))
}

/// Whether a text is three or four digits, as card security codes are.
pub(super) fn is_security_code(text: &str) -> bool {
    (3..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_secrets() {
        assert!(is_password_hash("$2b$12$abcdefghijklmnopqrstuv"));
        assert!(is_password_hash("$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"));
        assert!(!is_password_hash("$2.50") && !is_password_hash("bcrypt is a hash"));
        assert!(is_token(&format!("eyJhbGciOiJIUzI1NiJ9.{}.{}", "a".repeat(20), "b".repeat(20))) && !is_token("eyJ"));
        assert!(
            is_security_code("123")
                && is_security_code("0123")
                && !is_security_code("12")
                && !is_security_code("12345")
        );
    }
}
