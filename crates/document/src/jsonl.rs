//! One question a line: documents in, html and plain text out.

use serde_json::{Value, json};

use crate::{RenderOptions, excerpt, lexical, mobiledoc, plaintext, reading_time, render, stored};

/// Answers one line: `{"lexical": …}` or `{"mobiledoc": …}`, the document as json or as text with json in it.
///
/// The answer is `{"html","plaintext","excerpt","reading_time"}`, the html as it is stored ([`stored::html`]), also with
/// what could be kept of a broken document; `{"error"}` for a line that is none of both.
pub fn answer(line: &str, options: &RenderOptions) -> String {
    let answer = match serde_json::from_str::<Value>(line) {
        Err(error) => json!({ "error": format!("not json: {error}") }),
        Ok(question) => {
            let source = |name: &str| {
                question.get(name).filter(|value| !value.is_null()).map(|value| match value {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                })
            };
            let html = match (source("lexical"), source("mobiledoc")) {
                (Some(text), _) => Some(render::html(&lexical::parse(&text).document, options)),
                (None, Some(text)) => Some(render::html(&mobiledoc::parse(&text).document, options)),
                (None, None) => None,
            };
            match html {
                Some(html) => {
                    let plaintext = plaintext(&html);
                    let html = stored::html(&html, &options.site_url);
                    let (reading_time, excerpt) = (reading_time(&html, false), excerpt(&plaintext));
                    json!({ "html": html, "excerpt": excerpt, "plaintext": plaintext, "reading_time": reading_time })
                }
                None => json!({ "error": "neither lexical nor mobiledoc in it" }),
            }
        }
    };
    answer.to_string()
}
