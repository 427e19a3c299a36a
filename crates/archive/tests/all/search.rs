//! What a query finds, and where.

use archive::{Language, Query, SearchOptions, Story, snippet};
use proptest::prelude::*;

use crate::archive_of;

fn found(stories: &[Story], query: &str) -> Vec<String> {
    let (_dir, archive) = archive_of(stories);
    let found = archive.search(query, &SearchOptions::default()).unwrap();
    assert_eq!(found.total, found.hits.len());
    found.hits.into_iter().map(|hit| hit.id).collect()
}

fn paper() -> Vec<Story> {
    let mut german = Story::new("de", "Die Häuser am Fluss", "Viele Häuser wurden überschwemmt.");
    german.language = Language::German;
    let mut czech = Story::new("cs", "Příliš žluťoučký kůň", "Úpěl ďábelské ódy.");
    czech.language = Language::Other;
    vec![
        Story::new(
            "en",
            "Markets rallied",
            "Grain markets rallied after the harvest. It's the minister's first café.",
        ),
        Story::new("en2", "A market", "The grain was dry, and the rally of farmers was loud."),
        german,
        czech,
        Story::new("zh", "北京的天气", "今天北京下雨。"),
    ]
}

#[test]
fn words_phrases_minus_endings_accents() {
    for (query, expected) in [
        ("rally", vec!["en", "en2"]),
        ("\"grain markets\"", vec!["en"]),
        ("\"market grain\"", vec![]),
        ("grain -farmers", vec!["en"]),
        ("grain -\"grain markets\"", vec!["en2"]),
        ("cafe", vec!["en"]),
        ("CAFÉ", vec!["en"]),
        ("haus", vec!["de"]),
        ("prilis", vec!["cs"]),
        ("北京", vec!["zh"]),
        ("京北", vec![]),
        ("\"Markets rallied Grain\"", vec![]),
        ("", vec![]),
        ("-grain", vec![]),
        ("\"", vec![]),
        ("nowhere", vec![]),
    ] {
        let mut ids = found(&paper(), query);
        ids.sort();
        assert_eq!(ids, expected, "{query}");
    }
}

#[test]
fn pages_do_not_overlap_and_know_the_total() {
    let stories: Vec<Story> =
        (0..7).map(|number| Story::new(&number.to_string(), "Grain", &"grain ".repeat(number + 1))).collect();
    let (_dir, archive) = archive_of(&stories);
    let mut ids = Vec::new();
    for offset in [0, 3, 6, 9, usize::MAX] {
        let found =
            archive.search("grain", &SearchOptions { limit: 3, offset, ..SearchOptions::default() }).unwrap();
        assert_eq!(found.total, 7);
        ids.extend(found.hits.into_iter().map(|hit| hit.id));
    }
    ids.sort();
    assert_eq!(ids, ["0", "1", "2", "3", "4", "5", "6"]);
}

#[test]
fn a_snippet_holds_the_words_that_were_found() {
    let text = format!(
        "{} The harvest was late; grain markets rallied. {}",
        "Nothing here. ".repeat(40),
        "Nor here. ".repeat(40)
    );
    let piece = snippet(&text, &Query::parse("market rallying"), 80);
    let marked: Vec<&str> = piece.marks.iter().map(|mark| &text[mark.clone()]).collect();
    assert_eq!(marked, ["markets", "rallied"]);
    assert!(piece.range.len() <= 80);
}

proptest! {
    #[test]
    fn any_string_is_a_query_and_any_text_has_a_snippet(text in any::<String>(), query in any::<String>(), length in 0usize..200) {
        let piece = snippet(&text, &Query::parse(&query), length);
        prop_assert!(text.get(piece.range.clone()).is_some());
        for mark in piece.marks {
            prop_assert!(text.get(mark.clone()).is_some() && mark.start >= piece.range.start && mark.end <= piece.range.end);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn any_text_can_be_added_and_asked_for(id in any::<String>(), title in any::<String>(), text in any::<String>(), audience in any::<String>(), tag in any::<String>()) {
        let mut story = Story::new(&id, &title, &text);
        story.audiences = vec![(audience.clone(), title.clone())];
        story.tags = vec![tag];
        let (_dir, archive) = archive_of(&[story]);
        prop_assert_eq!(archive.n_stories(), 1);
        archive.search(&text, &SearchOptions { audiences: vec![audience], ..SearchOptions::default() }).unwrap();
        prop_assert_eq!(archive.related(&id, &Default::default()).unwrap(), vec![]);
    }
}
