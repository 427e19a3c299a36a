//! What must hold for any input: no panic, no endless work, no output out of proportion.

use document::gate::{self, Audience};
use document::{RenderOptions, lexical, mobiledoc, render, stored};
use serde_json::{Value, json};

/// Numbers without luck: the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.roll(of.len())]
    }
}

const TYPES: [&str; 34] = [
    "paragraph",
    "heading",
    "quote",
    "aside",
    "list",
    "listitem",
    "link",
    "text",
    "tab",
    "linebreak",
    "zwnj",
    "at-link",
    "audio",
    "bookmark",
    "button",
    "call-to-action",
    "callout",
    "codeblock",
    "email",
    "embed",
    "file",
    "gallery",
    "header",
    "horizontalrule",
    "html",
    "image",
    "markdown",
    "paywall",
    "product",
    "signup",
    "toggle",
    "transistor",
    "video",
    "nothing",
];
const KEYS: [&str; 40] = [
    "children",
    "text",
    "format",
    "tag",
    "listType",
    "start",
    "url",
    "rel",
    "src",
    "width",
    "height",
    "caption",
    "images",
    "row",
    "fileName",
    "metadata",
    "html",
    "markdown",
    "code",
    "language",
    "calloutText",
    "calloutEmoji",
    "heading",
    "content",
    "buttonUrl",
    "buttonText",
    "productTitle",
    "version",
    "header",
    "subheader",
    "layout",
    "labels",
    "visibility",
    "textValue",
    "sponsorLabel",
    "fileSize",
    "duration",
    "embedType",
    "cardWidth",
    "backgroundColor",
];
const TEXTS: [&str; 22] = [
    "",
    " ",
    "x",
    "é😀",
    "<b>",
    "</div>",
    "<p>a",
    "&amp;",
    "&",
    "\u{A0}",
    "http://a.b/c",
    "/a",
    "\"><i>",
    "# h\n\n*a* ^[b] [^1]",
    "==a==",
    "~a~ ^b^ ~~c~~",
    "<!--",
    "{{x}}",
    "number",
    "https://images.unsplash.com/x?w=1",
    "__GHOST_URL__/content/images/a.png",
    "\u{FEFF}\u{200B}\r\n",
];

fn value(dice: &mut Dice, depth: usize) -> Value {
    match dice.roll(10) {
        0 => Value::Null,
        1 => json!(dice.roll(2) == 0),
        2 => json!([-1.5, 0.0, 1.0, 600.0, 1e9, 1e300][dice.roll(6)]),
        3..=5 => json!(dice.one(&TEXTS)),
        6 if depth > 0 => (0..dice.roll(4)).map(|_| node(dice, depth - 1)).collect(),
        7 if depth > 0 => node(dice, depth - 1),
        _ => json!(dice.roll(3000)),
    }
}

fn node(dice: &mut Dice, depth: usize) -> Value {
    let mut node = serde_json::Map::new();
    node.insert("type".into(), json!(dice.one(&TYPES)));
    for _ in 0..dice.roll(8) {
        let key = dice.one(&KEYS);
        node.insert(key.into(), value(dice, depth));
    }
    if depth > 0 && dice.roll(2) == 0 {
        node.insert("children".into(), (0..dice.roll(4)).map(|_| node_of(dice, depth - 1)).collect());
    }
    node.into()
}

fn node_of(dice: &mut Dice, depth: usize) -> Value {
    node(dice, depth)
}

fn everything(html: &str) {
    let text = document::plaintext(html);
    // Items of lists are indented by up to forty times a few spaces.
    assert!(text.len() <= 200 * html.len() + 200, "{} from {}", text.len(), html.len());
    for n in [0, 1, 7] {
        document::truncate_words(html, n);
        document::truncate_characters(html, n);
    }
    document::reading_time(html, true);
    document::excerpt(&text);
    stored::html(html, "https://example.com/blog");
    gate::cut(html, false, Audience::Free);
    gate::resolve_blocks(html, Audience::Paid);
}

