//! Points on record when the text changes.

use editorial::{Reading, checked, revised, shown};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::desk::{KeyPoint, PointOrigin, PointState};
use model::{Post, Reader, Visibility};

use crate::stories::{HARBOUR, opened, post};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn story(html: &str) -> (Post, Reading) {
    let post = opened(&post("Harbour wall is to be rebuilt", html, Visibility::Public), &Reader::Preview);
    let reading = Reading::of(&post, &TimeZone::UTC);
    (post, reading)
}

fn first(html: &str) -> Vec<KeyPoint> {
    let (post, reading) = story(html);
    revised(&reading, &post, &[], NOW).expect("a story of this length has points")
}

#[test]
fn what_is_on_record_already_is_left_alone() {
    let points = first(HARBOUR);
    assert!((2..=7).contains(&points.len()), "{points:#?}");
    assert!(points.iter().all(|point| point.is_supported && !point.evidence.is_empty()));
    let (post, reading) = story(HARBOUR);
    assert_eq!(revised(&reading, &post, &points, NOW), None);
}

#[test]
fn a_point_that_no_longer_holds_is_gone_from_the_page_and_listed() {
    let mut points = first(HARBOUR);
    let (post, reading) = story(HARBOUR);
    points[0] = checked(
        &reading,
        KeyPoint {
            text: "The harbour master, Tomas Brandt, closed two of the five berths in January.".to_owned(),
            ..points[0].clone()
        },
    );
    points[0].state = PointState::Approved;
    points[0].decided_by = Some("Ada".to_owned());
    assert!(points[0].is_supported);
    assert!(shown(&reading, &post, &points).iter().any(|point| point.text == points[0].text));

    let (post, reading) = story(&HARBOUR.replace("two of the five berths", "four of the five berths"));
    // Before anything was put on record anew, the page leaves it out already.
    assert!(shown(&reading, &post, &points).iter().all(|point| point.text != points[0].text));
    let after = revised(&reading, &post, &points, NOW).expect("the text is another");
    let listed = after.iter().find(|point| point.text == points[0].text).expect("it waits for the editor");
    assert!(!listed.is_supported && !listed.reasons.is_empty());
    assert_eq!(listed.state, PointState::Open, "her word was on another text");
    assert!(after.iter().any(|point| point.is_supported), "others take its place");
}

#[test]
fn a_refused_point_is_not_shown_nor_chosen_again() {
    let mut points = first(HARBOUR);
    points[0].state = PointState::Refused;
    let refused = points[0].text.clone();
    let (post, reading) = story(&HARBOUR.replace("three years", "four years"));
    let after = revised(&reading, &post, &points, NOW).expect("the text is another");
    assert_eq!(after.iter().filter(|point| point.text == refused).count(), 1);
    assert!(shown(&reading, &post, &after).iter().all(|point| point.text != refused));
}

#[test]
fn what_a_model_said_and_the_gate_refused_is_never_shown() {
    let mut points = first(HARBOUR);
    let (post, reading) = story(HARBOUR);
    let text = "The harbour master, Tomas Brandt, closed two of the five berths in January.";
    let proposed = KeyPoint {
        text: text.to_owned(),
        origin: PointOrigin::Model,
        // Refused for more than the gate asks of an editor's point.
        is_supported: false,
        text_hash: reading.hash.clone(),
        ..points[0].clone()
    };
    points = vec![proposed];
    assert_eq!(shown(&reading, &post, &points), []);
    let (post, reading) = story(&HARBOUR.replace("three years", "four years"));
    assert_eq!(shown(&reading, &post, &points), []);
    let after = revised(&reading, &post, &points, NOW).expect("the text is another");
    assert!(after.iter().any(|point| point.text == text && !point.is_supported));
}

#[test]
fn an_editors_points_have_a_place_among_many() {
    let (post, reading) = story(HARBOUR);
    let open =
        |text: &str| checked(&reading, KeyPoint { text: text.to_owned(), ..first(HARBOUR)[0].clone() });
    let mut points: Vec<KeyPoint> = reading
        .article
        .copy
        .sentences
        .iter()
        .map(|range| open(&reading.body.text[range.clone()]))
        .filter(|point| point.is_supported)
        .collect();
    assert!(points.len() > 7, "{}", points.len());
    let last = points.last_mut().unwrap();
    (last.state, last.decided_by) = (PointState::Approved, Some("Ada".to_owned()));
    let text = last.text.clone();
    let shown = shown(&reading, &post, &points);
    assert_eq!((shown.len(), shown[6].text.as_str()), (7, text.as_str()));
}

#[test]
fn an_editors_point_stays_where_it_holds() {
    let mut points = first(HARBOUR);
    let (_, reading) = story(HARBOUR);
    let text = "The regional government will pay half of the cost, according to a letter that was read at the meeting.";
    let own = KeyPoint {
        text: text.to_owned(),
        origin: PointOrigin::Editor,
        state: PointState::Approved,
        created_by: Some("Ada".to_owned()),
        decided_by: Some("Ada".to_owned()),
        ..points[0].clone()
    };
    points.insert(0, checked(&reading, own));
    let (post, reading) = story(&HARBOUR.replace("three years", "four years"));
    let after = revised(&reading, &post, &points, NOW).expect("the text is another");
    let own = after.iter().find(|point| point.text == text).expect("it holds");
    assert!(own.is_supported && own.origin == PointOrigin::Editor);
    assert_eq!(shown(&reading, &post, &after)[0].text, text, "editors' lists keep their order");
}

#[test]
fn the_program_does_not_say_over_again_what_an_editor_wrote() {
    let points = first(HARBOUR);
    let (post, reading) = story(HARBOUR);
    // The last of them without its beginning or its end.
    let shortened = |text: &str| {
        let words: Vec<&str> = text.trim_end_matches('.').split(' ').collect();
        (words.len() * 3 / 4..words.len())
            .rev()
            .map(|n| format!("{}.", words[..n].join(" ")))
            .find(|text| desk::check(&reading.article, text).publish)
    };
    let (point, text) = points
        .iter()
        .find_map(|point| shortened(&point.text).map(|text| (point, text)))
        .expect("one of them can be shortened");
    let own = KeyPoint {
        text: text.clone(),
        origin: PointOrigin::Editor,
        state: PointState::Approved,
        created_by: Some("Ada".to_owned()),
        decided_by: Some("Ada".to_owned()),
        text_hash: "another text".to_owned(),
        ..point.clone()
    };
    let after = revised(&reading, &post, &[own], NOW).expect("it was checked against another text");
    assert!(after.iter().any(|other| other.text == text));
    assert!(after.len() > 1 && after.iter().all(|other| other.text != point.text), "{after:#?}");
}
