//! One question a line: documents in, html and plain text out.

use serde_json::{Value, json};

use crate::{RenderOptions, lexical, mobiledoc, plaintext, render, stored};

/// Answers one line: `{"lexical": …}` or `{"mobiledoc": …}`, the document as json or as text with json in it. The
/// answer is `{"html","plaintext"}`, the html as it is stored ([`stored::html`]), also with what could be kept of a broken document; `{"error"}` for a line that
/// is none of both.
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
                    json!({ "plaintext": plaintext(&html), "html": stored::html(&html, &options.site_url) })
                }
                None => json!({ "error": "neither lexical nor mobiledoc in it" }),
            }
        }
    };
    answer.to_string()
}
