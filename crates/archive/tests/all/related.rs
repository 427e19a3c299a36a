//! Which stories stand beside one.

use archive::{RelatedOptions, Story, clusters};

use crate::archive_of;

/// Stories of three subjects; `b` is a version of `a`, `d` a version of `c`, `g` has its subject alone.
fn paper() -> Vec<Story> {
    let harbour = "Grain ships left the harbour of Odesa on Monday after a pause of two weeks, the port authority told reporters";
    let corridor = "The harbour of Odesa expects forty grain ships a week once the corridor is safe, insurers of ships announced";
    let team = "The national team won the handball final against Denmark in extra time before a sold out hall in Cologne";
    let coach = "Handball coach Weber praised the team after the final against Denmark and promised Cologne another title";
    let mut gated = Story::new("e", "Handball coach praises team", coach);
    gated.visibility = "paid".into();
    gated.audiences = vec![("paid".into(), harbour.into())];
    vec![
        Story::new("a", "Grain ships leave Odesa", harbour),
        Story::new("b", "Grain ships leave Odesa", &format!("{harbour} late in the evening")),
        Story::new("c", "Odesa expects grain ships", corridor),
        Story::new("d", "Odesa expects grain ships", &format!("{corridor} in London")),
        gated,
        Story::new("f", "Handball team wins final", team),
        Story::new(
            "g",
            "Comet seen",
            "Astronomers photographed an unknown comet near Jupiter with a small telescope",
        ),
    ]
}

fn ids(stories: &[archive::Related]) -> Vec<&str> {
    stories.iter().map(|story| story.id.as_str()).collect()
}

#[test]
fn neither_the_story_again_nor_two_versions_of_another() {
    let (_dir, archive) = archive_of(&paper());
    let near = archive.related("a", &RelatedOptions::default()).unwrap();
    assert_eq!(near.len(), 1, "{near:?}");
    assert!(["c", "d"].contains(&near[0].id.as_str()));
    let with_versions =
        archive.related("a", &RelatedOptions { versions: true, ..RelatedOptions::default() }).unwrap();
    assert_eq!(ids(&with_versions)[0], "b");
    assert_eq!(with_versions.len(), 3);
    assert_eq!(ids(&archive.versions("a").unwrap()), ["b"]);
}

#[test]
fn a_gated_story_says_so_and_its_gated_text_relates_to_nothing() {
    let (_dir, archive) = archive_of(&paper());
    let near = archive.related("f", &RelatedOptions::default()).unwrap();
    assert_eq!((near[0].id.as_str(), near[0].visibility.as_str()), ("e", "paid"));
    assert!(!ids(&archive.related("a", &RelatedOptions::default()).unwrap()).contains(&"e"));
}

#[test]
fn nothing_under_the_floor_and_nothing_for_the_unknown() {
    let (_dir, archive) = archive_of(&paper());
    assert_eq!(archive.related("g", &RelatedOptions::default()).unwrap(), vec![]);
    assert_eq!(archive.related("nobody", &RelatedOptions::default()).unwrap(), vec![]);
    let draft = Story::new("draft", "Odesa", "Grain ships wait in the harbour of Odesa");
    assert!(!archive.related_to(&draft, &RelatedOptions::default()).unwrap().is_empty());
}

#[test]
fn the_newer_first_among_equals() {
    let text = |place: &str| format!("Storm warning for the northern coast from {place} this evening");
    let mut stories = vec![Story::new("q", "Storm warning", "Northern coast storm warning evening")];
    for (id, published_at) in [("old", 1), ("new", 3), ("middle", 2)] {
        let mut story = Story::new(id, "Storm warning", &text("Kiel"));
        story.published_at = published_at;
        stories.push(story);
    }
    let (_dir, archive) = archive_of(&stories);
    let near = archive.related("q", &RelatedOptions { versions: true, ..RelatedOptions::default() }).unwrap();
    assert_eq!(ids(&near), ["new", "middle", "old"]);
}

#[test]
fn clusters_join_by_mean_nearness() {
    let pairs = [(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.7), (2, 3, 0.6), (4, 5, 0.2), (9, 0, 1.0)];
    assert_eq!(clusters(6, &pairs, 0.5), [0, 0, 0, 3, 4, 5]);
    assert_eq!(clusters(6, &pairs, 0.2), [0, 0, 0, 0, 4, 4]);
    assert_eq!(clusters(0, &[], 0.5), [0; 0]);
}

#[test]
fn words_that_every_story_of_a_town_has_make_no_subject() {
    // The words that all have, in another order in each, so that none is a version of another.
    let town: Vec<&str> = "council Brennick evening mayor Grace Linfield county half costs according letter Herald councillors \
        report spring office question week money people year committee house work day meeting plan answer \
        month paper morning autumn door sum list member price number name place side line result part reason \
        word case table light rain road river bridge sea market village letterbox clock corner fence garden"
        .split_whitespace()
        .collect();
    let step = std::cell::Cell::new(0);
    let of = |id: &str, own: &str| {
        step.set(step.get() + 1);
        let order = (0..town.len()).map(|at| town[at * step.get() % town.len()]);
        Story::new(id, id, &format!("{own}. {}", order.collect::<Vec<_>>().join(" ")))
    };
    let archive_of_town = [
        of("wall", "Divers found a hole in the harbour wall near the crane and its mooring chain"),
        of("stone", "Ninety tonnes of stone for the hole in the harbour wall came by crane, divers said"),
        of("bees", "Four hives of honey bees stand on a flat roof beside the linden trees"),
        of("bus", "Night buses carry cooks and nurses home when their shift ends"),
        of("play", "Amateur actors lost their plywood castle to a gust in the quarry"),
        of("map", "Surveyor Carter drew a street called Larkrise that pupils cannot find"),
        of("swim", "Relay swimmers broke the record of their grandmothers by two seconds"),
        of("tin", "Mackerel tins from the last cannery go abroad after its sale"),
        of("sun", "Solar panels gave a school more power than its kitchen could use"),
        of("dogs", "Wolfhounds may run along the beach before breakfast from April"),
        of("books", "Readers borrow novels from a machine while librarians sleep late"),
        of("goal", "Goalkeeper slips, and three goals melt away in added time"),
    ];
    let (_dir, archive) = archive_of(&archive_of_town);
    for story in &archive_of_town {
        let near = archive.related(&story.id, &RelatedOptions::default()).unwrap();
        let expected: &[&str] = match story.id.as_str() {
            "wall" => &["stone"],
            "stone" => &["wall"],
            _ => &[],
        };
        assert_eq!(ids(&near), expected, "{}", story.id);
    }
}
