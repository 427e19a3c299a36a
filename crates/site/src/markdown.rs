//! Html as Markdown, in the form in which Ghost gives it to machines.
//!
//! The rules are those of the npm package node-html-markdown 2.0.0 with Ghost's settings (bullets `-`, emphasis
//! `*`), its oddities included.

use std::cell::Cell;
use std::sync::LazyLock;

use regex::Regex;

use crate::html_tree::{Element, Id, Kind, ROOT, Tree};

/// The Markdown of a piece of html; empty when nothing of it can be shown.
pub fn of_html(html: &str) -> String {
    let tree = Tree::read_loosely(html);
    let mut writer = Writer { shown: shown(&tree), tree: &tree, text: String::new(), captions: Vec::new() };
    for child in tree.children(ROOT) {
        writer.node(*child, &Context::default());
    }
    let text = at_most_three_breaks(&writer.text);
    at_most_two_breaks(text.trim_matches(is_space))
}

/// JavaScript's `\s`.
fn is_space(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

fn is_blank(text: &str) -> bool {
    text.chars().all(is_space)
}

/// Which elements have a meaning of their own where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    #[default]
    Flow,
    Table,
    Row,
    Cell,
    Link,
    CodeBlock,
}

/// What the elements around a node say of it.
#[derive(Debug, Default)]
struct Context {
    place: Place,
    is_ordered: Option<bool>,
    number: Cell<u32>,
    indent: Option<usize>,
    keeps_space: bool,
    is_raw: bool,
}

impl Context {
    /// The same for the children of an element that changes it; its numbers are counted apart.
    fn inner(&self) -> Self {
        Context { number: Cell::new(self.number.get()), ..*self }
    }
}

struct Writer<'t, 'h> {
    tree: &'t Tree<'h>,
    shown: Vec<bool>,
    text: String,
    captions: Vec<Option<String>>,
}

/// What is written for an element.
#[derive(Default)]
struct Form {
    breaks: usize,
    before: String,
    after: String,
    content: Option<String>,
    place: Option<Place>,
    is_raw: bool,
    is_apart: bool,
    finish: Option<Finish>,
}

#[derive(Clone, Copy)]
enum Finish {
    Surround(&'static str),
    Item(usize),
    Quote,
    Code,
    Table,
    Caption,
    Row,
    Cell,
    OneLine,
}

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "body",
    "canvas",
    "center",
    "dd",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "isindex",
    "li",
    "main",
    "menu",
    "nav",
    "noframes",
    "noscript",
    "ol",
    "output",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
const IGNORED: &[&str] = &[
    "area", "base", "col", "command", "embed", "head", "input", "keygen", "link", "meta", "param", "script",
    "source", "style", "track", "wbr",
];
/// Blocks that bring line breaks also into a block of code.
const BLOCKS_IN_CODE: &[&str] = &[
    "address",
    "audio",
    "body",
    "canvas",
    "center",
    "dir",
    "fieldset",
    "figcaption",
    "figure",
    "form",
    "frameset",
    "hgroup",
    "hr",
    "html",
    "isindex",
    "menu",
    "noframes",
    "noscript",
    "output",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
];

/// Which nodes have something to show.
fn shown(tree: &Tree<'_>) -> Vec<bool> {
    let mut shown = vec![false; tree.len()];
    // Children stand behind their parents.
    for id in (0..tree.len()).rev() {
        shown[id] = match tree.kind(id) {
            Kind::Text(_) => true,
            Kind::Element(element) => match &*element.name {
                "br" | "hr" | "img" => true,
                "script" | "style" | "noscript" => false,
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ol" | "ul" | "li" | "code" | "table" | "a"
                | "td" | "th"
                    if tree.children(id).is_empty() =>
                {
                    true
                }
                _ => tree.children(id).iter().any(|child| shown[*child]),
            },
            Kind::Other(_) | Kind::Gone => false,
        };
    }
    shown
}

impl Writer<'_, '_> {
    fn node(&mut self, id: Id, context: &Context) {
        if !self.shown.get(id).copied().unwrap_or_default() {
            return;
        }
        let tree = self.tree;
        match tree.kind(id) {
            Kind::Text(text) => self.leaf(text, context),
            Kind::Element(element) => self.element(id, element, context),
            Kind::Other(_) | Kind::Gone => {}
        }
    }