#[test]
fn any_json() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for _ in 0..3000 {
        let children: Vec<Value> = (0..dice.roll(4)).map(|_| node(&mut dice, 4)).collect();
        let document = json!({ "root": { "children": children, "type": "root" } }).to_string();
        let parsed = lexical::parse(&document);
        let html = render::html(&parsed.document, &RenderOptions::default());
        assert!(html.len() <= 60 * document.len() + 10_000, "{} from {document}", html.len());
        everything(&html);
        let cut = document.char_indices().nth(dice.roll(document.len())).map_or(0, |(at, _)| at);
        everything(&render::html(&lexical::parse(&document[..cut]).document, &RenderOptions::default()));
        let mobile = json!({ "sections": children, "markups": [value(&mut dice, 2)], "atoms": [], "cards": [value(&mut dice, 2)] });
        everything(&render::html(&mobiledoc::parse(&mobile.to_string()).document, &RenderOptions::default()));
    }
}

#[test]
fn any_html() {
    const PIECES: [&str; 40] = [
        "<p>",
        "</p>",
        "<ul>",
        "<li>",
        "</ul>",
        "<ol start='3'>",
        "</ol>",
        "<a href=\"/x\">",
        "</a>",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<!--members-only-->",
        "<!--kg-gated-block:begin nonMember:true -->",
        "<!--kg-gated-block:end-->",
        "<",
        ">",
        "\"",
        "'",
        "&",
        "&amp;",
        "&#",
        "&#x1F600;",
        "\n",
        " ",
        "é",
        "😀",
        "x",
        "<script>",
        "</script>",
        "<body>",
        "<pre>",
        "<br>",
        "<img src=",
        "<svg/>",
        "<![CDATA[",
        "%7Buuid%7D",
        "<code>",
        "srcset=\"/a 1w\"",
    ];
    let mut dice = Dice(42);
    for _ in 0..20_000 {
        let html: String = (0..dice.roll(14)).map(|_| dice.one(&PIECES)).collect();
        everything(&html);
        gate::with_member_uuid(&html, "u");
    }
}

#[test]
fn any_markdown() {
    const PIECES: [&str; 40] = [
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "~",
        "~~",
        "=",
        "==",
        "^",
        "[",
        "]",
        "(",
        ")",
        "!",
        "[^1]",
        "^[",
        "[^1]: ",
        "\n",
        "\n\n",
        "    ",
        "- ",
        "1. ",
        "> ",
        "# ",
        "#",
        "| a | b |\n|-|-|\n",
        "<b>",
        "</b>",
        "<div>\n",
        "http://a.b/c_d",
        "a@b.co",
        "\\",
        "&amp;",
        "é",
        "😀",
        "x",
        " ",
        "\t",
        "---\n",
    ];
    let mut dice = Dice(7);
    for _ in 0..6000 {
        let markdown: String = (0..dice.roll(24)).map(|_| dice.one(&PIECES)).collect();
        let document =
            json!({ "root": { "type": "root", "children": [{ "type": "markdown", "markdown": markdown }] } });
        let html = render::html(&lexical::parse(&document.to_string()).document, &RenderOptions::default());
        assert!(html.len() <= 60 * markdown.len() + 2000);
    }
}

#[test]
fn deep_nesting_ends() {
    for (open, close) in [
        ("{\"type\":\"list\",\"children\":[{\"type\":\"listitem\",\"children\":[", "]}]}"),
        ("{\"type\":\"quote\",\"children\":[", "]}"),
        ("{\"type\":\"link\",\"url\":\"/a\",\"children\":[", "]}"),
    ] {
        let document =
            format!("{{\"root\":{{\"children\":[{}{}]}}}}", open.repeat(20_000), close.repeat(20_000));
        let html = render::html(&lexical::parse(&document).document, &RenderOptions::default());
        assert!(html.len() < document.len());
        everything(&html);
    }
    for unit in [
        "<div>",
        "<ul><li>a\n",
        "<b>",
        "<p>x<section>y",
        "<code>",
        "<a href=\"/\">",
        "<!--kg-gated-block:begin x -->",
    ] {
        everything(&unit.repeat(50_000));
    }
}
