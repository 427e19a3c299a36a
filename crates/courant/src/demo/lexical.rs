//! The sample's texts from the editor's documents to html and plain text.

use document::RenderOptions;

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