    fn leaf(&mut self, written: &str, context: &Context) {
        let text = document::decode_references(written);
        if !context.keeps_space && is_blank(&written.replace("&nbsp;", " ")) {
            if !self.text.is_empty() && !self.text.ends_with(is_space) {
                self.text.push(' ');
            }
            return;
        }
        let mut out = if context.keeps_space { text.to_string() } else { one_space(&text) };
        if !context.is_raw {
            out = escaped(&out);
        }
        if !context.keeps_space && text.starts_with('\n') && out.starts_with(' ') {
            out.remove(0);
        }
        self.text.push_str(&out);
    }

    /// At least so many line breaks at the end.
    fn breaks(&mut self, wanted: usize) {
        let tail = self.text.chars().rev().take(10).take_while(|c| is_space(*c));
        let there = tail.filter(|c| matches!(c, '\n' | '\r')).count();
        for _ in there..wanted {
            self.text.push('\n');
        }
    }

    /// Appends; a space between two equal characters where the form wants that.
    fn put(&mut self, text: &str, is_apart: bool) {
        if is_apart && text.chars().next().is_some_and(|first| self.text.ends_with(first)) {
            self.text.push(' ');
        }
        self.text.push_str(text);
    }

    fn element(&mut self, id: Id, element: &Element<'_>, context: &Context) {
        let mut inner = None;
        match &*element.name {
            name @ ("ul" | "ol") => {
                let mut list = context.inner();
                list.number = Cell::new(0);
                list.is_ordered = Some(name == "ol");
                list.indent = Some(context.indent.map_or(0, |indent| indent + 1));
                inner = Some(list);
            }
            "li" if context.is_ordered == Some(true) => context.number.set(context.number.get() + 1),
            "pre" => inner = Some(Context { keeps_space: true, ..context.inner() }),
            _ => {}
        }
        let Some(form) = self.form(id, element, inner.as_ref().unwrap_or(context), context) else { return };
        if form.is_raw || form.place.is_some_and(|place| place != context.place) {
            let mut changed = inner.as_ref().unwrap_or(context).inner();
            changed.is_raw |= form.is_raw;
            changed.place = form.place.unwrap_or(changed.place);
            inner = Some(changed);
        }
        let start = self.text.len();
        if element.name == "table" {
            self.captions.push(None);
        }
        self.breaks(form.breaks);
        self.text.push_str(&form.before);
        if let Some(content) = &form.content {
            self.put(content, form.is_apart);
        } else {
            let content_at = self.text.len();
            for child in self.tree.children(id) {
                self.node(*child, inner.as_ref().unwrap_or(context));
            }
            if let Some(finish) = form.finish {
                let content = self.text.split_off(content_at);
                let Some(done) = self.finish(finish, content) else {
                    self.text.truncate(start);
                    if element.name == "li" && context.is_ordered == Some(true) {
                        context.number.set(context.number.get().saturating_sub(1));
                    }
                    return;
                };
                self.put(&done, form.is_apart);
            }
        }
        self.text.push_str(&form.after);
        self.breaks(form.breaks);
    }

