//! The sample's texts from the editor's documents to html and plain text.

use document::RenderOptions;
use serde_json::Value as Json;

/// Html and plain text of a document.
///
/// Errors: where the document is not whole, and why.
pub fn render(lexical: &str) -> Result<(String, String), String> {
    let parsed = document::lexical::parse(lexical);
    if let Some(problem) = parsed.problems.first() {
        return Err(format!("{}: {:?}", problem.place, problem.kind));
    }
    let html = document::render::html(&parsed.document, &RenderOptions::default());
    let plaintext = document::plaintext(&html);
    Ok((html, plaintext))
}

/// The document without the cards that lead to what a sample does not have: sign-up, which waits for the members'
/// doors, and a player of another company.
pub fn without_services(mut document: Json) -> Json {
    if let Some(Json::Array(blocks)) = document.pointer_mut("/root/children") {
        blocks.retain(|block| {
            let text = |name: &str| block.get(name).and_then(Json::as_str).unwrap_or_default();
            !matches!(text("type"), "signup" | "transistor") && !text("buttonUrl").contains("#/portal")
        });
    }
    document
}
