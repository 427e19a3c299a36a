//! What a page says of itself, against Ghost's own helpers on the same made-up pages (`tests/data/heads.jsonl`).
//! `HEADS` names another file of the same form, made with more cases.

use std::path::{Path, PathBuf};

use handlebars::{Arena, Value};
use serde_json::Value as Json;
use theme::meta::{self, HeadContext, Property};
use theme::{Apps, Direction, Fetched, Kind, MemberCounts, PageContext, SiteFacts, Source, Within};

const APPS: Apps<'static> = Apps {
    portal: "https://cdn.test/portal.js",
    comments: "",
    search: "https://cdn.test/search.js",
    search_styles: "https://cdn.test/search.css",
    announcement: "https://cdn.test/announcement.js",
    admin_toolbar: "https://cdn.test/toolbar.js",
};

#[test]
fn heads_say_what_ghosts_heads_say() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/heads.jsonl");
    let file = std::env::var_os("HEADS").map_or(beside, PathBuf::from);
    let lines = std::fs::read_to_string(file).expect("the data is beside the test");
    let (mut n, mut wrong) = (0, Vec::new());
    for line in lines.lines() {
        let case: Json = serde_json::from_str(line).expect("a line is JSON");
        n += 1;
        let ours = said(&case["page"]);
        let differs = ours.iter().find_map(|(name, ours)| {
            let theirs = case["answer"][name].as_str().expect("an answer is text");
            (theirs != ours).then(|| first_difference(theirs, ours, name))
        });
        if let Some(difference) = differs {
            wrong.push(format!("case {n} {}: {difference}", case["page"]["context"]));
        }
    }
    assert!(n >= 80, "only {n} cases");
    let shown: Vec<&str> = wrong.iter().take(8).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} of {n} differ\n{}", wrong.len(), shown.join("\n"));
}

/// AT-16: whatever stands in a field that people write into, it stays where it was put.
#[test]
fn hostile_values_stay_in_their_place() {
    const HOSTILE: &str =
        "</script></style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u{2028}{}";
    let person = serde_json::json!({
        "name": HOSTILE, "slug": HOSTILE, "url": HOSTILE, "website": HOSTILE, "facebook": HOSTILE, "twitter": HOSTILE,
        "mastodon": HOSTILE, "profile_image": HOSTILE, "cover_image": HOSTILE, "bio": HOSTILE, "meta_description": HOSTILE,
    });
    let thing = serde_json::json!({
        "id": HOSTILE, "title": HOSTILE, "name": HOSTILE, "slug": HOSTILE, "description": HOSTILE, "visibility": "public",
        "excerpt": HOSTILE, "feature_image": HOSTILE, "og_image": HOSTILE, "canonical_url": HOSTILE,
        "published_at": HOSTILE, "updated_at": HOSTILE, "authors": [person, person], "primary_author": person,
        "tags": [{"name": HOSTILE, "slug": HOSTILE}],
    });
    for (context, field) in [("post", "post"), ("tag", "tag"), ("author", "author"), ("home", "posts")] {
        let page = serde_json::json!({
            "url": "http://site.example", "context": [context], "relativeUrl": format!("/{HOSTILE}/"),
            "data": {field: if field == "author" { &person } else { &thing },
                "pagination": {"page": 1, "total": 9, "next": 2}},
            "settings": {
                "title": HOSTILE, "description": HOSTILE, "icon": HOSTILE, "logo": HOSTILE, "cover_image": HOSTILE,
                "facebook": HOSTILE, "twitter": HOSTILE, "locale": HOSTILE, "members_enabled": true,
                "announcement_content": HOSTILE, "announcement_visibility": ["visitors"],
                "heading_font": HOSTILE, "body_font": "Inter",
            },
            "site": {"accent_color": HOSTILE, "_preview": "", "heading_font": HOSTILE, "body_font": HOSTILE},
            "rssUrl": HOSTILE, "staffTools": true, "structuredData": true, "cards": ["js", "css"],
        });
        let said = said(&page);
        let (_, head) = &said[0];
        assert!(!head.contains("<script>") && !head.contains("<img"), "{context}: {head}");
        let (_, json) = head.split_once("ld+json\">").expect("structured data");
        let (json, _) = json.split_once("</script>").expect("the script ends");
        serde_json::from_str::<Json>(json).expect("structured data is JSON");
        for (name, classes) in &said[4..] {
            assert!(!classes.contains(['<', '"']), "{name}: {classes}");
        }
        // as many elements as the page has lines for, each closed where it was opened
        assert_eq!(head.matches("<script").count(), head.matches("</script>").count(), "{context}: {head}");
        assert_eq!(head.matches("<style").count(), head.matches("</style>").count(), "{context}: {head}");
    }
}

