//! Teasers that end where a sentence ends.

use model::Post;

/// Most characters of a teaser that nobody wrote.
pub const TEASER_CHARS: usize = 300;

/// The teaser of a story that was opened for a reader: an editor's own words as they are, else whole sentences from the
/// beginning of what this reader may read; empty when none fits.
pub fn teaser(post: &Post, max_chars: usize) -> String {
    if let Some(own) = post.custom_excerpt.as_deref().filter(|own| !own.trim().is_empty()) {
        return own.to_owned();
    }
    let body = document::body(post.html.as_deref().unwrap_or_default());
    desk::teaser::teaser(&body.text, &post.title, max_chars).unwrap_or_default()
}
