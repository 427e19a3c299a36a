//! A word that stands only in the gated part of a story must reach nobody who may not read it (AT-03).

use std::collections::{BTreeSet, VecDeque};

use model::Reader;
use rusqlite::{Connection, params};
use site::visit::Visit;
use store::Snapshot;
use web::Request;

use crate::publication::{Fixture, SITE, themes, whole};

/// Most addresses that one reader follows.
const MOST: usize = 1500;

/// The word of one story, which nothing else says.
fn word(slug: &str) -> String {
    format!("zqx{}zqx", slug.replace('-', ""))
}

/// Slugs of entries with a gated part, and of those whose address is secret.
const GATED: [&str; 11] = [
    "access-members",
    "access-members-wall",
    "access-paid",
    "access-paid-wall",
    "access-tiers-1",
    "access-tiers-1-wall",
    "access-tiers-2",
    "access-tiers-2-wall",
    "old-editor-paid",
    "members-page",
    "paid-page",
];
const DRAFT: &str = "draft-0";
const MAILED: &str = "email-only-1";

/// Puts each story's word into its gated part: text, heading, the alt text and caption of a picture, an HTML card.
fn plant(connection: &Connection) {
    for slug in GATED {
        let word = word(slug);
        let picture = format!(
            "<figure class=\"kg-card kg-image-card\"><img src=\"__GHOST_URL__/content/images/2024/05/market.png\" \
             class=\"kg-image\" alt=\"{word} alt\"><figcaption>{word} caption</figcaption></figure>"
        );
        let node = format!(
            "{{\"type\":\"image\",\"version\":1,\"src\":\"__GHOST_URL__/content/images/2024/05/market.png\",\
             \"alt\":\"{word} alt\",\"caption\":\"{word} caption\"}},{{\"type\":\"html\""
        );
        // Both editors' fixtures: what stands below the wall, or anywhere where there is none.
        for (old, new) in
            [("The rest", word.as_str()), ("after the wall", &word), ("Html card inside", &word)]
        {
            connection
                .execute(
                    "update posts set html = replace(html, ?1, ?2), plaintext = replace(plaintext, ?1, ?2), \
                     lexical = replace(lexical, ?1, ?2) where slug = ?3",
                    params![old, new, slug],
                )
                .unwrap();
        }
        let change = "update posts set html = html || ?1, lexical = replace(lexical, '{\"type\":\"html\"', ?2), \
                      plaintext = plaintext || ' ' || ?3 where slug = ?4";
        assert_eq!(connection.execute(change, params![picture, node, word, slug]).unwrap(), 1);
    }
    for slug in [DRAFT, MAILED] {
        let word = word(slug);
        let html =
            format!("<p>For all.</p><!--members-only--><p>{word}</p><img alt=\"{word}\" src=\"/x.png\">");
        let change = "update posts set visibility = 'paid', html = ?1, plaintext = ?2 where slug = ?3";
        assert_eq!(
            connection.execute(change, params![html, format!("For all. {word}"), slug]).unwrap(),
            1,
            "{slug}"
        );
    }
}

/// Every door that the routes, the database and the program's own list give, as paths.
fn doors(fixture: &Fixture) -> Vec<String> {
    let mut doors: Vec<String> = [
        "/llms.txt",
        "/llms-full.txt",
        "/.well-known/llms.txt",
        "/sitemap.xml",
        "/sitemap-posts.xml",
        "/sitemap-pages.xml",
        "/sitemap-tags.xml",
        "/sitemap-authors.xml",
        "/robots.txt",
        "/not-here/",
        "/not-here.md",
        "/not-here.png",
        "/tag/not-here/",
        "/page/9999/",
        "//",
        "/private/",
    ]
    .map(str::to_owned)
    .to_vec();
    let snapshot = Snapshot::new(&fixture.connection).unwrap();
    let state = fixture.publication.state(&snapshot).unwrap();
    let mut lists: Vec<String> =
        state.routes.collections.iter().map(|collection| collection.list.path.clone()).collect();
    lists.extend(state.routes.routes.iter().map(|route| match route {
        site::routes::Route::Channel(list) => list.path.clone(),
        site::routes::Route::Static(own) => own.path.clone(),
    }));
    let patterns = [
        (&state.routes.tag, "select slug from tags"),
        (&state.routes.author, "select slug from users"),
        (&state.routes.collections.first().map(|first| first.permalink.clone()), "select slug from posts"),
    ];
    for (pattern, query) in patterns {
        let Some(pattern) = pattern else { continue };
        lists.extend(fixture.column(query).iter().map(|slug| pattern.as_str().replace("{slug}", slug)));
    }
    for list in lists {
        doors
            .extend(["", "rss/", "feed/", "page/2/", "page/3/", "edit/"].map(|rest| format!("{list}{rest}")));
        doors.push(format!("{}.md", list.trim_end_matches('/')));
    }
    for uuid in fixture.column("select uuid from posts") {
        for door in ["p", "email"] {
            for query in ["member_status=anonymous", "member_status=free"] {
                doors.push(format!("/{door}/{uuid}/?{query}"));
            }
        }
        doors.push(format!("/email/{uuid}/"));
        doors.push(format!("/email/{uuid}.md"));
    }
    doors
}

