//! Alternative texts and credits of pictures.

use super::findings::{Findings, quoted};
use super::story::{Spot, Story, plain_words};

/// Words that name who made a picture or where it is from, in small letters; a sign or a name follows.
const CREDIT_WORDS: &[&str] = &[
    "photo",
    "photos",
    "photograph",
    "photographs",
    "photographer",
    "photography",
    "foto",
    "fotos",
    "fotograf",
    "fotografin",
    "bild",
    "bilder",
    "picture",
    "pictures",
    "image",
    "images",
    "illustration",
    "illustrations",
    "grafik",
    "graphic",
    "graphics",
    "graph",
    "chart",
    "charts",
    "map",
    "maps",
    "karte",
    "karten",
    "zeichnung",
    "zeichnungen",
    "drawing",
    "drawings",
    "painting",
    "paintings",
    "credit",
    "credits",
    "quelle",
    "source",
    "crédit",
    "crédits",
    "photographie",
    "cartoon",
    "screenshot",
    "video",
    "archive",
    "archiv",
    "collage",
    "montage",
    "render",
    "rendering",
    "imagen",
    "fotografía",
    "fuente",
    "fonte",
    "bron",
    "beeld",
    "copyright",
    "handout",
];

/// What names a source wherever it stands.
const SOURCES: &[&str] = &[
    "©",
    "(c)",
    "getty",
    "reuters",
    "picture alliance",
    "shutterstock",
    "unsplash",
    "pexels",
    "pixabay",
    "wikimedia",
    "flickr",
    "istock",
    "adobe stock",
    "courtesy",
    "public domain",
    "cc by",
    "cc-by",
    "creative commons",
    "all rights reserved",
    "imago",
    "alamy",
    "bloomberg",
    "epa-efe",
    "xinhua",
    "handout",
    "photo by",
    "foto von",
    "provided by",
    "via ap",
];

/// Agencies by their short names, in capitals or as they write themselves; only as whole words.
const AGENCIES: &[&str] = &[
    "AP", "AFP", "DPA", "dpa", "EPA", "EFE", "ANSA", "APA", "PA", "UPI", "TASS", "KEYSTONE", "Keystone",
    "ddp", "epd", "kna", "KNA", "ANP", "NTB", "TT", "PTI", "ANI", "AAP", "CP", "MTI", "PAP", "NASA", "ESA",
    "USGS",
];

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    if story.manuscript.feature_image.is_some_and(|image| !image.trim().is_empty()) {
        lead(story, findings);
    }
    for (at, picture) in story.body.pictures.iter().enumerate() {
        if picture.decorative {
            continue;
        }
        let caption = picture.caption.map_or("", |block| story.body.block_text(block));
        alt(story, Spot::Picture(at), picture.alt.as_deref(), caption, findings);
        if !has_credit(caption) {
            findings.doubtful(
                "missing-credit",
                story.place(Spot::Picture(at), ""),
                uncredited(caption),
                "Name photographer and source in the caption, for example “Photo: name / agency”.",
            );
        }
    }
}

fn lead(story: &Story<'_>, findings: &mut Findings) {
    let caption = story.caption.text.as_str();
    alt(story, Spot::LeadPicture, story.manuscript.feature_image_alt, caption, findings);
    if !has_credit(caption) {
        findings.wrong(
            "missing-credit",
            story.place(Spot::LeadPicture, ""),
            uncredited(caption),
            "Name photographer and source in the caption, for example “Photo: name / agency”.",
        );
    }
}

fn uncredited(caption: &str) -> &'static str {
    if caption.is_empty() {
        "The picture has no caption that says who made it."
    } else {
        "The caption does not say who made the picture or where it is from."
    }
}

fn alt(story: &Story<'_>, spot: Spot, alt: Option<&str>, caption: &str, findings: &mut Findings) {
    let alt = alt.unwrap_or_default().trim();
    if alt.is_empty() {
        findings.wrong(
            "missing-alt",
            story.place(spot, ""),
            "Readers who cannot see the picture are told nothing of it.",
            "Describe in one sentence what the picture shows.",
        );
    } else if is_file_name(alt) {
        findings.wrong(
            "alt-is-file-name",
            story.place(spot, &quoted(alt)),
            "The alternative text is the name of a file.",
            "Describe in one sentence what the picture shows.",
        );
    } else if plain_words(alt) == plain_words(caption) {
        findings.doubtful(
            "alt-repeats-caption",
            story.place(spot, &quoted(alt)),
            "Alternative text and caption are the same, so screen readers say it twice.",
            "Describe in the alternative text what can be seen.",
        );
    }
}

fn is_file_name(alt: &str) -> bool {
    let small = alt.to_lowercase();
    let extension = small.rsplit('.').next().unwrap_or_default();
    let named = small.contains('.')
        && matches!(extension, "jpg" | "jpeg" | "png" | "webp" | "gif" | "avif" | "heic" | "tif" | "tiff");
    named && !alt.contains(", ")
        || !alt.contains(' ') && (small.starts_with("img_") || small.starts_with("dsc"))
}

/// Whether a caption names who made the picture, in one of the usual forms: "Photo: …", "Foto von …", "©", a name behind a
/// slash, an agency.
fn has_credit(caption: &str) -> bool {
    let small = caption.to_lowercase();
    if SOURCES.iter().any(|source| small.contains(source)) {
        return true;
    }
    if caption.split(|c: char| !c.is_alphanumeric()).any(|word| AGENCIES.contains(&word)) {
        return true;
    }
    credit_word(caption).is_some() || named_behind_slash(caption)
}

/// A caption without the credit that stands at its end behind a word such as "Photo:" or a "©".
pub(super) fn without_credit(caption: &str) -> &str {
    let start = credit_word(caption).into_iter().chain(caption.find('©')).min();
    let Some(start) = start else { return caption };
    caption[..start].trim_end().trim_end_matches(['(', '[', '|']).trim_end()
}

/// Where "Photo:", "photo by", "Bild –" or the like begins.
fn credit_word(caption: &str) -> Option<usize> {
    let mut from = 0;
    for word in caption.split(|c: char| !c.is_alphanumeric()) {
        let end = from + word.len();
        if CREDIT_WORDS.contains(&word.to_lowercase().as_str()) {
            let behind = caption[end..].trim_start();
            if behind.starts_with([':', '–', '—', '|', '/', '-']) || behind.starts_with("by ") {
                return Some(from);
            }
        }
        from = end + caption[end..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

/// "Jane Doe/Agency", "Name / Name": a slash between words that begin with capitals.
fn named_behind_slash(caption: &str) -> bool {
    caption.match_indices('/').any(|(at, _)| {
        let before: Vec<char> =
            caption[..at].trim_end().chars().rev().take(40).take_while(|c| !c.is_whitespace()).collect();
        let name = before.iter().rev().find(|c| !"([|".contains(**c));
        name.is_some_and(|c| c.is_uppercase())
            && caption[at + 1..].trim_start().starts_with(char::is_uppercase)
    })
}
