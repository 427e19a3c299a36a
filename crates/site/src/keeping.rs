//! Who may keep an answer: browsers and shared caches are told so by `Cache-Control`.

use http::header::{CACHE_CONTROL, HeaderName};
use http::{HeaderValue, Method, StatusCode};
use model::{Member, Reader};
use web::Response;

use crate::gift;
use crate::pages::{NEVER_KEPT, PRIVATE};
use crate::visit::Visit;

/// Who may keep an answer.
enum Keeper {
    Nobody,
    /// The browser that asked.
    Reader,
    /// Whoever passes it on, for those who have this tier and no other.
    Tier(String),
    /// Whoever passes it on.
    Anybody,
}

impl Visit<'_> {
    /// Says who may keep this answer, and for how long. `is_personal`: it shows what this reader alone has.
    pub fn say_who_keeps(&self, response: &mut Response, is_personal: bool) {
        let public = || {
            let age = self.state.facts.config.frontend_max_age_s;
            HeaderValue::from_str(&format!("public, max-age={age}")).expect("digits are a valid header value")
        };
        let headers = response.headers_mut();
        let value = match self.keeper(is_personal) {
            Keeper::Nobody => HeaderValue::from_static(NEVER_KEPT),
            Keeper::Reader => HeaderValue::from_static(PRIVATE),
            Keeper::Anybody => public(),
            Keeper::Tier(id) => match HeaderValue::from_str(&id) {
                Ok(id) => {
                    headers.insert(HeaderName::from_static("x-member-cache-tier"), id);
                    public()
                }
                Err(_) => HeaderValue::from_static(PRIVATE),
            },
        };
        headers.insert(CACHE_CONTROL, value);
    }

    fn keeper(&self, is_personal: bool) -> Keeper {
        if crate::private::is_private(self) {
            return Keeper::Reader;
        }
        let member = match self.reader {
            Reader::Preview | Reader::Gift => return Keeper::Nobody,
            Reader::Anonymous => None,
            Reader::Member(member) => Some(member),
        };
        if member.is_some() && !self.state.facts.config.cache_members_content {
            return Keeper::Reader;
        }
        // What a gift opens is for whoever got it, and its address gives it away.
        if gift::is_asked(self.request) {
            return Keeper::Nobody;
        }
        match member {
            None => Keeper::Anybody,
            Some(_) if is_personal || !self.shows_member => Keeper::Reader,
            Some(member) => self.shared_tier(member).map_or(Keeper::Reader, Keeper::Tier),
        }
    }

    /// The tier whose members all get the same; None for members of several.
    fn shared_tier(&self, member: &Member) -> Option<String> {
        match member.tiers.as_slice() {
            [] => {
                let tiers = store::tiers::browse(self.snapshot, store::Scope::Staff, None);
                let tiers =
                    tiers.inspect_err(|error| tracing::error!(%error, "the tiers cannot be read")).ok()?;
                tiers.into_iter().find(|tier| !tier.is_paid()).map(|tier| tier.id.as_str().to_owned())
            }
            [tier] => Some(tier.as_str().to_owned()),
            _ => None,
        }
    }

    /// Whether a body holds what only this member has: cards are filled in with her uuid where a post is opened.
    pub fn names_the_member(&self, body: &[u8]) -> bool {
        let Reader::Member(member) = self.reader else { return false };
        [&member.uuid, &member.email]
            .into_iter()
            .any(|text| !text.is_empty() && memchr::memmem::find(body, text.as_bytes()).is_some())
    }

    /// `Cache-Control` of an answer that something is not there, or went wrong.
    pub fn cache_of_miss(&self, status: StatusCode) -> HeaderValue {
        let headers = &self.request.headers;
        let is_nobodys = !headers.contains_key(http::header::COOKIE)
            && !headers.contains_key(http::header::AUTHORIZATION)
            && self.request.method == Method::GET;
        let is_plain = status == StatusCode::NOT_FOUND && is_nobodys;
        HeaderValue::from_static(if is_plain { NEVER_KEPT } else { PRIVATE })
    }
}
