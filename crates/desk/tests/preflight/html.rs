//! How html is read: what is a paragraph, what is hidden, what is a heading.

use crate::{fires, of, silent};

#[track_caller]
fn place(html: &str) -> String {
    of(html, "doubled-word").first().map(|finding| finding.place.clone()).unwrap_or_default()
}

#[test]
fn blocks_are_named_and_counted() {
    let bad = "a the the b";
    for (html, wanted) in [
        (format!("<p>x</p><p>{bad}</p>"), "paragraph 2"),
        (format!("<p>x<p>{bad}"), "paragraph 2"),
        (format!("<div>x</div>{bad}"), "paragraph 2"),
        (format!("<h2>x</h2><p>y</p><h3>{bad}</h3>"), "heading 2"),
        (format!("<ul><li>x<li>{bad}</ul>"), "list item 2"),
        (format!("<ul><li><p>x</p></li><li><p>{bad}</p></li></ul>"), "list item 2"),
        (format!("<blockquote>{bad}</blockquote>"), "paragraph 1"),
        (format!("<figure><img alt=x><figcaption><p>{bad}</p></figcaption></figure>"), "caption 1"),
        (format!("<table><tr><td>x<td>{bad}</table>"), "table cell 2"),
    ] {
        assert_eq!(place(&html), format!("{wanted}: “…the the…”"), "{html}");
    }
}

#[test]
fn what_readers_do_not_see_is_not_read() {
    for html in [
        "<script>a the the b</script>",
        "<style>a the the b</style><!-- the the -->",
        "<svg><text>the the</text></svg>",
        "<script>if (a</b) { the the }</script>",
        "<p title=\"the the\">x</p>",
        "<p a=\">the the",
        "<pre>a the the b</pre>",
        "<p>a <code>the the</code> b</p>",
    ] {
        silent(html, "doubled-word");
    }
    for html in
        ["<script>x</script><p>a the the b</p>", "<p>1 < 2 the the</p>", "<P CLASS=x>the <br/ >x the the</P>"]
    {
        fires(html, "doubled-word");
    }
}

#[test]
fn references_are_read_as_their_characters() {
    assert_eq!(place("<p>caf&eacute; the&nbsp;the b</p>"), "paragraph 1: “…the\u{a0}the…”");
    fires("<p>x <a href=\"/gone/?a=1&amp;b=2\">word</a></p>", "dead-link");
}

#[test]
fn links_and_pictures_survive_broken_nesting() {
    fires("<p>See <a href=\"/gone/\">the <b>vote</p>", "dead-link");
    silent("<p>See <a href=\"/there/\">the <b>vote</p>", "link-without-text");
    fires("<figure><figure><img src=x alt=y><figcaption>A bridge</figure>", "missing-credit");
    silent("<figure><figcaption>Photo: Ana</figcaption><img src=x alt=y></figure>", "missing-credit");
}