    /// How an element is written where it stands; None when it is not. `own` is the context with what the element
    /// itself changed, `outer` without.
    fn form(&self, id: Id, element: &Element<'_>, own: &Context, outer: &Context) -> Option<Form> {
        let name = &*element.name;
        let place = outer.place;
        let surround =
            |with| Form { is_apart: true, finish: Some(Finish::Surround(with)), ..Form::default() };
        let fixed = |content: &str, breaks| Form { content: Some(content.into()), breaks, ..Form::default() };
        let in_text = matches!(place, Place::Flow | Place::Link | Place::Cell);
        Some(match name {
            "strong" | "b" if in_text => surround("**"),
            "em" | "i" if in_text => surround("*"),
            "del" | "s" | "strike" if in_text => surround("~~"),
            "img" if in_text => {
                let of = |name| element.attribute(name).unwrap_or_default();
                let src = of("src");
                if src.is_empty() || src.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("data:")) {
                    return None;
                }
                let title = of("title");
                let title = if title.is_empty() { String::new() } else { format!(" \"{title}\"") };
                fixed(&format!("![{}]({src}{title})", of("alt")), 0)
            }
            "a" if matches!(place, Place::Flow | Place::Cell) => self.link(id, element),
            "br" if place == Place::Flow => fixed("  \n", 0),
            "br" if matches!(place, Place::Link | Place::CodeBlock) => fixed("\n", 0),
            "hr" if matches!(place, Place::Flow | Place::CodeBlock) => fixed("---", 2),
            "hr" if place == Place::Link => fixed("\n", 0),
            "pre" if place == Place::Flow => Form { breaks: 2, is_raw: true, ..Form::default() },
            "pre" if place == Place::Link => Form { is_raw: true, ..Form::default() },
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if place == Place::Flow => {
                let level = name[1..].parse().unwrap_or(1);
                Form { breaks: 2, before: "#".repeat(level) + " ", ..Form::default() }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if place == Place::CodeBlock => {
                Form { breaks: 2, before: "[".into(), after: "]".into(), ..Form::default() }
            }
            // Its own kind is known by then, so lists never have more than one break.
            "ol" | "ul" if place == Place::Flow => {
                Form { breaks: if own.is_ordered.is_some() { 1 } else { 2 }, ..Form::default() }
            }
            "li" if place == Place::Flow => {
                let indent = own.indent.unwrap_or(0);
                let marker = match own.is_ordered {
                    Some(true) => format!("{}. ", own.number.get()),
                    _ => "- ".to_owned(),
                };
                let before = "  ".repeat(indent) + &marker;
                Form { breaks: 1, before, finish: Some(Finish::Item(indent)), ..Form::default() }
            }
            "blockquote" if place == Place::Flow => {
                Form { breaks: 2, finish: Some(Finish::Quote), ..Form::default() }
            }
            "code" if place == Place::Flow => self.code(id, element),
            "table" if place == Place::Flow => {
                Form { breaks: 2, place: Some(Place::Table), finish: Some(Finish::Table), ..Form::default() }
            }
            "caption" if place == Place::Table => {
                Form { place: Some(Place::Cell), finish: Some(Finish::Caption), ..Form::default() }
            }
            "tr" if place == Place::Table => Form {
                before: "| ".into(),
                after: "\n".into(),
                place: Some(Place::Row),
                finish: Some(Finish::Row),
                ..Form::default()
            },
            "td" | "th" if matches!(place, Place::Table | Place::Row) => Form {
                before: " ".into(),
                after: " |".into(),
                place: Some(Place::Cell),
                finish: Some(Finish::Cell),
                ..Form::default()
            },
            "img" if place == Place::CodeBlock => return None,
            _ if matches!(place, Place::Flow | Place::CodeBlock) && IGNORED.contains(&name) => return None,
            _ if place == Place::Flow && BLOCKS.contains(&name) => Form { breaks: 2, ..Form::default() },
            _ if place == Place::CodeBlock && BLOCKS_IN_CODE.contains(&name) => {
                Form { breaks: 2, ..Form::default() }
            }
            _ => Form::default(),
        })
    }

    fn link(&self, id: Id, element: &Element<'_>) -> Form {
        let Some(href) = element.attribute("href").filter(|href| !href.is_empty()) else {
            return Form::default();
        };
        let mut encoded = String::with_capacity(href.len());
        for c in href.chars() {
            match c {
                '(' => encoded.push_str("%28"),
                ')' => encoded.push_str("%29"),
                '_' => encoded.push_str("%5F"),
                '*' => encoded.push_str("%2A"),
                c => encoded.push(c),
            }
        }
        if self.tree.text(id, href.len()) == href {
            return Form { content: Some(format!("<{encoded}>")), ..Form::default() };
        }
        let title = element.attribute("title").filter(|title| !title.is_empty());
        let title = title.map(|title| format!(" \"{title}\"")).unwrap_or_default();
        Form {
            before: "[".into(),
            after: format!("]({encoded}{title})"),
            place: Some(Place::Link),
            finish: Some(Finish::OneLine),
            ..Form::default()
        }
    }

    fn code(&self, id: Id, element: &Element<'_>) -> Form {
        let around = self.tree.parent(id);
        let is_block = self.tree.element(around).is_some_and(|around| around.name == "pre")
            && self.tree.children(around).len() < 2;
        if !is_block {
            return Form { is_apart: true, is_raw: true, finish: Some(Finish::Code), ..Form::default() };
        }
        let class = element.attribute("class").unwrap_or_default();
        let language = class.split_once("language-").map_or("", |(_, after)| after);
        let language = language.split(is_space).next().unwrap_or_default();
        Form {
            before: format!("```{language}\n"),
            after: "\n```".into(),
            is_raw: true,
            place: Some(Place::CodeBlock),
            ..Form::default()
        }
    }

