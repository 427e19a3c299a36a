//! Teasers end where a sentence or a clause ends.

use desk::teaser::teaser;
use proptest::prelude::*;

const TEXT: &str = "By our staff\n\nCouncil votes for homes in Lindau. The council of Lindau met on Monday evening. It voted for 40 homes, and the mayor was glad. The opposition left the room.";

#[test]
fn whole_sentences_without_the_headline() {
    let found = teaser(TEXT, "Council votes for homes", 120).expect("two sentences fit");
    assert_eq!(
        found,
        "The council of Lindau met on Monday evening. It voted for 40 homes, and the mayor was glad."
    );
}

#[test]
fn a_long_sentence_ends_with_a_clause() {
    let text = "The council of the old harbour town of Lindau voted for forty new homes on Monday evening, which the mayor had asked for since the spring of the year before last.";
    assert_eq!(
        teaser(text, "Homes", 120).as_deref(),
        Some("The council of the old harbour town of Lindau voted for forty new homes on Monday evening.")
    );
    assert_eq!(
        teaser(
            "Anunendingwordwithoutanyborder and another one that never comes to a clause of its own.",
            "Homes",
            30
        ),
        None
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn never_longer_never_broken(text in "(?s)([A-Za-z]{1,9} |[ .,!?\"“”\n]|, which |\\PC){0,80}", max in 0usize..200) {
        if let Some(found) = teaser(&text, "A headline", max) {
            prop_assert!(found.chars().count() <= max);
            let end = found.trim_end_matches(['"', '”', '“', '\'', '’', '»', '«', ')']);
            prop_assert!(end.ends_with(['.', '!', '?']));
        }
    }
}
