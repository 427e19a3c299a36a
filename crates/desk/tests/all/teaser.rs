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

/// Each with the characters it may have and what it becomes.
#[test]
fn a_cut_leaves_a_main_clause_with_its_verb_and_drops_no_limit() {
    for (text, most, wanted) in [
        // Cut before what only adds; the clause set in between stays whole.
        (
            "The council of the old harbour town, which met on Monday, voted for forty new homes by the river, a plan that the mayor had asked for since the spring of last year.",
            120,
            Some(
                "The council of the old harbour town, which met on Monday, voted for forty new homes by the river.",
            ),
        ),
        (
            "Der Stadtrat hat am Mittwoch den Bau von vierzig Wohnungen beschlossen, die im nächsten Jahr an der alten Werft entstehen werden, weil dort seit langem Platz ist.",
            100,
            Some("Der Stadtrat hat am Mittwoch den Bau von vierzig Wohnungen beschlossen."),
        ),
        (
            "Die Stadt sperrt die Brücke am Hafen ab Montag für alle Lastwagen, weil ein Gutachten Risse in drei Pfeilern gefunden hat, die bisher niemand kannte.",
            90,
            Some("Die Stadt sperrt die Brücke am Hafen ab Montag für alle Lastwagen."),
        ),
        // No verb, or only its first part, before the clause in between.
        (
            "Der Stadtrat hat am Mittwoch, wie Bürgermeisterin Karin Vogt am Rande einer Veranstaltung sagte, die vierzig Wohnungen an der alten Werft endgültig beschlossen.",
            140,
            None,
        ),
        (
            "Die Stadt nimmt an dem großen Wettbewerb der Häfen am Meer, der im nächsten Jahr in Bremen beginnt und drei Tage dauert, mit zwei Schiffen teil.",
            90,
            None,
        ),
        (
            "The old council of the harbour town of Lindau, which met on Monday evening behind closed doors in the old hall, has voted for forty homes.",
            100,
            None,
        ),
        (
            "The harbour bridge closed by the council in the spring of last year, which the mayor had crossed daily, will open again in May.",
            100,
            None,
        ),
        // What is said, by whom, and under which condition, is not lost.
        (
            "The mayor of the old harbour town of Lindau said on Monday, after a meeting of the council that went on for five hours, that she would go.",
            100,
            None,
        ),
        (
            "The harbour bridge was damaged by the flood of last spring, which nobody had foreseen in the town, the mayor of Lindau said on Monday.",
            100,
            None,
        ),
        (
            "The harbour bridge will be closed for good at the end of the year, unless the state pays for the two new piers that engineers have asked for.",
            100,
            None,
        ),
    ] {
        assert_eq!(teaser(text, "Homes", most).as_deref(), wanted, "{text}");
    }
}

#[test]
fn where_the_first_sentence_cannot_be_cut_a_later_one_stands_for_it() {
    let long = "The mayor of the old harbour town of Lindau said on Monday, after a meeting of the council that went on for five hours, that she would go.";
    let text =
        format!("{long} She gave no reason. Karin Vogt has led Lindau since 2014. Its harbour is old.");
    assert_eq!(
        teaser(&text, "Homes", 60).as_deref(),
        Some("Karin Vogt has led Lindau since 2014. Its harbour is old.")
    );
    assert_eq!(teaser(&format!("{long} She gave no reason."), "Homes", 60), None);
}

#[test]
fn scripts_without_spaces_have_teasers() {
    let text = "市議会は月曜日に会合を開いた。四十戸の住宅を建てることを決めた！市長は「長く待っていた。」と話した。反対派は退席した。";
    for (most, wanted) in [
        (15, "市議会は月曜日に会合を開いた。"),
        (40, "市議会は月曜日に会合を開いた。四十戸の住宅を建てることを決めた！"),
        (
            54,
            "市議会は月曜日に会合を開いた。四十戸の住宅を建てることを決めた！市長は「長く待っていた。」と話した。",
        ),
    ] {
        assert_eq!(teaser(text, "市議会は住宅を決定", most).as_deref(), Some(wanted));
    }
    assert_eq!(
        teaser("市议会星期一晚上开会。会议决定建四十套住房。", "新住房", 30).as_deref(),
        Some("市议会星期一晚上开会。会议决定建四十套住房。")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn never_longer_never_broken(text in "(?s)([A-Za-z]{1,9} |[ .,!?\"“”\n]|, which |\\PC){0,80}", max in 0usize..200) {
        if let Some(found) = teaser(&text, "A headline", max) {
            prop_assert!(found.chars().count() <= max);
            let end = found.trim_end_matches(['"', '”', '“', '\'', '’', '»', '«', ')', '」', '』', '）']);
            prop_assert!(end.ends_with(['.', '!', '?', '。', '！', '？', '؟', '।']));
            prop_assert!(!end.ends_with(".."));
        }
    }
}