/// Everything that the helpers print for a page made up.
fn said(page: &Json) -> [(&'static str, String); 6] {
    let arena = Arena::new();
    let source = MadeUp { page };
    let text = |name: &str| page[name].as_str();
    let value = |name: &str| page.get(name).map_or(Value::Undefined, |json| theme::json::value(json, &arena));
    let context: Vec<&str> =
        page["context"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    let facts = SiteFacts {
        url: text("url").expect("an address"),
        admin_url: text("adminUrl"),
        timezone: "Etc/UTC",
        locale: "en",
        version: "6.65.0",
        safe_version: "6.65",
        assets_url: None,
        use_min_files: true,
        referrer_policy: "no-referrer-when-downgrade",
        structured_data: page["structuredData"] == true,
        rss_url: text("rssUrl"),
        apps: APPS,
    };
    let shown = PageContext {
        data: value("data"),
        context: &context,
        relative_url: text("relativeUrl").unwrap_or("/"),
        site: value("site"),
        custom: Value::Undefined,
        labs: Value::Undefined,
        member: Value::Null,
        page: Value::Undefined,
        posts_per_page: Value::Undefined,
        facts: &facts,
        now: "2026-11-23T10:00:00Z".parse().expect("a date"),
        status: page["status"].as_u64().map_or(200, |status| status as u16),
        gift: None,
        staff_tools: page["staffTools"] == true,
    };
    said_in(&shown, &source, &arena, text("exclude").unwrap_or(""), text("form"))
}

/// Ties the lifetimes of a page together.
fn said_in<'a>(
    page: &'a PageContext<'a>,
    source: &'a MadeUp<'a>,
    arena: &'a Arena,
    exclude: &str,
    form: Option<&str>,
) -> [(&'static str, String); 6] {
    let ctx = HeadContext { page, source, arena };
    [
        ("head", without_style(&meta::head(&ctx, exclude))),
        ("foot", meta::foot(&ctx)),
        ("title", meta::title(&ctx, page.data, Property::Meta, form).to_owned()),
        ("description", meta::description(&ctx, page.data, Property::Meta).unwrap_or("").to_owned()),
        ("body", meta::body_class(&ctx, page.data)),
        ("post", meta::post_class(&ctx, page.data)),
    ]
}

/// The style of the box at a cut is left out of the data.
fn without_style(head: &str) -> String {
    const START: &str = "<style id=\"gh-members-styles\">";
    let Some((before, rest)) = head.split_once(START) else { return head.to_owned() };
    let (style, after) = rest.split_once("</style>").expect("the style ends");
    assert!(style.contains(".gh-post-upgrade-cta"));
    format!("{before}{START}…</style>{after}")
}

fn first_difference(theirs: &str, ours: &str, name: &str) -> String {
    let (mut left, mut right) = (theirs.lines(), ours.lines());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return format!("{name}: line ends"),
            (one, other) if one != other => return format!("{name}\n  - {one:?}\n  + {other:?}"),
            _ => {}
        }
    }
}

/// The publication of a page made up.
struct MadeUp<'p> {
    page: &'p Json,
}

impl Source for MadeUp<'_> {
    fn get<'a>(&'a self, _: &'a Arena, _: &str, _: &[(&'a str, Value<'a>)]) -> Result<Fetched<'a>, String> {
        Ok(Fetched::default())
    }

    fn neighbour<'a>(
        &'a self,
        _: &'a Arena,
        _: Value<'a>,
        _: Direction,
        _: Within<'a>,
    ) -> Result<Option<Value<'a>>, String> {
        Ok(None)
    }

    fn member_counts(&self) -> MemberCounts {
        MemberCounts::default()
    }

    fn recommendations<'a>(
        &'a self,
        _: &'a Arena,
        _: &[(&'a str, Value<'a>)],
    ) -> Result<Fetched<'a>, String> {
        Ok(Fetched::default())
    }

    /// A picture whose name says `800x600` has that size.
    fn image_size(&self, url: &str) -> Option<(u32, u32)> {
        url.split(['-', '.']).find_map(|part| {
            let (width, height) = part.split_once('x')?;
            Some((width.parse().ok()?, height.parse().ok()?))
        })
    }

    fn content_key(&self) -> Option<&str> {
        Some("key")
    }

    fn setting<'a>(&'a self, arena: &'a Arena, name: &str) -> Value<'a> {
        self.page["settings"].get(name).map_or(Value::Undefined, |json| theme::json::value(json, arena))
    }

    fn public_asset<'a>(&'a self, _: &'a Arena, path: &str) -> Option<&'a str> {
        let kind = path.strip_prefix("public/cards.min.");
        let brought = kind
            .is_none_or(|kind| self.page["cards"].as_array().is_some_and(|all| all.contains(&kind.into())));
        brought.then_some("fingerprint")
    }

    fn url_of<'a>(&'a self, _: &'a Arena, _: Kind, _: Value<'a>) -> Option<&'a str> {
        None
    }
}
