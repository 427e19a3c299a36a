//! Sentences that lean on another: refused as points, or taken only where there are too few others.

use desk::Article;
use desk::points::{Options, choose};

use crate::points::{english, german};

#[test]
fn what_is_missing_from_an_english_sentence_keeps_it_from_being_a_point() {
    for leaning in [
        "Nora Falk of the Kressborn museum in Nonnenhorn said to Tom Reed that both would be sold.",
        "Tom Reed says that the two are four million apart, over the same years in Kressborn.",
        "In the 18th Nora Falk of Kressborn let a shot by Tom Reed of Nonnenhorn slip away.",
        "Nora Falk keeps a museum in Kressborn open while the other is shut, Reed of Nonnenhorn said.",
        "Fourteen belong to people with an address in Kressborn or Nonnenhorn, Nora Falk said.",
        "Yes, the museum of Kressborn shows seven paintings by Tom Reed, Nora Falk of Nonnenhorn said.",
        "In response, Nora Falk shut the museum of Kressborn to the painter Tom Reed of Nonnenhorn.",
        "Finally, Nora Falk shut the museum of Kressborn to the painter Tom Reed of Nonnenhorn.",
        "Seventy seals were seen near Kressborn by Nora Falk; before the storm of Nonnenhorn it was 33.",
        "Nora Falk of Kressborn let 74 flats in that way to people from Nonnenhorn in 2019.",
        "Nora Falk of the Kressborn museum met Tom Reed of Nonnenhorn that night for an hour.",
        "Tom Reed of Nonnenhorn sold 74 pictures to Nora Falk in 2019, and 61 of the pictures still are.",
        "In the afternoon Nora Falk came to the museum of Kressborn and spoke to Tom Reed.",
        "Nora Falk of Nonnenhorn came to the museum of Kressborn at noon and spoke to Tom Reed.",
        "Nora Falk of Nonnenhorn sold the museum of Kressborn to Tom Reed the next day.",
        "Two weeks later Nora Falk of Nonnenhorn sold the museum of Kressborn to Tom Reed.",
        "\"We can cover that for a month with Tom Reed,\" said Nora Falk of the Kressborn museum.",
        "\"I have walked that road with a torch in Kressborn,\" said Nora Falk, who leads the museum.",
        "\"My mother sold cheese at this corner of Kressborn,\" said Nora Falk, who leads the museum.",
        "\"I wrote back to all of them from Nonnenhorn,\" said Nora Falk, who leads the Kressborn museum.",
        "Two families have sold nine houses, she said, to the museum of Nora Falk in Kressborn.",
        "And finally, Nora Falk shut the museum of Kressborn to the painter Tom Reed of Nonnenhorn.",
        "\"My mother sold seven paintings in Kressborn, and I keep the old ones,\" said Nora Falk, who leads the museum.",
        "\"And we shall open the museum in Kressborn,\" said Nora Falk, who paints in Nonnenhorn.",
    ] {
        assert_eq!(english(leaning), None);
    }
    for alone in [
        "Nora Falk and Tom Reed of the Kressborn museum said that both would be sold to Sotheby.",
        "Seven paintings were given by both Nora Falk and Tom Reed to the museum of Kressborn in 2019.",
        "Nora Falk keeps one museum open in Kressborn while the other is shut, Reed of Nonnenhorn said.",
        "Fourteen flats belong to people with an address in Kressborn or Nonnenhorn, Nora Falk said.",
        "In response to Tom Reed, Nora Falk shut the museum of Kressborn to painters from Nonnenhorn.",
        "Nora Falk met Tom Reed of Nonnenhorn on 3 March 2019 and sold the museum of Kressborn that night.",
        "On 3 March 2019 Nora Falk came to the museum of Kressborn in the afternoon with Tom Reed.",
        "On every working day Nora Falk opens the museum of Kressborn at noon for Tom Reed.",
        "\"We can cover the costs for a month in Kressborn,\" said Nora Falk, who leads the museum.",
        "\"I believe that painters walk along the road in Kressborn,\" said Nora Falk, who leads the museum.",
        "\"Painters came, and I wrote back to all of them in Kressborn,\" said Nora Falk, who leads the museum.",
    ] {
        assert_eq!(english(alone).as_deref(), Some(alone));
    }
}

