//! What the desk adds to pages: key points with their sentences, related stories, search, corrections.

use model::desk::{Correction, KeyPoint};
use model::id::PostId;
use model::{Reader, SiteUrl};
use site::Placing;
use store::{Chance, Database, OpenOptions, Snapshot, Writer};
use web::Request;

use crate::publication::{Fixture, SITE, themes};

const STORY: &str = "<p>The town council of Westhaven voted on Tuesday to rebuild the harbour wall at a cost of 14 million \
    euros. Mayor Ingrid Solberg said the work would begin in May and take three years.</p><p>Engineers found a crack of 40 \
    metres in the wall after the storms of last winter. The harbour master, Tomas Brandt, closed two of the five berths in \
    <a href=\"/x/\">January.</a></p><p>Fishing companies have warned that they will lose a fifth of their landings while the \
    berths are shut. The Westhaven Fishing Association asked the council for help with the cost of fuel.</p><p>The regional \
    government will pay half of the cost, according to a letter that was read at the meeting. The council will borrow the \
    other half from the State Bank over 20 years.</p><p>Opposition members voted against the plan because the cost had \
    doubled since the first estimate in 2024. Councillor Pia Lund said the town should have asked a second company.</p>";

/// Puts the story into three posts of the fixture: open, open after a change of words, and gated but for its beginning.
fn stories(connection: &rusqlite::Connection) {
    let other = STORY
        .replace("harbour wall", "sea wall")
        .replace("Pia Lund", "Per Holm")
        .replace("14 million", "16 million");
    let other = format!(
        "<p>The storms of spring damaged the sea wall of Westhaven again, engineers reported.</p>{other}"
    );
    let wall = STORY.replacen("</p><p>Fishing", "</p><!--members-only--><p>Fishing", 1);
    for (slug, title, html) in [
        ("news-01", "Harbour wall to be rebuilt", STORY.to_owned()),
        ("news-02", "Sea wall of Westhaven damaged again", other),
        ("access-paid-wall", "Who pays for the wall", wall),
    ] {
        let change =
            "update posts set title = ?1, html = ?2, plaintext = ?3, custom_excerpt = null where slug = ?4";
        let n_rows = connection.execute(change, (title, &html, document::plaintext(&html), slug)).unwrap();
        assert_eq!(n_rows, 1, "{slug}");
    }
}

fn fixture() -> Fixture {
    Fixture::open_with(&themes()[0], stories)
}

fn page(fixture: &Fixture, path: &str, reader: &Reader) -> String {
    let made = fixture.made(&Request::get(path), reader);
    assert_eq!(made.response.status(), 200, "{path}");
    String::from_utf8(made.response.body().to_vec()).unwrap()
}

/// Writes with a writer of its own, as the editor's commands do.
fn write<T: Send + 'static>(
    fixture: &Fixture,
    change: impl FnMut(&store::WriteTransaction<'_>) -> Result<T, store::WriteError> + Send + 'static,
) -> T {
    let database = Database::open(&fixture.folder.path().join("ghost.db"), &OpenOptions::default()).unwrap();
    let writer = Writer::start(&database, Chance::of_system(), |_| {}).unwrap();
    writer.write(change).wait().unwrap()
}

fn id_of(fixture: &Fixture, slug: &str) -> PostId {
    PostId::new(fixture.column(&format!("select id from posts where slug = '{slug}'"))[0].clone())
}

/// What stands in `text` behind each `start`, up to the next quotation mark.
fn after<'t>(text: &'t str, start: &str) -> Vec<&'t str> {
    text.match_indices(start)
        .map(|(at, _)| {
            let rest = &text[at + start.len()..];
            &rest[..rest.find('"').unwrap_or(rest.len())]
        })
        .collect()
}

