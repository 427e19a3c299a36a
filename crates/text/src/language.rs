//! Which language a text is in, as far as our lists and stemmers differ by it.

use rust_stemmers::{Algorithm, Stemmer};

/// Languages that are told apart. `Other` is read with the rules that hold everywhere and without stems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    German,
    French,
    Spanish,
    Italian,
    Dutch,
    Portuguese,
    Other,
}

/// The language of the first thousand bytes or so.
///
/// Cannot: tell languages inside one text apart; be sure on a text of a few words, where it answers English.
pub fn language(text: &str) -> Language {
    let mut end = text.len().min(1000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let Some(info) = whatlang::detect(&text[..end]) else { return Language::English };
    if !info.is_reliable() && info.script() == whatlang::Script::Latin {
        return Language::English;
    }
    match info.lang() {
        whatlang::Lang::Eng => Language::English,
        whatlang::Lang::Deu => Language::German,
        whatlang::Lang::Fra => Language::French,
        whatlang::Lang::Spa => Language::Spanish,
        whatlang::Lang::Ita => Language::Italian,
        whatlang::Lang::Nld => Language::Dutch,
        whatlang::Lang::Por => Language::Portuguese,
        _ => Language::Other,
    }
}

impl Language {
    /// The language of a code such as `en` or `de-AT`; `None` when it is not one of ours.
    pub fn from_code(code: &str) -> Option<Self> {
        let base = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Some(match base.as_str() {
            "en" => Self::English,
            "de" => Self::German,
            "fr" => Self::French,
            "es" => Self::Spanish,
            "it" => Self::Italian,
            "nl" => Self::Dutch,
            "pt" => Self::Portuguese,
            _ => return None,
        })
    }

    /// The Snowball stemmer of this language.
    pub(crate) fn stemmer(self) -> Option<Stemmer> {
        Some(Stemmer::create(match self {
            Self::English => Algorithm::English,
            Self::German => Algorithm::German,
            Self::French => Algorithm::French,
            Self::Spanish => Algorithm::Spanish,
            Self::Italian => Algorithm::Italian,
            Self::Dutch => Algorithm::Dutch,
            Self::Portuguese => Algorithm::Portuguese,
            Self::Other => return None,
        }))
    }
}