    /// The content of an element as it is written at last; None when nothing is left of the element.
    fn finish(&mut self, finish: Finish, content: String) -> Option<String> {
        match finish {
            Finish::Surround(with) => (!is_blank(&content)).then(|| surrounded(&content, with)),
            Finish::Item(indent) => {
                (!is_blank(&content)).then(|| item(content.trim_matches(is_space), indent))
            }
            Finish::Quote => {
                let quoted = content.trim_matches('\n').split('\n').map(|line| {
                    let rest = line.trim_start_matches('>');
                    let marks = &line[..line.len() - rest.len()];
                    let rest = rest.strip_prefix(|c: char| is_space(c)).unwrap_or(rest);
                    format!(">{marks} {rest}")
                });
                Some(quoted.collect::<Vec<_>>().join("\n"))
            }
            Finish::Code => {
                let longest = content.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let mark = "`".repeat(longest + 1);
                let space = if longest > 0 { " " } else { "" };
                Some(format!("{mark}{space}{content}{space}{mark}"))
            }
            Finish::Table => {
                let caption = self.captions.pop().flatten();
                table(&content, caption)
            }
            Finish::Caption => {
                let caption = one_line(&content);
                let caption = caption.trim_matches(is_space);
                if !caption.is_empty()
                    && let Some(slot) = self.captions.last_mut()
                {
                    *slot = Some(format!("__{caption}__"));
                }
                None
            }
            Finish::Row => content.trim_end_matches(is_space).ends_with(" |").then_some(content),
            Finish::Cell => {
                let text = content.trim_matches('\n').replacen('|', "\\|", 1);
                Some(one_line(&text).trim_matches(is_space).to_owned())
            }
            Finish::OneLine => Some(one_line(&content)),
        }
    }
}

/// Each run of white space as one space.
fn one_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_space = false;
    for c in text.chars() {
        let space = is_space(c);
        if !space {
            out.push(c);
        } else if !in_space {
            out.push(' ');
        }
        in_space = space;
    }
    out
}

/// Each run of line breaks as one space.
fn one_line(text: &str) -> String {
    static BREAKS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:\r?\n)+").expect("a valid pattern"));
    BREAKS.replace_all(text, " ").into_owned()
}

