//! No gated word shows itself to a reader who may not read it.

use archive::{RelatedOptions, SearchOptions, Story};
use proptest::prelude::*;

use crate::archive_of;

const WORDS: [&str; 8] = ["harbour", "grain", "minister", "Ernte", "strike", "canary", "vote", "river"];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..12).prop_map(|words| words.join(" "))
}

/// Public text, gated text, and whether the story is gated at all.
fn stories() -> impl Strategy<Value = Vec<(String, String, bool)>> {
    prop::collection::vec((text(), text(), any::<bool>()), 1..6)
}

fn story(number: usize, public: &str, gated: Option<&str>) -> Story {
    let mut story = Story::new(&number.to_string(), "A headline", public);
    story.visibility = if gated.is_some() { "members".into() } else { "public".into() };
    story.published_at = number as i64;
    story.audiences = gated.map(|text| ("members".to_owned(), text.to_owned())).into_iter().collect();
    story
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Non-interference: exchange all gated text, and nothing an unentitled reader can ask for changes.
    #[test]
    fn gated_text_changes_nothing_for_others(stories in stories(), other in text(), query in "[a-z\"-]{0,6} ?", which in 0usize..8) {
        let build = |gated_text: &dyn Fn(&str) -> String| -> Vec<Story> {
            stories
                .iter()
                .enumerate()
                .map(|(number, (public, gated, is_gated))| {
                    let gated = is_gated.then(|| gated_text(gated));
                    story(number, public, gated.as_deref())
                })
                .collect()
        };
        let (_first, with) = archive_of(&build(&|gated| gated.to_owned()));
        let (_second, without) = archive_of(&build(&|_| format!("{other} xyzzy canary canary")));
        for audiences in [vec![], vec!["paid".to_owned()], vec!["member".to_owned()]] {
            let options = SearchOptions { audiences, ..SearchOptions::default() };
            for query in [query.clone(), WORDS[which].to_owned(), format!("a -{}", WORDS[which]), "\"canary canary\"".into()] {
                prop_assert_eq!(with.search(&query, &options).unwrap(), without.search(&query, &options).unwrap());
            }
            prop_assert_eq!(without.search("xyzzy", &options).unwrap().total, 0);
        }
        let options = RelatedOptions { floor: 0.0, versions: true, ..RelatedOptions::default() };
        for number in 0..stories.len() {
            let id = number.to_string();
            prop_assert_eq!(with.related(&id, &options).unwrap(), without.related(&id, &options).unwrap());
            prop_assert_eq!(with.versions(&id).unwrap(), without.versions(&id).unwrap());
        }
        let members = SearchOptions { audiences: vec!["members".to_owned()], ..SearchOptions::default() };
        let n_gated = stories.iter().filter(|(_, _, gated)| *gated).count();
        prop_assert_eq!(without.search("xyzzy", &members).unwrap().total, n_gated);
    }
}

#[test]
fn a_name_of_an_audience_cannot_reach_into_another() {
    let mut story = story(1, "open", None);
    story.audiences = vec![("tier:1".into(), "secret".into())];
    let (_dir, archive) = archive_of(&[story]);
    for (audience, total) in
        [("tier:1", 1), ("tier:1\u{1f}", 1), ("tier", 0), ("", 0), ("tier:1\u{1f}sec", 0)]
    {
        let options = SearchOptions { audiences: vec![audience.to_owned()], ..SearchOptions::default() };
        assert_eq!(archive.search("secret", &options).unwrap().total, total, "{audience:?}");
    }
}

#[test]
fn a_phrase_does_not_join_texts_of_two_audiences() {
    let mut story = story(1, "open", None);
    story.audiences = vec![("a".into(), "grain".into()), ("b".into(), "harvest".into())];
    let (_dir, archive) = archive_of(&[story]);
    let options = SearchOptions { audiences: vec!["a".into(), "b".into()], ..SearchOptions::default() };
    assert_eq!(archive.search("\"grain harvest\"", &options).unwrap().total, 0);
    assert_eq!(archive.search("grain harvest", &options).unwrap().total, 1);
}
