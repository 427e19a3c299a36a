//! No teaser, point, correction or search hit of a gated story holds a word that only its gated part holds.

use std::collections::HashSet;

use editorial::{Reading, revised, shown, shown_corrections, teaser};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::desk::Correction;
use model::{Reader, Visibility};
use proptest::prelude::*;

use crate::stories::{opened, post};

const NOUNS: &[&str] = &[
    "bridge",
    "budget",
    "harbour",
    "school",
    "clinic",
    "railway",
    "market",
    "library",
    "museum",
    "reservoir",
    "factory",
    "airport",
    "stadium",
    "theatre",
    "orchard",
    "quarry",
    "tunnel",
    "archive",
    "ferry",
    "brewery",
    "lighthouse",
    "vineyard",
];
const NAMES: &[&str] = &[
    "Anna Keller",
    "Boris Petrov",
    "Clara Nunez",
    "David Okafor",
    "Elena Rossi",
    "Frank Meyer",
    "Greta Lind",
    "Hugo Silva",
    "Ines Duarte",
    "Jonas Weber",
    "Katya Orlova",
    "Liam Byrne",
    "Marta Kovacs",
    "Nils Berg",
    "Olga Stein",
    "Pavel Novak",
];
const VERBS: &[&str] =
    &["repaired", "closed", "sold", "opened", "moved", "rebuilt", "inspected", "abandoned"];

/// A sentence as papers write them, from numbers.
fn sentence((noun, name, verb, number, form): (usize, usize, usize, u32, u8)) -> String {
    let (noun, name, verb) = (NOUNS[noun], NAMES[name], VERBS[verb]);
    match form {
        0 => format!("{name} said on Monday that the {noun} would be {verb} within {number} months."),
        1 => format!("The {noun} was {verb} after {number} residents of the town had signed a letter."),
        2 => format!("Officials counted {number} visitors at the {noun} before it was {verb}."),
        3 => format!("“The {noun} must not be {verb} again,” {name} told the council in a speech."),
        _ => format!("The cost of the {noun} that {name} had {verb} rose to {number} million euros."),
    }
}

fn part() -> impl Strategy<Value = Vec<String>> {
    let one = (0..NOUNS.len(), 0..NAMES.len(), 0..VERBS.len(), 3u32..900, 0u8..5).prop_map(sentence);
    proptest::collection::vec(one, 4..24)
}

fn words(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn html(sentences: &[String]) -> String {
    sentences.chunks(3).map(|chunk| format!("<p>{}</p>", chunk.join(" "))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_that_only_the_gated_part_holds(open in part(), gated in part(), is_on_record in any::<bool>()) {
        let title = "A week in the town";
        let story = post(title, &format!("{}<!--members-only-->{}", html(&open), html(&gated)), Visibility::Paid);
        let whole = opened(&story, &Reader::Preview);
        let cut = opened(&story, &Reader::Anonymous);
        prop_assert!(cut.is_cut && !whole.is_cut);
        let zone = TimeZone::UTC;
        let now = Timestamp::UNIX_EPOCH;
        let kept = match is_on_record {
            true => revised(&Reading::of(&whole, &zone), &whole, &[], now).unwrap_or_default(),
            false => Vec::new(),
        };
        let public = words(&format!("{title} {}", open.join(" ")));
        let secret: HashSet<String> = words(&gated.join(" ")).difference(&public).cloned().collect();
        let corrections = [Correction {
            id: String::new(),
            post: cut.id.clone(),
            was: gated[0].replace("the", "that"),
            is: gated[0].clone(),
            note: Some(gated[1].clone()),
            made_at: now,
            made_by: "Editor".to_owned(),
            withdrawn: None,
        }];
        let mut said = vec![teaser(&cut, 300)];
        said.extend(shown(&Reading::of(&cut, &zone), &cut, &kept).into_iter().map(|point| point.text));
        said.extend(shown_corrections(&cut, &corrections).into_iter().flat_map(|correction| {
            let (was, is) = correction.words.unwrap_or_default();
            [was, is, correction.note.unwrap_or_default()]
        }));
        for text in said {
            let leaked: Vec<String> = words(&text).intersection(&secret).cloned().collect();
            prop_assert!(leaked.is_empty(), "{leaked:?} in {text:?}");
        }
    }
}

#[test]
fn a_reader_of_the_whole_sees_points_of_the_whole() {
    let story = crate::stories::HARBOUR;
    let wall = story.replacen("</p><p>", "</p><!--members-only--><p>", 1);
    let post = post("Harbour wall", &wall, Visibility::Members);
    let zone = TimeZone::UTC;
    let n_points = |reader: &Reader| {
        let post = opened(&post, reader);
        shown(&Reading::of(&post, &zone), &post, &[]).len()
    };
    assert!(n_points(&Reader::Preview) >= 2);
    assert_eq!(n_points(&Reader::Anonymous), 0, "what is open is too short");
}
