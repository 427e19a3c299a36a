//! The door of a private publication: nobody passes without the access code that its owner gives out.
//!
//! Stands behind the files that every page needs and in front of everything else. The cookie is Ghost's own, so that
//! readers stay signed in when the server changes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{CACHE_CONTROL, RETRY_AFTER, SET_COOKIE};
use http::{HeaderValue, Method, StatusCode};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use web::exchange::{redirect, respond, set};

use crate::answer::Miss;
use crate::pages::{Made, PRIVATE, Sheet};
use crate::paths;
use crate::visit::Visit;

/// Name of the cookie that carries a hash of the access code.
const COOKIE: &str = "ghost-private";
/// How long a browser keeps it, in seconds: thirty days.
const COOKIE_AGE_S: u32 = 30 * 24 * 60 * 60;
/// Where the code is asked for.
pub const DOOR: &str = "/private/";

/// What becomes of a request.
pub enum Gate {
    /// It may go on.
    Open,
    /// It may go on to another path: a feed's secret address without its secret.
    OpenAs(String),
    /// It ends here.
    Closed(Made),
}

/// Whether this publication is private.
pub fn is_private(visit: &Visit<'_>) -> bool {
    visit.state.facts.settings.is_on("is_private")
}

/// What a reader in front of the door gets for this answer: nothing tells her whether there is such a page.
pub fn unless_missing(visit: &Visit<'_>, made: Made) -> Made {
    if made.response.status() == StatusCode::NOT_FOUND && !may_pass(visit) {
        return to_the_door(visit);
    }
    made
}

/// Decides on a request to a private publication.
pub fn gate(visit: &Visit<'_>) -> Gate {
    let path = visit.request.path.as_str();
    if path == DOOR {
        return Gate::Open;
    }
    let secret = visit.state.facts.settings.text("public_hash").unwrap_or_default();
    if !secret.is_empty() {
        // Feed readers have no cookie: they are given an address that nobody guesses.
        let marked = format!("/{secret}/rss");
        if path.ends_with(&marked) {
            return Gate::Open;
        }
        if let Some(front) = path.strip_suffix('/').and_then(|path| path.strip_suffix(&marked)) {
            return Gate::OpenAs(format!("{front}/rss/"));
        }
    }
    if !may_pass(visit) {
        return Gate::Closed(to_the_door(visit));
    }
    if path.ends_with("/rss/") {
        return Gate::Closed(visit.miss(StatusCode::NOT_FOUND, "Page not found."));
    }
    Gate::Open
}

/// The answer at the door itself: asks for the code, or takes it.
///
/// Errors: those of the theme's own `private.hbs`.
pub fn door(visit: &Visit<'_>) -> Result<Made, Miss> {
    if !is_private(visit) || may_pass(visit) {
        let home = visit.state.facts.site.join("/");
        let cache = if is_private(visit) { PRIVATE } else { "public, max-age=0" };
        let mut response = redirect(StatusCode::FOUND, &home, cache);
        crate::answer::speak_of_redirect(&mut response);
        return Ok(response.into());
    }
    if visit.request.method != Method::POST {
        return page(visit, None);
    }
    let client = visit.request.client;
    let failures = &visit.publication.code_failures;
    if failures.is_refused(client, visit.now) {
        let text = "Too many wrong codes were tried from here. Please try again in an hour.";
        let mut made = visit.miss(StatusCode::TOO_MANY_REQUESTS, text);
        made.response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("3600"));
        return Ok(made);
    }
    let code = visit.state.facts.settings.text("password").unwrap_or_default();
    let said = field(&visit.request.body, "password").unwrap_or_default();
    if code.trim().is_empty() || said.trim().is_empty() || !is_same(&hash(&said, ""), &hash(code, "")) {
        failures.note(client, visit.now);
        return page(visit, Some("Incorrect access code."));
    }
    failures.forgive(client);
    let salt = visit.now.as_millisecond().to_string();
    let session = serde_json::json!({ "token": hash(code, &salt), "salt": salt }).to_string();
    let to = format!("{}{}", visit.state.facts.site.subdirectory(), wanted(visit));
    let mut response = redirect(StatusCode::FOUND, &to, PRIVATE);
    crate::answer::speak_of_redirect(&mut response);
    // `None` lets the Admin app show the site in a frame. Browsers take that only over https.
    let is_secure = visit.state.facts.site.as_str().starts_with("https:");
    let sharing = if is_secure { "SameSite=None; HttpOnly; Secure" } else { "SameSite=Lax; HttpOnly" };
    let cookie = format!("{COOKIE}={}; Path=/; Max-Age={COOKIE_AGE_S}; {sharing}", STANDARD.encode(session));
    set(&mut response, SET_COOKIE, &cookie);
    Ok(response.into())
}

