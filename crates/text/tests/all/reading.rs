//! Sentences, names, figures, dates, quotations and speakers, each on a few lines of copy.

use text::{DateKind, Language};

#[track_caller]
fn check_sentences(copy: &str, expected: &[&str]) {
    let found: Vec<&str> = text::sentences(copy).into_iter().map(|range| &copy[range]).collect();
    assert_eq!(found, expected);
}

#[test]
fn abbreviations_initials_and_decimals_do_not_end_a_sentence() {
    check_sentences(
        "Mr. J. K. Weber of Acme Inc. paid $3.5 million. The U.S. Senate met at 9 a.m. on Friday.",
        &["Mr. J. K. Weber of Acme Inc. paid $3.5 million.", "The U.S. Senate met at 9 a.m. on Friday."],
    );
    check_sentences(
        "He works for Acme Inc. The firm is old.",
        &["He works for Acme Inc.", "The firm is old."],
    );
}

#[test]
fn german_ordinals_and_abbreviations() {
    check_sentences(
        "Am 3. Oktober kam Dr. Meier, z. B. mit der Bahn. Das kostete ca. 40 Euro. Er ging.",
        &["Am 3. Oktober kam Dr. Meier, z. B. mit der Bahn.", "Das kostete ca. 40 Euro.", "Er ging."],
    );
}

#[test]
fn quotations_keep_their_closing_mark_and_their_verb() {
    check_sentences(
        "\"It is over. We go.\" She left. \"Why now?\" he asked. \"Why now?\" Smith asked.",
        &["\"It is over.", "We go.\"", "She left.", "\"Why now?\" he asked.", "\"Why now?\" Smith asked."],
    );
}

#[test]
fn lines_part_where_a_new_one_begins() {
    check_sentences(
        "A headline\n\n- First item\n- Second item\nand its rest.",
        &["A headline", "- First item", "- Second item\nand its rest."],
    );
}

#[test]
fn a_missing_space_parts_sentences_but_not_addresses() {
    check_sentences(
        "The talks ended.The ministers left. It rose by 0.97%.Shares fell on Jan. 18.Gold did not.",
        &[
            "The talks ended.",
            "The ministers left.",
            "It rose by 0.97%.",
            "Shares fell on Jan. 18.",
            "Gold did not.",
        ],
    );
    check_sentences(
        "\"We won.\"The crowd sang.\"It is late,\" she said.",
        &["\"We won.\"", "The crowd sang.", "\"It is late,\" she said."],
    );
    check_sentences(
        "See example.Com/page or Node.js and the U.S.A in brief.",
        &["See example.Com/page or Node.js and the U.S.A in brief."],
    );
}

#[test]
fn names_and_their_short_forms() {
    let copy = text::read(
        "Alexander Lukashenko met Xi Jinping at the Bank of China. Mr Lukashenko smiled.",
        Some(Language::English),
    );
    let names: Vec<&str> = copy.names.iter().map(|name| &copy.text[name.range.clone()]).collect();
    assert_eq!(names, ["Alexander Lukashenko", "Xi Jinping", "Bank of China", "Mr Lukashenko"]);
    let words = |n: usize| &copy.words[copy.names[n].words.clone()];
    assert!(text::same_person(words(0), words(3)));
    assert!(!text::same_person(words(1), words(3)));
}

