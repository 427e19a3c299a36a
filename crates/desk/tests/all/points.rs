//! Key points of a made-up story.

use desk::points::{Options, choose};
use desk::{Article, check};

const STORY: &str = "The city council of Lindau voted on Monday to build 40 homes near the old harbour. \
    It was the third vote in a year. The homes will cost $3.5 million, according to the city treasurer, Paul Brandt. \
    \"We will start in October,\" said Mayor Ana Ruiz. \"And we will finish in two years.\" \
    But the sailing club of Lindau fears for its boats and has gone to court in Munich. \
    Ruiz also promised a new pier for the members of the sailing club. \
    She met the club's members at the harbour. Is that enough? \
    In 2019 the council rejected a similar plan for the meadow behind the railway station. \
    The plan failed. Rents in Lindau have risen by 30 percent since then, figures of the regional office in Augsburg show. \
    Bregenz, the neighbouring town in Austria, built 200 homes on its lake shore in the same years. \
    The tenants' association of Lindau welcomed the vote but asked for more flats that nurses and drivers can pay for.";

fn points(published: Option<(i16, u8, u8)>) -> Vec<String> {
    let mut article = Article::new(STORY);
    article.published = published;
    let options = Options { title: "Sailing club goes to court".into(), teaser: String::new() };
    let chosen = choose(&article, &options);
    for point in &chosen {
        assert!(check(&article, &point.text).publish, "{}", point.text);
        assert!(!point.evidence.is_empty());
    }
    chosen.into_iter().map(|point| point.text).collect()
}

#[test]
fn points_stand_alone_and_are_dated() {
    let found = points(Some((2024, 3, 6)));
    assert!((2..=7).contains(&found.len()), "{found:#?}");
    for point in &found {
        for start in ["It ", "She ", "But ", "And ", "The plan failed"] {
            assert!(!point.starts_with(start), "{point}");
        }
        assert!(!point.contains(" also ") && !point.ends_with('?'), "{point}");
        assert!(!point.contains("Monday") || point.contains("Monday (4 March 2024)"), "{point}");
    }
}

#[test]
fn short_texts_have_none() {
    assert!(
        choose(
            &Article::new("The council met. Ana Ruiz spoke for an hour about homes in Lindau."),
            &Options::default()
        )
        .is_empty()
    );
}

#[test]
fn a_headline_is_not_repeated() {
    let title = "The city council of Lindau voted to build 40 homes near the old harbour".to_owned();
    let found = choose(&Article::new(STORY), &Options { title, teaser: String::new() });
    assert!(!found.is_empty() && found.iter().all(|point| !point.text.contains("40 homes")), "{found:#?}");
}

#[test]
fn a_weekday_of_what_is_to_come_gets_no_date_of_the_past() {
    let mut article = Article::new(
        "The harbour office of Lindau has ordered ninety tonnes of stone from the quarry at Upper Lenn. \
        The first lorries from Upper Lenn are to arrive at the harbour of Lindau on Monday at six. \
        The council of Lindau voted for the repair of the harbour wall on Thursday night. \
        Nobody in the council of Lindau spoke against the wall itself. \
        The ferry from Lindau to Bregenz leaves the harbour at noon on a Sunday in winter. \
        The sailing club of Lindau has moved six boats to the fish dock, at no charge to their owners. \
        The repair of the wall costs $310,000, according to the city treasurer, Paul Brandt. \
        A survey in 2019 recommended an inspection of the wall by divers every two years. \
        Ana Ruiz, the mayor of Lindau, said that the playground in Mill Street had to wait for a year. \
        Fishers from Bregenz may use the fish dock of Lindau until the end of the month.",
    );
    article.published = Some((2026, 11, 28));
    let found = choose(&article, &Options::default());
    assert!(found.len() >= 2, "{found:#?}");
    for point in &found {
        assert!(!point.text.contains("Monday (") && !point.text.contains("Sunday ("), "{}", point.text);
    }
}

/// The sentence as a point of a story that has nothing else to tell: its other sentences are questions.
fn point_of(sentence: &str, question: &str) -> Option<String> {
    let questions = |n: usize| vec![question; n].join(" ");
    let mut article = Article::new(&format!("{} {sentence} {}", questions(6), questions(6)));
    article.published = Some((2026, 1, 28));
    let points = choose(&article, &Options::default());
    for point in &points {
        assert!(check(&article, &point.text).publish, "{}", point.text);
    }
    assert!(points.len() <= 1, "{points:#?}");
    points.into_iter().map(|point| point.text).next()
}

pub fn english(sentence: &str) -> Option<String> {
    point_of(sentence, "Who will pay for the wall of the old harbour of Lindau, and when?")
}

pub fn german(sentence: &str) -> Option<String> {
    point_of(sentence, "Wer zahlt für die neue Mauer am alten Hafen der Stadt Lindau, und wann?")
}

