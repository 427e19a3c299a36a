//! Stories in another language than the publication's, and translations, that do not say so.

use text::Language;

use super::findings::{Findings, quoted};
use super::story::{Spot, Story};

/// Words of a text from which its language is told by itself.
const TELLING: usize = 40;

/// What says that a text is a translation, in small letters.
const NOTES: &[&str] = &[
    "translat",
    "übersetz",
    "aus dem englischen",
    "aus dem französischen",
    "aus dem russischen",
    "traduit",
    "traduction",
    "traducid",
    "traducción",
    "tradott",
    "traduzione",
    "traduzid",
    "tradução",
    "vertaald",
    "vertaling",
];

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    let manuscript = story.manuscript;
    let own = (story.copy.words.len() >= TELLING).then(|| text::language(&story.body.text));
    if let (Some(said), Some(own)) = (manuscript.language, own)
        && said != own
        && own != Language::English
    {
        findings.doubtful(
            "language-differs",
            story.place(Spot::Whole, ""),
            format!("The story is marked as {}, but its text reads as {}.", name(said), name(own)),
            "Set the story's language, so that it is read aloud and searched rightly.",
        );
    }
    if noted(story) {
        return;
    }
    let marked = manuscript.tags.iter().find(|tag| tag.starts_with('#') && is_note(tag));
    if let Some(tag) = marked {
        return findings.wrong(
            "unlabelled-translation",
            story.place(Spot::Whole, ""),
            format!(
                "It carries the internal tag {}, which readers do not see, and nothing tells them.",
                quoted(tag)
            ),
            "Say in the text that it is a translation, from which language and by whom.",
        );
    }
    let language = manuscript.language.or(own);
    let labelled = manuscript.tags.iter().any(|tag| tag.to_lowercase().starts_with("#lang-"));
    if let (Some(language), Some(publication)) = (language, manuscript.publication_language)
        && language != publication
        && !labelled
    {
        let place = story.place(Spot::Whole, "");
        let reason = format!(
            "The story is in {}, the publication in {}, and nothing says so.",
            name(language),
            name(publication)
        );
        let mend = "Say in the text whether it is a translation, or give it the tag #lang- with the code of its language.";
        if manuscript.language.is_some() {
            findings.wrong("unlabelled-translation", place, reason, mend);
        } else {
            findings.doubtful("unlabelled-translation", place, reason, mend);
        }
    }
}

/// Whether text, teaser, caption or a public tag tells readers of a translation.
fn noted(story: &Story<'_>) -> bool {
    let tags = story.manuscript.tags.iter().filter(|tag| !tag.starts_with('#'));
    story.pieces().iter().any(|piece| is_note(piece.text)) || tags.into_iter().any(|tag| is_note(tag))
}

fn is_note(text: &str) -> bool {
    let small = text.to_lowercase();
    NOTES.iter().any(|note| small.contains(note))
}

fn name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::German => "German",
        Language::French => "French",
        Language::Spanish => "Spanish",
        Language::Italian => "Italian",
        Language::Dutch => "Dutch",
        Language::Portuguese => "Portuguese",
        Language::Other => "another language",
    }
}
