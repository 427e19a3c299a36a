//! Markdown cards to html, as Ghost writes them: CommonMark with tables, strikethrough, footnotes, marked, lowered
//! and raised text, headings without a space, bare addresses as links, and line breaks that break.

mod blocks;
mod element;
mod footnotes;
mod headings;
mod linkify;
mod links;
mod pairs;
mod scripts;

use std::sync::LazyLock;

use markdown_it::MarkdownIt;
use markdown_it::plugins::{cmark, extra, html as raw_html};

/// The html of Markdown text. Authors' own html in it is passed on.
pub(crate) fn html(markdown: &str) -> String {
    let text = markdown.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{FFFD}");
    PARSER.parse(&text).render()
}

static PARSER: LazyLock<MarkdownIt> = LazyLock::new(|| {
    let mut md = MarkdownIt::new();
    md.link_formatter = Box::new(links::Addresses);
    // The order is the order in which rules are tried.
    linkify::add(&mut md);
    cmark::inline::newline::add(&mut md);
    cmark::inline::escape::add(&mut md);
    cmark::inline::backticks::add(&mut md);
    scripts::add_sub(&mut md);
    pairs::add(&mut md);
    scripts::add_sup(&mut md);
    cmark::inline::link::add(&mut md);
    cmark::inline::image::add(&mut md);
    footnotes::add_inline(&mut md);
    cmark::inline::autolink::add(&mut md);
    raw_html::html_inline::add(&mut md);
    cmark::inline::entity::add(&mut md);

    extra::tables::add(&mut md);
    cmark::block::code::add(&mut md);
    cmark::block::fence::add(&mut md);
    cmark::block::blockquote::add(&mut md);
    cmark::block::hr::add(&mut md);
    cmark::block::list::add(&mut md);
    footnotes::add_block(&mut md);
    cmark::block::reference::add(&mut md);
    raw_html::html_block::add(&mut md);
    headings::add(&mut md);
    cmark::block::lheading::add(&mut md);
    cmark::block::paragraph::add(&mut md);

    blocks::add(&mut md);
    md
});

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn extras() {
        for (markdown, expected) in [
            ("a\nb", "<p>a<br>\nb</p>\n"),
            ("#One *two*", "<h1 id=\"one-two\">One <em>two</em></h1>\n"),
            (
                "H~2~O x^2^ ==m== ~~s~~ ~a b~",
                "<p>H<sub>2</sub>O x<sup>2</sup> <mark>m</mark> <s>s</s> ~a b~</p>\n",
            ),
            ("![a](b)", "<p><img src=\"b\" alt=\"a\" loading=\"lazy\"></p>\n"),
        ] {
            assert_eq!(html(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn footnotes() {
        let expected = "<p>a<sup class=\"footnote-ref\"><a href=\"#fn1\" id=\"fnref1\">[1]</a></sup> b<sup class=\"footnote-ref\"><a href=\"#fn1\" id=\"fnref1:1\">[1:1]</a></sup></p>\n<hr class=\"footnotes-sep\">\n<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n<li id=\"fn1\" class=\"footnote-item\"><p>note <a href=\"#fnref1\" class=\"footnote-backref\">↩︎</a> <a href=\"#fnref1:1\" class=\"footnote-backref\">↩︎</a></p>\n</li>\n</ol>\n</section>\n";
        assert_eq!(html("a[^x] b[^x]\n\n[^x]: note\n[^y]: unused"), expected);
    }
}