#[test]
fn what_is_missing_from_a_german_sentence_keeps_it_from_being_a_point() {
    for leaning in [
        "Nora Falk sagte dem Maler Tom Reed in Kressborn, dass beide im Museum von Nonnenhorn hängen.",
        "Drei gehören Leuten aus Kressborn und Nonnenhorn, wie die Leiterin Nora Falk dem Maler sagte.",
        "Schließlich verkaufte Nora Falk das Museum von Kressborn dem Maler Tom Reed aus Nonnenhorn.",
        "Den Anfang machen im Museum von Kressborn die Leiterin Nora Falk und der Maler Tom Reed.",
        "Am Nachmittag kam Nora Falk in das Museum von Kressborn und sprach mit dem Maler Tom Reed.",
        "Nora Falk verkaufte das Museum von Kressborn am folgenden Tag dem Maler Tom Reed aus Nonnenhorn.",
        "Drei Tage später verkaufte Nora Falk das Museum von Kressborn dem Maler Tom Reed aus Nonnenhorn.",
        "„Wir haben sie persönlich überbracht“, sagte Nora Falk vom Museum in Kressborn dem Maler Tom Reed.",
        "„Dann sind wir um halb sechs im Museum“, sagte Nora Falk aus Kressborn dem Maler Tom Reed.",
    ] {
        assert_eq!(german(leaning), None);
    }
    for alone in [
        "Nora Falk und Tom Reed sagten in Kressborn, dass beide im Museum von Nonnenhorn malen.",
        "Drei Häuser gehören Leuten aus Kressborn und Nonnenhorn, wie die Leiterin Nora Falk dem Maler sagte.",
        "Am 3. März 2019 kam Nora Falk am Nachmittag in das Museum von Kressborn und sprach mit Tom Reed.",
        "„Wir haben die Bilder persönlich überbracht“, sagte Nora Falk vom Museum in Kressborn dem Maler Tom Reed.",
    ] {
        assert_eq!(german(alone).as_deref(), Some(alone));
    }
}

/// Whether the sentence becomes a point of a story that begins with `opening` and has three sentences that stand alone, or none.
fn is_taken(opening: &str, sentence: &str, title: &str, others: &[&str], question: &str) -> bool {
    let questions = [question; 7].join(" ");
    let text = format!("{questions} {opening} {} {sentence} {questions}", others.join(" "));
    let mut article = Article::new(&text);
    article.published = Some((2026, 1, 28));
    let points = choose(&article, &Options { title: title.to_owned(), teaser: String::new() });
    points.iter().any(|point| point.text == sentence)
}

const OTHERS: &[&str] = &[
    "Nora Falk of the Kressborn museum bought seven paintings by Tom Reed at Sotheby in 2019.",
    "Sparbank of Langenargen lends Lindau 3.5 million dollars for ninety tonnes of stone.",
    "Fishers from Bregenz landed eleven thousand herrings near Hagnau between May and August.",
];

const GERMAN_OTHERS: &[&str] = &[
    "Nora Falk kaufte 2019 bei Sotheby sieben Gemälde des Malers Tom Reed für Kressborn.",
    "Karl Weber aus Langenargen leiht Lindau 3,5 Millionen Euro für neunzig Tonnen Stein.",
    "Fischer aus Bregenz landeten zwischen Mai und August elftausend Heringe bei Hagnau an.",
];

