//! The key pairs that a publication signs tokens with: RSA of 2048 bits, as PKCS#1 text, as Ghost keeps them.

use rsa::pkcs1::{EncodeRsaPrivateKey, EncodeRsaPublicKey, LineEnding};
use rsa::rand_core::OsRng;
use rsa::{RsaPrivateKey, RsaPublicKey};

/// One key pair as text (PEM).
#[derive(Clone)]
pub struct SigningKey {
    pub private: String,
    pub public: String,
}

impl SigningKey {
    /// Makes a new pair. Takes between a tenth of a second and some seconds.
    pub fn generate() -> Result<Self, rsa::Error> {
        let private = RsaPrivateKey::new(&mut OsRng, 2048)?;
        let public = RsaPublicKey::from(&private);
        Ok(SigningKey {
            private: private.to_pkcs1_pem(LineEnding::LF)?.to_string(),
            public: public.to_pkcs1_pem(LineEnding::LF)?,
        })
    }
}

impl std::fmt::Debug for SigningKey {
    /// The public half only.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey").field("public", &self.public).finish_non_exhaustive()
    }
}
