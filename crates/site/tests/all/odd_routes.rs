//! Whatever a `routes.yaml` says: routes that answer, or a fault that names its line.

use model::Reader;
use proptest::prelude::*;
use site::routes::Routes;
use web::Request;

use crate::publication::Fixture;

/// Scalars, right and wrong, as an owner may write them.
fn scalar() -> impl Strategy<Value = String> {
    let words = [
        "",
        "~",
        "null",
        "true",
        "no",
        "0",
        "-3",
        "7",
        "1e400",
        "all",
        ".nan",
        "0x1f",
        "channel",
        "tv",
        "index",
        "'a b'",
        "[index, post]",
        "[]",
        "[1, {a: b}]",
        "{}",
        "{a: b}",
        "/{slug}/",
        "/:slug/",
        "/{year}/{month}/{slug}/",
        "/{id}/",
        "/{primary_tag}/{slug}/",
        "/{x}/",
        "{slug}",
        "/{slug}",
        "/{/",
        "//",
        "/é/",
        "/%ff/",
        "\"\\x00\"",
        "\"/\\0/\"",
        "tag.news",
        "tag.%s",
        "author.ada",
        "page.about",
        "post.",
        "tier.x",
        "tag:news",
        "'tag:news+featured:true'",
        "tag:[",
        "published_at asc",
        "'slug;drop table posts'",
        "application/json",
        "\"text/x\\r\\nset-cookie: a=b\"",
        "&a x",
        "*a",
        "!!str 5",
        "| \n      folded",
        "'",
        "\"",
        "@x",
        "`x`",
        "? x",
        "{type: read, resource: tags, slug: news}",
        "{type: browse, resource: posts, limit: 2}",
        "{type: read, resource: pages, slug: '%s', redirect: false}",
        "{x: {type: browse, resource: authors, filter: 'slug:-ada'}}",
        "{x: {type: browse, resource: posts, page: -1, limit: all, order: 'x'}}",
        "{x: tag.news, y: post.access-paid}",
        "2024-01-01",
        "../../secret",
        "'../../../etc/passwd'",
    ];
    prop_oneof![
        9 => prop::sample::select(words.map(str::to_owned).to_vec()),
        1 => "[ -~\\n\\t]{0,12}",
    ]
}

fn path() -> impl Strategy<Value = String> {
    let paths = [
        "/",
        "/blog/",
        "/tag/",
        "/:x/",
        "/a/:b/c/",
        "/blog",
        "blog/",
        "//",
        "/*/",
        "/(a|b)/",
        "/é/",
        "\"/\\\"/\"",
        "? /x/",
        "/{slug}/",
        "tag",
        "author",
        "x",
        "5",
        "~",
        "<<",
        "/rss/",
        "/page/2/",
        "/p/",
        "/ghost/",
        "/private/",
        "[/a/, /b/]",
    ];
    prop::sample::select(paths.map(str::to_owned).to_vec())
}

fn option() -> impl Strategy<Value = String> {
    let keys = [
        "permalink",
        "template",
        "data",
        "filter",
        "order",
        "limit",
        "rss",
        "controller",
        "content_type",
        "x",
        "<<",
        "resource",
        "type",
        "slug",
        "redirect",
    ];
    (prop::sample::select(keys.map(str::to_owned).to_vec()), scalar())
        .prop_map(|(key, value)| format!("    {key}: {value}\n"))
}

/// An entry of a section: `/path/: value`, or a map of options, often with what a collection needs.
fn entry() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => (path(), scalar()).prop_map(|(path, value)| format!("  {path}: {value}\n")),
        3 => (path(), prop::collection::vec(option(), 0..5), any::<bool>()).prop_map(|(path, options, whole)| {
            let permalink = if whole { "    permalink: /{slug}/\n" } else { "" };
            format!("  {path}:\n{permalink}{}", options.concat())
        }),
    ]
}

fn file() -> impl Strategy<Value = String> {
    let names = ["routes", "collections", "collections", "taxonomies", "x", "routes ", "'routes'", "\t"];
    let section = (
        prop::sample::select(names.map(str::to_owned).to_vec()),
        prop::collection::vec(entry(), 0..4),
        scalar(),
        0..8u8,
    )
        .prop_map(|(name, entries, value, odd)| {
            if odd == 0 { format!("{name}: {value}\n") } else { format!("{name}:\n{}", entries.concat()) }
        });
    let odd = prop::sample::select(
        ["", "", "", "", "---\n", "%YAML 1.2\n---\n", "\u{feff}", "...\n", "- x\n", "# x\n", "\r\n"].to_vec(),
    );
    (odd, prop::collection::vec(section, 0..4))
        .prop_map(|(odd, sections)| format!("{odd}{}", sections.concat()))
}

