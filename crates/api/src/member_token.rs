//! Members' tokens: `Authorization: GhostMembers <token>`, a JSON Web Token signed with the publication's key.
//!
//! Source: RFC 7519, RFC 7515; algorithm RS512 and nothing else, whatever the token says.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use rsa::RsaPublicKey;
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::signature::Verifier;
use serde::Deserialize;
use sha2::Sha512;
use web::{Facts, Request};

use crate::fault::{Fault, Kind};

/// Longest token that is looked at, in bytes.
const LONGEST: usize = 8 * 1024;

/// Whether the request carries a member's valid token. False when it carries none.
///
/// A token tells that somebody is a member and no more: what she pays is not part of it, so it opens what is for all
/// members, as Ghost does.
///
/// Errors: a token that is wrong, too old or meant for somebody else.
pub fn is_member(request: &Request, facts: &Facts, now: Timestamp) -> Result<bool, Fault> {
    let mut words = request.header("authorization").unwrap_or_default().split_ascii_whitespace();
    let (Some("GhostMembers"), Some(token)) = (words.next(), words.next()) else { return Ok(false) };
    let key = facts.settings.text("members_public_key").unwrap_or_default();
    match is_valid(token, key, facts, now) {
        true => Ok(true),
        false => Err(Fault::new(Kind::Unauthorized, "You are not authorised to make this request.")
            .coded("invalid_token")),
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
}

#[derive(Deserialize)]
struct Claims {
    iss: Option<String>,
    aud: Option<Audience>,
    exp: Option<f64>,
    nbf: Option<f64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

fn is_valid(token: &str, key: &str, facts: &Facts, now: Timestamp) -> bool {
    let Some(claims) = signed_claims(token, key) else { return false };
    let origin = facts.site.origin();
    let is_for_us = match &claims.aud {
        Some(Audience::One(audience)) => audience == origin,
        Some(Audience::Several(audiences)) => audiences.iter().any(|audience| audience == origin),
        None => false,
    };
    let now = now.as_second() as f64;
    is_for_us
        && claims.iss.is_some_and(|issuer| issuer == facts.site.join("/members/api"))
        && claims.exp.is_none_or(|end| now < end)
        && claims.nbf.is_none_or(|begin| begin <= now)
}

/// The claims, if the signature is the publication's.
fn signed_claims(token: &str, key: &str) -> Option<Claims> {
    if token.len() > LONGEST {
        return None;
    }
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let header: Header = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    if header.alg != "RS512" {
        return None;
    }
    let key = RsaPublicKey::from_pkcs1_pem(key.trim()).ok()?;
    let signature = Signature::try_from(URL_SAFE_NO_PAD.decode(signature).ok()?.as_slice()).ok()?;
    VerifyingKey::<Sha512>::new(key).verify(signed.as_bytes(), &signature).ok()?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}
