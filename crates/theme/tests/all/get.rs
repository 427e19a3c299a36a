//! What `{{#get}}` and its kin ask of the publication, and what they make of its answers.

use serde_json::json;

use crate::page::Page;

fn page() -> Page {
    let mut page = Page::new(json!({
        "context": ["post"],
        "post": {
            "id": "0123456789abcdef01234567", "slug": "a", "title": "A", "html": "<p>", "tags": [{"slug": "x"}, {"slug": "y"}],
            "primary_tag": {"slug": "x"}, "primary_author": {"slug": "me"}, "published_at": "2024-01-02T03:04:05.000+00:00"
        }
    }));
    page.answers = json!({
        "posts": {
            "rows": [{"id": "1", "slug": "one"}, {"id": "0123456789abcdef01234567", "slug": "a"}, {"id": "3", "slug": "three"}],
            "pagination": {"page": 1, "limit": 3, "pages": 1, "total": 3, "next": null, "prev": null}
        },
        "tags": {"error": "Tag not found."},
        "authors": {"rows": [], "aborted": true},
        "neighbour": {"rows": [{"slug": "before"}]}
    });
    page
}

fn check(template: &str, text: &str, asked: &[&str]) {
    let page = page();
    assert_eq!(page.show(template).as_deref(), Ok(text), "{template}");
    assert_eq!(*page.asked.borrow(), asked, "{template}");
}

#[test]
fn rows_are_shown() {
    check(
        "{{#get \"posts\" limit=2}}{{#foreach posts}}{{slug}};{{/foreach}}{{pagination.total}}{{/get}}",
        "one;a;three;3",
        &["posts: limit=2"],
    );
    check(
        "{{#get \"posts\" as |list page|}}{{list.length}} {{page.limit}} {{meta.pagination.page}}{{/get}}",
        "3 3 1",
        &["posts: "],
    );
    check("{{#get \"posts\" slug=\"a\"}}{{posts.length}}{{/get}}", "3", &["posts: slug=\"a\""]);
    check("{{#get \"tiers\"}}{{tiers.length}}{{else}}none{{/get}}", "0", &["tiers: "]);
}

#[test]
fn options_are_prepared() {
    for (given, asked) in [
        ("limit=\"all\"", "limit=100"),
        ("limit=\"500\"", "limit=100"),
        ("limit=\"x\"", "limit=100"),
        ("limit=\"7\"", "limit=\"7\""),
        ("limit=0", "limit=0"),
        ("fields=\"slug, title\"", "fields=\"slug,title,url\""),
        ("fields=\"url\"", "fields=\"url\""),
        ("filter=nothing", ""),
        ("filter=\"tags:[{{post.tags}}]\"", "filter=\"tags:[x,y]\""),
        ("filter=\"tag:{{post.tags.[1].slug}}\"", "filter=\"tag:y\""),
        ("filter=\"tag:{{post.tags[0].slug}}\"", "filter=\"tag:x\""),
        ("filter=\"tag:{{post.nothing.more}}\"", "filter=\"tag:\""),
        ("filter=\"x:{{@site.title}}\"", "filter=\"x:Site\""),
        ("filter=\"x:{{@site.nothing}}+y:{{@root.post.slug}}\"", "filter=\"x:+y:\""),
        ("include=\"tags\" order=\"title asc\"", "include=\"tags\" order=\"title asc\""),
    ] {
        check(&format!("{{{{#get \"posts\" {given}}}}}{{{{/get}}}}"), "", &[&format!("posts: {asked}")]);
    }
}

#[test]
fn the_post_itself_is_taken_out_of_the_answer() {
    check(
        "{{#get \"posts\" filter=\"id:-{{post.id}}\" limit=\"2\"}}{{#foreach posts}}{{slug}};{{/foreach}}{{pagination.limit}} {{pagination.total}}{{/get}}",
        "one;three;2 3",
        &["posts: filter=\"id:-null\" limit=3"],
    );
    check(
        "{{#get \"posts\" filter=\"featured:true+id:-{{post.id}}\"}}{{posts.length}}{{/get}}",
        "2",
        &["posts: filter=\"featured:true+id:-null\" limit=16"],
    );
    // one of several conditions is not a condition that all rows meet
    check(
        "{{#get \"posts\" filter=\"featured:true,id:-{{post.id}}\"}}{{posts.length}}{{/get}}",
        "3",
        &["posts: filter=\"featured:true,id:-0123456789abcdef01234567\""],
    );
    check(
        "{{#get \"posts\" filter=\"id:-{{post.id}}+id:-5\"}}{{posts.length}}{{/get}}",
        "3",
        &["posts: filter=\"id:-0123456789abcdef01234567+id:-5\""],
    );
}

#[test]
fn failures_stay_in_their_place() {
    check("{{#get \"tags\"}}x{{else}}{{@error}}{{/get}}.", "Tag not found..", &["tags: "]);
    check(
        "{{#get \"nonsense\"}}x{{else}}{{{@error}}}{{/get}}",
        "Invalid \"nonsense\" resource given to get helper",
        &[],
    );
    check("a{{#get \"posts\" filter=\"x:{{no path}}\"}}x{{else}}y{{/get}}b", "ab", &[]);
    check(
        "a{{#get \"posts\"}}x{{> missing}}{{else}}{{@error}}{{/get}}b",
        "aThe partial missing could not be foundb",
        &["posts: "],
    );
    check("a{{get \"posts\"}}b", "ab", &[]);
    check(
        "{{#get \"authors\"}}x{{/get}}",
        "<span data-aborted-get-helper>Could not load content</span>x",
        &["authors: "],
    );
}

#[test]
fn neighbours_are_found() {
    check(
        "{{#post}}{{#prev_post}}{{slug}}{{/prev_post}}{{/post}}",
        "before",
        &["Previous of a in Publication"],
    );
    check(
        "{{#post}}{{#next_post in=\"primary_tag\"}}{{slug}}{{/next_post}}{{/post}}",
        "before",
        &["Next of a in PrimaryTag(\"x\")"],
    );
    check(
        "{{#post}}{{#next_post in=\"primary_author\"}}{{slug}}{{/next_post}}{{/post}}",
        "before",
        &["Next of a in PrimaryAuthor(\"me\")"],
    );
    check("{{#prev_post}}x{{else}}none{{/prev_post}}{{prev_post}}", "none", &[]);
}

#[test]
fn a_collection_is_the_newest_posts() {
    check("{{#collection \"x\"}}{{posts.length}}{{/collection}}", "3", &["posts: limit=3"]);
    check("{{#collection \"x\" limit=\"2\"}}{{/collection}}", "", &["posts: limit=\"2\""]);
}
