//! What a reader can do with a story, in words.

use model::{Post, Reader, Visibility};

/// The label of a story that was opened for `reader`; `words` gives our English sentences in the publication's language.
///
/// `is_gift`: she came by a link that opens the story to whoever has it.
pub fn access_label<'w>(
    post: &Post,
    reader: &Reader,
    is_gift: bool,
    words: impl Fn(&'static str) -> &'w str,
) -> String {
    let is_member = matches!(reader, Reader::Member(_));
    // Whoever is no member, and a member whom a gift was sent, reads by the address alone.
    if post.visibility != Visibility::Public && post.access && (!is_member || is_gift) {
        return words("This link opens the whole story to you.").to_owned();
    }
    let sentence = match (post.visibility, post.access, is_member) {
        (Visibility::Public, ..) => "For everyone.",
        (Visibility::Members, true, _) => "For members. You are signed in, and can read all of it.",
        (Visibility::Members, false, _) => {
            "For members. The beginning is open; the rest needs a free account."
        }
        (Visibility::Paid, true, _) => "For subscribers. Your subscription includes this story.",
        (Visibility::Paid, false, true) => "For subscribers. Your free account opens the beginning only.",
        (Visibility::Paid, false, false) => {
            "For subscribers. The beginning is open; the rest needs a subscription."
        }
        (Visibility::Tiers, true, _) => "For some subscriptions. Yours includes this story.",
        (Visibility::Tiers, false, _) => {
            let names: Vec<&str> = post.tiers.iter().flatten().map(|tier| tier.name.as_str()).collect();
            let which = words("For some subscriptions: {names}.").replace("{names}", &names.join(", "));
            let rest = if is_member { "Yours does not include it." } else { "The beginning is open." };
            return format!("{which} {}", words(rest));
        }
    };
    words(sentence).to_owned()
}