/// A file that makes sense more often than not, so that the router is reached.
fn sound() -> impl Strategy<Value = String> {
    let own = ["/blog/", "/", "/:x/", "/a/:b/c/", "/tag/", "/rss/", "/p/", "/é/"].map(str::to_owned).to_vec();
    let permalinks =
        ["/{slug}/", "/{year}/{slug}/", "/{id}/", "/{primary_tag}/{slug}/", "/{x}/", "/blog/{slug}/"]
            .to_vec();
    let options = [
        "",
        "    filter: tag:news\n",
        "    filter: 'tag:['\n",
        "    filter: tag:%s\n",
        "    data: tag.news\n",
        "    data: tag.%s\n",
        "    data: post.access-paid\n",
        "    limit: all\n",
        "    limit: 2\n",
        "    order: published_at asc\n",
        "    order: '; drop'\n",
        "    template: ../../secret\n",
        "    template: [no, index]\n",
        "    rss: false\n",
        "    data: {x: {type: browse, resource: posts, page: -1, limit: all}}\n",
    ]
    .to_vec();
    let content = [
        "",
        "    content_type: text/xml\n",
        "    content_type: \"a\\r\\nb: c\"\n",
        "    controller: channel\n",
    ]
    .to_vec();
    (
        (prop::sample::select(own.clone()), prop::sample::select(options.clone()), prop::sample::select(content)),
        (prop::sample::select(own), prop::sample::select(options), prop::sample::select(permalinks.clone())),
        prop::sample::select(permalinks),
    )
        .prop_map(|((route, first, content), (collection, second, permalink), tag)| {
            let template = if first.contains("template") { "" } else { "    template: index\n" };
            format!(
                "routes:\n  {route}:\n{template}{first}{content}collections:\n  {collection}:\n    permalink: \
                 {permalink}\n{second}taxonomies:\n  tag: {tag}\n"
            )
        })
}

const PATHS: [&str; 14] = [
    "/",
    "/blog/",
    "/blog/rss/",
    "/blog/page/2/",
    "/x/",
    "/a/b/c/",
    "/a/%2e%2e/c/",
    "/access-paid/",
    "/2024/access-paid/",
    "/news/",
    "/tag/news/",
    "/rss/",
    "/sitemap-posts.xml",
    "/access-paid.md",
];

/// Asks a publication with these routes.
fn ask(fixture: &Fixture, text: &str) {
    let settings = fixture.publication.options.content.join("settings");
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(settings.join("routes.yaml"), text).unwrap();
    fixture.publication.forget_files();
    for path in PATHS {
        let response = fixture.made(&Request::get(path), &Reader::Anonymous).response;
        assert!(!response.status().is_server_error(), "{path}: {} with\n{text}", response.status());
        assert!(response.headers().get("b").is_none(), "{path} with\n{text}");
    }
}

#[test]
fn odd_files_give_routes_or_a_fault_with_its_line() {
    let fixture = Fixture::open(|_| {});
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 1500,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let (n_routes, n_faults) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    runner
        .run(&file(), |text| {
            match Routes::parse(&text) {
                Ok(_) => {
                    n_routes.set(n_routes.get() + 1);
                    // Asking takes longer than reading: every fourth is asked.
                    if n_routes.get() % 4 == 0 {
                        ask(&fixture, &text);
                    }
                }
                Err(fault) => {
                    n_faults.set(n_faults.get() + 1);
                    let n_lines = text.split('\n').count();
                    prop_assert!((1..=n_lines).contains(&fault.line), "{fault} of {n_lines}:\n{text}");
                    prop_assert!(!fault.reason.is_empty() && !fault.at.is_empty());
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(n_routes.get() > 100 && n_faults.get() > 100, "{} and {}", n_routes.get(), n_faults.get());
}

#[test]
fn routes_that_are_read_answer() {
    let fixture = Fixture::open(|_| {});
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 150,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&sound(), |text| {
            if Routes::parse(&text).is_ok() {
                ask(&fixture, &text);
            }
            Ok(())
        })
        .unwrap();
}
