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
    plain(status, message, visit.state.facts.settings.text("title").unwrap_or_default()).into()
}

/// A page without a theme.
fn plain(status: StatusCode, message: &str, title: &str) -> web::Response {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let (code, message, title) = (status.as_u16(), escape(message), escape(title));
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{code} — {message}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <link rel=\"stylesheet\" href=\"/public/ghost.min.css\">\n</head>\n<body>\n\
         <main class=\"gh-app\"><section class=\"error-content error-404 js-error-container\">\n\
         <h1 class=\"error-code\">{code}</h1>\n<p class=\"error-description\">{message}</p>\n\
         <a class=\"error-link\" href=\"/\">Go to the front page of {title} →</a>\n</section></main>\n</body>\n</html>\n"
    );
    respond(status, "text/html; charset=utf-8", html)
}