#[test]
fn a_name_that_a_sentence_before_made_known_comes_after_what_stands_alone() {
    let question = "Who will pay for the wall of the old harbour of Lindau, and when?";
    let taken = |opening: &str, sentence: &str, title: &str, others: &[&str]| {
        is_taken(opening, sentence, title, others, question)
    };
    for (opening, sentence) in [
        // Told of first with "a".
        ("Has Ruiz a ferry?", "Ana Ruiz of Friedrichshafen thinks the ferry costs Meersburg a lot of money."),
        // As several.
        (
            "Did divers help Ruiz?",
            "Ana Ruiz of Friedrichshafen thanked the divers, while Meersburg gave 9,000 dollars.",
        ),
        // By its verb.
        (
            "Who invaded Friedrichshafen, and were guests insulted?",
            "Ana Ruiz of Friedrichshafen forgave the insult, which Meersburg had called a joke.",
        ),
        // A noun that sums up what was said.
        ("Why?", "Ana Ruiz of Friedrichshafen welcomed the decision, and Meersburg did so late."),
        // Something new that is not told of first here.
        ("Why?", "Ana Ruiz of Friedrichshafen called the new rules right, and Meersburg did so late."),
        // The first words name what was told of.
        (
            "Is the island large?",
            "The island is claimed by Friedrichshafen, Meersburg and the mayor, Ana Ruiz.",
        ),
        // Two, an hour, years and many of which the sentence does not say more.
        ("Why?", "Ana Ruiz of Friedrichshafen visited the two bridges, and Meersburg paid 9,000 dollars."),
        ("Why?", "Ana Ruiz of Friedrichshafen opened a bridge towards Meersburg at 7 p.m. with a speech."),
        ("Why?", "Ana Ruiz of Friedrichshafen opened four bridges towards Meersburg in the past five years."),
        ("Why?", "In the first weeks, Ana Ruiz of Friedrichshafen said, Meersburg ran out of bread."),
        (
            "Why?",
            "In a short article, they call for a bridge to Meersburg, Ana Ruiz of Friedrichshafen wrote.",
        ),
    ] {
        assert!(!taken(opening, sentence, "", OTHERS), "{sentence}");
        assert!(taken(opening, sentence, "", &[]), "{sentence}");
    }
    for (opening, sentence, title) in [
        (
            "Has Ruiz a ferry?",
            "Ana Ruiz of Friedrichshafen thinks the ferry costs Meersburg a lot of money.",
            "A ferry for nobody",
        ),
        (
            "Has Ruiz a ferry?",
            "Ana Ruiz thinks the ferry of Friedrichshafen costs Meersburg a lot of money.",
            "",
        ),
        (
            "Has Ruiz a ferry?",
            "Ana Ruiz likes a ferry in Friedrichshafen, but the ferry costs Meersburg money.",
            "",
        ),
        (
            "Is there a mayor?",
            "Friedrichshafen and Meersburg, says the mayor, Ana Ruiz, have a lot of money.",
            "",
        ),
        (
            "Has Ruiz a city?",
            "Ana Ruiz of Friedrichshafen thinks the city gives Meersburg a lot of money.",
            "",
        ),
    ] {
        assert!(taken(opening, sentence, title, OTHERS), "{sentence}");
    }
}

#[test]
fn a_german_name_that_a_sentence_before_made_known_comes_after_what_stands_alone() {
    let question = "Wer zahlt für die neue Mauer am alten Hafen der Stadt Lindau, und wann?";
    let taken = |opening: &str, sentence: &str, title: &str, others: &[&str]| {
        is_taken(opening, sentence, title, others, question)
    };
    for (opening, sentence) in [
        (
            "Hat Ruiz eine Fähre?",
            "Ana Ruiz aus Friedrichshafen verkauft die Fähre, und Meersburg zahlt Geld.",
        ),
        ("Warum?", "Ana Ruiz aus Friedrichshafen begrüßte die Entscheidung, und Meersburg schwieg."),
        ("Warum?", "Ana Ruiz aus Friedrichshafen besuchte die beiden Brücken, die Meersburg baut."),
        ("Warum?", "Ana Ruiz aus Friedrichshafen eröffnete um 18.30 Uhr eine Brücke nach Meersburg."),
        ("Warum?", "Ana Ruiz aus Friedrichshafen baute in den vergangenen Jahren Brücken nach Meersburg."),
    ] {
        assert!(!taken(opening, sentence, "", GERMAN_OTHERS), "{sentence}");
        assert!(taken(opening, sentence, "", &[]), "{sentence}");
    }
    let sentence = "Ana Ruiz aus Friedrichshafen verkauft die Fähre, und Meersburg zahlt Geld.";
    for title in ["Niemand kauft eine Fähre", "Niemand kauft eine Seefähre"] {
        assert!(taken("Hat Ruiz eine Fähre?", sentence, title, GERMAN_OTHERS), "{title}");
    }
}

#[test]
fn a_name_that_was_told_of_before_is_worth_less() {
    let story = |title: &str| {
        let questions = ["Who will pay for the wall of the old harbour of Lindau, and when?"; 5].join(" ");
        let sentence = "Ana Ruiz of Friedrichshafen thinks the ferry costs Meersburg 9,000 dollars a year.";
        let text = format!("{questions} Is the ferry old? {sentence} {} {questions}", OTHERS.join(" "));
        let points =
            choose(&Article::new(&text), &Options { title: title.to_owned(), teaser: String::new() });
        assert_eq!(points.len(), 3);
        points.iter().any(|point| point.text == sentence)
    };
    assert!(!story("") && story("A ferry for nobody"));
}