/// Addresses of the publication that an answer names, as paths.
fn links(text: &str) -> BTreeSet<String> {
    let ends = |c: char| c.is_whitespace() || "\"'<>()[]\\,;`&#".contains(c);
    let mut links = BTreeSet::new();
    for (start, skip) in [(SITE, SITE.len()), ("href=\"/", 6), ("src=\"/", 5), ("href='/", 6)] {
        for (at, _) in text.match_indices(start) {
            let rest = &text[at + skip..];
            let path = &rest[..rest.find(ends).unwrap_or(rest.len())];
            let is_file = ["/content/", "/assets/", "/public/"].iter().any(|front| path.starts_with(front));
            if path.starts_with('/') && !is_file {
                links.insert(path.to_owned());
            }
        }
    }
    links
}

/// Asks all doors, and all that their answers name; calls `see` with each path and answer.
fn crawl(fixture: &Fixture, reader: &Reader, mut see: impl FnMut(&str, &str)) -> usize {
    let mut to_ask: VecDeque<String> = doors(fixture).into();
    let mut known: BTreeSet<String> = to_ask.iter().cloned().collect();
    let n_doors = to_ask.len();
    let mut n_asked = 0;
    while let Some(path) = to_ask.pop_front() {
        n_asked += 1;
        let response = fixture.made(&Request::get(&path), reader).response;
        assert!(!response.status().is_server_error(), "{path}: {}", response.status());
        let text = whole(&response);
        see(&path, &text);
        for link in links(&text) {
            if known.len() < MOST + n_doors && known.insert(link.clone()) {
                to_ask.push_back(link);
            }
        }
    }
    n_asked
}

/// The words in a text, of whatever story.
fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    GATED
        .iter()
        .chain(&[DRAFT, MAILED])
        .map(|slug| word(slug))
        .filter(|word| lower.contains(word.as_str()))
        .collect()
}