/// Text in which nothing is taken for Markdown.
fn escaped(text: &str) -> String {
    static MARKS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\\`*_~\[\]]").expect("a valid pattern"));
    static STARTS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^(\s*?)(\+\s|[=>-]|#{1,6}\s)|([0-9]+)(\.\s)").expect("a valid pattern")
    });
    let text = MARKS.replace_all(text, r"\$0");
    STARTS.replace_all(&text, r"$1$3\$2$4").into_owned()
}

/// Each line between two marks, white space at its ends (one character of it) outside of them.
fn surrounded(content: &str, mark: &str) -> String {
    // Marks inside go, each together with the finding of the character before it: one at the very beginning, or
    // right behind one that went, stays.
    let mut rest = content;
    let mut clean = String::with_capacity(content.len());
    let mut is_spent = true;
    while let Some(at) = rest.find(mark) {
        let (before, after) = rest.split_at(at);
        clean.push_str(before);
        is_spent &= before.is_empty();
        if is_spent || clean.ends_with('\\') {
            let step = mark.chars().next().map_or(1, char::len_utf8);
            clean.push_str(&after[..step]);
            rest = &after[step..];
            is_spent = false;
        } else {
            rest = &after[mark.len()..];
            is_spent = true;
        }
    }
    clean.push_str(rest);
    let mut out = String::with_capacity(clean.len() + 4);
    for line in clean.split_inclusive('\n') {
        let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
        let inside = text.trim_matches(is_space);
        if inside.is_empty() {
            out.push_str(line);
            continue;
        }
        let front = text.len() - text.trim_start_matches(is_space).len();
        out.extend(text[..front].chars().next_back());
        out.push_str(mark);
        out.push_str(inside);
        out.push_str(mark);
        out.extend(text[front + inside.len()..].chars().next());
        out.push_str(end);
    }
    out
}

/// A list's item: its further lines belong to it, but those that begin a list or table of their own.
fn item(content: &str, indent: usize) -> String {
    let mut joined = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = rest.find('\n') {
        let (before, after) = rest.split_at(at);
        let next = after.trim_start_matches(['\n', '\r']);
        let word = next.trim_start_matches(is_space);
        let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let begins =
            word.starts_with(['-', '*', '+', '|']) || (digits.len() < word.len() && digits.starts_with('.'));
        joined.push_str(before);
        if begins {
            joined.push_str(&after[..after.len() - next.len()]);
        } else {
            joined.push_str("  \n");
            joined.push_str(&"  ".repeat(indent));
        }
        rest = next;
    }
    joined.push_str(rest);
    let lines = joined.split('\n').map(|line| {
        let text = line.trim_end_matches(is_space);
        if text.is_empty() || text.len() == line.len() { line.to_owned() } else { format!("{text}  ") }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn table(content: &str, caption: Option<String>) -> Option<String> {
    let mut widths: Vec<usize> = Vec::new();
    let mut rows: Vec<Vec<&str>> = Vec::new();
    let width_of = |text: &str| text.encode_utf16().count();
    for line in content.lines().filter(|line| !line.is_empty()) {
        let inside = line.strip_prefix('|').unwrap_or(line).trim_end_matches(is_space);
        let row = inside.strip_suffix('|').unwrap_or(inside);
        let cells: Vec<&str> = row.split(" |").map(|cell| cell.trim_matches(is_space)).collect();
        for (place, cell) in cells.iter().enumerate() {
            match widths.get_mut(place) {
                Some(width) => *width = (*width).max(width_of(cell)),
                None => widths.push(width_of(cell)),
            }
        }
        rows.push(cells);
    }
    if rows.is_empty() {
        return None;
    }
    let mut out = caption.map(|caption| caption + "\n").unwrap_or_default();
    for (number, cells) in rows.iter().enumerate() {
        // A row is as long as its own cells where filling it up would cost more than the table.
        let fill =
            if rows.len().saturating_mul(widths.iter().sum()) < 1 << 22 { widths.len() } else { cells.len() };
        out.push('|');
        for (place, width) in widths.iter().enumerate().take(fill) {
            let cell = cells.get(place).copied().unwrap_or_default();
            let missing = if fill == widths.len() { width.saturating_sub(width_of(cell)) } else { 0 };
            out.push(' ');
            out.push_str(cell);
            out.push_str(&" ".repeat(missing));
            out.push_str(" |");
        }
        out.push('\n');
        if number == 0 {
            out.push('|');
            for width in &widths {
                out.push(' ');
                out.push_str(&"-".repeat(*width));
                out.push_str(" |");
            }
            out.push('\n');
        }
    }
    Some(out)
}

/// White space with more than three line breaks shrinks to what stands from the last three on.
fn at_most_three_breaks(text: &str) -> String {
    static RUNS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\n\s*").expect("a valid pattern"));
    RUNS.replace_all(text, |found: &regex::Captures<'_>| {
        let run = found.get(0).map_or("", |run| run.as_str());
        let from = run.rmatch_indices('\n').nth(2).map_or(0, |(at, _)| at);
        run[from..].to_owned()
    })
    .into_owned()
}

fn at_most_two_breaks(text: &str) -> String {
    static RUNS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\n{3,}").expect("a valid pattern"));
    RUNS.replace_all(text, "\n\n").into_owned()
}

#[cfg(test)]
mod tests {
    use super::of_html;

    #[test]
    fn as_the_package_writes_it() {
        for (html, markdown) in [
            ("<p>a <b> b </b>*c_</p><p>d</p>", "a   **b** \\*c\\_\n\nd"),
            ("<h2>x</h2><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "## x\n\n- a\n  - b\n- c"),
            ("<ol><li>one</li><li> </li><li>two</li></ol>", "1. one\n2. two"),
            ("<blockquote>q<br>r</blockquote>", "> q  \n> r"),
            ("<pre><code class=\"language-js\">a &lt; b\n  c</code></pre>", "```js\na < b\n  c\n```"),
            ("<a href='https://x.example/(_)'>y</a> <a href=z>z</a>", "[y](https://x.example/%28%5F%29) <z>"),
            ("<p>1. no - list</p><p># h</p><p>&gt;</p>", "1\\. no - list\n\n\\# h\n\n\\>"),
            (
                "<table><tr><th>a</th><th>bb</th></tr><tr><td>1</td></tr></table>",
                "| a | bb |\n| - | -- |\n| 1 |    |",
            ),
            ("<p><code>`</code><img src=i alt=j></p><script>x</script>", "`` ` ``![j](i)"),
            ("<em>a <strong>b</strong></em>", "*a *b**"),
            // What is left open is unwrapped.
            ("<p>Left <b>bold\n<div>next", "Left **bold** next"),
        ] {
            assert_eq!(of_html(html), markdown, "{html}");
        }
    }
}
