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
