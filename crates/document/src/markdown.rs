//! Markdown cards.

/// stub
pub(crate) fn html(markdown: &str) -> String {
    let mut out = String::new();
    crate::escape::text(&mut out, markdown);
    out
}
