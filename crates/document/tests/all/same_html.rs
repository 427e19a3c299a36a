//! Whether two pieces of html are the same to a reader: order of attributes and classes, and white space between
//! blocks do not count; nor what is drawn in a card's icon.

use std::collections::BTreeMap;

/// One step through html.
#[derive(Debug, PartialEq)]
enum Token {
    Open(String, BTreeMap<String, String>),
    Close(String),
    Text(String),
    Comment(String),
}

/// The first difference, in words; None when there is none.
pub fn difference(expected: &str, ours: &str) -> Option<String> {
    let (expected, ours) = (tokens(expected), tokens(ours));
    for nth in 0..expected.len().max(ours.len()) {
        let (left, right) = (expected.get(nth), ours.get(nth));
        if left != right {
            return Some(format!("at token {nth}\n  - {left:?}\n  + {right:?}"));
        }
    }
    None
}

const BLOCKS: &str = " script style div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th figure figcaption blockquote pre section article header footer main nav aside form fieldset hr address details summary video audio iframe noscript template svg path g rect circle center option select title ";
const VOID: &str = " area base br col embed hr img input link meta source track wbr ";

fn is_in(list: &str, name: &str) -> bool {
    list.contains(&format!(" {name} "))
}

fn tokens(html: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut text = String::new();
    let mut after_block = true;
    let mut n_pre = 0;
    let mut in_card = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix("<!--") {
            let (comment, after) = inside.split_once("-->").unwrap_or((inside, ""));
            flush(&mut out, &mut text, &mut after_block, false, n_pre > 0);
            out.push(Token::Comment(comment.split_whitespace().collect::<Vec<_>>().join(" ")));
            rest = after;
        } else if let Some(inside) = rest.strip_prefix("</") {
            let (name, after) = inside.split_once('>').unwrap_or((inside, ""));
            let is_block = is_in(BLOCKS, name);
            flush(&mut out, &mut text, &mut after_block, is_block, n_pre > 0);
            n_pre -= usize::from(name == "pre" && n_pre > 0);
            in_card.pop();
            out.push(Token::Close(name.to_owned()));
            after_block = is_block;
            rest = after;
        } else if rest.starts_with('<') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (name, mut attributes, after) = tag(&rest[1..]);
            rest = after;
            let is_block = is_in(BLOCKS, &name);
            flush(&mut out, &mut text, &mut after_block, is_block, n_pre > 0);
            let classes = attributes.get("class").cloned().unwrap_or_default();
            let is_card =
                in_card.last() == Some(&true) || classes.split(' ').any(|class| class.starts_with("kg-"));
            if name == "svg" && is_card {
                attributes.retain(|key, _| key == "class");
                rest = rest.split_once("</svg>").map_or("", |(_, after)| after);
                out.push(Token::Open(name, attributes));
                after_block = true;
                continue;
            }
            n_pre += usize::from(name == "pre");
            if !is_in(VOID, &name) {
                in_card.push(is_card);
            }
            after_block = is_block;
            out.push(Token::Open(name, attributes));
        } else {
            let length =
                rest.char_indices().skip(1).find(|(_, c)| *c == '<').map_or(rest.len(), |(at, _)| at);
            text.push_str(&rest[..length]);
            rest = &rest[length..];
        }
    }
    flush(&mut out, &mut text, &mut after_block, true, false);
    out
}

fn flush(out: &mut Vec<Token>, text: &mut String, after_block: &mut bool, before_block: bool, keep: bool) {
    let decoded = document::decode_references(text).into_owned();
    text.clear();
    let mut shown = decoded;
    if !keep {
        let mut joined = String::new();
        for c in shown.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\r' | '\n' | '\x0C');
            if !is_space {
                joined.push(c);
            } else if !joined.ends_with(' ') {
                joined.push(' ');
            }
        }
        shown = joined;
        if before_block {
            shown.truncate(shown.trim_end_matches(' ').len());
        }
        if *after_block {
            shown = shown.trim_start_matches(' ').to_owned();
        }
    }
    if !shown.is_empty() {
        out.push(Token::Text(shown));
        *after_block = false;
    }
}

fn tag(text: &str) -> (String, BTreeMap<String, String>, &str) {
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(text.len());
    let name = text[..end].to_ascii_lowercase();
    let mut attributes = BTreeMap::new();
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (name, attributes, after);
        }
        if rest.is_empty() {
            return (name, attributes, "");
        }
        let end = rest[1..]
            .find(|c: char| c.is_ascii_whitespace() || "=>/".contains(c))
            .map_or(rest.len(), |at| at + 1);
        let key = rest[..end].to_ascii_lowercase();
        rest = &rest[end..];
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => after.split_at(
                    after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(after.len()),
                ),
            };
        }
        let mut value = document::decode_references(value).into_owned();
        if key == "class" {
            let mut classes: Vec<&str> = value.split_whitespace().collect();
            classes.sort_unstable();
            classes.dedup();
            value = classes.join(" ");
            if value.is_empty() {
                continue;
            }
        } else if key == "style" {
            let parts = value.split(';').map(str::trim).filter(|part| !part.is_empty());
            value = parts.map(|part| part.replace(": ", ":")).collect::<Vec<_>>().join(";");
        }
        attributes.entry(key).or_insert(value);
    }
}

#[test]
fn what_counts_and_what_does_not() {
    assert_eq!(
        difference("<p class=\"b a\" id=x> t </p>\n<hr>", "<p id=\"x\" class=\"a b\">t</p><hr/>"),
        None
    );
    assert!(difference("<p>a b</p>", "<p>ab</p>").is_some());
    assert!(difference("<p>a <b>b</b></p>", "<p>a<b>b</b></p>").is_some());
    assert!(difference("<p>a</p>", "<div>a</div>").is_some());
    assert!(difference("<a href=x>a</a>", "<a href=y>a</a>").is_some());
    assert_eq!(difference("<i class=kg-x><svg><path d=1></svg></i>", "<i class=kg-x><svg></svg></i>"), None);
}
