//! How a connection to a server is protected: the modes libpq knows, by rustls.
//!
//! Verified against the authorities that browsers trust, or those of a file. A certificate that itself stands in that
//! file is trusted as it is: servers with one certificate of their own making are common.

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, InconsistentKeys, RootCertStore, SignatureScheme};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Error, Result};

/// How much is asked of the connection; the words are libpq's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsMode {
    /// No TLS.
    Disable,
    /// TLS where the server has it, without verifying: for servers on this machine.
    Prefer,
    /// TLS, without verifying whose server it is (unless authorities are given: then as `VerifyCa`).
    Require,
    /// TLS, with a certificate of a trusted authority for whatever host.
    VerifyCa,
    /// TLS, with a certificate of a trusted authority for this host.
    VerifyFull,
}

/// How a connection is protected.
#[derive(Clone, Debug)]
pub struct Tls {
    /// How much is asked.
    pub mode: TlsMode,
    /// A file of authorities to trust instead of those browsers trust.
    pub roots: Option<PathBuf>,
    /// The client's certificate and its key.
    pub client: Option<(PathBuf, PathBuf)>,
}

impl TlsMode {
    /// Every mode.
    pub const ALL: [TlsMode; 5] =
        [TlsMode::Disable, TlsMode::Prefer, TlsMode::Require, TlsMode::VerifyCa, TlsMode::VerifyFull];

    /// Its word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            TlsMode::Disable => "disable",
            TlsMode::Prefer => "prefer",
            TlsMode::Require => "require",
            TlsMode::VerifyCa => "verify-ca",
            TlsMode::VerifyFull => "verify-full",
        }
    }
}

impl Tls {
    /// The mode that counts: as libpq does, `require` with authorities verifies them.
    pub fn effective(&self) -> TlsMode {
        match self.mode {
            TlsMode::Require if self.roots.is_some() => TlsMode::VerifyCa,
            mode => mode,
        }
    }

    /// The set-up for rustls; `name` is the source's, for messages.
    pub fn config(&self, name: &str) -> Result<ClientConfig> {
        let provider = Arc::new(ring::default_provider());
        let bug = |e: &dyn std::fmt::Display| Error::bug(format!("source {name}: TLS: {e}"));
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|e| bug(&e))?;
        let verifier = Verifier::new(self, provider, name)?;
        let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
        let Some((certificate, key)) = &self.client else { return Ok(builder.with_no_client_auth()) };
        let chain = certificates(certificate, name)?;
        let unreadable_key = || unreadable(key, "key in PEM form", name);
        let private = PrivateKeyDer::from_pem_file(key).map_err(|_| unreadable_key())?;
        let private = ring::default_provider().key_provider.load_private_key(private).map_err(|_| unreadable_key())?;
        let certified = CertifiedKey::new(chain, private);
        // A certificate of the oldest form cannot be looked into here; the server will.
        if let Err(rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch)) = certified.keys_match() {
            return Err(Error::failed(format!("source {name}: sslcert and sslkey do not belong together"))
                .hint("give the key the certificate was made for"));
        }
        Ok(builder.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(certified))))
    }
}

fn certificates(file: &Path, name: &str) -> Result<Vec<CertificateDer<'static>>> {
    let what = "certificates in PEM form";
    let list = CertificateDer::pem_file_iter(file).and_then(|certificates| certificates.collect::<Result<Vec<_>, _>>());
    list.ok().filter(|list| !list.is_empty()).ok_or_else(|| unreadable(file, what, name))
}

fn unreadable(file: &Path, what: &str, name: &str) -> Error {
    Error::failed(format!("source {name}: {} cannot be read, or holds no {what}", file.display()))
        .hint("check the path in the address, and who may read the file")
}

/// Verifies as much as the mode asks.
#[derive(Debug)]
struct Verifier {
    mode: TlsMode,
    provider: Arc<CryptoProvider>,
    /// None where nothing is verified.
    chain: Option<Arc<WebPkiServerVerifier>>,
    /// Certificates that are trusted as they are.
    pinned: Vec<CertificateDer<'static>>,
}

impl Verifier {
    fn new(tls: &Tls, provider: Arc<CryptoProvider>, name: &str) -> Result<Verifier> {
        let mode = tls.effective();
        if matches!(mode, TlsMode::Disable | TlsMode::Prefer | TlsMode::Require) {
            return Ok(Verifier { mode, provider, chain: None, pinned: Vec::new() });
        }
        let mut roots = RootCertStore::empty();
        let pinned = match &tls.roots {
            None => {
                roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
                Vec::new()
            }
            Some(file) => {
                let list = certificates(file, name)?;
                roots.add_parsable_certificates(list.iter().cloned());
                list
            }
        };
        let chain = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build();
        let chain = chain.map_err(|_| {
            Error::failed(format!("source {name}: sslrootcert holds no certificate that can be trusted"))
                .hint("give the certificate of the authority that signed the server's")
        })?;
        Ok(Verifier { mode, provider, chain: Some(chain), pinned })
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        host: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        if self.pinned.iter().any(|known| known == end) {
            if self.mode == TlsMode::VerifyFull {
                rustls::client::verify_server_name(&ParsedCertificate::try_from(end)?, host)?;
            }
            return Ok(ServerCertVerified::assertion());
        }
        // The name is looked at last, so that whoever has another name has a trusted certificate.
        match chain.verify_server_cert(end, between, host, ocsp, now) {
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if self.mode == TlsMode::VerifyCa => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        match self.chain {
            None => Ok(HandshakeSignatureValid::assertion()),
            Some(_) => {
                let algorithms = &self.provider.signature_verification_algorithms;
                rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
            }
        }
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        match self.chain {
            None => Ok(HandshakeSignatureValid::assertion()),
            Some(_) => {
                let algorithms = &self.provider.signature_verification_algorithms;
                rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
            }
        }
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
