//! The parts of a story: headline, teaser, pictures, links, headings, dateline, language, points.

use desk::preflight::{Finding, Manuscript, Severity};
use text::Language;

use crate::{base, fires, found, of, severity, silent};

fn codes(story: &Manuscript<'_>) -> Vec<&'static str> {
    found(story).iter().map(|finding| finding.code).collect()
}

fn one(story: &Manuscript<'_>, code: &str) -> Option<Finding> {
    found(story).into_iter().find(|finding| finding.code == code)
}

#[test]
fn a_headline_repeated_in_the_body_is_found() {
    for html in [
        "<p>Council votes on the bridge</p><p>It did.</p>",
        "<p>It met.</p><h2>Council Votes on the Bridge!</h2>",
        "<p>Council votes on the bridge The council voted on Monday.</p>",
    ] {
        severity(html, "headline-repeated", Severity::Wrong);
    }
    severity(
        "<h2>The council votes on the bridge</h2><p>It did.</p>",
        "headline-repeated",
        Severity::Doubtful,
    );
    severity("<p>Council votes on the bridge after a debate.</p>", "headline-repeated", Severity::Doubtful);
    for html in [
        "<p>The bridge was voted on by the council.</p><p>Council votes on the bridge</p>",
        "<h2>The bridge</h2><p>The council meets.</p>",
    ] {
        silent(html, "headline-repeated");
    }
}

#[test]
fn teasers_must_end_and_say_something_new() {
    let of_teaser = |teaser| Manuscript { teaser: Some(teaser), custom_excerpt: Some(teaser), ..base() };
    for teaser in [
        "The council met. The mayor said that cooperation had intensified...",
        "The council met. The mayor said that cooperation…",
        "The council met. He",
        "The council met on Monday and",
        "The council met (on Monday.",
        "The council met, according to his…",
    ] {
        let finding = one(&of_teaser(teaser), "teaser-breaks-off").unwrap_or_else(|| panic!("{teaser}"));
        assert_eq!(finding.severity, Severity::Wrong, "{teaser}");
    }
    assert_eq!(
        one(&of_teaser("What we know of the bridge"), "teaser-breaks-off").map(|finding| finding.severity),
        Some(Severity::Doubtful)
    );
    for teaser in ["The council met.", "“We will build.”", "Will it pay?", "It met (on Monday)."] {
        assert_eq!(codes(&of_teaser(teaser)), [""; 0], "{teaser}");
    }
    let repeats = "Council votes on the bridge Following a long debate, it met.";
    assert!(one(&of_teaser(repeats), "teaser-repeats-headline").is_some());
    let twice = "The council in Minsk met. The council in Minsk met again.";
    assert!(one(&of_teaser(twice), "teaser-twice").is_some());
    assert!(one(&of_teaser("Council members vote on the bridge."), "teaser-repeats-headline").is_none());
}

#[test]
fn an_excerpt_that_readers_do_not_see_is_read_too() {
    let story = Manuscript { teaser: Some("It met."), custom_excerpt: Some("It met and"), ..base() };
    let finding = one(&story, "teaser-breaks-off").expect("the excerpt breaks off");
    assert_eq!(finding.place, "custom excerpt: “It met and”");
}

fn picture<'m>(alt: Option<&'m str>, caption: Option<&'m str>) -> Manuscript<'m> {
    Manuscript {
        feature_image: Some("/content/images/a.jpg"),
        feature_image_alt: alt,
        feature_image_caption: caption,
        ..base()
    }
}

#[test]
fn lead_pictures_need_words_and_a_credit() {
    let good = "The mayor on the bridge. <i>Photo: Ana Ruiz/AP</i>";
    assert_eq!(codes(&picture(Some("A woman on a bridge."), Some(good))), [""; 0]);
    assert_eq!(codes(&picture(None, Some(good))), ["missing-alt"]);
    assert_eq!(codes(&picture(Some("IMG_1234.jpg"), Some(good))), ["alt-is-file-name"]);
    assert_eq!(
        codes(&picture(Some("The mayor on the bridge. Photo: Ana Ruiz/AP"), Some(good))),
        ["alt-repeats-caption"]
    );
    assert_eq!(codes(&picture(Some("A bridge."), None)), ["missing-credit"]);
    assert_eq!(codes(&picture(Some("A bridge."), Some("Mayor and bridge"))), ["missing-credit"]);
    let breaks = codes(&picture(Some("Two men."), Some("Lukashenko (l.) and Xi in")));
    assert_eq!(breaks, ["missing-credit", "caption-breaks-off"]);
    let twice =
        codes(&picture(Some("Two men."), Some("Lukashenko (l.) and Xi in Lukashenko (l.) and Xi in © AP")));
    assert_eq!(twice, ["caption-twice", "caption-breaks-off"]);
    let headline = codes(&picture(Some("Two men."), Some("Council votes on the bridge")));
    assert_eq!(headline, ["missing-credit", "caption-repeats-headline"]);
    assert_eq!(codes(&Manuscript { feature_image: None, ..picture(None, None) }), [""; 0]);
}

#[test]
fn captions_that_break_off_before_their_credit_are_found() {
    let severity =
        |caption| one(&picture(Some("A"), Some(caption)), "caption-breaks-off").map(|one| one.severity);
    for caption in
        ["The mayor on the... Photo: Ana Ruiz", "The mayor on the (Foto: dpa)", "The mayor on the © Ana Ruiz"]
    {
        assert_eq!(severity(caption), Some(Severity::Wrong), "{caption}");
    }
    let two = "The mayor left early. She walked over the bridge in heavy Photo: Ana Ruiz";
    assert_eq!(severity(two), Some(Severity::Doubtful));
    for caption in [
        "The mayor on the bridge Photo: Ana Ruiz",
        "The mayor left. Getty",
        "The mayor left. (Joshua Roberts, staff photographer of the Evening Bridge)",
        "Photo: Ana Ruiz, The",
    ] {
        assert_eq!(severity(caption), None, "{caption}");
    }
}

#[test]
fn credits_come_in_many_forms() {
    for caption in [
        "A bridge. Photo: Ana Ruiz",
        "A bridge. Photo by Ana Ruiz",
        "Eine Brücke. Foto: dpa",
        "Eine Brücke (Bild: Stadt Wien)",
        "A bridge © Ana Ruiz",
        "A bridge. Ana Ruiz/Reuters",
        "A bridge (Ana Ruiz / The Courier)",
        "A bridge. REUTERS/Ana Ruiz",
        "A bridge (AP)",
        "A bridge. Courtesy of the town",
        "Un pont. Crédit : ville",
        "A bridge. Source: Statistics Office",
        "Two bridges. Drawings: Ana Ruiz",
    ] {
        assert!(one(&picture(Some("A"), Some(caption)), "missing-credit").is_none(), "{caption}");
    }
    for caption in
        ["A photo of a bridge", "The map shows and/or hides", "He opened an APP", "A picture, as it was"]
    {
        assert!(one(&picture(Some("A"), Some(caption)), "missing-credit").is_some(), "{caption}");
    }
}

#[test]
fn pictures_of_the_body_are_read_with_their_captions() {
    let figure = |alt: &str, caption: &str| {
        format!(
            "<figure class=\"kg-card kg-image-card\"><img src=\"a.png\"{alt}><figcaption>{caption}</figcaption></figure>"
        )
    };
    fires(&figure(" alt=\"\"", "Photo: Ana Ruiz"), "missing-alt");
    fires(&figure("", "Photo: Ana Ruiz"), "missing-alt");
    silent(&figure(" alt=\"A bridge.\"", "Photo: Ana Ruiz"), "missing-alt");
    fires(&figure(" alt=\"A bridge.\"", "A bridge in Minsk"), "missing-credit");
    silent(&figure(" alt=\"A bridge.\"", "A bridge. Photo: <b>Ana Ruiz</b>"), "missing-credit");
    fires(&figure(" alt=\"A bridge.\"", "The mayor and the"), "caption-breaks-off");
    silent(&figure(" alt=\"A bridge.\"", "The mayor and the bridge (AP)"), "caption-breaks-off");
    for ornament in [
        "<img src=\"a.png\" alt=\"\" role=\"presentation\">",
        "<figure class=\"kg-card kg-bookmark-card\"><a href=\"https://a.example\"><div>Words</div><img src=\"i.png\" alt=\"\"></a></figure>",
    ] {
        silent(ornament, "missing-alt");
        silent(ornament, "missing-credit");
    }
    // What ornaments a card does not reach beyond it.
    let both = "<figure class=\"kg-bookmark-card\"><img src=\"i.png\"></figure><p>x</p><img src=\"b.png\">";
    fires(both, "missing-alt");
}

#[test]
fn links_must_lead_somewhere() {
    for (link, code) in [
        ("<a href=\"/gone/\">the vote</a>", "dead-link"),
        ("<a href=\"https://example.org/gone/?a=b#c\">the vote</a>", "dead-link"),
        ("<a href=\"HTTP://EXAMPLE.org/gone/\">the vote</a>", "dead-link"),
        ("<a href=\"//example.org/gone/\">the vote</a>", "dead-link"),
        ("<a href=\"__GHOST_URL__/gone/\">the vote</a>", "dead-link"),
        ("<a href=\"\">the vote</a>", "empty-link"),
        ("<a href=\"#\">the vote</a>", "empty-link"),
        ("<a>the vote</a>", "empty-link"),
        ("<a href=\"#nowhere\">the vote</a>", "dead-fragment"),
        ("<a href=\"javascript:alert(1)\">the vote</a>", "script-link"),
        ("<a href=\"/there/\"></a>", "link-without-text"),
        ("<a href=\"/there/\"><img src=\"a.png\" alt=\"\"></a>", "link-without-text"),
    ] {
        severity(&format!("<p>On {link} we wrote.</p>"), code, Severity::Wrong);
    }
    for (link, code) in [
        ("<a href=\"/there/\">Click <b>here</b></a>", "vague-link"),
        ("<a href=\"/there/\">read more…</a>", "vague-link"),
        ("<a href=\"story.html\">the vote</a>", "relative-link"),
    ] {
        severity(&format!("<p>On {link} we wrote.</p>"), code, Severity::Doubtful);
    }
    let place = &of("<p>Word.</p><p>See <a href=\"/gone/\">the vote</a>.</p>", "dead-link")[0].place;
    assert_eq!(place, "link in paragraph 2: “the vote”");
}

#[test]
fn links_that_lead_somewhere_are_left_alone() {
    for link in [
        "<a href=\"/there/?ref=x#part\">the vote</a>",
        "<a href=\"https://example.org\">the paper</a>",
        "<a href=\"https://example.org.evil.example/gone/\">other</a>",
        "<a href=\"https://elsewhere.example/gone/\">other</a>",
        "<a href=\"mailto:ana@example.org\">Ana Ruiz</a>",
        "<a href=\"#part\">the part</a><span id=\"part\">x</span>",
        "<a href=\"#caf%C3%A9\">the part</a><span id=\"café\">x</span>",
        "<a href=\"#/portal/signup\">Sign up</a>",
        "<a href=\"#top\">To the top</a>",
        "<a name=\"part\"></a>",
        "<a href=\"/there/\"><img src=\"a.png\" alt=\"The vote\"></a>",
        "<a href=\"/there/\" aria-label=\"The vote\"></a>",
    ] {
        let found = found(&Manuscript { html: &format!("<p>On {link} we wrote.</p>"), ..base() });
        assert!(
            !found.iter().any(|finding| finding.code.contains("link") || finding.code == "dead-fragment"),
            "{link}: {found:?}"
        );
    }
}

#[test]
fn a_publication_in_a_folder_asks_below_it() {
    let site = "https://example.org/blog";
    let dead = |href: &str| {
        let html = format!("<p>See <a href=\"{href}\">the vote</a>.</p>");
        codes(&Manuscript { html: &html, site, ..base() }).contains(&"dead-link")
    };
    assert!(dead("/blog/gone/") && dead("https://example.org/blog/gone/"));
    assert!(
        !dead("/blog/there/")
            && !dead("/gone/")
            && !dead("/blogs/gone/")
            && !dead("https://example.org/blog")
    );
}

#[test]
fn lists_of_further_stories_must_link_to_them() {
    let list = "<ol><li><a href=\"/there/\">One story</a></li><li>Another, told of here.</li></ol>";
    for heading in ["<p>Read also:</p>", "<h3>Lesen Sie auch</h3>", "<p><b>Related stories</b></p>"] {
        fires(&format!("{heading}{list}"), "list-without-links");
    }
    let finding = &of(&format!("<p>Read also:</p>{list}"), "list-without-links")[0];
    assert!(finding.reason.contains("1 of its 2 items"), "{}", finding.reason);
    silent(&format!("<p>What happened:</p>{list}"), "list-without-links");
    silent("<p>Read also:</p><ul><li><a href=\"/there/\">One story</a></li></ul>", "list-without-links");
    silent("<p>Read also:</p><p>It met.</p><ul><li>Item</li></ul>", "list-without-links");
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    severity("<h2>One</h2><p>x</p><h4>Two</h4>", "heading-level", Severity::Doubtful);
    fires("<h3>One</h3>", "heading-level");
    fires("<h1>One</h1>", "heading-level");
    silent("<h2>One</h2><h3>Two</h3><h4>Three</h4><h2>Four</h2><h3>Five</h3>", "heading-level");
}

#[test]
fn a_dateline_needs_a_date_to_count_from() {
    for line in ["MINSK —", "MINSK (Reuters) -", "Berlin (dpa) –", "NEW YORK, N.Y. —"] {
        let html = format!("<p>{line} The council met on Monday.</p>");
        severity(&html, "dateline-without-date", Severity::Wrong);
        // The day of publication is there to count from; the line has a place and no date all the same.
        let dated = Manuscript { html: &html, published: Some((2024, 12, 3)), ..base() };
        let finding = one(&dated, "dateline-without-date").expect(line);
        assert_eq!(
            (finding.severity, finding.reason.as_str()),
            (Severity::Doubtful, "It names a place and no date.")
        );
    }
    severity("<p>MINSK — The council met.</p>", "dateline-without-date", Severity::Doubtful);
    for html in [
        "<p>MINSK, Dec 3 (Reuters) - The council met on Monday.</p>",
        "<p>MINSK — The council met on Monday, December 2.</p>",
        "<p>The council - a small one - met on Monday.</p>",
        "<p>Council (of nine) - it met on Monday.</p>",
    ] {
        silent(html, "dateline-without-date");
    }
}

const GERMAN: &str = "<p>Der Rat der Stadt hat am Montag beschlossen, dass die alte Brücke über den Fluss im nächsten Jahr \
    neu gebaut werden soll, obwohl viele Bürger dagegen waren und das Geld noch nicht da ist, wie die Verwaltung sagt. \
    Die Arbeiten sollen im Frühjahr beginnen und zwei Jahre dauern.</p>";

#[test]
fn another_language_is_labelled() {
    let story = Manuscript { html: GERMAN, publication_language: Some(Language::English), ..base() };
    let severity =
        |story: &Manuscript<'_>| one(story, "unlabelled-translation").map(|finding| finding.severity);
    assert_eq!(severity(&story), Some(Severity::Doubtful));
    assert_eq!(severity(&Manuscript { language: Some(Language::German), ..story }), Some(Severity::Wrong));
    assert_eq!(severity(&Manuscript { tags: &["#lang-de"], ..story }), None);
    assert_eq!(severity(&Manuscript { tags: &["Translations"], ..story }), None);
    assert_eq!(severity(&Manuscript { publication_language: Some(Language::German), ..story }), None);
    assert_eq!(severity(&Manuscript { publication_language: None, ..story }), None);
    let noted = format!("{GERMAN}<p>Aus dem Englischen übersetzt.</p>");
    assert_eq!(severity(&Manuscript { html: &noted, ..story }), None);
}

#[test]
fn an_internal_tag_alone_tells_readers_nothing() {
    let story = Manuscript { html: "<p>The council met.</p>", tags: &["#translation"], ..base() };
    assert!(one(&story, "unlabelled-translation").is_some());
    let told = Manuscript { html: "<p>The council met. Translated from German by Ana Ruiz.</p>", ..story };
    assert!(one(&told, "unlabelled-translation").is_none());
}

#[test]
fn a_text_in_another_language_than_said_is_doubtful() {
    let story = Manuscript { html: GERMAN, language: Some(Language::French), ..base() };
    assert_eq!(one(&story, "language-differs").map(|finding| finding.severity), Some(Severity::Doubtful));
    assert!(one(&Manuscript { language: Some(Language::German), ..story }, "language-differs").is_none());
}

#[test]
fn unverified_points_are_named() {
    let story = Manuscript { unverified_points: &["The bridge is new.", "It is old."], ..base() };
    let places: Vec<String> = found(&story).into_iter().map(|finding| finding.place).collect();
    assert_eq!(places, ["key point: “The bridge is new.”", "key point: “It is old.”"]);
}

#[test]
fn findings_follow_the_story_and_are_not_endless() {
    let html = "<p>A the the word.</p>".repeat(60);
    let story = Manuscript { title: "The the end", teaser: Some("It it"), html: &html, ..base() };
    let found = found(&story);
    assert!(found[0].place.starts_with("headline") && found[1].place.starts_with("teaser"));
    let doubled: Vec<_> = found.iter().filter(|finding| finding.code == "doubled-word").collect();
    assert_eq!(doubled.len(), 20);
    assert!(doubled[19].reason.ends_with("There are 42 more of this kind."), "{}", doubled[19].reason);
}

#[test]
fn a_fragment_leads_to_something_on_the_other_page() {
    let link = |href: &str| format!("<p>See <a href=\"{href}\">what was voted on</a>.</p>");
    for href in ["/there/#nowhere", "https://example.org/there/?a=1#nowhere", "/#the%20vote"] {
        severity(&link(href), "dead-fragment", Severity::Wrong);
    }
    for href in [
        "/there/#the%20vote",
        "/there/#top",
        "/there/#",
        "/#/portal/signup",
        "/there/#:~:text=vote",
        "https://else.org/#x",
    ] {
        silent(&link(href), "dead-fragment");
    }
    // Where nothing is, one finding is enough.
    assert_eq!(of(&link("/gone/#nowhere"), "dead-fragment"), []);
    fires(&link("/gone/#nowhere"), "dead-link");
}

/// What readers are shown as teaser where nobody wrote one is the body's beginning: its faults are told of once.
#[test]
fn a_fault_of_the_first_sentence_is_told_of_once() {
    let html = "<p>The council met the the mayor,who left.</p><p>It rose.</p>";
    let story =
        Manuscript { html, teaser: Some("The council met the the mayor,who left. It rose."), ..base() };
    assert_eq!(codes(&story), ["missing-space", "doubled-word"]);
    let cut = Manuscript { teaser: Some("The council met the the mayor."), ..story };
    assert_eq!(codes(&cut), ["missing-space", "doubled-word"], "cut at a clause");
    let own = Manuscript {
        teaser: Some("The the council met."),
        custom_excerpt: Some("The the council met."),
        ..story
    };
    assert_eq!(codes(&own), ["doubled-word", "missing-space", "doubled-word"]);
}
