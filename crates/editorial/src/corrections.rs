//! Corrections as a reader may see them.

use jiff::Timestamp;
use model::Post;
use model::desk::Correction;
use store::desk::Revision;

/// A correction for one reader.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownCorrection {
    /// What the story said and says; absent when that stands in a part that this reader may not read.
    pub words: Option<(String, String)>,
    pub note: Option<String>,
    pub made_at: Timestamp,
}

/// The corrections of a story that was opened for a reader.
///
/// Of a text that was cut for her she sees what was corrected only where she can read what it says now; else only that
/// there was a correction, and when.
pub fn shown(post: &Post, corrections: &[Correction]) -> Vec<ShownCorrection> {
    let text = post.is_cut.then(|| {
        let body = document::body(post.html.as_deref().unwrap_or_default()).text;
        plain(&format!("{} {} {body}", post.title, post.custom_excerpt.as_deref().unwrap_or_default()))
    });
    corrections
        .iter()
        .map(|correction| {
            let is_readable = text.as_ref().is_none_or(|text| {
                let now = plain(&correction.is);
                !now.is_empty() && text.contains(&now)
            });
            ShownCorrection {
                words: is_readable.then(|| (correction.was.clone(), correction.is.clone())),
                note: correction.note.clone().filter(|_| is_readable),
                made_at: correction.made_at,
            }
        })
        .collect()
}

/// Whether a story, opened whole, says these words: in its title, excerpt, text, or the words with its pictures. Case,
/// punctuation and spaces make no difference.
pub fn says(post: &Post, words: &str) -> bool {
    let wanted = plain(words);
    let texts = [&post.custom_excerpt, &post.plaintext, &post.meta.feature_image_alt];
    let marked_up = [&post.html, &post.meta.feature_image_caption];
    let marked_up = marked_up.map(|html| document::body(html.as_deref().unwrap_or_default()).text);
    let mut all = texts.into_iter().flatten().chain(&marked_up).chain([&post.title]);
    wanted.trim().is_empty() || all.any(|text| plain(text).contains(&wanted))
}

/// Whether an earlier state of a story says these words, in the same places and by the same rule as [`says`].
pub fn once_said(revision: &Revision, words: &str) -> bool {
    let wanted = plain(words);
    let body = revision.lexical.as_deref().map(|lexical| {
        let parsed = document::lexical::parse(lexical);
        document::render::html(&parsed.document, &document::RenderOptions::default())
    });
    let marked_up = [&body, &revision.feature_image_caption];
    let marked_up = marked_up.map(|html| document::body(html.as_deref().unwrap_or_default()).text);
    let texts = [&revision.title, &revision.custom_excerpt, &revision.feature_image_alt];
    texts.into_iter().flatten().chain(&marked_up).any(|text| plain(text).contains(&wanted))
}

/// The words alone, so that quotation marks and spaces make no difference.
fn plain(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" ").to_lowercase())
}
