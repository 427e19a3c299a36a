//! The page that stands where no page could be made: the theme's own error page, or a plain one of ours.

use handlebars::{Arena, Value};
use http::StatusCode;
use web::exchange::respond;

use crate::pages::{Made, Sheet};
use crate::visit::Visit;

/// An error page in the theme; if the theme has none or fails, too, a plain one.
pub fn page(visit: &Visit<'_>, status: StatusCode, message: &str) -> Made {
    let code = status.as_u16().to_string();
    let class = format!("error-{}xx", &code[..1]);
    let templates = [format!("error-{code}"), class, "error".to_owned()];
    let has_own = visit
        .state
        .theme
        .as_ref()
        .is_ok_and(|theme| theme.pick(templates.iter().map(String::as_str)).is_some());
    if has_own {
        let arena = Arena::new();
        let mut sheet = Sheet::blank();
        sheet.status = status;
        sheet.templates = templates.to_vec();
        sheet.data.push(("message", Value::Text(arena.text(message))));
        sheet.data.push(("statusCode", Value::Number(f64::from(status.as_u16()))));
        sheet.data.push(("errorDetails", Value::List(&[])));
        if let Ok(made) = visit.render(sheet, &arena) {
            return made;
        }
    }
    plain(visit, status, message).into()
}

/// Text as it may stand in markup.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A page without a theme: the structure is the one that Ghost's own has, for those who style or read it.
fn plain(visit: &Visit<'_>, status: StatusCode, message: &str) -> web::Response {
    let site = &visit.state.facts.site;
    let (code, message, home) = (status.as_u16(), escape(message), escape(site.as_str()));
    let subdirectory = site.subdirectory();
    let version = crate::public::find("public/ghost.min.css", &visit.state.card_assets)
        .map(|asset| asset.version().to_owned())
        .unwrap_or_default();
    let html = format!(
        r#"<!DOCTYPE html>
<html class="no-js" lang="en">
  <head>
    <meta charset="UTF-8">
    <title>{code} — {message}</title>
    <meta name="viewport" content="user-scalable=no, width=device-width, initial-scale=1, maximum-scale=1">
    <meta name="mobile-web-app-capable" content="yes">
    <meta name="apple-mobile-web-app-capable" content="yes">
    <link rel="stylesheet" href="{subdirectory}/public/ghost.min.css?v={version}">
  </head>
  <body>
    <main role="main" id="main"><div class="gh-app"><div class="gh-viewport"><div class="gh-view">
      <section class="error-content error-404 js-error-container"><section class="error-details"><section class="error-message">
        <h1 class="error-code">{code}</h1>
        <h2 class="error-description">{message}</h2>
        <a class="error-link" href="{home}">Go to the front page →</a>
      </section></section></section>
    </div></div></div></main>
  </body>
</html>
"#
    );
    respond(status, "text/html; charset=utf-8", html)
}
