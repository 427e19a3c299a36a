//! Our own words in pages: the theme's translation of them, else ours, else English.

use crate::publication::State;

impl State {
    /// The words for an English sentence of ours; `{name}` in it is filled in by the caller.
    pub fn words<'s>(&'s self, english: &'s str) -> &'s str {
        let locale = self.facts.settings.locale();
        match self.theme.as_ref().ok().and_then(|theme| theme.text(locale, english)) {
            Some(text) => text,
            None => web::words::ours(locale, english),
        }
    }
}
