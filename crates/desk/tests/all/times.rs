//! Times that get their dates in a point, and such as must not.

use desk::{Article, check};

use crate::datelines::{english, german};

/// 20 May 2025 was a Tuesday.
const DAY: Option<(i16, u8, u8)> = Some((2025, 5, 20));

const NONE: [&str; 0] = [];

#[test]
fn a_day_in_a_name_or_of_another_year_gets_no_date() {
    for lead in [
        "Norlund Bank of Oslo lost nine branches in Lindau on Black Friday in 1911.",
        "Nora Falk of Oslo told the Sunday Times that Norlund Bank had closed nine branches.",
        "Nora Falk of Oslo founded the Monday Club of Lindau with nine friends of hers at Norlund Bank.",
        "Norlund Bank of Oslo closed nine branches in Lindau on a Friday in 1911.",
    ] {
        assert_eq!(english(lead, DAY), [lead]);
    }
    for lead in [
        "Der Rat von Lindau hat am Schwarzen Freitag neun Filialen der Norlund Bank verloren.",
        "Der Rat von Lindau hat am Sonntag im Mai 1911 den Bau der Mauer am Hafen beschlossen.",
        "Der Rat von Lindau hat der Sunday Times den Bau der neuen Mauer am Hafen bestätigt.",
    ] {
        assert_eq!(german(lead, DAY), [lead]);
    }
    assert_eq!(
        english("Norlund Bank of 1911 closed nine branches in Lindau on Friday without a word.", DAY),
        NONE
    );
}

#[test]
fn times_counted_back_are_dated() {
    for (time, dated) in [
        ("ten years ago", "ten years ago (2015)"),
        ("two months ago", "two months ago (March 2025)"),
        ("three days ago", "three days ago (17 May 2025)"),
        ("in January", "in January (2025)"),
        ("in December", "in December (2024)"),
        ("last October", "last October (2024)"),
    ] {
        let sentence = |time: &str| {
            format!("Norlund Bank of Oslo closed nine branches in Lindau {time} without a word.")
        };
        assert_eq!(english(&sentence(time), DAY), [sentence(dated)]);
    }
    for (time, dated) in [
        ("vor zehn Jahren", "vor zehn Jahren (2015)"),
        ("vor zwei Monaten", "vor zwei Monaten (März 2025)"),
        ("im Dezember", "im Dezember (2024)"),
    ] {
        let sentence = |time: &str| {
            format!("Der Rat von Lindau hat {time} den Bau der neuen Mauer am Hafen beschlossen.")
        };
        assert_eq!(german(&sentence(time), DAY), [sentence(dated)]);
    }
}

#[test]
fn times_that_cannot_be_dated_are_in_no_point() {
    for time in ["nearly ten years ago", "three weeks ago", "twenty-five years ago", "last March"] {
        assert_eq!(
            english(
                &format!("Norlund Bank of Oslo closed nine branches in Lindau {time} without a word."),
                DAY
            ),
            NONE
        );
    }
    assert_eq!(
        english("In December the Norlund shop of Oslo stocks nine kinds of salted cod from Lindau.", DAY),
        NONE
    );
    assert_eq!(
        english("Norlund Bank of Oslo was founded in 1911. In January the bank of Norlund closed nine branches in Lindau.", DAY)
            .iter()
            .filter(|point| point.contains("January"))
            .count(),
        0
    );
    for time in ["vor rund zehn Jahren", "vor drei Wochen", "vor vielen Jahren"] {
        assert_eq!(
            german(
                &format!("Der Rat von Lindau hat {time} den Bau der neuen Mauer am Hafen beschlossen."),
                DAY
            ),
            NONE
        );
    }
    assert_eq!(
        german("Im Dezember liefert Norlund aus Oslo neun Sorten Fisch an den Hafen von Lindau.", DAY),
        NONE
    );
}

#[test]
fn the_gate_knows_these_dates_and_no_others() {
    let text = "Norlund Bank of Oslo closed nine branches ten years ago. Sparbank of Lindau opened nine branches in December.";
    let mut article = Article::new(text);
    article.published = DAY;
    for (year, passes) in [("2015", true), ("2014", false), ("2025", false)] {
        let statement = format!("Norlund Bank of Oslo closed nine branches ten years ago ({year}).");
        assert_eq!(check(&article, &statement).publish, passes, "{year}");
    }
    for (year, passes) in [("2024", true), ("2025", false), ("2023", false)] {
        let statement = format!("Sparbank of Lindau opened nine branches in December ({year}).");
        assert_eq!(check(&article, &statement).publish, passes, "{year}");
    }
}
