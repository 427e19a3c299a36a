//! Files under `/.well-known/`: the keys that other servers check our signatures with, and whom this publication
//! recommends.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use http::{HeaderValue, Method, StatusCode};
use model::{Limit, Page};
use rsa::RsaPublicKey;
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::traits::PublicKeyParts;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::ListQuery;
use web::Response;
use web::exchange::respond;

use crate::visit::Visit;

/// The file that the request is for, if it is for one.
pub fn file(visit: &Visit<'_>) -> Option<Response> {
    if !matches!(visit.request.method, Method::GET | Method::HEAD) {
        return None;
    }
    match visit.request.path.as_str() {
        "/.well-known/recommendations.json" => recommendations(visit),
        "/ghost/.well-known/jwks.json" => keys(visit, "ghost_public_key", true),
        "/members/.well-known/jwks.json" => {
            let mut response = keys(visit, "members_public_key", false)?;
            response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            visit.add_llms_headers(&mut response);
            Some(response)
        }
        _ => None,
    }
}

/// A publication's public key as a set of one. `says_use` says that it is for signatures.
fn keys(visit: &Visit<'_>, setting: &str, says_use: bool) -> Option<Response> {
    let pem = visit.state.facts.settings.text(setting)?;
    let Ok(key) = RsaPublicKey::from_pkcs1_pem(pem.trim()) else {
        tracing::warn!(setting, "the public key in the settings cannot be read; it is not given out");
        return None;
    };
    let n = URL_SAFE_NO_PAD.encode(key.n().to_bytes_be());
    let e = URL_SAFE_NO_PAD.encode(key.e().to_bytes_be());
    // RFC 7638: the hash of the key's members in alphabetical order, without blanks.
    let thumbprint = Sha256::digest(format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#));
    let mut key = json!({ "e": e, "kid": URL_SAFE_NO_PAD.encode(thumbprint), "kty": "RSA", "n": n });
    if says_use {
        key["use"] = json!("sig");
    }
    let body = json!({ "keys": [key] }).to_string();
    let mut response = respond(StatusCode::OK, "application/json; charset=utf-8", body);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    Some(response)
}

fn recommendations(visit: &Visit<'_>) -> Option<Response> {
    let query = ListQuery { page: Page { number: 1, limit: Limit::All }, ..ListQuery::default() };
    let mut items = match store::recommendations::browse(visit.snapshot, &query) {
        Ok(listing) => listing.items,
        Err(error) => {
            tracing::error!(%error, "the recommendations cannot be read");
            return None;
        }
    };
    items.sort_by_key(|item| item.created_at);
    let list: Vec<_> = items
        .iter()
        .map(|item| {
            json!({
                "url": item.url,
                "created_at": model::dates::to_json(item.created_at),
                "updated_at": item.updated_at.map(model::dates::to_json),
            })
        })
        .collect();
    let body = json!(list).to_string();
    let mut response = respond(StatusCode::OK, "application/json; charset=UTF-8", body);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=0"));
    Some(response)
}