#[test]
fn each_point_links_to_the_sentence_it_rests_on() {
    let fixture = fixture();
    let html = page(&fixture, "/news-01/", &Reader::Anonymous);
    let links = after(&html, "href=\"#evidence-");
    assert!((2..=7).contains(&links.len()), "{links:?}");
    for link in &links {
        assert_eq!(html.matches(&format!("id=\"evidence-{link}\"")).count(), 1, "{link}");
    }
    let names = after(&html, "aria-label=\"In the text: ");
    let mut different = names.clone();
    different.sort_unstable();
    different.dedup();
    assert_eq!(different.len(), links.len(), "each link has a name of its own: {names:?}");
    let label = html.find("Made by a program").expect("the label");
    assert!(label < html.find("href=\"#evidence-").unwrap(), "it stands before the list");
    let json =
        html.split("application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next()).unwrap();
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(json["hasPart"].as_array().map(Vec::len), Some(links.len()));
    assert_eq!(json["hasPart"][0]["@type"], "Claim");
}

/// The head of a page, rendered last, says no more than the page and no less.
#[test]
fn the_head_says_who_may_read_and_ends_its_sentences() {
    let fixture = fixture();
    let head = |slug: &str| {
        let html = page(&fixture, slug, &Reader::Anonymous);
        let json =
            html.split("application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
        let json: serde_json::Value = serde_json::from_str(json.unwrap()).unwrap();
        (after(&html, "property=\"og:description\" content=\"")[0].to_owned(), json)
    };
    let (description, json) = head("/news-01/");
    assert!(description.ends_with('.'), "{description}");
    assert_eq!(json["description"].as_str(), Some(description.as_str()));
    assert_eq!(
        (&json["isAccessibleForFree"], &json["conditionsOfAccess"]),
        (&true.into(), &serde_json::Value::Null)
    );
    let gated = fixture.column(
        "select slug from posts where type = 'post' and status = 'published' and visibility = 'members' limit 1",
    );
    let (_, json) = head(&format!("/{}/", gated[0]));
    assert_eq!(json["isAccessibleForFree"], false);
    assert!(
        json["conditionsOfAccess"].as_str().is_some_and(|label| label.starts_with("For members.")),
        "{json}"
    );
}

/// A text that is broken off stands in no head and on no card of a theme that knows the desk, static pages included; where no sentence fits
/// the publication's description stands for it. A theme of Ghost's keeps Ghost's rule.
#[test]
fn no_description_and_no_card_breaks_off() {
    let long = "word ".repeat(90);
    let fixture = fixture();
    let set =
        "update posts set custom_excerpt = null, html = '<p>' || ? || '</p>', plaintext = ? where slug = ?";
    let about = fixture.column("select slug from posts where type = 'page' and status = 'published' and visibility = 'public' limit 1");
    for slug in ["news-01", about[0].as_str()] {
        fixture.connection.execute(set, (&long, &long, slug)).unwrap();
    }
    let of_site =
        fixture.column("select value from settings where key = 'description'")[0].replace('&', "&amp;");
    for slug in ["news-01", about[0].as_str()] {
        let html = page(&fixture, &format!("/{slug}/"), &Reader::Anonymous);
        for name in ["property=\"og:description\" content=\"", "name=\"twitter:description\" content=\""] {
            assert_eq!(after(&html, name), [of_site.as_str()], "{slug} {name}");
        }
        assert!(!html.contains("\"description\": \"word"), "{slug}: {html}");
    }
    let front = page(&fixture, "/", &Reader::Anonymous);
    assert!(!front.contains("hellip") && !front.contains("word word"), "{front}");

    let theme = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(theme.path().join(name), text).unwrap();
    write("package.json", r#"{"name": "ghosts", "version": "1.0.0"}"#);
    write("index.hbs", "");
    write("post.hbs", "{{ghost_head}}{{!-- desk.teaser --}}{{#post}}{{title}}{{/post}}");
    let ghosts = Fixture::open_with(theme.path(), |_| {});
    ghosts.connection.execute(set, (&long, &long, "news-01")).unwrap();
    let html = page(&ghosts, "/news-01/", &Reader::Anonymous);
    assert!(after(&html, "property=\"og:description\" content=\"")[0].starts_with("word word"), "{html}");
}

/// A publication without a page of its own there has the theme's search page.
#[test]
fn the_search_page_is_there_when_the_theme_has_one() {
    let fixture = fixture();
    fixture.catch_up();
    assert!(fixture.column("select id from posts where slug = 'search'").is_empty());
    let found = page(&fixture, "/search/?q=wall", &Reader::Anonymous);
    assert!(
        found.contains("<h1 class=\"list-title\">Search</h1>") && found.contains("id=\"found\""),
        "{found}"
    );
    assert!(!found.contains("id=\"by-date\""), "nothing but what was found");
    // A page behind the last one is the last one.
    let behind = page(&fixture, "/search/?q=wall&page=99", &Reader::Anonymous);
    let shown = |html: &str| html.split_once("id=\"found\"").map(|(_, shown)| shown.to_owned());
    assert_eq!(shown(&behind), shown(&found));
    let other = Fixture::open(stories);
    assert_eq!(other.get("/search/").status(), 404);
}

#[test]
fn a_theme_reaches_all_of_it_by_helpers() {
    let theme = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(theme.path().join(name), text).unwrap();
    write("package.json", r#"{"name": "helpers", "version": "1.0.0"}"#);
    write("index.hbs", "{{#foreach posts}}{{teaser}}{{/foreach}}");
    write(
        "post.hbs",
        "{{#post}}<t>{{teaser}}</t><s>{{teaser characters=\"120\"}}</s><a>{{access_label}}</a><k>{{#key_points}}{{text}}{{else}}none{{/key_points}}</k>\
         <r>{{#related}}{{title}};{{/related}}</r><c>{{corrections}}</c>{{#with \"x\" as |teaser|}}<b>{{teaser}}</b>{{/with}}{{/post}}",
    );
    let fixture = Fixture::open_with(theme.path(), stories);
    fixture.catch_up();
    let html = page(&fixture, "/news-01/", &Reader::Anonymous);
    let part = |name: &str| {
        let (_, rest) = html.split_once(&format!("<{name}>")).expect(name);
        rest.split_once(&format!("</{name}>")).expect(name).0
    };
    assert!(part("t").ends_with('.') && part("t").len() > part("s").len(), "{html}");
    assert!(part("s").ends_with('.') && part("s").len() <= 120, "{html}");
    assert_eq!(part("a"), "For everyone.");
    assert!(part("k").ends_with('.') && STORY.contains(&part("k")[..20]), "{html}");
    assert!(part("r").contains("Who pays for the wall;"), "{html}");
    assert_eq!(
        (part("c"), part("b")),
        ("", "x"),
        "nothing was corrected; a block parameter hides the helper"
    );
}

#[test]
fn other_themes_stay_as_they_are_until_the_owner_wants_points() {
    let mut fixture = Fixture::open(stories);
    let plain = page(&fixture, "/news-01/", &Reader::Anonymous);
    assert!(!plain.contains("evidence-") && !plain.contains("hasPart"));
    for (placing, is_before) in [(Placing::Before, true), (Placing::After, false)] {
        fixture.publication.options.key_points = placing;
        let placed = page(&fixture, "/news-01/", &Reader::Anonymous);
        let list = placed.find("courant-points").expect("the points");
        let text = placed.find("id=\"evidence-").expect("the marked sentence");
        assert_eq!(list < text, is_before);
    }
}

#[test]
fn a_reader_without_access_gets_no_point_of_the_rest() {
    let fixture = fixture();
    let gated = ["fifth of their landings", "State Bank", "Pia Lund", "Opposition"];
    let anonymous = page(&fixture, "/access-paid-wall/", &Reader::Anonymous);
    assert!(gated.iter().all(|words| !anonymous.contains(words)));
    let payer = page(&fixture, "/access-paid-wall/", &fixture.member("paid-15@readers.example"));
    assert!(gated.iter().all(|words| payer.contains(words)));
    assert!(payer.contains("href=\"#evidence-"));
}

#[test]
fn what_is_on_record_is_held_against_the_text_of_now() {
    let fixture = fixture();
    let id = id_of(&fixture, "news-01");
    let now = fixture.now;
    let text = "Engineers found a crack of 40 metres in the wall after the storms of last winter.";
    let point = KeyPoint {
        id: String::new(),
        post: id.clone(),
        position: 0,
        text: text.to_owned(),
        origin: model::desk::PointOrigin::Editor,
        state: model::desk::PointState::Approved,
        is_supported: true,
        reasons: Vec::new(),
        evidence: Vec::new(),
        text_hash: String::new(),
        created_at: now,
        created_by: Some("Ada Brandt".to_owned()),
        decided_at: Some(now),
        decided_by: Some("Ada Brandt".to_owned()),
    };
    // A change of the text elsewhere made her approval void: the words are hers all the same.
    let opened = KeyPoint { state: model::desk::PointState::Open, ..point.clone() };
    let of = id.clone();
    write(&fixture, move |tx| store::desk::replace_points(tx, &of, std::slice::from_ref(&opened), now));
    let html = page(&fixture, "/news-01/", &Reader::Anonymous);
    assert!(html.contains("Written by Ada Brandt, each point checked against the text."), "{html}");
    let claim = |html: &str| {
        let json =
            html.split("application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
        serde_json::from_str::<serde_json::Value>(json.unwrap()).unwrap()["hasPart"][0].clone()
    };
    assert_eq!(claim(&html)["creator"], serde_json::json!({"@type": "Person", "name": "Ada Brandt"}));
    assert!(claim(&html)["editor"].is_null());
    let mut both = vec![point.clone(), point.clone()];
    both[0].state = model::desk::PointState::Open;
    both[1].text = "The council will borrow the other half from the State Bank over 20 years.".to_owned();
    both[1].origin = model::desk::PointOrigin::Text;
    both[1].state = model::desk::PointState::Open;
    let of = id.clone();
    write(&fixture, move |tx| store::desk::replace_points(tx, &of, &both, now));
    let html = page(&fixture, "/news-01/", &Reader::Anonymous);
    assert!(html.contains("Made in part by a program, each point checked against the text; others written or approved by Ada Brandt."));

    write(&fixture, move |tx| store::desk::replace_points(tx, &id, std::slice::from_ref(&point), now));
    let html = page(&fixture, "/news-01/", &Reader::Anonymous);
    assert_eq!(claim(&html)["editor"]["name"], "Ada Brandt");
    assert!(html.contains("Written and checked by Ada Brandt.") && html.contains(&format!("<li>{text}")));
    // Whoever read the record before that cannot overwrite it.
    let id = id_of(&fixture, "news-01");
    let was_written = write(&fixture, move |tx| store::desk::revise_points(tx, &id, &[], &[], now));
    assert!(!was_written && page(&fixture, "/news-01/", &Reader::Anonymous).contains(&format!("<li>{text}")));
    // Somebody else, a Ghost on the same database, changes the text.
    let change = "update posts set html = replace(html, '40 metres', '60 metres'), plaintext = replace(plaintext, '40 metres', '60 metres') where slug = 'news-01'";
    fixture.connection.execute(change, []).unwrap();
    let html = page(&fixture, "/news-01/", &Reader::Anonymous);
    assert!(html.contains("60 metres") && !html.contains("40 metres"), "the point is gone with the sentence");
}

#[test]
fn a_teaser_that_nobody_wrote_ends_where_a_sentence_ends() {
    let fixture = fixture();
    fixture.connection.execute("update posts set custom_excerpt = null", []).unwrap();
    let snapshot = Snapshot::new(&fixture.connection).unwrap();
    let ids = fixture.column("select id from posts where type = 'post' and status = 'published'");
    let site = SiteUrl::parse(SITE).unwrap();
    let mut n_teasers = 0;
    for post in store::desk::published_among(&snapshot, &ids).unwrap() {
        let post = post.for_reader(&Reader::Anonymous, &site);
        let teaser = editorial::teaser(&post, editorial::TEASER_CHARS);
        n_teasers += usize::from(!teaser.is_empty());
        let end = teaser.trim_end_matches(['"', '”', '“', '’', '»', ')']);
        assert!(teaser.is_empty() || end.ends_with(['.', '!', '?', '。']), "{}: {teaser}", post.slug);
        assert!(!end.ends_with("..") && !end.ends_with('…'), "{}: {teaser}", post.slug);
        assert!(
            teaser.chars().count() <= editorial::TEASER_CHARS && !teaser.starts_with(&post.title),
            "{}",
            post.slug
        );
    }
    assert!(n_teasers > 20, "{n_teasers}");
}

#[test]
fn stories_on_the_same_subject_stand_beside_a_story() {
    let fixture = fixture();
    fixture.catch_up();
    let related = |fixture: &Fixture| {
        let snapshot = Snapshot::new(&fixture.connection).unwrap();
        let found = fixture.publication.desk.related(&snapshot, &id_of(fixture, "news-01"), 4).unwrap();
        let site = SiteUrl::parse(SITE).unwrap();
        found.into_iter().map(|post| post.for_reader(&Reader::Anonymous, &site).slug).collect::<Vec<_>>()
    };
    assert!(!related(&fixture).contains(&"news-01".to_owned()));
    let (post, hidden) = (id_of(&fixture, "news-01"), id_of(&fixture, "access-paid-wall"));
    let (pinned, now) = (id_of(&fixture, "news-09"), fixture.now);
    write(&fixture, move |tx| {
        store::desk::choose(tx, &post, &hidden, model::desk::RelatedChoice::Hidden, ("Ada", now))?;
        store::desk::choose(tx, &post, &pinned, model::desk::RelatedChoice::Pinned, ("Ada", now))
    });
    let after = related(&fixture);
    assert_eq!(after.first().map(String::as_str), Some("news-09"));
    assert!(!after.contains(&"access-paid-wall".to_owned()));
    let html = page(&fixture, "/news-01/", &Reader::Anonymous);
    assert!(html.contains("On the same subject"));
}

#[test]
fn a_search_finds_what_its_reader_may_read_and_nothing_else() {
    let fixture = fixture();
    fixture.catch_up();
    let payer = fixture.member("paid-15@readers.example");
    let free = fixture.member("free-00@readers.example");
    let search = |words: &str, reader: &Reader| {
        let snapshot = Snapshot::new(&fixture.connection).unwrap();
        let found = fixture.publication.desk.search(&snapshot, reader, words, (0, 20)).unwrap();
        assert_eq!(found.posts.len(), found.total, "{words}");
        found.total
    };
    assert_eq!(search("Westhaven Solberg", &Reader::Anonymous), 3);
    // Two stories say it openly, the third to those who pay.
    assert_eq!(search("\"State Bank\"", &Reader::Anonymous), 2);
    assert_eq!(search("\"State Bank\"", &free), 2);
    assert_eq!(search("\"State Bank\"", &payer), 3);
    assert_eq!(search("\"State Bank\" -\"Per Holm\" -\"nobody\"", &payer), 2);
    // Until the archive has followed, a changed story is not found at all.
    let change = "update posts set updated_at = '2027-01-01 00:00:00' where slug = 'news-01'";
    fixture.connection.execute(change, []).unwrap();
    let snapshot = Snapshot::new(&fixture.connection).unwrap();
    let found =
        fixture.publication.desk.search(&snapshot, &Reader::Anonymous, "\"State Bank\"", (0, 20)).unwrap();
    assert_eq!(found.posts.len(), 1);
    drop(snapshot);
    fixture.catch_up();
    assert_eq!(search("\"State Bank\"", &Reader::Anonymous), 2);
    // Taken down, it is gone.
    fixture
        .connection
        .execute(
            "update posts set status = 'draft', updated_at = '2027-01-02 00:00:00' where slug = 'news-01'",
            [],
        )
        .unwrap();
    fixture.catch_up();
    assert_eq!(search("\"State Bank\"", &Reader::Anonymous), 1);
}

#[test]
fn the_search_page_answers_without_script() {
    let fixture = fixture();
    let change = "update posts set slug = 'search', visibility = 'public' where slug = (select slug from posts where \
                  type = 'page' and status = 'published' and visibility = 'public' limit 1)";
    assert_eq!(fixture.connection.execute(change, []).unwrap(), 1);
    fixture.catch_up();
    let get = |query: &str| {
        let request = Request { query: Some(query.to_owned()), ..Request::get("/search/") };
        let made = fixture.made(&request, &Reader::Anonymous);
        assert!(made.reads_query, "the page depends on its query");
        String::from_utf8(made.response.body().to_vec()).unwrap()
    };
    let html = get("q=Solberg+%22harbour+wall%22");
    assert!(
        html.contains("Harbour wall to be rebuilt")
            && html.contains("value=\"Solberg &quot;harbour wall&quot;\"")
    );
    assert!(get("q=%3Cscript%3Ealert").contains("Nothing found."));
    assert!(!get("q=%3Cscript%3Ealert").contains("<script>alert"));
}

#[test]
fn corrections_stand_with_the_story_and_in_the_public_list() {
    let fixture = fixture();
    assert_eq!(fixture.get("/corrections/").status(), 404, "no list without a correction");
    for (slug, is) in [
        ("news-01", "a cost of 14 million euros"),
        ("access-paid-wall", "borrow the other half from the State Bank"),
    ] {
        let correction = Correction {
            id: String::new(),
            post: id_of(&fixture, slug),
            was: "what the Trade Bank said".to_owned(),
            is: is.to_owned(),
            note: Some("The figure was taken from a draft.".to_owned()),
            made_at: fixture.now,
            made_by: "Ada Brandt".to_owned(),
            withdrawn: None,
        };
        write(&fixture, move |tx| store::desk::add_correction(tx, &correction));
    }
    let html = page(&fixture, "/news-01/", &Reader::Anonymous);
    assert!(html.contains("said”. It should say: “a cost of 14 million euros”."));
    assert!(html.contains("taken from a draft"));
    assert!(html.contains("\"@type\": \"CorrectionComment\""));
    let gated = page(&fixture, "/access-paid-wall/", &Reader::Anonymous);
    assert!(gated.contains("for members") && !gated.contains("Trade Bank") && !gated.contains("State Bank"));
    let payer = page(&fixture, "/access-paid-wall/", &fixture.member("paid-15@readers.example"));
    assert!(payer.contains("Trade Bank"));
    let list = page(&fixture, "/corrections/", &Reader::Anonymous);
    assert!(list.contains("Harbour wall to be rebuilt") && list.contains("Who pays for the wall"));
    assert_eq!(list.matches("Trade Bank").count(), 1, "only of the story that all may read");
    assert_eq!(fixture.get("/corrections/page/2/").status(), 404);
    // A table as earlier versions made it is read as it is; the next write completes it.
    for column in ["withdrawn_at", "withdrawn_by"] {
        let drop = format!("alter table courant_correction drop column {column}");
        fixture.connection.execute(&drop, []).unwrap();
    }
    assert!(page(&fixture, "/news-01/", &Reader::Anonymous).contains("taken from a draft"));
    let gone = {
        let database =
            Database::open(&fixture.folder.path().join("ghost.db"), &OpenOptions::default()).unwrap();
        let reader = database.reader().unwrap();
        let post = id_of(&fixture, "access-paid-wall");
        store::desk::recorded_corrections(&reader.snapshot().unwrap(), post.as_str()).unwrap().remove(0)
    };
    let (by, at) = ("Ada Brandt", fixture.now);
    let withdrawn = gone.clone();
    assert!(write(&fixture, move |tx| store::desk::withdraw_correction(tx, &withdrawn, (by, at))));
    let payer = page(&fixture, "/access-paid-wall/", &fixture.member("paid-15@readers.example"));
    assert!(!payer.contains("Trade Bank"));
    let list = page(&fixture, "/corrections/", &Reader::Anonymous);
    assert!(list.contains("Harbour wall to be rebuilt") && !list.contains("Who pays for the wall"));
    let kept = fixture.connection.query_row(
        "select withdrawn_by from courant_correction where withdrawn_at is not null and became = ?",
        [&gone.is],
        |row| row.get::<_, String>(0),
    );
    assert_eq!(kept.unwrap(), by);
    // A page of the publication's own at this address has the list below its text.
    let change = "update posts set slug = 'corrections', html = '<p>How we handle errors.</p>', visibility = 'public' where \
                  slug = (select slug from posts where type = 'page' and status = 'published' limit 1)";
    assert_eq!(fixture.connection.execute(change, []).unwrap(), 1);
    let own = page(&fixture, "/corrections/", &Reader::Anonymous);
    assert!(own.find("How we handle errors.").unwrap() < own.find("Harbour wall to be rebuilt").unwrap());
}