#[test]
fn what_leans_on_a_sentence_before_is_no_point() {
    for leaning in [
        "About 70 seals of the Baltic were counted there by the biologist Nora Falk in her boat.",
        "Two thirds came from a share offer for the people of Kressborn and Langenargen by Sparbank.",
        "Receipts and ledger of the Kressborn museum agree since then, the auditor Nora Falk wrote.",
        "The others from Kressborn have been covered with sand by the builder Tom Reed of Nonnenhorn.",
        "Three of the four women who set it watched Nora Falk from the gallery of Kressborn hall.",
        "Nora Falk, who leads the museum of Kressborn in Nonnenhorn, said that Tom Reed had eaten his.",
        "Tom Reed of Kressborn, 82, remembers Nora Falk of Nonnenhorn, who swam the last leg then.",
        "There was none for Kressborn, Nora Falk of the museum in Nonnenhorn said to Tom Reed.",
        "\"We believe that, for six months,\" said Nora Falk of the Kressborn museum in Nonnenhorn.",
        "\"It is a disgrace for Kressborn and Nonnenhorn,\" said Nora Falk, who leads the museum.",
        "Nora Falk of the museum in Kressborn bought seven paintings by Tom Reed last autumn at Sotheby.",
        "On Friday afternoon everybody who collected stones in Kressborn explains Nora Falk their finds.",
    ] {
        assert_eq!(english(leaning), None);
    }
    for alone in [
        "Nora Falk counted about 70 seals of the Baltic near Kressborn and Nonnenhorn from her boat.",
        "Two thirds of the shares of Sparbank came from the people of Kressborn and Langenargen.",
        "There are seventy seals of the Baltic near Kressborn, the biologist Nora Falk wrote.",
        "\"The museum belongs to Kressborn and Nonnenhorn,\" said Nora Falk, who leads the museum.",
    ] {
        assert_eq!(english(alone).as_deref(), Some(alone));
    }
}

#[test]
fn years_and_months_are_made_absolute() {
    for (sentence, point) in [
        (
            "Nora Falk of the museum in Kressborn bought seven paintings by Tom Reed last year at Sotheby.",
            "Nora Falk of the museum in Kressborn bought seven paintings by Tom Reed last year (2025) at Sotheby.",
        ),
        (
            "Nora Falk of the museum in Kressborn sold seven paintings by Tom Reed last month in Nonnenhorn.",
            "Nora Falk of the museum in Kressborn sold seven paintings by Tom Reed last month (December 2025) in Nonnenhorn.",
        ),
        (
            "The Kressborn museum of Nora Falk opens a room for Tom Reed this year in Nonnenhorn.",
            "The Kressborn museum of Nora Falk opens a room for Tom Reed this year (2026) in Nonnenhorn.",
        ),
    ] {
        assert_eq!(english(sentence).as_deref(), Some(point));
    }
    let mut article = Article::new("The museum of Kressborn was sold last year by Nora Falk. It rains.");
    article.published = Some((2026, 1, 28));
    assert!(check(&article, "The museum of Kressborn was sold last year (2025) by Nora Falk.").publish);
    for wrong in ["2024", "2026", "December 2025"] {
        let statement = format!("The museum of Kressborn was sold last year ({wrong}) by Nora Falk.");
        assert!(!check(&article, &statement).publish, "{statement}");
    }
}

#[test]
fn german_weekdays_are_dated_in_the_past_only() {
    let dated = german(
        "Nora Falk eröffnete am Freitag im Museum von Kressborn einen Saal mit Bildern des Malers Tom Reed.",
    );
    assert!(dated.as_deref().is_some_and(|text| text.contains("Freitag (23. Januar 2026)")), "{dated:?}");
    for leaning in [
        "Nora Falk öffnet am Freitag im Museum von Kressborn einen Saal mit Bildern des Malers Tom Reed.",
        "Neun Ehen in Kressborn und Nonnenhorn sind daraus entstanden, wie die Leiterin Nora Falk sagte.",
        "Nora Falk eröffnete im vergangenen Sommer im Museum von Kressborn einen Saal mit Bildern von Tom Reed.",
    ] {
        assert_eq!(german(leaning), None);
    }
}

#[test]
fn the_same_story_has_the_same_points_each_time() {
    // Of two sentences of the same worth it is always the same one.
    let twice = "Ana Ruiz of Bregenz sold nine boats, seven houses, a ferry, a mill and a bakery to Paul Brandt of Lindau.";
    let questions = ["Who will pay for the wall of the old harbour of Lindau, and when?"; 6].join(" ");
    let article = Article::new(&format!("{questions} {twice} {twice} {questions}"));
    let first = choose(&article, &Options::default());
    assert_eq!(first.len(), 1);
    for _ in 0..40 {
        assert_eq!(choose(&article, &Options::default()), first);
    }
}