#[track_caller]
fn check_numbers(copy: &str, expected: &[(f64, &str)]) {
    let words = text::words(copy, Language::English);
    let found: Vec<(f64, &str)> = text::numbers(copy, &words, text::Language::English)
        .into_iter()
        .map(|number| (number.value, number.unit))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn numbers_with_scales_and_units() {
    check_numbers("It cost £2m, or 1,200 a head, up 3.5 percent.", &[(2e6, "£"), (1200.0, ""), (3.5, "%")]);
    check_numbers(
        "Over three decades, twenty-one people paid $1.5 billion",
        &[(30.0, ""), (21.0, ""), (1.5e9, "$")],
    );
    check_numbers("1.234,5 and 5.300 and 0,5 and A380", &[(1234.5, ""), (5.3, ""), (0.5, "")]);
}

#[test]
fn dates_are_found_and_made_absolute() {
    let copy = text::read(
        "On 3 March 2024 and in May, then on Sunday; yesterday it may rain.",
        Some(Language::English),
    );
    let kinds: Vec<DateKind> = copy.dates.iter().map(|date| date.kind).collect();
    assert_eq!(
        kinds,
        [
            DateKind::Month { month: 3, day: Some(3), year: Some(2024) },
            DateKind::Month { month: 5, day: None, year: None },
            DateKind::Weekday(6),
            DateKind::Relative(-1)
        ]
    );
    // 2024-03-01 was a Friday.
    assert_eq!(text::absolute(DateKind::Weekday(6), (2024, 3, 1)), Some((2024, 2, 25)));
    assert_eq!(text::absolute(DateKind::Weekday(4), (2024, 3, 1)), Some((2024, 3, 1)));
    assert_eq!(text::absolute(DateKind::Relative(-1), (2024, 3, 1)), Some((2024, 2, 29)));
}

#[test]
fn dates_in_small_letters_are_read_where_they_can_be_nothing_else() {
    let kinds = |copy| {
        let copy = text::read(copy, Some(Language::English));
        copy.dates.iter().map(|date| date.kind).collect::<Vec<_>>()
    };
    let may = DateKind::Month { month: 5, day: Some(30), year: None };
    assert_eq!(kinds("they fight on saturday, may 30 ."), [DateKind::Weekday(5), may]);
    assert_eq!(kinds("they fight on May 30th ."), [may]);
    assert_eq!(kinds("they may march in august company"), []);
}

#[test]
fn may_in_a_date_is_no_doubt() {
    let copy = text::read("they may fight on may 30 and meet Theresa May", Some(Language::English));
    let doubts: Vec<usize> = (0..copy.words.len()).filter(|at| copy.doubts(*at)).collect();
    assert_eq!(doubts, [1]);
}

#[track_caller]
fn check_speakers(copy: &str, expected: &[&str]) {
    let copy = text::read(copy, Some(Language::English));
    let found: Vec<&str> = copy
        .attributions
        .iter()
        .map(|speech| {
            let who = speech.who();
            &copy.text[copy.words[who.start].range.start..copy.words[who.end - 1].range.end]
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn speakers_before_after_and_over_sentence_borders() {
    check_speakers("\"We go,\" said Ana Ruiz.", &["Ana Ruiz"]);
    check_speakers("Ana Ruiz said: \"We go.\" \"It is late,\" he added.", &["Ana Ruiz", "Ana Ruiz"]);
    check_speakers("According to CCTV, Xi said that trust had grown.", &["CCTV", "Xi"]);
    check_speakers("It grows according to its own needs.", &[]);
    check_speakers("Laut Paul Brandt schließt das Bad im Mai.", &["Paul Brandt"]);
    check_speakers(
        "Laut der Sprecherin der Polizei wurde niemand verletzt.",
        &["der Sprecherin der Polizei"],
    );
    check_speakers("Paul Brandt zufolge schließt das Bad im Mai.", &["Paul Brandt"]);
    check_speakers("Das Bad schließt im Mai, zufolge Paul Brandt ist das sicher.", &["Paul Brandt"]);
}

#[test]
fn nouns_that_look_like_verbs_of_speech_report_nothing() {
    check_speakers("Lake Providence is a town in Louisiana, United States.", &[]);
    check_speakers("Police looked into the claims after media reports.", &[]);
    check_speakers("The mayor claims the bridge is safe.", &["The mayor"]);
}

#[test]
fn quotations_of_all_marks() {
    let copy =
        "„Wir gehen“, sagte er. “Go,” she said. «Non», dit-il. 'We stay,' they said; the players' bus left.";
    let inner: Vec<&str> = text::quotations(copy).into_iter().map(|quote| &copy[quote.inner]).collect();
    assert_eq!(inner, ["Wir gehen", "Go,", "Non", "We stay,"]);
}

#[test]
fn a_quotation_over_paragraphs_is_opened_anew_and_closed_once() {
    let copy = "\"One.\n\n\"Two,\" he said.";
    let closed: Vec<bool> = text::quotations(copy).into_iter().map(|quote| quote.closed).collect();
    assert_eq!(closed, [false, true]);
}

#[test]
fn words_of_one_stem_share_a_key() {
    let words = text::words("walked walks went goes Belarus's Belarus", Language::English);
    assert_eq!(words[0].key, words[1].key);
    assert_eq!(words[2].key, words[3].key);
    assert_eq!(words[4].key, words[5].key);
}

#[test]
fn the_lexicon_knows_synonyms_and_opposites() {
    let key = |word: &str| text::words(word, Language::English)[0].key;
    let relation = |one: &str, other: &str| {
        let wanted = key(other) as u32;
        text::related(key(one)).find(|pair| pair.0 == wanted).map(|pair| pair.1)
    };
    assert_eq!(relation("purchase", "buy"), Some(text::Relation::Same));
    assert_eq!(relation("increase", "decrease"), Some(text::Relation::Opposite));
    assert_eq!(relation("goalkeeper", "player"), Some(text::Relation::Narrower));
    assert_eq!(relation("goalkeeper", "vegetable"), None);
    assert_eq!(relation("xyzzy", "buy"), None);
}

#[test]
fn likeness_of_texts() {
    let one = text::shingles("the quick brown fox jumps", 3);
    assert_eq!(one.len(), 3);
    assert!((text::jaccard(&one, &one) - 1.0).abs() < 1e-9);
    assert!(text::jaccard(&one, &text::shingles("a quite different text here", 3)) < 0.1);
    assert!(text::shingles("", 3).is_empty());
}

#[test]
fn languages_are_told_apart() {
    assert_eq!(
        text::language(
            "Die Stadt hat am Montag den Bau von vierzig neuen Wohnungen beschlossen, sagte die Senatorin."
        ),
        Language::German
    );
    assert_eq!(
        text::language(
            "The council decided on Monday to build forty new homes, the mayor said in a statement."
        ),
        Language::English
    );
}