/// Who reads, and the stories that she may read whole.
fn readers(fixture: &Fixture) -> Vec<(&'static str, Reader, Vec<&'static str>)> {
    let members = ["access-members", "access-members-wall", "members-page"];
    let paid = ["access-paid", "access-paid-wall", "old-editor-paid", "paid-page", DRAFT, MAILED];
    let reads = |more: &[&'static str]| [&members[..], &paid, more].concat();
    vec![
        ("anonymous", Reader::Anonymous, Vec::new()),
        ("free", fixture.member("free-00@readers.example"), members.to_vec()),
        (
            "of the tier Reader",
            fixture.member("paid-15@readers.example"),
            reads(&["access-tiers-2", "access-tiers-2-wall"]),
        ),
        (
            "of the tier Patron",
            fixture.member("paid-17@readers.example"),
            reads(&["access-tiers-1", "access-tiers-1-wall"]),
        ),
    ]
}

#[test]
fn gated_words_reach_only_those_who_may_read_them() {
    for theme in themes() {
        let fixture = Fixture::open_with(&theme, plant);
        fixture.catch_up();
        for (name, reader, may_read) in readers(&fixture) {
            let allowed: BTreeSet<String> = may_read.iter().map(|slug| word(slug)).collect();
            let nothing = BTreeSet::new();
            let n_asked = crawl(&fixture, &reader, |path, text| {
                // Whoever has a draft's secret address may read it whole: see the test on previews.
                if path.starts_with("/p/") && !path.contains("?member_") {
                    return;
                }
                // A preview's reader is the one that its address names.
                let allowed = if path.starts_with("/p/") { &nothing } else { &allowed };
                let seen = words(text);
                let leaked: Vec<_> = seen.difference(allowed).collect();
                assert!(leaked.is_empty(), "{}: {path} tells a reader {name}: {leaked:?}", theme.display());
                // What one member may read must not be kept for others.
                assert!(
                    seen.is_empty() || text.contains("private") && !text.contains("\"public, max-age"),
                    "{path}"
                );
            });
            assert!(n_asked > 1000, "only {n_asked} doors were asked");
            for slug in may_read.iter().filter(|slug| GATED.contains(slug)) {
                let made = fixture.made(&Request::get(&format!("/{slug}/")), &reader);
                assert!(words(&whole(&made.response)).contains(&word(slug)), "{name} may read {slug}");
            }
        }
    }
}

#[test]
fn previews_show_what_their_reader_would_see() {
    let fixture = Fixture::open(plant);
    let uuid = &fixture.column("select uuid from posts where slug = 'draft-0'")[0];
    for (query, sees) in [
        ("", true),
        ("?member_status=paid", true),
        ("?member_tier=patron", true),
        ("?member_status=paid&member_tier=patron", true),
        ("?member_status=paid&member_tier=free", true),
        ("?member_status=free&member_tier=free", false),
        ("?member_status=paid&member_tier=", false),
        ("?member_status=paid&member_status=free", false),
        ("?member_status=anonymous", false),
        ("?member_status=free", false),
        ("?member_status=nonsense", false),
        ("?member_status=free&member_tier=patron", false),
    ] {
        let text = whole(&fixture.get(&format!("/p/{uuid}/{query}")));
        assert_eq!(words(&text).contains(&word(DRAFT)), sees, "{query}");
    }
}

#[test]
fn gated_words_do_not_come_by_the_content_api() {
    let fixture = Fixture::open(plant);
    fixture.catch_up();
    let key = Fixture::content_key();
    let snapshot = Snapshot::new(&fixture.connection).unwrap();
    let state = fixture.publication.state(&snapshot).unwrap();
    let failures = web::Failures::default();
    let get = |path: &str| {
        let sign = if path.contains('?') { '&' } else { '?' };
        let request = Request::get(&format!("/ghost/api/content/{path}{sign}key={key}"));
        let desk = &fixture.publication.desk;
        api::answer(&request, &state.facts, (&snapshot, desk), fixture.now, &failures)
    };
    // Blanks ask for nothing: the list.
    assert_eq!(whole(&get("posts/?search=%20&fields=id")), whole(&get("posts/?fields=id")));
    let mut paths = Vec::new();
    for kind in ["posts", "pages"] {
        for page in 1..=8 {
            paths.push(format!(
                "{kind}/?limit=15&page={page}&formats=html,plaintext&include=tags,authors,tiers"
            ));
            paths.push(format!("{kind}/?limit=15&page={page}&fields=title,excerpt,custom_excerpt,plaintext"));
        }
    }
    for slug in GATED {
        let kind = if slug.ends_with("page") { "pages" } else { "posts" };
        paths.push(format!("{kind}/slug/{slug}/?formats=html,plaintext,mobiledoc,lexical"));
        paths.push(format!("{kind}/slug/{slug}/?include=key_points,related"));
        let found = whole(&get(&format!("posts/?search={}", word(slug))));
        assert!(found.contains("\"total\":0"), "{slug} is found: {found}");
        // A filter must not tell by the number of what it finds either.
        let word = word(slug);
        let text =
            whole(&get(&format!("{kind}/?filter=plaintext:~'{word}',html:~'{word}',lexical:~'{word}'")));
        assert!(!text.contains("\"total\":1,"), "{slug}: {text}");
    }
    for path in paths {
        let response = get(&path);
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(words(&whole(&response)), BTreeSet::new(), "{path}");
    }
}

#[test]
fn a_kept_page_is_nobodys_in_particular() {
    let fixture = Fixture::open(plant);
    let reader = fixture.member("paid-15@readers.example");
    let snapshot = Snapshot::new(&fixture.connection).unwrap();
    let state = fixture.publication.state(&snapshot).unwrap();
    let request = Request::get("/access-paid-wall/");
    let visit = |reader| {
        Visit {
            publication: &fixture.publication,
            state: &state,
            snapshot: &snapshot,
            request: &request,
            reader,
            shows_member: true,
            now: fixture.now,
        }
        .answer()
    };
    // The same publication and state answer one after the other: nothing of the first stays for the second.
    let before = visit(&Reader::Anonymous);
    let paid = visit(&reader);
    let after = visit(&Reader::Anonymous);
    assert!(words(&whole(&paid.response)).contains(&word("access-paid-wall")));
    assert_eq!(whole(&before.response), whole(&after.response));
    assert!(before.keep && after.keep && !words(&whole(&after.response)).contains(&word("access-paid-wall")));
}