/// Whether the reader has shown the code that is in force now.
fn may_pass(visit: &Visit<'_>) -> bool {
    let code = visit.state.facts.settings.text("password").unwrap_or_default();
    let session = || -> Option<Json> {
        let cookie = visit.request.cookie(COOKIE)?;
        let cookie = percent_encoding::percent_decode_str(cookie).decode_utf8().ok()?;
        serde_json::from_slice(&STANDARD.decode(cookie.as_bytes()).ok()?).ok()
    };
    let Some(session) = session().filter(|_| !code.trim().is_empty()) else { return false };
    match (session["token"].as_str(), session["salt"].as_str()) {
        (Some(token), Some(salt)) if !salt.is_empty() => is_same(&hash(code, salt), token),
        _ => false,
    }
}

fn hash(code: &str, salt: &str) -> String {
    Sha256::digest(format!("{code}{salt}")).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Compares without telling by its time where the first difference is.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

fn to_the_door(visit: &Visit<'_>) -> Made {
    let request = visit.request;
    let mut wanted = request.path.clone();
    if let Some(query) = &request.query {
        wanted.push('?');
        wanted.push_str(query);
    }
    let wanted = paths::encode_value(&wanted);
    let to = format!("{}{DOOR}?r={wanted}", visit.state.facts.site.subdirectory());
    let mut response = redirect(StatusCode::FOUND, &to, PRIVATE);
    crate::answer::speak_of_redirect(&mut response);
    response.into()
}

/// Where the reader wanted to go, as a path of this publication; its front for anything else.
fn wanted(visit: &Visit<'_>) -> String {
    let query = visit.request.query.as_deref().unwrap_or_default();
    let Some(wanted) = field(query.as_bytes(), "r") else { return "/".into() };
    let site = visit.state.facts.site.as_str();
    let resolved = url::Url::parse(site).ok().and_then(|base| {
        let target = base.join(&wanted).ok()?;
        (target.host() == base.host() && target.port_or_known_default() == base.port_or_known_default())
            .then_some(target)
    });
    match resolved {
        // A path that begins with two slashes would name another host.
        Some(target) if !target.path().starts_with("//") => {
            let query = target.query().map(|query| format!("?{query}")).unwrap_or_default();
            format!("{}{query}", target.path())
        }
        _ => "/".into(),
    }
}

/// A field of a form or a query.
fn field(form: &[u8], name: &str) -> Option<String> {
    url::form_urlencoded::parse(form).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// The page that asks for the code: the theme's, or a plain one.
fn page(visit: &Visit<'_>, wrong: Option<&str>) -> Result<Made, Miss> {
    let has_own = visit.state.theme.as_ref().is_ok_and(|theme| theme.pick(["private"]).is_some());
    let mut made = if has_own {
        let arena = handlebars::Arena::new();
        let mut sheet = Sheet::blank();
        sheet.templates.push("private".to_owned());
        sheet.context.push("private");
        if let Some(message) = wrong {
            let message = handlebars::Value::Text(arena.text(message));
            sheet.data.push(("error", arena.map([("message", message)])));
        }
        visit.render(sheet, &arena)?
    } else {
        respond(StatusCode::OK, "text/html; charset=utf-8", plain(visit, wrong)).into()
    };
    made.response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(PRIVATE));
    made.keep = false;
    Ok(made)
}

fn plain(visit: &Visit<'_>, wrong: Option<&str>) -> String {
    let escape = crate::errors::escape;
    let facts = &visit.state.facts;
    let title = escape(facts.settings.text("title").unwrap_or_default());
    let description = escape(facts.settings.text("description").unwrap_or_default());
    let locale = escape(facts.settings.locale());
    let subdirectory = facts.site.subdirectory();
    let version = crate::public::find("public/ghost.min.css", &visit.state.card_assets)
        .map(|asset| asset.version().to_owned())
        .unwrap_or_default();
    let (described, message) = match wrong {
        Some(message) => (
            " aria-invalid=\"true\" aria-describedby=\"wrong\"",
            format!("<p class=\"main-error\" id=\"wrong\" role=\"alert\">{}</p>", escape(message)),
        ),
        None => ("", String::new()),
    };
    let described_class = if wrong.is_some() { " error" } else { "" };
    format!(
        r#"<!DOCTYPE html>
<html lang="{locale}">
  <head>
    <meta charset="UTF-8">
    <title>{title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <meta name="referrer" content="no-referrer-when-downgrade">
    <link rel="stylesheet" href="{subdirectory}/public/ghost.min.css?v={version}">
  </head>
  <body>
    <div class="gh-app"><div class="gh-viewport"><main class="gh-main" role="main"><div class="gh-flow">
      <h1>{title}</h1>
      <p>{description}</p>
      <form class="gh-signin gh-private-signin gh-private-access-form" method="post">
        <div class="form-group gh-private-access-input-wrap{described_class}">
          <label for="code">Access code</label>
          <input class="gh-input gh-private-signup-input" id="code" type="password" name="password" autocomplete="current-password" required autofocus{described}>
          {message}
        </div>
        <button class="gh-btn gh-private-signup-btn" type="submit">Enter</button>
      </form>
    </div></main></div></div>
  </body>
</html>
"#
    )
}
