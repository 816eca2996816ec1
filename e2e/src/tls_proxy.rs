//! A proxy that speaks https for the server, as the one in front of a deployed server does.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, PublicKeyData};
use sha2::{Digest, Sha256};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::{Result, Server};

/// A name that Chromium resolves to this machine, and that is no secure context by http.
const HOST: &str = "dashboard.test";

/// A proxy with a certificate of an authority that only one browser trusts.
#[derive(Debug)]
pub struct TlsProxy {
    port: u16,
    authority: String,
}

impl TlsProxy {
    /// Starts a proxy of a server, for as long as the test's runtime lives.
    ///
    /// # Errors
    /// When no certificate can be made, or no port is free.
    pub async fn start(server: &Server) -> Result<Self> {
        let mut authority = CertificateParams::new(Vec::new())?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
        let key = KeyPair::generate()?;
        let certificate = CertificateParams::new(vec![HOST.to_owned()])?;
        let certificate = certificate.signed_by(&key, &authority)?;
        let chain = vec![certificate.der().clone(), authority.der().clone()];
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;

        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let (address, acceptor) = (server.address(), TlsAcceptor::from(Arc::new(config)));
        tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    // A browser may go away at any time, and so may the server.
                    let Ok(mut browser) = acceptor.accept(browser).await else {
                        return;
                    };
                    if let Ok(mut server) = TcpStream::connect(address).await {
                        let _ = copy_bidirectional(&mut browser, &mut server).await;
                    }
                });
            }
        });
        let digest = Sha256::digest(authority.key().subject_public_key_info());
        let authority = BASE64_STANDARD.encode(digest);
        Ok(Self { port, authority })
    }

    /// The page's address through the proxy.
    pub fn url(&self) -> String {
        format!("https://{HOST}:{}/", self.port)
    }

    /// The flag with which Chromium trusts the authority, and no other unknown one.
    pub fn trust(&self) -> String {
        format!("--ignore-certificate-errors-spki-list={}", self.authority)
    }
}
