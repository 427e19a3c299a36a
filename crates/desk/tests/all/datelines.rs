//! Datelines: the day from which a text counts, and what a point leaves out.

use desk::points::{Options, choose};
use desk::{Article, check};

type Day = Option<(i16, u8, u8)>;

/// The points of a story that begins with `lead` and has nothing else to tell.
fn points(lead: &str, question: &str, published: Day) -> Vec<String> {
    let mut article = Article::new(&format!("{lead} {}", [question; 12].join(" ")));
    article.published = published;
    let points = choose(&article, &Options::default());
    for point in &points {
        assert!(check(&article, &point.text).publish, "{}", point.text);
    }
    points.into_iter().map(|point| point.text).collect()
}

pub fn english(lead: &str, published: Day) -> Vec<String> {
    points(lead, "Who will pay for the wall of the old harbour of Lindau, and when?", published)
}

pub fn german(lead: &str, published: Day) -> Vec<String> {
    points(lead, "Wer zahlt für die neue Mauer am alten Hafen der Stadt Lindau, und wann?", published)
}

const BANK: &str = "Norlund Bank of Oslo said on Wednesday that it had closed nine branches.";
const RAT: &str = "Der Rat von Lindau hat am Sonntag den Bau der neuen Mauer am Hafen beschlossen.";

#[test]
fn days_are_counted_from_the_dateline() {
    let dated = |day: &str| vec![BANK.replace("Wednesday", &format!("Wednesday ({day})"))];
    let late = Some((2025, 5, 20));
    for (line, published, day) in [
        ("LONDON, 12 March 2025 — ", late, "12 March 2025"),
        ("LONDON, 12 March 2025 — ", None, "12 March 2025"),
        ("London, March 14, 2025 (Reuters) - ", late, "12 March 2025"),
        ("LONDON, March 14 (Reuters) - ", late, "12 March 2025"),
        // The last such day before publication is in the year before.
        ("LONDON, Dec 31 (Reuters) - ", Some((2025, 1, 2)), "25 December 2024"),
        ("LONDON (Reuters) - ", late, "14 May 2025"),
        ("LONDON, 12 March 2025\n\n", late, "12 March 2025"),
        ("", late, "14 May 2025"),
    ] {
        assert_eq!(english(&format!("{line}{BANK}"), published), dated(day), "{line}");
    }
    // A day without its year is none, so nothing is dated.
    assert_eq!(english(&format!("LONDON, March 14 — {BANK}"), None), [BANK]);
    assert_eq!(
        english(
            "CARROW, Nov 20, 2025 (Reuters) — The council of Carrow voted yesterday to build nine homes.",
            Some((2025, 11, 25))
        ),
        ["The council of Carrow voted on 19 November 2025 to build nine homes."]
    );
}

#[test]
fn german_days_are_counted_from_the_dateline() {
    let dated = |day: &str| vec![RAT.replace("Sonntag", &format!("Sonntag ({day})"))];
    let late = Some((2025, 2, 12));
    for (line, published, day) in [
        ("WIEN, 2. Februar 2025 — ", late, "2. Februar 2025"),
        ("WIEN, 2. Februar 2025 — ", None, "2. Februar 2025"),
        ("Wien, 03.02.2025 (APA) – ", late, "2. Februar 2025"),
        ("Wien, 2. Februar (dpa) – ", late, "2. Februar 2025"),
        ("BERLIN (dpa) - ", late, "9. Februar 2025"),
    ] {
        assert_eq!(german(&format!("{line}{RAT}"), published), dated(day), "{line}");
    }
}

#[test]
fn what_is_no_dateline_stays() {
    for lead in [
        "Two of the banks of Oslo – Norlund and Sparbank – have closed nine branches in Lindau.",
        "Norlund Bank of Oslo – the oldest of the land – has closed nine branches in Lindau.",
    ] {
        assert_eq!(english(lead, None), [lead]);
    }
}

#[test]
fn a_sentence_is_the_text_s_with_its_dateline_and_without() {
    let article = Article::new(&format!("LONDON, 12 March 2025 — {BANK} The bank is old."));
    let dated = BANK.replace("Wednesday", "Wednesday (12 March 2025)");
    for statement in [BANK, &format!("LONDON, 12 March 2025 — {BANK}"), &dated] {
        assert!(check(&article, statement).publish, "{statement}");
    }
    for day in ["5 March 2025", "14 May 2025"] {
        assert!(!check(&article, &BANK.replace("Wednesday", &format!("Wednesday ({day})"))).publish, "{day}");
    }
}

#[test]
fn a_sentence_behind_a_dateline_stands_alone() {
    let day = Some((2025, 5, 20));
    assert_eq!(
        english("LONDON, 12 March 2025 — It said that Norlund Bank of Oslo had closed nine branches.", day),
        [""; 0]
    );
    assert_eq!(
        english("LONDON, 12 March 2025 — The bank of Oslo closed nine branches in the afternoon.", day),
        [""; 0]
    );
}

#[test]
fn turns_of_an_interview_are_no_points() {
    let said = "Norlund Bank of Oslo has closed nine branches in the towns of Lindau and Bregenz.";
    let gesagt = "Norlund hat neun Filialen in den Städten Lindau und Bregenz am Bodensee geschlossen.";
    assert_eq!((english(said, None).len(), german(gesagt, None).len()), (1, 1));
    for mark in ["A:", "Q:", "Answer:", "Frage:", "BRANDT:"] {
        assert_eq!(english(&format!("{mark} {said}"), None), [""; 0], "{mark}");
        assert_eq!(german(&format!("{mark} {gesagt}"), None), [""; 0], "{mark}");
    }
}
